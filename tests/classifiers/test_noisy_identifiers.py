"""Numbers with a check digit are found under any header, however people damaged the cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.classify import classify
from tests.classifiers.tables import PLACES, resident_id, table

N = 200
WIDE = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")


def luhn(body: str) -> str:
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def damage(value: str, n: int, seed: int, share: int) -> str | None:
    """One of: blanks, full width, small x, a lost digit, a changed digit, nothing at all."""
    kind = (n * 2654435761 + seed * 97) % 100
    if kind < share:
        return (value[:-1], value[:5] + str((int(value[5]) + 1) % 10) + value[6:], None, "无")[(n + seed) % 4]
    return (value, f" {value} ", value.translate(WIDE), value.lower(), f"\t{value}", f"{value[:6]} {value[6:]}")[
        (n + seed) % 6
    ]


HEADERS = ("zjhm", "number", "备注", "c1", "编号", "", "证件号码")
BASE = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of GB 32100: no I, O, S, V, Z
ISSUERS = (
    ("622202", 19),
    ("621700", 19),
    ("623058", 16),
    ("620058", 19),
    ("436742", 16),
    ("955880", 19),
    ("521899", 16),
)


def credit_code(n: int) -> str:
    """A code of nobody that passes GB 32100."""
    body = f"91{PLACES[n % len(PLACES)]}" + "".join(
        BASE[(n * 7919 + i * i * 31 + n // (i + 1) * 17) % 31] for i in range(9)
    )
    return body + BASE[-sum(BASE.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


def card(n: int) -> str:
    """A number of nobody with the prefix of an issuer, and a check digit."""
    issuer, size = ISSUERS[n % len(ISSUERS)]
    left = size - 1 - len(issuer)
    return luhn(f"{issuer}{n * 7919 * 104_729 % 10**left:0{left}d}")


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(
    ("number", "category"),
    [
        (resident_id, "person.identity.resident-id"),
        (credit_code, "organisation.uscc"),
        (card, "person.finance.bank-card"),
    ],
)
def test_noisy_numbers_with_a_check_digit_are_never_missed(
    number: Callable[[int], str], category: str, header: str
) -> None:
    """Whatever the header says: two hundred check digits leave no doubt."""
    seed = 97 * HEADERS.index(header)
    values = [damage(number(n + seed), n, seed, 5) for n in range(N)]
    (finding,) = classify(table({header: values}))
    assert finding.category == category
    assert any(r.source == "checksum" and r.category == category for r in finding.reasons)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), header=st.sampled_from(HEADERS))
def test_noisy_identity_numbers_are_never_missed(seed: int, header: str) -> None:
    values = [damage(resident_id(n + seed), n, seed, 5) for n in range(N)]
    (finding,) = classify(table({header: values}))
    assert finding.category == "person.identity.resident-id"


def test_a_handful_of_lucky_digits_proves_nothing() -> None:
    """One number in ten passes the check of a card: a column of such numbers is not called cards."""
    values = [f"622202{n * 7919 % 10**13:013d}" for n in range(N)]
    (finding,) = classify(table({"编号": values}))
    assert finding.category != "person.finance.bank-card"
