"""The whole derivation of one field, stage by stage, for a person to read: in English or in Chinese.

The stages stand in the order in which they ran, and one that moved nothing says so: silence would look forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policies.grading import FieldGrade, Grading, Step

_EN = {
    "what": "what it is",
    "category": "category",
    "role": "role",
    "also": "may also be",
    "review": "a person should look at this field",
    "base": "base and floor of the category",
    "field": "rules on the field",
    "combination": "rules on fields beside each other",
    "derived": "rules on what was measured",
    "release": "bound by openness",
    "result": "the field",
    "dataset": "the dataset: gravest field, volume, sources, declared facts",
    "whole-derived": "the dataset: rules on what was measured",
    "whole-release": "the dataset: bound by openness",
    "whole": "the dataset",
    "nothing": "nothing",
    "stays": "stays",
    "marker": "mark",
    "review-asked": "look",
}
_ZH = {
    "what": "这是什么",
    "category": "类别",
    "role": "角色",
    "also": "也可能是",
    "review": "该字段需要人工复核",
    "base": "类别的基准级别与底线",
    "field": "字段规则",
    "combination": "字段组合规则",
    "derived": "依测量结果的规则",
    "release": "开放类型的约束",
    "result": "字段结论",
    "dataset": "数据集：最高级别字段、规模、来源、申报事实",
    "whole-derived": "数据集：依测量结果的规则",
    "whole-release": "数据集：开放类型的约束",
    "whole": "数据集结论",
    "nothing": "无",
    "stays": "不变",
    "verified": "已核原文",
    "secondary": "据转述",
    "recalled": "凭记忆，未核",
    "unconditional": "无条件开放",
    "conditional": "有条件开放",
    "closed": "不予开放",
    "direct-identifier": "直接标识符",
    "quasi-identifier": "准标识符",
    "sensitive": "敏感属性",
    "insensitive": "非敏感属性",
    "openness": "开放类型",
    "marker": "标记",
    "review-asked": "复核",
    "obligation": "义务",
    "treatment": "处理",
    "block": "阻断",
    "microdata": "明细数据",
    "product default, no article found": "产品默认值，无条文",
}
_WORDS = {"en": _EN, "zh": _ZH}
_ENTRIES = ("category:", "impact:", "floor:")


def explain(grading: Grading, field: str, lang: str = "en") -> tuple[str, ...]:
    """Why ``field`` is graded as it is: what it is, then every stage with each step's rule, article and evidence, then
    the same of the dataset.

    ``lang`` is ``en`` or ``zh``.  Raises KeyError when the grading has no such field."""
    grade = next((g for g in grading.fields if g.field == field), None)
    if grade is None:
        raise KeyError(field)
    return tuple(_lines(grading, grade, lang))


def _lines(grading: Grading, grade: FieldGrade, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    role = words.get(grade.role, grade.role)
    yield f"{words['what']}: {grade.field} · {words['category']} {grade.category} · {words['role']} {role}"
    if len(grade.candidates) > 1:
        yield f"  {words['also']}: {', '.join(grade.candidates[1:])}"
    entries = [step for step in grade.steps if _of_entry(step)]
    yield from _stage("base", entries, lang)
    for stage in ("field", "combination", "derived", "release"):
        yield from _stage(stage, [s for s in grade.steps if s.stage == stage and s not in entries], lang)
    yield f"{words['result']}: {_result(grade.levels.items(), grade.openness, lang)}"
    yield f"  {words.get(grade.article, grade.article)} [{words.get(grade.evidence, grade.evidence)}]"
    if grade.needs_review:
        yield f"  {words['review']}"
    for stage in ("dataset", "derived", "release"):
        name = stage if stage == "dataset" else f"whole-{stage}"
        yield from _stage(name, [step for step in grading.steps if step.stage == stage], lang)
    yield f"{words['whole']}: {_result(grading.levels.items(), grading.openness, lang)}"
    if grading.article:
        yield f"  {words.get(grading.article, grading.article)}"


def _of_entry(step: Step) -> bool:
    return step.stage == "field" and step.rule.startswith(_ENTRIES)


def _stage(name: str, steps: list[Step], lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    if not steps:
        yield f"{words[name]}: {words['nothing']}"
        return
    yield f"{words[name]}:"
    for step in steps:
        yield f"  {line(step, lang)}"


def line(step: Step, lang: str = "en") -> str:
    """One step in one line: what moved from where to where, why, by which rule, under which article, how sure."""
    words = _WORDS[lang]
    text = step.text_zh if lang == "zh" and step.text_zh else step.text
    before, after = words.get(step.before, step.before), words.get(step.after, step.after)
    if step.before == step.after:
        moved = f"{after} ({words['stays']})"
    else:
        moved = f"{before} → {after}" if step.before else after
    scale = words.get("review-asked" if step.scale == "review" else step.scale, step.scale)
    rule = f"{step.source}/{step.rule}" if step.source else step.rule
    article, evidence = words.get(step.article, step.article), words.get(step.evidence, step.evidence)
    return f"{scale} {moved} · {text} · {rule} · {article} [{evidence}]"


def _result(levels: Iterable[tuple[str, str]], openness: str, lang: str) -> str:
    graded = ", ".join(f"{scale} {level}" for scale, level in levels)
    return f"{graded} · {_WORDS[lang].get(openness, openness)}"
