"""Quasi-identifiers found, not guessed: which fields tell the rows of a table apart, by themselves and together.

What a reader would get wrong: the figures are about rows.  Where a person has several rows, a field that tells rows
apart need not tell persons apart; it counts all the same, because the opposite cannot be shown from the table.
Direct identifiers and running text are not candidates: they are treated whatever they separate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from anonymizers.errors import AnonymizerError
from anonymizers.separation.coded import Coded, coded
from anonymizers.separation.figures import Figures
from anonymizers.separation.keys import by_fields, minimal, strongest_with
from anonymizers.separation.lattice import roll_up
from classifiers.finding import Finding, Reason
from release.nouns.dataset import Table
from release.nouns.errors import BadInput

QUASI, DIRECT, INSENSITIVE = "quasi-identifier", "direct-identifier", "insensitive"
RULE = "separation"
MOST = 12  # columns of the lattice
SIZE, SIZE_WHEN_CLASSIFYING = 4, 3
BY_ITSELF = 0.9  # of the rows alone by one column, from which combinations with it say nothing more
ALONE = 0.05  # of the rows alone by one column, from which it is suggested
ADDED = 0.1  # of the rows made alone beside known quasi-identifiers, from which a column is suggested
LEAST_VALUES = 21  # with fewer values a column is a class, not a trait of one person
LEAST_ROWS = 20
# A legal representative stands in registers of organisations: alone it does not make the rows persons'.
NOT_A_PERSON = ("person.name.legal-representative", "person.name.contact", "person.location.coordinates")


@dataclass(frozen=True, slots=True)
class Separating:
    """One field: its ``own`` figures; ``best`` is the set in which it makes most rows stand alone, ``without`` the
    same set without it (None: the field by itself).  ``suggested`` is a role, the present one where it should stay."""

    field: str
    role: str
    suggested: str
    own: Figures
    best: tuple[str, ...]
    alone: float
    without: float
    reason: str
    reason_zh: str


@dataclass(frozen=True, slots=True)
class Separation:
    """What was measured: ``candidates`` are the columns of ``subsets`` (whose positions point into it);
    ``left_out`` says by field why it is none of them."""

    rows: int
    size: int
    candidates: tuple[str, ...]
    left_out: Mapping[str, str]
    fields: tuple[Separating, ...]
    subsets: tuple[Figures, ...] = field(repr=False)
    keys: tuple[tuple[str, ...], ...] = ()

    def names(self, figures: Figures) -> tuple[str, ...]:
        """The names of the columns of one subset."""
        return tuple(self.candidates[place] for place in figures.fields)


def separate(table: Table, findings: Sequence[Finding], *, size: int = SIZE, most: int = MOST) -> Separation:
    """Measures all subsets of up to ``size`` of at most ``most`` candidates, and what each field adds.

    Known quasi-identifiers come first, then what separates most by itself.  Raises BadInput on a copy that cannot be
    read or a size below one."""
    left_out = {f.field: why for f in findings if (why := _left_out(table, f))}
    rest = [f for f in findings if f.field not in left_out]
    try:
        whole = coded(table.path, [f.field for f in rest])
        singles = dict(zip(whole.names, roll_up_singles(whole), strict=True))
        strong = [f for f in rest if singles[f.field].alone >= BY_ITSELF]
        order = sorted(
            (f for f in rest if f not in strong),
            key=lambda f: (f.role != QUASI, -singles[f.field].separation, f.field),
        )
        left_out |= {f.field: "tells nearly every row apart by itself" for f in strong}
        left_out |= {f.field: f"{most} fields that separate more are measured" for f in order[most:]}
        chosen = tuple(f.field for f in order[:most])
        subsets = roll_up(_of(whole, chosen), size) if chosen else ()
    except AnonymizerError as error:
        raise BadInput(str(error)) from None
    found = by_fields(subsets)
    known = [place for place, f in enumerate(order[:most]) if f.role == QUASI]
    fields = [_alone(f, singles[f.field]) for f in strong]
    for place, finding in enumerate(order[:most]):
        fields.append(_together(finding, place, known, found, chosen, singles, size))
    by_name = {one.field: one for one in fields}
    keys: list[tuple[str, ...]] = [(f.field,) for f in strong if singles[f.field].is_key]
    keys += [tuple(chosen[place] for place in one.fields) for one in minimal(subsets)]
    return Separation(
        rows=table.dataset.rows,
        size=size,
        candidates=chosen,
        left_out=left_out,
        fields=tuple(by_name[f.field] for f in findings if f.field in by_name),
        subsets=subsets,
        keys=tuple(keys),
    )


def roll_up_singles(table: Coded) -> list[Figures]:
    """The figures of every column by itself."""
    return [
        roll_up(Coded((name,), table.rows, (codes,), (size,)), 1)[0]
        for name, codes, size in zip(table.names, table.codes, table.sizes, strict=True)
    ]


def _of(table: Coded, names: Sequence[str]) -> Coded:
    places = [table.names.index(name) for name in names]
    return Coded(tuple(names), table.rows, tuple(table.codes[p] for p in places), tuple(table.sizes[p] for p in places))


def _left_out(table: Table, finding: Finding) -> str:
    if finding.role == DIRECT:
        return "identifies by itself"
    if finding.category.startswith("text") and finding.category != "text.description":
        return "is running text"
    return "holds one value or none" if table.dataset.field(finding.field).distinct < 2 else ""


# -- what is said of a field -------------------------------------------------------------------------------------


def _alone(finding: Finding, own: Figures) -> Separating:
    english, chinese = _sentences(own.alone)
    role = QUASI if finding.role == INSENSITIVE and _enough(own) else finding.role
    return Separating(finding.field, finding.role, role, own, (finding.field,), own.alone, 0.0, english, chinese)


def _together(
    finding: Finding,
    place: int,
    known: Sequence[int],
    found: Mapping[tuple[int, ...], Figures],
    names: Sequence[str],
    singles: Mapping[str, Figures],
    size: int,
) -> Separating:
    own = singles[finding.field]
    answer = strongest_with(place, [k for k in known if k != place], found, size)
    best, without = answer if answer is not None else (own, None)
    others = [names[p] for p in best.fields if p != place]
    before = without.alone if without is not None else 0.0
    english, chinese = _sentences(best.alone, others, before)
    strongest = max((singles[names[k]].separation for k in known if k != place), default=1.0)
    separates = own.alone >= ALONE or (own.separation >= strongest and best.alone - before >= ADDED)
    suggest = finding.role == INSENSITIVE and separates and _enough(own)
    return Separating(
        finding.field,
        finding.role,
        QUASI if suggest else finding.role,
        own,
        tuple(names[p] for p in best.fields),
        best.alone,
        before,
        english,
        chinese,
    )


def _enough(own: Figures) -> bool:
    return own.classes >= LEAST_VALUES and own.rows >= LEAST_ROWS


def _sentences(alone: float, others: Sequence[str] = (), before: float = 0.0) -> tuple[str, str]:
    """What a field does beside others, in English and Chinese."""
    if not others:
        return f"by itself it tells {_percent(alone)} of the rows apart", f"仅凭该字段可区分{_share(alone)}的行"
    return (
        f"with {_listed(others)} it tells {_percent(alone)} of the rows apart ({_percent(before)} without it)",
        f"与{'、'.join(others)}一起可区分{_share(alone)}的行（不含该字段时为{_share(before)}）",
    )


def _percent(share: float) -> str:
    """Rounded so that what is not all never reads as all, and what is not nothing never as nothing."""
    if 0 < share < 0.005:
        return "less than 1 %"
    if 0.995 <= share < 1:
        return "more than 99 %"
    return f"{share * 100:.0f} %"


def _share(share: float) -> str:
    return _percent(share).replace("less than ", "不足").replace("more than ", "超过").replace(" %", "%")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# -- roles ---------------------------------------------------------------------------------------------------------


def about_persons(findings: Iterable[Finding]) -> bool:
    """Whether the rows may well be about persons: a field of theirs is there, or likely there.  Beside organisations a
    name, an address or a telephone may be theirs, so it does not count there."""
    findings = tuple(findings)
    theirs = any(f.category.startswith("organisation.") for f in findings)
    aside = (*NOT_A_PERSON, "person.contact", "person.name") if theirs else NOT_A_PERSON
    for finding in findings:
        likely = [finding.category, *(a.category for a in finding.alternatives if a.confidence >= 0.25)]
        if any(c.startswith("person.") and not c.startswith(aside) for c in likely):
            return True
    return False


def with_separation(table: Table, findings: Sequence[Finding], decided: Iterable[str] = ()) -> tuple[Finding, ...]:
    """The findings of a table about persons with what was measured as a reason, and the role that it suggests.

    A role is only ever raised, from insensitive to quasi-identifier, and never where a person ``decided``."""
    kept = set(decided)
    told = any(f.role == QUASI or (f.role == INSENSITIVE and _many(table, f)) for f in findings)
    if table.dataset.rows < LEAST_ROWS or not about_persons(findings) or not told:
        return tuple(findings)
    measured = {one.field: one for one in separate(table, findings, size=SIZE_WHEN_CLASSIFYING).fields}
    return tuple(_said(f, measured[f.field], f.field in kept) if f.field in measured else f for f in findings)


def _many(table: Table, finding: Finding) -> bool:
    return table.dataset.field(finding.field).distinct >= LEAST_VALUES


def _said(finding: Finding, one: Separating, decided: bool) -> Finding:
    if one.suggested == finding.role and finding.role != QUASI:
        return finding
    role = finding.role if decided else one.suggested
    counts = (round(one.alone * one.own.rows), one.own.rows)
    reason = Reason("separation", finding.category, 0.0, one.reason[0].upper() + one.reason[1:], RULE, counts)
    return replace(finding, role=role, reasons=(*finding.reasons, reason))


def remarks(findings: Iterable[Finding]) -> tuple[str, ...]:
    """For a plan: the fields that count as quasi-identifiers because of what was measured."""
    lines = []
    for finding in findings:
        for reason in finding.reasons:
            if reason.rule == RULE and finding.role == QUASI:
                lines.append(f"'{finding.field}' is a quasi-identifier: {reason.text[0].lower()}{reason.text[1:]}.")
    return tuple(lines)
