"""The samples by name: three generated registers and two real open tables that lie beside the code."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from release.nouns.errors import BadInput
from release.samples.clinic import clinic
from release.samples.company import company
from release.samples.people import LIVED_IN, pieces_of_people
from release.samples.places import DATA
from release.samples.write import write_csv

SEED: Final = 20_260_101


@dataclass(frozen=True, slots=True)
class Sample:
    """``file`` is what :func:`write` calls it; ``licence`` says whose it is and what may be done with it."""

    name: str
    file: str
    title: str
    title_zh: str
    licence: str
    make: Callable[[Path, int, int], Path]
    rows: int


def _people(path: Path, rows: int, seed: int) -> Path:
    return write_csv(pieces_of_people(rows, seed, LIVED_IN), path, "gb18030")


def _company(path: Path, rows: int, seed: int) -> Path:
    return write_csv([company(rows, seed)], path)


def _clinic(path: Path, rows: int, seed: int) -> Path:
    return write_csv([clinic(rows, seed)], path, quoted=True)


def _copy(path: Path, rows: int, seed: int) -> Path:
    return Path(shutil.copyfile(DATA / path.name, path))


_GENERATED: Final = "generated; CC0-1.0"
SAMPLES: Final[Mapping[str, Sample]] = {
    sample.name: sample
    for sample in (
        Sample("people", "people.csv", "Person register (GB18030)", "人口登记表", _GENERATED, _people, 20_000),
        Sample("company", "company.csv", "Company register", "企业登记表", _GENERATED, _company, 5_000),
        Sample("clinic", "clinic.csv", "Clinic visits", "就诊记录", _GENERATED, _clinic, 8_000),
        Sample(
            "us_legislators",
            "us_legislators.csv",
            "Members of the United States Congress",
            "美国国会议员",
            "CC0-1.0, unitedstates/congress-legislators",
            _copy,
            538,
        ),
        Sample(
            "adult",
            "adult.csv",
            "Adult census extract",
            "成人收入普查抽样",
            "CC BY 4.0, Becker and Kohavi, UCI Machine Learning Repository",
            _copy,
            3_016,
        ),
    )
}


def names() -> tuple[str, ...]:
    """The samples there are."""
    return tuple(SAMPLES)


def write(name: str, folder: Path, rows: int | None = None, seed: int = SEED) -> Path:
    """Write sample ``name`` into ``folder`` (made when absent) and return its path; same arguments, same bytes.

    ``rows`` only concerns generated samples.  BadInput for an unknown name.
    """
    if name not in SAMPLES:
        raise BadInput(f"There is no sample {name!r}.", f"Samples are {', '.join(SAMPLES)}.")
    sample = SAMPLES[name]
    folder.mkdir(parents=True, exist_ok=True)
    return sample.make(folder / sample.file, sample.rows if rows is None else rows, seed)


def adult_hierarchies(folder: Path) -> dict[str, Path]:
    """Copy the nine generalisation hierarchies of the Adult sample into ``folder``: field name → CSV path."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for source in sorted((DATA / "adult_hierarchies").glob("*.csv")):
        field = source.stem.removeprefix("adult_hierarchy_")
        found[field] = Path(shutil.copyfile(source, folder / source.name))
    return found
