"""The report's words in both languages, for people who have never heard of k-anonymity.

What a reader would get wrong: names of treatments, categories and policies are not here; they come from where they
are defined, so that a new one needs no edit in the report.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese and in English."""

    zh: str
    en: str


OPENNESS = {
    "unconditional": Words("无条件开放", "Open to everyone"),
    "conditional": Words("有条件开放", "Open to approved applicants"),
    "closed": Words("不予开放", "Not open"),
}
ROLES = {
    "direct-identifier": Words("直接标识", "identifies a person by itself"),
    "quasi-identifier": Words("准标识", "identifies in combination"),
    "sensitive": Words("敏感内容", "sensitive content"),
    "insensitive": Words("一般内容", "ordinary content"),
}
EVIDENCE = {
    "verified": Words("条文已核对", "article verified"),
    "secondary": Words("据二手资料", "from a secondary source"),
    "recalled": Words("条文待核对", "article to be verified"),
}
MODELS = {
    "k-anonymity": Words("k-匿名", "k-anonymity"),
    "distinct-l-diversity": Words("l-多样性", "l-diversity"),
    "entropy-l-diversity": Words("熵 l-多样性", "entropy l-diversity"),
    "t-closeness": Words("t-接近", "t-closeness"),
}

# metric → (what it is called, what it means)
METRICS = {
    "k": (
        Words("同组最少行数(k)", "Rows that look alike, at least (k)"),
        Words("任何一行都至少与这么多行在准标识上完全相同。",
              "Every row has this many with the same identifying traits."),
    ),
    "min-cell": (
        Words("最小格计数", "Smallest cell"),
        Words("任一组合出现的最少行数。", "The fewest rows behind any combination of traits."),
    ),
    "l": (
        Words("敏感值种类(l)", "Different sensitive values (l)"),
        Words("同组之内敏感内容至少有这么多种。", "Each group holds at least this many sensitive values."),
    ),
    "entropy-l": (
        Words("敏感值熵(熵 l)", "Spread of sensitive values (entropy l)"),
        Words("同组之内敏感内容分布得有多匀。", "How evenly sensitive values are spread within a group."),
    ),
    "t": (
        Words("敏感分布偏差(t)", "Drift of sensitive values (t)"),
        Words("每组的敏感内容分布与全表最多差这么多。", "How far any group's sensitive values stray from the table's."),
    ),
    "max-risk": (
        Words("最高重识别风险", "Highest re-identification risk"),
        Words("认出某一行的机会至多这么大。", "The best chance anyone has to pick out a row."),
    ),
    "avg-risk": (
        Words("平均重识别风险", "Average re-identification risk"),
        Words("认出任一行的平均机会。", "The average chance to pick out a row."),
    ),
    "uniques": (
        Words("独一无二的行", "Rows that are unique"),
        Words("在准标识上找不到第二行的行数。", "Rows whose identifying traits no other row has."),
    ),
    "residual-identifiers": (
        Words("残留的直接标识", "Identifiers left behind"),
        Words("把发布的每一格重新扫描一遍,仍像证件号、电话、邮箱等的字段数。",
              "Fields in which a scan of every cell still sees identity numbers, telephones, addresses and the like."),
    ),
    "suppressed-share": (
        Words("删去的行", "Rows left out"),
        Words("为保护少数人而没有发布的行所占比例。",
              "The share of rows not released, to protect those who stand out."),
    ),
    "linked-rows": (
        Words("可对回原表的行", "Rows that link back"),
        Words("拿未改动的字段去对原表,能唯一对上的行数。",
              "Rows that match exactly one original row on unchanged fields."),
    ),
    "raw-overlap": (
        Words("漏出的原值", "Original values leaked"),
        Words("被去除的标识原值仍出现在发布表中的个数。",
              "Original identifiers that still occur in the released table."),
    ),
    "schema-mismatches": (
        Words("与计划不符的字段", "Fields that differ from the plan"),
        Words("发布的字段必须正好是计划中的字段,次序相同。",
              "Released fields must be exactly those planned, in order."),
    ),
    "rows-unaccounted": (
        Words("去向不明的行", "Rows unaccounted for"),
        Words("读入的行数应等于发布与删去之和。", "Rows in must equal rows released plus rows left out."),
    ),
}  # fmt: skip


def metric(name: str) -> tuple[Words, Words]:
    """Title and meaning of a metric; ``l:FIELD`` names its field, an unknown metric is shown as it is."""
    kind, _, field = name.partition(":")
    title, meaning = METRICS.get(kind, (Words(name, name), Words("", "")))
    if field and kind in METRICS:
        title = Words(f"{title.zh} · {field}", f"{title.en} · {field}")
    return title, meaning


def words(table: dict[str, Words], key: str) -> Words:
    """The words for ``key``, or the key itself in both languages."""
    return table.get(key, Words(key, key))
