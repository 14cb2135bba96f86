"""Does every reference of a pack lead somewhere, and is what it does not know closed?

Runs once everything inherited is inside.  References are checked against the joined pack but complained about in the
file that is being read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.format.authority import NOT_VERIFIED
from policies.format.category import UNKNOWN, Category
from policies.format.condition import FIELD_ATOMS, SELECTING, Condition
from policies.format.effect import Effect
from policies.format.rule import Rule
from policies.openness import CLOSED, ORDER, strictest
from policies.pack import Pack
from policies.source.lines import DEEPEST
from policies.source.section import Section


def check_whole(root: Section, pack: Pack) -> None:
    """Raises the source's error at the first reference that leads nowhere."""
    _Check(root, pack).run()


class _Check:
    def __init__(self, root: Section, pack: Pack) -> None:
        self.root = root
        self.pack = pack
        self.markers = {marker for entry in pack.categories.values() for marker in entry.markers} | {
            str(effect.params["id"]) for rule in pack.rules for effect in rule.then if effect.kind == "add_marker"
        }

    def run(self) -> None:
        for name in self.pack.conditions:
            self.named(name, self.root.section("conditions"), ())
        for path, entry in self.own("categories", self.pack.categories):
            self.category(self.root.section("categories"), path, entry)
        own = [rule for rule in self.pack.rules if rule.source == self.pack.meta.id]
        for position, section in enumerate(self.root.sections("rules")):
            rule = next(rule for rule in own if rule.id == section.data["id"])
            self.rule(self.root.sections("rules")[position], rule)
        self.demands()
        if not self.pack.meta.abstract:
            self.complete()

    def own(self, key: str, entries: Mapping[str, Category]) -> Iterator[tuple[str, Category]]:
        """The entries that stand in this file, as they are after inheriting."""
        return ((name, entries[name]) for name in self.root.section(key).keys())  # noqa: SIM118

    # -- references ---------------------------------------------------------------------------------------------

    def levels(self, section: Section, key: str, levels: Mapping[str, str]) -> None:
        for scale, level in levels.items():
            if scale not in self.pack.scales:
                section.fail(f"names the unknown scale '{scale}'", key)
            section.member(level, (known.id for known in self.pack.scales[scale].levels), key)

    def category(self, section: Section, path: str, entry: Category) -> None:
        self.levels(section, path, entry.base)
        self.levels(section, path, entry.floor)
        for thing, degree in entry.impact.items():
            section.member(thing, self.pack.impact.matrix, path)
            section.member(degree, self.pack.impact.matrix[thing], path)

    def condition(self, section: Section, key: str, node: Condition, field: bool, trail: tuple[str, ...] = ()) -> None:
        """``field``: whether a field is being looked at, so that field atoms have an answer."""
        if node.kind == "is":
            section.member(node.value, self.pack.conditions, key)
            if node.value in trail:
                section.fail(f"goes in a circle through the condition '{node.value}'", key)
            if len(trail) > DEEPEST:
                section.fail(f"leads through more than {DEEPEST} named conditions: write them out", key)
            self.condition(section, key, self.pack.conditions[node.value], field, (*trail, node.value))
        elif node.kind in FIELD_ATOMS and not field:
            section.fail(f"asks '{node.kind}' of one field where the whole dataset is looked at", key)
        elif node.kind == "marker":
            section.member(node.value, self.markers, key)
        elif node.kind == "level_ge":
            self.levels(section, key, dict([node.value]))
        elif node.kind == "attribute":
            name, values = node.value
            section.member(name, self.pack.attributes, key)
            for value in values:
                section.member(value, self.pack.attributes[name].values, key)
        inner = True if node.kind in SELECTING else field
        for part in node.parts:
            self.condition(section, key, part, inner, trail)

    def named(self, name: str, section: Section, trail: tuple[str, ...]) -> None:
        if section.has(name):
            self.condition(section, name, self.pack.conditions[name], True, (name, *trail))

    def rule(self, section: Section, rule: Rule) -> None:
        self.condition(section, "when", rule.when, rule.stage == "field")
        if rule.on is not None:
            self.condition(section, "on", rule.on, True)
        for effect in rule.then:
            self.effect(section, effect)
        kinds = {effect.kind for effect in rule.then}
        if "lower" in kinds and not self.mentions("metric", rule.when, rule.on):
            section.fail("lowers a level without asking for a metric: a level falls only on measured evidence", "then")
        if "exempt" in kinds and not self.mentions("attribute", rule.when):
            section.fail("exempts without asking for a declared attribute", "then")

    def mentions(self, kind: str, *nodes: Condition | None) -> bool:
        """Whether an atom of ``kind`` stands anywhere in the conditions, named ones included."""
        for node in nodes:
            if node is None:
                continue
            named = (self.pack.conditions[node.value],) if node.kind == "is" else ()
            if node.kind == kind or self.mentions(kind, *node.parts, *named):
                return True
        return False

    def effect(self, section: Section, effect: Effect) -> None:
        self.levels(section, "then", effect.levels)
        if "scale" in effect.params:
            scale = section.member(str(effect.params["scale"]), self.pack.scales, "then")
            if "bound" in effect.params:
                self.levels(section, "then", {scale: effect.params["bound"]})
        if effect.kind == "add_obligation":
            section.member(str(effect.params["id"]), self.pack.obligations, "then")

    def demands(self) -> None:
        for key, entries in (("treatments", self.pack.treatments), ("models", self.pack.models)):
            for section in self.root.sections(key):
                entry = next(e for e in entries if e.id == section.data["id"])
                self.selectors(section, entry.of, entry.when)
        for section in self.root.sections("acceptance"):
            limit = next(e for e in self.pack.acceptance if e.id == section.data["id"])
            self.selectors(section, limit.of, limit.when)
        for section in self.root.sections("release"):
            scale = section.member(section.text("scale"), self.pack.scales, "scale")
            for level in section.section("levels").keys():  # noqa: SIM118
                section.member(level, (known.id for known in self.pack.scales[scale].levels), "levels")
        for section in self.root.sections("floors"):
            inner = section.section("levels")
            self.levels(section, "levels", {scale: inner.text(scale) for scale in inner.keys()})  # noqa: SIM118
        if self.pack.impact.matrix and self.root.has("impact"):
            matrix = self.root.section("impact").section("matrix")
            for thing in matrix.keys():  # noqa: SIM118
                for levels in self.pack.impact.matrix[thing].values():
                    self.levels(matrix, thing, levels)

    def selectors(self, section: Section, of: Condition | None, when: Condition) -> None:
        if of is not None:
            self.condition(section, "for", of, True)
        self.condition(section, "when", when, False)

    # -- completeness -------------------------------------------------------------------------------------------

    def complete(self) -> None:
        """What a pack that grades must have, whatever guideline it is."""
        for key, there in (
            ("engine", self.pack.engine is not None),
            ("suppression", self.pack.suppression is not None),
            ("scales", bool(self.pack.scales)),
            ("categories", UNKNOWN in self.pack.categories),
            ("acceptance", bool(self.pack.acceptance)),
        ):
            if not there:
                wanted = "an entry 'unknown' in categories" if key == "categories" else f"'{key}', own or inherited"
                self.root.fail(f"lacks {wanted}")
        for scale in self.pack.scales.values():
            for level in scale.levels:
                if not any(e.scale == scale.id and level.id in e.levels for e in self.pack.release):
                    self.root.fail(f"says nothing of the level '{level.id}' of the scale '{scale.id}'", "release")
            openness = [ORDER[self.pack.opens(scale.id, level.id)[0]] for level in scale.levels]
            if openness != sorted(openness):
                self.root.fail(f"opens a graver level of '{scale.id}' wider than a milder one", "release")
        for path in self.pack.categories:
            if path != UNKNOWN and not self.base(path):
                self.root.section("categories").fail("gives no level on any scale, here or above", path)
        self.unknown()

    def base(self, path: str) -> dict[str, str]:
        levels: dict[str, str] = {}
        for entry in reversed(self.pack.entries(path)):
            levels.update(entry.base)
            if entry.impact:
                levels.update({"impact": "impact"})
        return levels

    def unknown(self) -> None:
        section = self.root.section("categories")
        entry = self.pack.categories[UNKNOWN]
        if not entry.base:
            section.fail("must give a level of its own", UNKNOWN)
        for scale, level in entry.base.items():
            if level == self.pack.scales[scale].lowest():
                section.fail(
                    f"must not be at the lowest level of '{scale}': what is not known is never harmless", UNKNOWN
                )
        if strictest(self.pack.opens(scale, level)[0] for scale, level in entry.base.items()) != CLOSED:
            section.fail("must be closed until a person says what it is", UNKNOWN)


def unverified(pack: Pack) -> tuple[str, ...]:
    """Every level whose official code was not read, as ``scale.level``: shown to people, never filled in."""
    return tuple(
        f"{scale.id}.{level.id}"
        for scale in pack.scales.values()
        for level in scale.levels
        if level.official_code == NOT_VERIFIED
    )
