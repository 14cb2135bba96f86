"""What national law says holds in every Chinese pack, whatever its scales are called."""

from __future__ import annotations

from typing import Any

import pytest

from classifiers.category import tree
from policies.demand import demands
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.grading import Grading
from policies.pack import Pack, found, load

CHINESE = [pack for pack in found() if any(name.startswith("cn-inherited ") for name in pack.lineage)]
OLDER = "+cn-gbt-35273-sensitive-pi"
every = pytest.mark.parametrize("pack", CHINESE, ids=lambda p: p.meta.id)


def field(category: str, distinct: int = 50, top_share: float = 0.1) -> FieldFacts:
    return FieldFacts(category, category, tree()[category].role, 1.0, distinct=distinct, top_share=top_share)


def graded(pack: Pack, *categories: str, rows: int = 1000, **attributes: Any) -> Grading:
    told = {name.replace("_", "-"): value for name, value in attributes.items()}
    return grade(pack, [field(c) for c in categories], DatasetFacts(rows=rows, attributes=told))


def test_seven_packs_are_chinese() -> None:
    assert len(CHINESE) >= 7


@every
@pytest.mark.parametrize("category", ["person.basic.sex", "person.education.level", "person.work.occupation"])
def test_everything_about_children_is_sensitive_and_at_least_as_grave(pack: Pack, category: str) -> None:
    grown, child = graded(pack, category, minors="no"), graded(pack, category, minors="yes")
    assert child.fields[0].markers == ("sensitive-pi",)
    for scale, level in grown.levels.items():
        assert pack.scales[scale].rank(child.levels[scale]) >= pack.scales[scale].rank(level)
    assert "separate-consent" in child.obligations


@every
def test_sensitive_information_never_goes_to_everyone(pack: Pack) -> None:
    categories = ["person.biometric", "person.basic.religion", "person.health.disability", "person.health.diagnosis"]
    categories += ["person.finance.account", "person.location.track"]
    fields = [field(c) for c in categories]
    grading = grade(pack, fields, DatasetFacts(rows=1000))
    assert all("sensitive-pi" in g.markers for g in grading.fields)
    assert {ask.method for ask in demands(pack, grading, fields, "unconditional").asks} == {"drop"}


@every
def test_a_fine_place_and_a_time_in_rows_about_persons_are_whereabouts(pack: Pack) -> None:
    place = graded(pack, "person.name", "thing.coordinates", "thing.date").fields[1]
    assert {"sensitive-pi", "aggregate-only"} <= set(place.markers)
    assert "sensitive-pi" not in graded(pack, "thing.name", "thing.coordinates", "thing.date").fields[1].markers


@every
def test_persons_are_not_published_without_consent_or_anonymity(pack: Pack) -> None:
    assert graded(pack, "person.basic.sex", "person.education.level").openness != "unconditional"


@every
@pytest.mark.parametrize(("persons", "duty"), [(9_999_999, False), (10_000_000, True)])
def test_ten_million_persons_bring_the_duties_for_important_data(pack: Pack, persons: int, duty: bool) -> None:
    grading = graded(pack, "person.basic.sex", rows=persons)
    assert ("important-data-duties" in grading.obligations) is duty


@every
@pytest.mark.parametrize("tier", ["important", "core"])
def test_important_data_stay_closed(pack: Pack, tier: str) -> None:
    grading = graded(pack, "thing.name", data_tier=tier)
    assert grading.openness == "closed"
    assert "important-data-assessment" in grading.obligations


@every
def test_duties_towards_persons(pack: Pack) -> None:
    assert {"pi-impact-assessment", "state-organ-duties"} <= set(graded(pack, "person.name").obligations)
    assert not graded(pack, "thing.name", "thing.count").obligations


@every
@pytest.mark.parametrize(
    "declared",
    [{"state_secret": "yes"}, {"trade_secret": "yes"}, {"barred": "by-law"}, {"barred": "security-stability"}],
    ids=str,
)
def test_what_is_never_made_public(pack: Pack, declared: dict[str, Any]) -> None:
    assert graded(pack, "thing.name", **declared).openness == "closed"


@every
def test_labels_and_addresses_of_respondents_leave_a_survey(pack: Pack) -> None:
    fields = [field(c) for c in ("organisation.name", "organisation.address", "organisation.industry", "thing.count")]
    grading = grade(pack, fields, DatasetFacts(rows=1000, attributes={"content": "survey"}))
    assert grading.openness == "closed"
    assert [g.role for g in grading.fields[:3]] == ["direct-identifier", "direct-identifier", "quasi-identifier"]
    asked = demands(pack, grading, fields, "unconditional")
    assert [ask.method for ask in asked.asks][:2] == ["drop", "drop"]
    assert [model.name for model in asked.models] == ["k-anonymity"]


@every
@pytest.mark.parametrize(("cell", "openness"), [(9.0, "closed"), (10.0, "unconditional")])
def test_aggregates_that_betray_a_respondent_stay_closed(pack: Pack, cell: float, openness: str) -> None:
    facts = DatasetFacts(rows=30, attributes={"content": "statistics"}, measures={"min-cell": cell})
    assert grade(pack, [field("thing.count")], facts).openness == openness


@every
def test_figures_of_single_firms_go_to_a_person(pack: Pack) -> None:
    assert "single-firms" in graded(pack, "organisation.uscc", "organisation.finance").flags
    assert "single-firms" not in graded(pack, "organisation.uscc", "organisation.status").flags


@every
def test_meters_of_firms_are_figures_of_firms(pack: Pack) -> None:
    fields = [field("organisation.name", 900), field("thing.measure", 900)]
    beside = grade(pack, fields, DatasetFacts(rows=1000)).fields[1]
    assert beside.markers == ("single-firm",)
    alone = grade(pack, [field("thing.name", 900), field("thing.measure", 900)], DatasetFacts(rows=1000)).fields[1]
    assert alone.markers == ()
    says_nothing_of_firms = pack.meta.id == "cn-gbt-37964-42460-deidentification"
    assert says_nothing_of_firms or (alone.openness, beside.openness) == ("unconditional", "conditional")


@every
@pytest.mark.parametrize(("list_", "number"), [("", False), ("+cn-gbt-45574-2025", False), (OLDER, True)])
def test_the_list_of_sensitive_information_can_be_switched(pack: Pack, list_: str, number: bool) -> None:
    """Beside no name, so that GB/T 45574 has nothing to judge again."""
    first = graded(load(pack.meta.id + list_), "person.identity.resident-id", "person.basic.sex").fields[0]
    assert first.markers == (("sensitive-pi",) if number else ())


@every
def test_clocks_of_the_regulation_on_government_information(pack: Pack) -> None:
    days = {step.id: step.working_days for step in pack.process.steps}
    assert days["third-party-consultation"] == 15
    assert days["reply-to-request"] == days["extension-of-reply"] == 20


@every
def test_titles_are_in_both_languages_and_numbers_are_never_called_law(pack: Pack) -> None:
    assert any("一" <= letter <= "鿿" for letter in pack.meta.title.zh)
    assert pack.meta.title.en.isascii()
    for limit in pack.acceptance:
        assert limit.authority.evidence == "recalled" or limit.metric == "residual-identifiers"
