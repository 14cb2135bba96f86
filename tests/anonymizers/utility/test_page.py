"""docs/utility.md names every metric, its example runs; and no metric knows another."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import anonymizers.utility.metrics
from anonymizers.utility.discovery import utilities

ROOT = Path(__file__).parent.parent.parent.parent
PAGE = (ROOT / "docs" / "utility.md").read_text(encoding="utf-8")


def test_every_metric_stands_on_the_page_with_both_names() -> None:
    for name, one in utilities().items():
        assert f"| `{name}` | {one.title_zh} · {one.title_en} |" in PAGE, name


def test_the_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert code.count("assert") == 2
    exec(compile(code, "utility.md", "exec"), {})  # our own page


def test_no_metric_imports_another_and_models_stand_behind_one_file() -> None:
    for path in sorted(Path(anonymizers.utility.metrics.__path__[0]).parent.rglob("*.py")):
        modules = [
            node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
        ]
        if path.parent.name == "metrics":
            assert not [one for one in modules if one.startswith("anonymizers.utility.metrics")], path.name
        assert path.name == "learn.py" or not [one for one in modules if one.startswith("sklearn")], path.name
