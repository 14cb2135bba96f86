"""Every check digit against a second, scalar implementation, and the errors that its standard promises to catch."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classifiers import checksums

DIGITS = "0123456789"


Check = Callable[[pa.Array], checksums.Mask]


def passes(check: Check, value: str) -> bool:
    return bool(check(pa.array([value]))[0])


def resident(serial: int) -> str:
    """A citizen number of Beijing with a real birth date, checked with the power sum of ISO 7064 instead of weights."""
    born = date(1930, 1, 1) + timedelta(days=serial % 30_000)
    body = f"110105{born:%Y%m%d}{serial % 1000:03d}"
    rest = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11
    return body + "0123456789X"[(1 - rest) % 11]


def luhn_number(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        total += sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
    return body + str(-total % 10)


def uscc(body: str) -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + alphabet[-total % 31]


def iban(country: str, account: str) -> str:
    number = int("".join(str(int(character, 36)) for character in account + country) + "00")
    return f"{country}{98 - number % 97:02d}{account}"


def nhs(body: str) -> str:
    check = -sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
    return body + str(check) if check < 10 else ""


def organisation(body: str) -> str:
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = -sum(int(digit, 36) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "0123456789X"[check]


def hong_kong(letter: str, body: str) -> str:
    total = 36 * 9 + int(letter, 36) * 8 + sum(int(digit) * (7 - place) for place, digit in enumerate(body))
    return f"{letter}{body}({'0123456789A'[-total % 11]})"


SERIAL = st.integers(0, 10**7)


def numerals(length: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=length, max_size=length)


CODES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17)
NUMBERS = {
    "resident": (checksums.resident_id, SERIAL.map(resident)),
    "luhn": (checksums.luhn, numerals(18).filter(lambda s: set(s) != {"0"}).map(luhn_number)),
    "uscc": (checksums.uscc, CODES.map(uscc)),
    "iban": (checksums.iban, numerals(18).map(lambda account: iban("DE", account))),
    "nhs": (checksums.nhs, numerals(9).map(nhs).filter(bool)),
    "organisation": (checksums.organisation_code, numerals(8).map(organisation)),
    "hkid": (checksums.hkid, numerals(6).map(lambda body: hong_kong("G", body))),
}


@pytest.mark.parametrize("name", NUMBERS)
@settings(deadline=None)  # the first call pays for imports
@given(data=st.data())
def test_a_correct_check_digit_passes(name: str, data: st.DataObject) -> None:
    check, numbers = NUMBERS[name]
    assert passes(check, data.draw(numbers))


@pytest.mark.parametrize("name", NUMBERS)
@settings(deadline=None)  # the first call pays for imports
@given(data=st.data())
def test_every_single_digit_change_is_caught(name: str, data: st.DataObject) -> None:
    check, numbers = NUMBERS[name]
    value = data.draw(numbers)
    places = [i for i, character in enumerate(value) if character in DIGITS]
    assume(places)  # a code may happen to hold letters only
    place = data.draw(st.sampled_from(places))
    changed = data.draw(st.sampled_from([digit for digit in DIGITS if digit != value[place]]))
    assert not passes(check, value[:place] + changed + value[place + 1 :])


@pytest.mark.parametrize("name", NUMBERS)
@settings(deadline=None)  # the first call pays for imports
@given(data=st.data())
def test_adjacent_transpositions_are_caught(name: str, data: st.DataObject) -> None:
    check, numbers = NUMBERS[name]
    value = data.draw(numbers)
    swaps = [
        i
        for i, (a, b) in enumerate(pairwise(value))
        if a in DIGITS and b in DIGITS and a != b and not (name == "luhn" and {a, b} == {"0", "9"})
    ]
    if swaps:  # Luhn alone does not promise 09 for 90
        i = data.draw(st.sampled_from(swaps))
        assert not passes(check, value[:i] + value[i + 1] + value[i] + value[i + 2 :])


KNOWN = {
    checksums.resident_id: (
        ["11010519491231002X", "11010519491231002x"],
        ["11010519490231002X", "99010519491231002X", "1101051949123100", ""],
    ),
    checksums.resident_id_15: (["110105491231002"], ["110105490231002", "990105491231002", "11010549123100X"]),
    checksums.uscc: (["91350100M000100Y43"], ["91350100M000100Y44", "91350100I000100Y43", "9135"]),
    checksums.organisation_code: (["D2143569-X", "D2143569X"], ["D2143569-1", "D214356-X"]),
    checksums.luhn: (["4111111111111111", "4111 1111 1111 1111"], ["4111111111111112", "0000000000000000", "41111"]),
    checksums.imei: (["490154203237518"], ["490154203237519", "000000000000000"]),
    checksums.iban: (
        ["GB82 WEST 1234 5698 7654 32", "NO9386011117947", "de89370400440532013000"],
        ["DE8937040044053201300", "ZZ89370400440532013000", "GB83WEST12345698765432"],
    ),
    checksums.vin: (["1M8GDM9AXKP042788", "11111111111111111"], ["1M8GDM9A0KP042788", "1M8GDM9AXKP04278O"]),
    checksums.nhs: (["943 476 5919", "9434765919"], ["9434765918", "943476591"]),
    checksums.ssn: (["123-45-6789"], ["000-45-6789", "666-45-6789", "912-45-6789", "123-00-6789", "123-45-0000"]),
    checksums.itin: (["912-70-1234", "999-88-1234"], ["912-89-1234", "912-93-1234", "812-70-1234", "912-66-1234"]),
    checksums.hkid: (["A123456(3)", "G123456(A)", "AB987654(3)", "A1234563"], ["A123456(4)", "1123456(3)"]),
    checksums.taiwan_id: (["A123456789", "a123456789"], ["A123456788", "A323456789", "1123456789"]),
    checksums.taiwan_business: (["04595257", "10458575"], ["04595256", "0459525"]),
    checksums.ipv4: (["10.0.0.1", "255.255.255.255"], ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"]),
    checksums.ipv6: (
        ["::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "fe80::", "::ffff:1.2.3.4"],
        ["2001:db8::1::2", "1:2:3", "12345::", "10:20:30"],
    ),
    checksums.mac: (
        ["00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001A.2B3C.4D5E"],
        ["00:1A-2B:3C:4D:5E", "00:00:00:00:00:00", "FF-FF-FF-FF-FF-FF", "00:1A:2B:3C:4D"],
    ),
}


@pytest.mark.parametrize("check", KNOWN, ids=lambda check: check.__name__)
def test_published_examples(check: Check) -> None:
    good, bad = KNOWN[check]
    assert check(pa.array(good)).all()
    assert not check(pa.array(bad)).any()


@pytest.mark.parametrize("check", KNOWN, ids=lambda check: check.__name__)
@settings(deadline=None)  # the first call pays for imports
@given(cells=st.lists(st.none() | st.text(max_size=25), max_size=6), cut=st.integers(0, 3))
def test_any_array_gives_one_verdict_a_cell(check: Check, cells: list[str | None], cut: int) -> None:
    """Nulls, other scripts, slices and chunks are all taken; the verdict does not depend on the neighbours."""
    array = pa.array(cells, pa.string())
    whole = check(array)
    assert whole.shape == (len(cells),) and whole.dtype == bool
    assert not any(verdict for cell, verdict in zip(cells, whole, strict=True) if cell is None)
    assert check(array[cut:]).tolist() == whole[cut:].tolist()
    assert check(pa.chunked_array([array[:cut], array[cut:]], pa.string())).tolist() == whole.tolist()
    assert check(array.cast(pa.large_string())).tolist() == whole.tolist()
    assert check(array.dictionary_encode()).tolist() == whole.tolist()


@pytest.mark.parametrize("check", KNOWN, ids=lambda check: check.__name__)
def test_a_million_values_take_about_a_second(check: Check) -> None:
    array = pa.array([KNOWN[check][0][0]] * 300_000)
    start = time.process_time()
    check(array)
    assert time.process_time() - start < 0.6
