"""The table that the benchmarks of the path read: a made-up person register in GB18030, ten columns.

python -m benchmarks.release.register --rows 1000000 --out people.csv
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from release.samples.people import LIVED_IN, pieces_of_people
from release.samples.write import write_csv

TEN = ("姓名", "身份证号", "性别", "出生日期", "家庭住址", "手机号", "文化程度", "职业", "婚姻状况", "月收入")


def register(path: Path, rows: int, seed: int = 7, encoding: str = "gb18030") -> Path:
    """Write ``rows`` people to ``path``; same arguments, same bytes."""
    return write_csv(pieces_of_people(rows, seed, LIVED_IN, TEN), path, encoding)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--encoding", default="gb18030")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    begun = time.process_time()
    path = register(given.out, given.rows, given.seed, given.encoding)
    print(f"{given.rows} rows, {path.stat().st_size / 1e6:.0f} MB, {time.process_time() - begun:.1f} CPU-s")


if __name__ == "__main__":
    main()
