"""Makes the weights that ship: ``python -m classifiers.ranker.train COLUMNS --labels labels.toml``.

COLUMNS is a folder of labelled columns (see ``corpus``).  The same columns and classifiers give the same bytes.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from classifiers.discovery import found
from classifiers.ranker.corpus import read_columns, read_labels
from classifiers.ranker.learn import fit
from classifiers.ranker.lessons import classes, of_columns, of_phrases
from classifiers.ranker.weights import SHIPPED, load, save


def main() -> None:
    """Read, learn, write, and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m classifiers.ranker.train", description=__doc__)
    parser.add_argument("columns", type=Path, help="folder with columns.jsonl, values.jsonl.gz, label_taxonomy.json")
    parser.add_argument("--labels", type=Path, required=True, help="TOML: category = [labels it counts as]")
    parser.add_argument("--corrections", type=Path, help="TOML with a table [label]: column = the label that is right")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the weights go")
    options = parser.parse_args()
    corrected: dict[str, str] = {}
    if options.corrections is not None:
        corrected = tomllib.loads(options.corrections.read_text(encoding="utf-8"))["label"]
    classifiers = found()
    columns = read_columns(options.columns, corrected)
    lessons = [lesson for _, lesson in of_columns(columns, classifiers, read_labels(options.labels))]
    lessons += of_phrases(classifiers)
    notes = {"columns": str(len(columns)), "lessons": str(len(lessons))}
    save(fit(lessons, classes(classifiers), notes), options.out)
    written = load(options.out)
    print(
        f"{len(lessons)} lessons, {len(written.classes)} classes, {options.out.stat().st_size} bytes, {written.digest}"
    )


if __name__ == "__main__":
    main()
