"""Ingest: one input in, one columnar table of text out, with what was understood on the way.

The input is only ever read.  Nothing is left in ``work`` but the finished table.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from release.ingest import source
from release.ingest.bounds import Bounds
from release.ingest.incoming import Incoming
from release.ingest.names import field_names, name_the_unnamed
from release.ingest.opening import open_file
from release.ingest.settings import InputSettings
from release.ingest.settle import Column, settle
from release.ingest.spool import Spool
from release.nouns.dataset import Dataset, Field, Table
from release.nouns.digest import digest
from release.nouns.errors import BadInput
from release.tabular.infer import decide

DEFAULT_SETTINGS = InputSettings()
DEFAULT_BOUNDS = Bounds()


def ingest(
    origin: str | Path,
    *,
    work: Path,
    settings: InputSettings = DEFAULT_SETTINGS,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Table:
    """Read a file or a database URL (``sqlite:///…``, with ``settings.table`` or ``.query``) into ``work``.

    The result's Parquet file has string columns only, null where missing, in row groups of 131,072 rows.  Same input
    and settings give the same table at the same path.  ``Field.distinct`` is exact up to 65,536 (fewer from 128
    columns on) and an estimate within about 1 % above.  Raises BadInput with one sentence and a remedy; it names rows
    (the header is row 1) and columns by number, never a cell.
    """
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".ingest-", dir=work) as scratch:
        job = _Job(Path(scratch), work, settings, bounds)
        if is_url(origin):
            from release.ingest.database import read as read_database  # SQLAlchemy is heavy, and only needed here

            return job.run(read_database(str(origin), settings))
        path = Path(origin)
        before = source.check(path, bounds)
        table = job.run(open_file(path, job.scratch, settings, bounds))
        source.check_unchanged(path, before)
        return table


def is_url(origin: str | Path) -> bool:
    """Whether ``origin`` is a database URL rather than a path."""
    return isinstance(origin, str) and "://" in origin


@dataclass(frozen=True, slots=True)
class _Job:
    scratch: Path
    work: Path
    settings: InputSettings
    bounds: Bounds

    def run(self, incoming: Incoming) -> Table:
        spool = Spool(self.scratch, self.settings.spelling().tokens, self.bounds, incoming.first_row)
        names = field_names(incoming.header, self.settings, self.bounds)
        for batch in incoming.batches:
            spool.add(batch)
        spool.close()
        if len(incoming.header) != len(names):
            names = field_names(incoming.header, self.settings, self.bounds)
        if not spool.rows:
            raise BadInput(
                "The table has a header and no rows.",
                "Check the export; set header = false when the first row is data.",
            )
        columns, notes = self.columns(names, spool)
        digest_ = incoming.digest[0]
        target = self.work / f"table-{digest((digest_, self.settings))[:24]}.parquet"
        distinct = settle(spool, columns, target)
        fields = tuple(
            self.field(column, count, incoming.comments) for column, count in zip(columns, distinct, strict=True)
        )
        dataset = Dataset(
            name=self.settings.name or incoming.name,
            source=incoming.source,
            digest=digest_,
            rows=spool.rows,
            fields=fields,
            encoding=incoming.encoding,
            delimiter=incoming.delimiter,
            notes=(*incoming.notes, *notes),
        )
        return Table(dataset, target)

    def columns(self, names: list[str], spool: Spool) -> tuple[list[Column], list[str]]:
        """How each column is read; a column with neither header nor value is left out, with a note."""
        if unknown := set(self.settings.types) - set(names):
            raise BadInput(
                f"The types name a field {min(unknown)!r} that the table does not have.", "Correct its name."
            )
        spelling = self.settings.spelling()
        columns, notes = [], []
        for index, (name, evidence) in enumerate(zip(names, spool.evidence, strict=True)):
            reading = decide(name, evidence, spelling, self.settings.types.get(name))
            if name or reading.absent < reading.rows:
                columns.append(Column(index, name, reading))
            else:
                notes.append(f"column {index + 1} has neither a header nor a value and was left out")
        named = name_the_unnamed([(column.index + 1, column.name) for column in columns], self.settings)
        return [replace(column, name=name) for column, name in zip(columns, named, strict=True)], notes

    def field(self, column: Column, distinct: int, comments: Mapping[str, str]) -> Field:
        """What is known of one field; a distinct count that was estimated never passes the present values."""
        reading, name = column.reading, column.name
        return Field(
            name=name,
            type=reading.type,
            rows=reading.rows,
            missing=reading.absent,
            distinct=min(distinct, reading.rows - reading.absent),
            physical=self.settings.physical.get(name, ""),
            comment=self.settings.comments.get(name, comments.get(name, "")),
            notes=reading.notes,
        )
