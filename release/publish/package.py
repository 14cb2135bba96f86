"""Writes a package: data in every spelling, descriptions, evidence, report, manifest, signature.

What a reader would get wrong: a package exists whole or not at all.  Everything is written to a hidden folder beside
the target and renamed at the end, so a crash leaves nothing under the final name, and the next run clears it away.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from release.nouns.dataset import Dataset
from release.nouns.digest import canonical, file_digest
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.publish.about import About, file_name
from release.publish.audience import Audience, of_data
from release.publish.describe import contents as media
from release.publish.describe.contents import Contents, Written
from release.publish.describe.datapackage import datapackage
from release.publish.describe.dcat import dcat
from release.publish.describe.evidence import Evidence, public_evidence, reviewer_evidence
from release.publish.describe.public_plan import public
from release.publish.describe.readme import readme
from release.publish.formats.delimited import canonical_csv, defused_counts, spreadsheet_csv, write_pieces
from release.publish.formats.rows import Rows
from release.publish.formats.schema import published
from release.publish.formats.spreadsheet import unfit, write_xlsx
from release.publish.formats.typed import write_typed
from release.publish.manifest import MANIFEST, SIGNATURE, FileEntry, Manifest
from release.publish.report.page import page
from release.publish.signature import SigningKey, key_id, keyed_digest, sign

TOOL = "sluice"
DATAPACKAGE, DCAT, PLAN, README, REPORT = "datapackage.json", "dcat.jsonld", "plan.json", "README.txt", "report.html"
PUBLIC_EVIDENCE, REVIEWER_EVIDENCE, REVIEWER_PLAN = (
    "evidence/public.json",
    "reviewer/evidence.json",
    "reviewer/plan.json",
)


@dataclass(frozen=True, slots=True)
class Package:
    """A package as written; ``digest`` is the SHA-256 of MANIFEST.json, the name of this version."""

    folder: Path
    manifest: Manifest
    digest: str


def write_package(
    out: Path,
    *,
    treated: Path,
    dataset: Dataset,
    evidence: Evidence,
    about: About,
    key: SigningKey,
    now: datetime,
    previous: str = "",
) -> Package:
    """Writes the package to the folder ``out``, which must not exist or be empty.

    ``treated`` is the Parquet file of strings that was verified, ``dataset`` what came in (its field types),
    ``now`` an aware time, ``previous`` the manifest digest of the version before.  The same arguments give the same
    bytes.  Raises BadInput when ``out`` is taken, ReleaseError when verification did not pass or nothing may open.
    """
    _permitted(out, evidence, now)
    with beside(out) as half:
        manifest = _write(half, treated, dataset, evidence, about, key, now, previous)
        _settle(half)
        _place(half, out)
    return Package(out, manifest, hashlib.sha256(manifest.to_bytes()).hexdigest())


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A new private folder beside ``out``, gone at the end; what a killed run left there is cleared away first.

    The name holds the process, so that two releases into one folder do not tread on each other."""
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f".{glob.escape(out.name)}.*.half"):
        owner = left.name.removesuffix(".half").rpartition(".")[2].partition("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    half = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}-", suffix=".half", dir=out.parent))
    try:
        yield half
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _place(half: Path, out: Path) -> None:
    half.chmod(0o755)
    try:
        half.replace(out)
    except OSError:
        if out.is_dir() and any(out.iterdir()):
            raise BadInput(
                f"{out.name} was written by another release meanwhile.", "Name a folder that does not exist."
            ) from None
        raise


def _permitted(out: Path, evidence: Evidence, now: datetime) -> None:
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise BadInput(f"{out.name} exists already and is not an empty folder.", "Name a folder that does not exist.")
    if now.tzinfo is None:
        raise BadInput("The time of release has no time zone.", "Give an aware time.")
    if evidence.plan.openness is Openness.CLOSED:
        raise ReleaseError("The plan says this dataset does not open, so there is nothing to publish.")
    if not evidence.risk.passed():
        raise ReleaseError("Verification did not pass, so nothing is published.", "See the breaches.")


def _write(
    folder: Path,
    treated: Path,
    dataset: Dataset,
    evidence: Evidence,
    about: About,
    key: SigningKey,
    now: datetime,
    previous: str,
) -> Manifest:
    plan, opened = evidence.plan, public(evidence.plan, key)
    rows = published(treated, dataset)
    name = file_name(plan.dataset_name)
    data, notes = _write_data(folder, rows, name, of_data(plan.openness))
    contents = Contents(
        name=plan.dataset_name,
        about=about,
        openness=plan.openness,
        created=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        rows=rows.count,
        columns=rows.columns,
        data=tuple(data),
        notes=tuple(notes),
        provenance=_provenance(opened),
    )
    files = [*data, *_write_words(folder, contents, evidence, opened, key, file_digest(treated))]
    manifest = Manifest(
        name=contents.name,
        title=about.title,
        publisher=about.publisher,
        created=contents.created,
        tool=f"{TOOL} {version(TOOL)}",
        openness=plan.openness,
        policy=plan.policy,
        plan=next(file.sha256 for file in files if file.path == PLAN),
        sealed={
            "input": opened.dataset_digest,
            "plan": keyed_digest(key, "plan", plan.digest().encode()),
        },
        previous=previous,
        rows=rows.count,
        fields=tuple(column.name for column in rows.columns),
        files=tuple(
            FileEntry(file.path, file.sha256, file.bytes, file.audience, file.media_type)
            for file in sorted(files, key=lambda file: file.path)
        ),
        notes=contents.notes,
    )
    message = manifest.to_bytes()
    (folder / MANIFEST).write_bytes(message)
    (folder / SIGNATURE).write_bytes(sign(message, key).to_bytes())
    return manifest


def _write_data(folder: Path, rows: Rows, name: str, audience: Audience) -> tuple[list[Written], list[str]]:
    """The data files, the canonical CSV first, and what a reader should know about them."""
    (folder / "data").mkdir()
    notes = [
        f"NAME.excel.csv: {count:,} cells of field {field} begin with an apostrophe, so that no spreadsheet runs them."
        for field, count in defused_counts(rows).items()
    ]
    writers: list[tuple[str, str, Callable[[Path], None]]] = [
        (f"data/{name}.csv", media.CSV, lambda path: write_pieces(canonical_csv(rows), path)),
        (f"data/{name}.excel.csv", media.CSV, lambda path: write_pieces(spreadsheet_csv(rows), path)),
        (f"data/{name}.parquet", media.PARQUET, lambda path: write_typed(rows, path)),
    ]
    reason = unfit(rows)
    if reason:
        notes.append(reason)
    else:
        writers.append((f"data/{name}.xlsx", media.XLSX, lambda path: write_xlsx(rows, path)))
    written = []
    for path, media_type, write in writers:
        write(folder / path)
        written.append(_written(folder, path, audience, media_type))
    return written, notes


def _write_words(
    folder: Path, contents: Contents, evidence: Evidence, opened: Plan, key: SigningKey, treated_digest: str
) -> list[Written]:
    """Everything that is not data: descriptions, evidence, report; each canonical, so each the same every time."""
    data_audience = of_data(contents.openness)
    facts = public_evidence(evidence, opened)
    salt = keyed_digest(key, "reviewer", f"{evidence.plan.digest()} {treated_digest}".encode())
    signer = key_id(key.public())
    distributions = {
        name: values["distribution"] for name, values in evidence.utility.fields.items() if "distribution" in values
    }
    texts: list[tuple[str, bytes, Audience, str]] = [
        (PLAN, canonical(opened), Audience.PUBLIC, media.JSON),
        (PUBLIC_EVIDENCE, canonical(facts), Audience.PUBLIC, media.JSON),
        (DATAPACKAGE, canonical(datapackage(contents)), Audience.PUBLIC, media.JSON),
        (DCAT, canonical(dcat(contents)), Audience.PUBLIC, media.JSONLD),
        (README, readme(contents, signer).encode(), Audience.PUBLIC, media.TEXT),
        (REPORT, page(contents, facts, distributions, signer).encode(), data_audience, media.HTML),
        (REVIEWER_EVIDENCE, canonical(reviewer_evidence(evidence, salt)), Audience.REVIEWER, media.JSON),
        (REVIEWER_PLAN, canonical({"salt": salt, "plan": evidence.plan}), Audience.REVIEWER, media.JSON),
    ]
    written = []
    for path, content, audience, media_type in texts:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
        written.append(_written(folder, path, audience, media_type))
    return written


def _written(folder: Path, path: str, audience: Audience, media_type: str) -> Written:
    file = folder / path
    return Written(path, file_digest(file), file.stat().st_size, audience, media_type)


def _provenance(opened: Plan) -> str:
    policy = opened.policy
    treatments = sorted({field.method for field in opened.fields})
    return (
        f"Treated under policy {policy.id} {policy.version} (sha256 {policy.digest}): {', '.join(treatments)}; "
        f"plan sha256 {opened.digest()}."
    )


def _settle(folder: Path) -> None:
    """Flushes every file to disk before the name appears."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
