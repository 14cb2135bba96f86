"""A small whole pack, as text, that tests break in one place at a time."""

from __future__ import annotations

from pathlib import Path

from policies.pack import Pack, load_file

PACK = """\
format = 1

[meta]
id = "small"
title = { zh = "小", en = "small" }
issuer = { zh = "某", en = "somebody" }
jurisdiction = "XX"
version = "1"
effective = 2024-01-01
status = "in-force"
evidence = "recalled"

[engine]
plausible = 0.2
recognised = 0.4
article = "a"
evidence = "recalled"

[attributes.origin]
values = ["own", "shared"]
zh = "来源"
en = "origin"
article = "a"
evidence = "recalled"

[[scales]]
id = "s"
zh = "级"
en = "level"
[[scales.levels]]
id = "L0"
rank = 0
zh = "低"
en = "low"
article = "a"
evidence = "recalled"
[[scales.levels]]
id = "L1"
rank = 1
zh = "中"
en = "middle"
article = "a"
evidence = "recalled"
[[scales.levels]]
id = "L2"
rank = 2
zh = "高"
en = "high"
article = "a"
evidence = "recalled"

[[release]]
scale = "s"
levels = { L0 = "unconditional", L1 = "conditional", L2 = "closed" }
article = "a"
evidence = "recalled"

[[floors]]
openness = "closed"
levels = { s = "L2" }
article = "a"
evidence = "recalled"

[impact]
degrees = ["none", "much"]
article = "a"
evidence = "recalled"
[impact.matrix.state]
much = { s = "L2" }

[conditions.about-persons]
source_has = ["person"]

[categories."unknown"]
zh = "未知"
en = "unknown"
base = { s = "L2" }
article = "a"
evidence = "recalled"

[categories."person"]
zh = "个人"
en = "person"
base = { s = "L1" }
floor = { s = "L1" }
markers = ["pi"]
article = "a"
evidence = "recalled"

[categories."thing"]
zh = "物"
en = "thing"
base = { s = "L0" }
article = "a"
evidence = "recalled"

[[rules]]
id = "names"
stage = "field"
when = { category_under = "person.name" }
then = [{ raise = { scale = "s", by = 1, max = "L2" } }]
zh = "姓名"
en = "names"
article = "a"
evidence = "recalled"

[[rules]]
id = "lowered"
stage = "derived"
when = { metric = { name = "max-risk", op = "<=", value = 0.1 } }
on = { marker = "pi" }
then = [{ lower = { scale = "s", to = "L0" } }]
zh = "降"
en = "lowered"
article = "a"
evidence = "recalled"

[[treatments]]
id = "names"
for = { category_under = "person.name" }
method = "drop"
zh = "删"
en = "dropped"
article = "a"
evidence = "recalled"

[[treatments]]
id = "rest"
for = { role = ["quasi-identifier", "insensitive"] }
method = "keep"
zh = "留"
en = "kept"
article = "a"
evidence = "recalled"

[[models]]
id = "k"
name = "k-anonymity"
params = { k = 5 }
article = "a"
evidence = "recalled"

[[acceptance]]
id = "risk"
metric = "max-risk"
op = "<="
value = 0.1
article = "a"
evidence = "recalled"

[suppression]
limit = 0.1
article = "a"
evidence = "recalled"

[obligations.agreement]
zh = "协议"
en = "agreement"
openness = "conditional"
article = "a"
evidence = "recalled"

[[cases]]
id = "one"
fields = [{ name = "n", category = "person.name", role = "direct-identifier", levels = "L2", markers = "pi" }]
[cases.expect]
openness = "closed"
levels = "L2"
rules = ["names"]
"""


def write(folder: Path, text: str = PACK, name: str = "small") -> Path:
    """The text as a file of that name."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, old: str = "", new: str = "") -> Pack:
    """The small pack, with one piece of text replaced."""
    if old:
        assert PACK.count(old) >= 1, old
    return load_file(write(folder, PACK.replace(old, new, 1) if old else PACK))
