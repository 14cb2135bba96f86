"""Re-proves a package offline, from its bytes, and names the first thing that is off.

What a reader would get wrong: the order is the point.  Nothing is parsed before the signature and the digests hold,
nothing is measured before all spellings of the data agree, and after the first failure nothing more is looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from anonymizers.errors import AnonymizerError
from classifiers.errors import ClassifierError
from release.nouns.dataset import Table
from release.nouns.errors import ReleaseError, Tampered
from release.nouns.plan import Plan
from release.publish.audience import Audience
from release.publish.formats.rows import Column, Rows
from release.publish.manifest import FileEntry, Manifest
from release.publish.package import DATAPACKAGE, DCAT, PLAN, PUBLIC_EVIDENCE, REVIEWER_EVIDENCE, REVIEWER_PLAN
from release.publish.proof.agreement import parquet_agrees, rows_of, sheet_agrees, spreadsheet_csv_agrees
from release.publish.proof.claims import claims_hold, raw_claims_hold
from release.publish.proof.files import present, signed_manifest
from release.publish.proof.result import Check, CheckResult
from release.publish.proof.words import (
    columns_of,
    dcat_agrees,
    evidence_agrees,
    plan_agrees,
    read_json,
    reviewer_agrees,
)

# What reading bytes that somebody made on purpose may raise.
UNREADABLE = (
    ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError, OSError, MemoryError,
    pa.ArrowException, AnonymizerError, ClassifierError,
)  # fmt: skip


def check_package(
    folder: Path, *, raw: Table | None = None, trusted_key: bytes | None = None, work: Path | None = None
) -> CheckResult:
    """Re-proves the package in ``folder``.  Never raises for what it finds there.

    ``raw`` is the table it was made from, to prove the claims that speak of it; ``trusted_key`` the 32 bytes of the
    public key the signature must be by (without it a signature only proves that nothing changed since); ``work`` a
    directory for what has to be unpacked, a temporary one by default.
    """
    proof = _Proof(folder, trusted_key)
    with tempfile.TemporaryDirectory(dir=work) as scratch:
        for name, step in proof.steps(Path(scratch), raw):
            try:
                proof.checks.append(Check(name, True, step()))
            except ReleaseError as error:
                proof.checks.append(Check(name, False, error.message))
            except UNREADABLE as error:
                proof.checks.append(Check(name, False, f"The package cannot be read here ({type(error).__name__})."))
            if not proof.checks[-1].ok:
                break
    return CheckResult(tuple(proof.checks))


class _Proof:
    """One pass over a package: each step leaves what the next ones need."""

    manifest: Manifest
    here: dict[str, FileEntry]
    plan: Plan
    full: Plan
    evidence: dict[str, Any]
    columns: tuple[Column, ...]
    rows: Rows

    def __init__(self, folder: Path, trusted_key: bytes | None) -> None:
        self.folder = folder
        self.trusted = trusted_key
        self.reviewer: dict[str, Any] | None = None
        self.checks: list[Check] = []

    def steps(self, scratch: Path, raw: Table | None) -> list[tuple[str, Callable[[], str]]]:
        """The checks in their order."""
        steps: list[tuple[str, Callable[[], str]]] = [
            ("signature", self.signature),
            ("files", self.files),
            ("plan", self.plans),
            ("evidence", self.words),
            ("descriptions", self.descriptions),
            ("data", lambda: self.canonical(scratch)),
            ("formats", self.formats),
            ("claims", lambda: claims_hold(self.rows, self.full, self.evidence, self.reviewer, PUBLIC_EVIDENCE)),
        ]
        if raw is not None:
            steps.append(("raw", lambda: self.against(raw)))
        return steps

    def signature(self) -> str:
        self.manifest, signature = signed_manifest(self.folder, self.trusted)
        trust = "which is trusted" if self.trusted is not None else "which nobody vouched for here"
        return f"Signed by key {signature.key_id()}, {trust}."

    def files(self) -> str:
        self.here = {entry.path: entry for entry in present(self.folder, self.manifest)}
        away = len(self.manifest.files) - len(self.here)
        return f"{len(self.here)} files are whole" + (
            f"; {away} for others are not part of this copy." if away else "."
        )

    def plans(self) -> str:
        self.plan = self.full = plan_agrees(self.folder, PLAN, self.manifest)
        if REVIEWER_PLAN in self.here:
            self.full = reviewer_agrees(self.folder, REVIEWER_PLAN, self.manifest, self.plan)
        return f"Policy {self.plan.policy.id} {self.plan.policy.version}, {len(self.plan.fields)} fields planned."

    def words(self) -> str:
        self.evidence = evidence_agrees(self.folder, PUBLIC_EVIDENCE, self.manifest, self.plan)
        if REVIEWER_EVIDENCE in self.here:
            self.reviewer = read_json(self.folder, REVIEWER_EVIDENCE)
        return f"{len(self.evidence['verdicts'])} verdicts, and all are said to hold."

    def descriptions(self) -> str:
        self.columns = columns_of(self.folder, DATAPACKAGE, self.manifest)
        dcat_agrees(self.folder, DCAT, self.manifest)
        return f"{DATAPACKAGE} and {DCAT} describe these files."

    def canonical(self, scratch: Path) -> str:
        csv = self._data(".csv")
        if csv is None:
            raise Tampered("The rows are not part of this copy, so no claim about them can be measured again.")
        self.rows = rows_of(csv, self.columns, self.manifest.rows, scratch)
        return f"{self.rows.count:,} rows of {len(self.columns)} fields, in canonical spelling."

    def formats(self) -> str:
        told = []
        size = next(entry.bytes for path, entry in self.here.items() if path.endswith(".csv"))
        checks: list[tuple[str, Callable[[Path], None]]] = [
            (".excel.csv", lambda file: spreadsheet_csv_agrees(file, self.rows)),
            (".xlsx", lambda file: sheet_agrees(file, self.rows)),
            (".parquet", lambda file: parquet_agrees(file, self.rows, size)),
        ]
        for ending, agrees in checks:
            file = self._data(ending)
            if file is not None:
                agrees(file)
                told.append(ending)
        return f"{', '.join(told) or 'No other spelling'} agree{'s' if len(told) < 2 else ''} with the canonical CSV."

    def against(self, raw: Table) -> str:
        return raw_claims_hold(self.rows, raw, self.full, self.evidence, self.reviewer, PUBLIC_EVIDENCE)

    def _data(self, ending: str) -> Path | None:
        for path, entry in self.here.items():
            plain = ending != ".csv" or not path.endswith(".excel.csv")
            if path.startswith("data/") and path.endswith(ending) and plain and entry.audience is not Audience.REVIEWER:
                return self.folder / path
        return None
