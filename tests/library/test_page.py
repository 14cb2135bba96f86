"""Every example of docs/library.md, run in order as a reader would."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "library.md"


def test_every_example_says_what_happens() -> None:
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 7
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    world: dict[str, object] = {}
    for number, block in enumerate(blocks):
        test = doctest.DocTestParser().get_doctest(block, world, f"block {number + 1}", PAGE.name, 0)
        runner.run(test, out=told.append, clear_globs=False)
        world = test.globs
    assert not runner.summarize(verbose=False).failed, "".join(told)


def test_the_page_names_every_kind_of_hierarchy() -> None:
    from anonymizers.discovery import builders

    table = PAGE.read_text(encoding="utf-8").split("| kind | for |")[1].split("\n\n")[0]
    named = set(re.findall(r"`([a-z0-9-]+)`", table.replace("`*`", "")))
    assert named == set(builders())
