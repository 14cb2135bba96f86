"""Prints ``docs/packs.md`` from the packs themselves: what each covers and how much of it was read.

python -m policies.listing > docs/packs.md

A statement is anything in a pack with an article and an evidence mark; a pack is counted for what stands in its own
file, not for what it inherits, and its cases are no statements.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from policies.format.authority import EVIDENCE, NOT_VERIFIED
from policies.pack import PACKS, Pack, load_file

HEAD = """# Policy packs

Printed from the packs by `python -m policies.listing`; do not edit by hand.

A pack is one guideline as data (`policies/packs/NAME.toml`; the format is in `policies/packs/README.md`).  Every
statement in it says where it stands and how sure we are of that: **verified**, the text was read; **secondary**, a
restatement of it was read; **recalled**, neither, or it is a default of this product and says so.  An official code
that was not read is left out and counted as **not verified**.  The counts are of statements of the pack's own file;
what it inherits is counted where it stands.  None of this is legal advice: before a pack decides anything, have its
recalled statements read against the text."""

KINDS: dict[str, Callable[[Pack], bool]] = {
    "Packs that grade": lambda pack: not pack.meta.abstract,
    "Profiles: added to a pack that grades (`--policy PACK+PROFILE`)": lambda pack: pack.meta.profile,
    "What others inherit": lambda pack: pack.meta.abstract and not pack.meta.profile,
}


def page() -> str:
    """The whole page."""
    packs = [(path, load_file(path)) for path in sorted(PACKS.glob("*.toml"))]
    parts = [HEAD, "", *_table(packs)]
    for title, fits in KINDS.items():
        chosen = [(path, pack) for path, pack in packs if fits(pack)]
        parts += ["", f"## {title}"] if chosen else []
        for path, pack in chosen:
            parts += ["", *_pack(path, pack)]
    return "\n".join(parts) + "\n"


def counted(path: Path) -> Counter[str]:
    """How many statements of the file are verified, secondary, recalled, and how many codes are not verified."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    levels = [level for scale in raw.get("scales", []) for level in scale["levels"]]
    found = Counter(_evidence({key: part for key, part in raw.items() if key not in ("meta", "cases")}))
    found[NOT_VERIFIED] = sum("official_code" not in level for level in levels)
    return found


def _evidence(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _evidence(item)
    elif isinstance(part, dict):
        if "article" in part and "evidence" in part:
            yield part["evidence"]
        for inner in part.values():
            yield from _evidence(inner)


def _table(packs: list[tuple[Path, Pack]]) -> Iterator[str]:
    marks = (*EVIDENCE, NOT_VERIFIED)
    yield f"| pack | in force since | {' | '.join(marks)} | cases |"
    yield f"|---|---|{'---|' * len(marks)}---|"
    for path, pack in packs:
        counts = counted(path)
        numbers = " | ".join(str(counts[mark]) for mark in marks)
        yield f"| [{pack.meta.id}](#{pack.meta.id}) | {_when(pack)} | {numbers} | {len(pack.cases)} |"


def _when(pack: Pack) -> str:
    return f"{pack.meta.effective}" + (f" until {pack.meta.until}" if pack.meta.until else "")


def _pack(path: Path, pack: Pack) -> Iterator[str]:
    meta = pack.meta
    yield f"### {meta.id}"
    yield ""
    yield f"**{meta.title.zh}** · {meta.title.en}  "
    yield f"{meta.issuer.zh} · {meta.issuer.en}  "
    yield f"{meta.jurisdiction} · {meta.status} since {_when(pack)} · evidence as a whole: {meta.evidence}"
    yield ""
    yield _about(path)
    yield ""
    yield from (f"- {line}" for line in (*_contents(path, pack), *(f"Note: {note}" for note in meta.notes)))
    yield from (f"- Source: {source}" for source in meta.sources)


def _about(path: Path) -> str:
    """The comment at the top of the file, which says in a sentence or two what the pack is."""
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return " ".join(line.removeprefix("#").strip() for line in lines[:end])


def _contents(path: Path, pack: Pack) -> Iterator[str]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    for scale in (pack.scales[own["id"]] for own in raw.get("scales", [])):
        levels = " < ".join(f"{level.id} {level.words.zh}" for level in scale.levels)
        yield f"Scale `{scale.id}` {scale.words.zh} / {scale.words.en}: {levels}"
    if pack.meta.extends:
        yield f"Extends {', '.join(f'`{name}`' for name in pack.meta.extends)}"
    process = raw.get("process", {})
    numbers = {
        "categories": len(raw.get("categories", {})),
        "rules": len(raw.get("rules", [])),
        "treatments": len(raw.get("treatments", [])),
        "privacy models": len(raw.get("models", [])),
        "limits": len(raw.get("acceptance", [])),
        "duties": len(raw.get("obligations", {})),
        "steps of procedure": len(process.get("steps", [])),
        "declared facts": len(raw.get("attributes", {})),
    }
    yield "In its own file: " + ", ".join(f"{name} {number}" for name, number in numbers.items() if number)
    declared = ", ".join(f"`{name}`" for name in raw.get("attributes", {}))
    if declared:
        yield f"Declare with `-a NAME=VALUE`: {declared}"


if __name__ == "__main__":
    sys.stdout.write(page())
