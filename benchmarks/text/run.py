"""What is found of what identifies people in made-up sentences, by kind, with and without the name model.

    python -m benchmarks.text.run [--misses] [--write]

400 Chinese and 200 English sentences from the templates that were in view while the rules were made, as many from those
that were not, and 80 a language and run that hold nobody.  ``--write`` puts the figures of the templates that were not
in view where the product says its limits from (classifiers/sentences/measured.toml).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.text.score import Score, score
from benchmarks.text.sentences import KINDS, sentences
from classifiers.ner.model import version
from classifiers.presidio import spans
from classifiers.sentences.find import identifying

COUNT = {"zh": 400, "en": 200}
NOBODY = 80
SEEDS = {"tuned": 11, "held": 12}
NAMES = ("name", "name without a cue", "surname and title")
HOW = ("cells only", "sentences", "with the model")
TARGET = Path(__file__).parents[2] / "classifiers" / "sentences" / "measured.toml"


def measure(language: str, part: str, how: str) -> tuple[Score, float]:
    """The score of one way of looking, and its CPU seconds."""
    cases = sentences(part, language, COUNT[language], SEEDS[part]) + sentences("none", language, NOBODY, 13)
    texts = [case.text for case in cases]
    start = time.process_time()
    found = spans(texts) if how == HOW[0] else identifying(texts, model=how == HOW[2])
    spent = time.process_time() - start
    return score(cases, [[(s.start, s.end, s.category) for s in one] for one in found]), spent


def main(*, misses: bool, write: bool) -> None:
    lines = [
        "# Printed by `python -m benchmarks.text.run --write`: made-up sentences whose templates were not in view."
    ]
    for how in HOW:
        if how == HOW[2] and version() is None:
            print("The extra [ner] is not installed, so the model is not measured.")
            continue
        for language in COUNT:
            for part in SEEDS:
                got, spent = measure(language, part, how)
                print(
                    f"{how:<15} {language} {part:<5} recall {got.recall():.3f}  names {got.recall(NAMES):.3f}  "
                    f"precision {got.precision():.3f}  {spent:.1f} CPU s"
                )
                print("   ", ", ".join(f"{k} {got.recall([k]):.2f}" for k in KINDS.values() if got.there[k]))
                if misses and part == "tuned":
                    print("\n".join(f"    missed {m}" for m in got.missed))
                    print("\n".join(f"    wrong {m}" for m in got.wrong))
                if part == "held" and how != HOW[0]:
                    name = "model" if how == HOW[2] else "shapes"
                    lines += [
                        "",
                        f"[{language}.{name}]",
                        f"recall = {got.recall():.3f}",
                        f"names = {got.recall(NAMES):.3f}",
                        f"precision = {got.precision():.3f}",
                        f"spans = {sum(got.there.values())}",
                    ]
    if write:
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(misses="--misses" in sys.argv, write="--write" in sys.argv)
