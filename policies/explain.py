"""The whole derivation of one field, line by line, for a person to read."""

from __future__ import annotations

from policies.grading import FieldGrade, Grading, Step

_WORDS = {
    "en": {
        "category": "category",
        "role": "role",
        "also": "also plausible",
        "review": "a person should look at this field",
        "field": "field",
        "combination": "combination",
        "dataset": "dataset",
        "derived": "derived",
        "release": "release",
        "result": "result",
        "stays": "stays",
    },
    "zh": {
        "category": "类别",
        "role": "角色",
        "also": "也可能是",
        "review": "该字段需要人工复核",
        "field": "字段",
        "combination": "组合",
        "dataset": "数据集",
        "derived": "衍生",
        "release": "开放",
        "result": "结论",
        "stays": "不变",
    },
}


def explain(grading: Grading, field: str, lang: str = "en") -> tuple[str, ...]:
    """Why ``field`` is graded as it is: every step with its rule, article and evidence, then those of the dataset.

    ``lang`` is ``en`` or ``zh``.  Raises KeyError when the grading has no such field."""
    words = _WORDS[lang]
    grade = next((g for g in grading.fields if g.field == field), None)
    if grade is None:
        raise KeyError(field)
    lines = [f"{grade.field} · {words['category']} {grade.category} · {words['role']} {grade.role}"]
    if len(grade.candidates) > 1:
        lines.append(f"{words['also']}: {', '.join(grade.candidates[1:])}")
    lines += [line(step, lang) for step in grade.steps]
    lines.append(f"{words['result']}: {_levels(grade)} · {grade.openness} · {grade.article} [{grade.evidence}]")
    if grade.needs_review:
        lines.append(words["review"])
    lines += [line(step, lang) for step in grading.steps]
    return tuple(lines)


def line(step: Step, lang: str = "en") -> str:
    """One step in one line."""
    words = _WORDS[lang]
    text = step.text_zh if lang == "zh" and step.text_zh else step.text
    moved = f"{step.before} → {step.after}" if step.before else step.after
    if step.before == step.after:
        moved = f"{step.after} ({words['stays']})"
    return f"{words[step.stage]} · {step.scale} {moved} · {text} · {step.rule} · {step.article} [{step.evidence}]"


def _levels(grade: FieldGrade) -> str:
    return ", ".join(f"{scale} {level}" for scale, level in grade.levels.items())
