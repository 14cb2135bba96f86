"""The job files in docs/tables.md are read as they stand there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from release.dp.public import read_public
from release.dp.read import read_query
from release.job.tabulation import read_tabulation

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tables.md"


def test_every_job_of_the_page_is_understood(tmp_path: Path) -> None:
    protected, asked, ruled = (
        tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    )
    assert [s.kind for s in read_query(protected["aggregate"], dataset="t").statistics] == ["count", "mean"]
    assert set(read_public(asked["query"], dataset="t").fields) == {"district", "cost"}
    (tmp_path / "trade.csv").write_text("shoes;goods;*\n", encoding="utf-8")
    assert read_tabulation(ruled["aggregate"], folder=tmp_path).method == "suppression"
