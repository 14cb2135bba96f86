"""Attacks on treated columns: what somebody without the key, or with the masked value only, could find out."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers import checkdigit, ff1
from anonymizers.cipher import block_cipher, derive, keyed_digests
from anonymizers.discovery import treatment
from anonymizers.errors import AnonymizerError
from anonymizers.treatment import Context
from anonymizers.treatments import mask

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def run(method: str, values, *, field: str = "id", key: bytes = KEY, **params) -> list[str | None]:
    return treatment(method).apply(pa.array(values, pa.string()), params, Context(field, key)).to_pylist()


def identity_numbers(count: int) -> list[str]:
    body = [f"31011519{60 + n % 40:02d}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}" for n in range(count)]
    check = checkdigit.resident(np.array([[int(c) for c in b] for b in body], np.uint8))
    return [b + checkdigit.RESIDENT_CHECK[c] for b, c in zip(body, check, strict=True)]


# Pseudonyms


def test_pseudonyms_do_not_fall_to_a_dictionary_of_all_candidates() -> None:
    """Unkeyed digests of identity numbers are undone by trying them all; keyed ones are not, even with a known pair."""
    people = identity_numbers(300)
    secret = set(run("pseudonym", people, encoding="hex", algorithm="sha256"))
    for name in ("sha256", "sm3", "md5", "sha1"):
        for salt in ("", "id", "sluice", people[0]):
            tried = {hashlib.new(name, (salt + person).encode()).hexdigest()[:32] for person in people}
            assert not tried & secret
    assert not secret & set(run("pseudonym", people, encoding="hex", algorithm="sha256", key=OTHER))


def test_pseudonyms_of_two_releases_link_only_under_one_key_and_scope() -> None:
    people = identity_numbers(50)
    assert run("pseudonym", people, scope="person", field="a") == run("pseudonym", people, scope="person", field="b")
    assert not set(run("pseudonym", people, field="a")) & set(run("pseudonym", people, field="b"))


@pytest.mark.parametrize(("encoding", "bits", "length"), [("base32", 128, 26), ("hex", 128, 32), ("hex", 256, 64)])
def test_pseudonyms_keep_at_least_128_bits(encoding: str, bits: int, length: int) -> None:
    done = run("pseudonym", identity_numbers(2000), encoding=encoding, bits=bits)
    assert {len(value) for value in done} == {length} and len(set(done)) == len(set(identity_numbers(2000)))
    with pytest.raises(AnonymizerError, match="'bits' must be at least 128"):
        run("pseudonym", ["x"], bits=64)


def test_pseudonyms_are_hmac_as_published() -> None:
    """HMAC-SM3 and HMAC-SHA-256 (RFC 4231, case 2) with known answers; the base32 is RFC 4648's."""
    import base64

    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert keyed_digests(b"Jefe", "sha256", [b"what do ya want for nothing?"], 32).hex() == expected
    sm3 = "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"
    assert keyed_digests(b"Jefe", "sm3", [b"what do ya want for nothing?"], 32).hex() == sm3
    key = derive(KEY, purpose="pseudonym", scope="id", algorithm="sm3")
    digest = keyed_digests(key, "sm3", ["张三".encode()], 16)
    assert run("pseudonym", ["张三"]) == [base64.b32encode(digest).decode().lower().rstrip("=")]


def test_keys_of_fields_and_purposes_are_unrelated() -> None:
    keys = {derive(KEY, purpose=p, scope=s) for p in ("pseudonym", "fpe", "row-order") for s in ("a", "b", "")}
    assert len(keys) == 9 and all(len(key) == 32 for key in keys)
    assert derive(KEY, purpose="a", scope="b") != derive(KEY, purpose="a\x00b", scope="")


# Format-preserving encryption

AES = (
    "2B7E151628AED2A6ABF7158809CF4F3C",
    "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F",
    "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94",
)
NIST = [
    (AES[0], 10, "", "0123456789", "2433477484"),
    (AES[0], 10, "39383736353433323130", "0123456789", "6124200773"),
    (AES[0], 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
    (AES[1], 10, "", "0123456789", "2830668132"),
    (AES[1], 10, "39383736353433323130", "0123456789", "2496655549"),
    (AES[1], 36, "3737373770717273373737", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
    (AES[2], 10, "", "0123456789", "6657667009"),
    (AES[2], 10, "39383736353433323130", "0123456789", "1001623463"),
    (AES[2], 36, "3737373770717273373737", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
]
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(("key", "radix", "tweak", "text", "cipher"), NIST)
def test_ff1_gives_the_nine_samples_of_nist(key: str, radix: int, tweak: str, text: str, cipher: str) -> None:
    values = np.array([[ALPHABET.index(c) for c in text]], np.uint8)
    done = ff1.encrypt(values, radix, key=bytes.fromhex(key), tweak=bytes.fromhex(tweak))
    assert "".join(ALPHABET[n] for n in done[0]) == cipher
    assert (ff1.decrypt(done, radix, key=bytes.fromhex(key), tweak=bytes.fromhex(tweak)) == values).all()


@settings(deadline=None)
@given(
    st.sampled_from([(10, 6), (10, 11), (10, 17), (10, 19), (10, 32), (31, 17), (36, 4), (36, 20), (2, 40)]),
    st.integers(0, 2**32 - 1),
    st.binary(max_size=40),
    st.sampled_from(["aes", "sm4"]),
)
def test_ff1_goes_there_and_back(shape: tuple[int, int], seed: int, tweak: bytes, cipher: str) -> None:
    radix, length = shape
    values = np.random.default_rng(seed).integers(0, radix, (20, length)).astype(np.uint8)
    key = KEY[:16]
    done = ff1.encrypt(values, radix, key=key, tweak=tweak, cipher=cipher)
    assert done.shape == values.shape and done.max() < radix
    assert (ff1.decrypt(done, radix, key=key, tweak=tweak, cipher=cipher) == values).all()
    assert len(np.unique(done, axis=0)) == len(np.unique(values, axis=0))
    alone = np.concatenate([ff1.encrypt(row[None], radix, key=key, tweak=tweak, cipher=cipher) for row in values])
    assert (alone == done).all(), "a value does not depend on its neighbours"


@settings(deadline=None)
@given(st.integers(0, 10**18 - 1), st.binary(max_size=20))
def test_ff1_is_the_algorithm_as_it_is_written(number: int, tweak: bytes) -> None:
    """SP 800-38G algorithm 7, step by step in whole numbers, one value."""
    text = f"{number:018d}"
    permute = block_cipher(KEY, "aes")
    a, b, u = int(text[:9]), int(text[9:]), 9
    p = bytes([1, 2, 1, 0, 0, 10, 10, u]) + (18).to_bytes(4, "big") + len(tweak).to_bytes(4, "big")
    for i in range(10):
        q = tweak + bytes((-len(tweak) - 4 - 1) % 16) + bytes([i]) + b.to_bytes(4, "big")
        state = bytes(16)
        for start in range(0, len(p + q), 16):
            state = permute(bytes(x ^ y for x, y in zip(state, (p + q)[start : start + 16], strict=True)))
        a, b = b, (a + int.from_bytes(state[:8], "big")) % 10**9
    values = np.array([[int(c) for c in text]], np.uint8)
    assert "".join(map(str, ff1.encrypt(values, 10, key=KEY, tweak=tweak)[0])) == f"{a:09d}{b:09d}"


def test_small_domains_are_refused_because_they_can_be_tried() -> None:
    assert not ff1.fits(10, 5) and ff1.fits(10, 6) and not ff1.fits(36, 3) and ff1.fits(36, 4)
    with pytest.raises(AnonymizerError, match="1,000,000 possible values"):
        ff1.encrypt(np.zeros((1, 5), np.uint8), 10, key=KEY)
    with pytest.raises(AnonymizerError, match=r"'id': 1 distinct values in 2 rows.*are not numbers of 6 to 32 digits"):
        run("fpe", ["12345", "12345", "123456"], kind="digits")


def test_check_characters_are_right_afterwards_and_nothing_of_the_number_is_left() -> None:
    people = identity_numbers(500)
    done = run("fpe", people, kind="resident-id")
    body = np.array([[int(c) for c in value[:17]] for value in done], np.uint8)
    assert [checkdigit.RESIDENT_CHECK[c] for c in checkdigit.resident(body)] == [value[17] for value in done]
    assert len(set(done)) == len(people) and not set(done) & set(people)
    for place in range(17):
        same = sum(a[place] == b[place] for a, b in zip(people, done, strict=True))
        assert same < 120, "every place of the number changes as by chance"


def test_known_check_characters() -> None:
    def digits(text: str, alphabet: str = "0123456789") -> np.ndarray:
        return np.array([[alphabet.index(c) for c in text]], np.uint8)

    assert checkdigit.resident(digits("11010519491231002"))[0] == 10
    assert checkdigit.uscc(digits("91350100M000100Y4", checkdigit.USCC_ALPHABET))[0] == 3
    assert checkdigit.luhn(digits("411111111111111"))[0] == 1
    assert checkdigit.luhn(digits("37828224631000"))[0] == 5


def test_numbers_with_a_wrong_check_digit_are_refused_or_emptied() -> None:
    good = identity_numbers(1)[0]
    bad = good[:17] + ("0" if good[17] != "0" else "1")
    with pytest.raises(AnonymizerError, match="right check digit") as refused:
        run("fpe", [good, bad], kind="resident-id")
    assert bad not in str(refused.value)
    assert run("fpe", [good, bad], kind="resident-id", unfit="suppress")[1] is None


# Masks: how many characters may show, at most

SHOWN = {
    "resident-id": 7, "mobile": 7, "landline": 6, "name": 1, "bank-card": 4, "plate": 3, "passport": 3, "ip": 7,
}  # fmt: skip

IDENTIFIERS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
    st.from_regex(r"(\+86)?1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"0[0-9]{2,3}-?[0-9]{7,8}", fullmatch=True),
    st.from_regex(r"[0-9 ]{12,24}", fullmatch=True),
    st.from_regex(r"[a-z.]{1,12}@[a-z]{1,9}\.(com|cn)", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", fullmatch=True),
    st.from_regex(r"[京沪浙][A-Z][A-Z0-9]{5,6}", fullmatch=True),
)


@pytest.mark.parametrize("kind", SHOWN)
@settings(deadline=None)
@given(value=IDENTIFIERS)
def test_a_mask_never_shows_more_than_its_kind_allows(kind: str, value: str) -> None:
    (done,) = run("mask", [value], kind=kind)
    shown = [character for character in done if character not in "*-."]
    assert len(shown) <= SHOWN[kind] and "*" in done


@pytest.mark.parametrize("kind", sorted(mask.COMMON))
@settings(deadline=None)
@given(values=st.lists(st.one_of(IDENTIFIERS, st.text("张三王\n豈Aa ", max_size=4)), max_size=8))
def test_masking_many_at_once_is_masking_each(kind: str, values: list[str]) -> None:
    one = mask.BY_KIND[kind]
    assert run("mask", values, kind=kind) == [one(unicodedata.normalize("NFKC", value).strip()) for value in values]


@settings(deadline=None)
@given(value=IDENTIFIERS)
def test_a_masked_address_shows_one_character_and_the_host(value: str) -> None:
    (done,) = run("mask", [value], kind="email")
    local, at, host = done.partition("@")
    assert local in ("***", f"{local[:1]}***") and (not at or value.strip().endswith(host))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        assert done == "***" or "@" in done


@settings(deadline=None)
@given(value=st.text(max_size=30), head=st.integers(0, 8), tail=st.integers(0, 8), least=st.integers(1, 9))
def test_a_generic_mask_shows_its_ends_and_hides_at_least_so_many(value: str, head: int, tail: int, least: int) -> None:
    (done,) = run("mask", [value], head=head, tail=tail, least_hidden=least)
    if done != "***":
        hidden = len(done) - head - tail
        assert hidden >= least and done[head : head + hidden] == "*" * hidden


@settings(deadline=None)
@given(st.lists(st.text("abc", max_size=2), max_size=40), st.integers(2, 10))
def test_no_group_of_rare_values_stays_smaller_than_the_threshold(values: list[str], below: int) -> None:
    counts = {value: values.count(value) for value in values}
    rare = treatment("group-rare")
    params = {"below": below, "label": "Other"}
    state = rare.prepare(counts, params)
    done = rare.apply(pa.array(values, pa.string()), params, Context("f", state=state)).to_pylist()
    if len(values) >= below:
        assert all(done.count(value) >= below for value in set(done))
    assert all(value in ("Other", raw) for raw, value in zip(values, done, strict=True))


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_rounding_is_within_half_a_base_and_stays_put(number) -> None:
    (done,) = run("round", [str(number)], base=0.25)
    assert abs(float(done) - float(number)) <= 0.125 + 1e-9
    assert run("round", [done], base=0.25) == [done]


def test_spans_that_overlap_are_taken_out_whole() -> None:
    redact = treatment("redact-text")

    def spans(texts):
        return [[(0, 4, "name"), (2, 7, "phone"), (9, 10, "x")] for _ in texts]

    done = redact.apply(pa.array(["abcdefghij"]), {}, Context("f", state=spans)).to_pylist()
    assert done == ["[phone]hi[x]"]
    with pytest.raises(AnonymizerError, match="outside its text"):
        redact.apply(pa.array(["ab"]), {}, Context("f", state=lambda texts: [[(0, 9, "x")]]))
    with pytest.raises(AnonymizerError, match="for every text"):
        redact.apply(pa.array(["ab"]), {}, Context("f", state=lambda texts: []))
    with pytest.raises(AnonymizerError, match="needs a span finder"):
        redact.apply(pa.array(["ab"]), {}, Context("f"))
