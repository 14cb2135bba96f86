"""Numbers of persons with a check digit are found under any header, however people damaged the cells."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.classify import classify
from tests.classifiers.tables import resident_id, table

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


HEADERS = st.sampled_from(["zjhm", "number", "备注", "c1", "编号", ""])


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), header=HEADERS)
def test_noisy_identity_numbers_are_never_missed(seed: int, header: str) -> None:
    values = [damage(resident_id(n + seed), n, seed, 5) for n in range(N)]
    (finding,) = classify(table({header: values}))
    assert finding.category == "person.identity.resident-id"
    assert any(r.source == "checksum" and r.category == finding.category for r in finding.reasons)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), header=HEADERS)
def test_noisy_card_numbers_are_never_called_harmless(seed: int, header: str) -> None:
    """One digit in ten passes by chance: the check proves less, and a person may have to look."""
    values = [damage(luhn(f"622202{(n + seed) * 7919 % 10**12:012d}"), n, seed, 5) for n in range(N)]
    (finding,) = classify(table({header: values}))
    assert finding.role in {"direct-identifier", "sensitive"} or finding.needs_review
