"""A short road that is real: it reads CSV, drops identity columns, measures k on the written bytes, packs and signs.

It is what the worker's tests lead tables along, in this process and in others.  ``search`` may ask for ``k`` (a limit
to hold), ``seconds`` (how long the treatment takes) and ``crash`` (what goes wrong on the way).
"""

from __future__ import annotations

import csv
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from release.desk.decided import Told
from release.desk.road import Document, Examined, Keys, Label, Made, Progress, Regraded
from release.desk.schemas import fingerprint
from release.nouns.digest import canonical, digest, file_digest, plain
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.openness import Openness
from release.nouns.plan import PolicyRef
from release.nouns.refusal import Refusal
from release.publish.audience import Audience, of_data
from release.publish.manifest import MANIFEST, SIGNATURE, FileEntry, Manifest
from release.publish.signature import SigningKey, sign

IDENTITY = ("name", "id_number")
# The pack that is installed; tests change it for a while.
PACK = {"version": "1", "openness": "", "lenient": "", "until": ""}
CATEGORIES = frozenset({"person.name", "person.id", "thing.count", "person.age"})


class ShortRoad:
    def policies(self) -> tuple[str, ...]:
        return ("short", "other")

    def categories(self) -> frozenset[str]:
        return CATEGORIES

    def scales(self, policy: str) -> tuple[str, ...]:
        return ("level",)

    def levels(self, policy: str, scale: str) -> tuple[str, ...]:
        return ("1", "2", "3") if scale == "level" else ()

    def pack(self, policy: str) -> Mapping[str, str]:
        return {"version": PACK["version"], "digest": digest({**PACK, "until": ""})}

    def outside(self, policy: str, on: date) -> str:
        return f"It ends on {PACK['until']}." if PACK["until"] and on.isoformat() >= PACK["until"] else ""

    def regrade(self, examination: Document, plan: Document | None, report: Document | None) -> Regraded:
        before, now = examination["grading"]["openness"], PACK["openness"] or examination["grading"]["openness"]
        if now == "broken":
            raise ReleaseError("The policy cannot grade this.")
        differs = {"field": "", "scale": "openness", "before": before, "after": now, "article": "art. 9", "rose": True}
        order = ("unconditional", "conditional", "closed")
        promised = plan["openness"] if plan else "unconditional"
        within = PACK["lenient"] == "yes" or order.index(now) <= order.index(promised)
        return Regraded((differs,) if before != now else (), within)

    def examine(
        self, source: Path, work: Path, policy: str, told: Told, progress: Progress
    ) -> Examined | tuple[Refusal, ...]:
        progress("ingest", 0.1)
        if source.stat().st_size == 0:
            raise BadInput("The file is empty.", "Give a table with a header.")
        with source.open(encoding="utf-8") as handle:
            header = next(csv.reader(handle))
        if "state_secret" in header:
            return (Refusal("grade.blocked", "A field may not be processed here.", "art. 1", "Remove it."),)
        types = pacsv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()))
        table = pacsv.read_csv(source, convert_options=types)
        columnar = work / "table.parquet"
        pq.write_table(table, columnar)
        progress("grade", 0.9)
        words = told.of(fingerprint((n, "") for n in header), header)
        said = {n: word for n, word in words.items() if word.confirmed or not word.pending}
        found = {
            n: said[n].category if n in said else ("person.name" if n in IDENTITY else "thing.count") for n in header
        }
        document = {
            "policy": {"id": policy, **self.pack(policy)},
            "decisions": {n: plain(word) for n, word in said.items()},
            "dataset": {"name": source.stem, "rows": table.num_rows, "fields": [{"name": n} for n in header]},
            "findings": [{"field": n, "category": c} for n, c in found.items()],
            "grading": {"openness": "conditional" if "income" in header else "unconditional"},
        }
        return Examined(document, columnar)

    def prepare(
        self, examined: Examined, openness: Openness, search: Document, work: Path, progress: Progress
    ) -> Document | tuple[Refusal, ...]:
        progress("plan", 0.5)
        if examined.document["grading"]["openness"] == "conditional" and openness is Openness.UNCONDITIONAL:
            return (Refusal("grade.conditional", "This dataset is conditional.", "art. 2", "Plan it conditionally."),)
        dropped = [f["field"] for f in examined.document["findings"] if f["category"].startswith("person.n")]
        return {"openness": openness.value, "drop": dropped, "search": dict(search)}

    def produce(
        self, examined: Examined, plan: Document, keys: Keys, label: Label, out: Path, progress: Progress
    ) -> Made | tuple[Refusal, ...]:
        search = plan["search"]
        self._stumble(search, examined.columnar, progress)
        table = pq.read_table(examined.columnar)
        kept = table.select([n for n in table.column_names if n not in plan["drop"]])
        (out / "data").mkdir(parents=True)
        pacsv.write_csv(kept, out / "data" / "table.csv")
        pq.write_table(kept, out / "data" / "table.parquet")
        measured = self._measure(out / "data" / "table.csv")
        passed = measured >= int(search.get("k", 1))
        report = {"risk": {"k": measured, "limit": search.get("k", 1)}, "utility": {"rows": kept.num_rows}}
        (out / "datapackage.json").write_bytes(canonical({"title": label.title, "name": "table"}))
        (out / "evidence.json").write_bytes(canonical(report))
        manifest = self._sign(out, kept, plan, keys, label)
        progress("package", 1.0)
        return Made(out, manifest, report, passed)

    def _stumble(self, search: Mapping[str, Any], columnar: Path, progress: Progress) -> None:
        if search.get("log"):
            with Path(search["log"]).open("a") as handle:
                handle.write(f"{os.getpid()}\n")
        until = time.monotonic() + float(search.get("seconds", 0))
        while time.monotonic() < until:
            progress("treat", 0.5)
            time.sleep(0.05)
        if search.get("crash") == "cell":
            first = pq.read_table(columnar).column(0)[0].as_py()
            raise ValueError(f"cannot treat {first}")
        if search.get("crash") == "kill":
            os.kill(os.getpid(), signal.SIGKILL)

    def _measure(self, path: Path) -> int:
        with path.open(encoding="utf-8") as handle:
            rows = list(csv.reader(handle))[1:]
        return min(Counter(tuple(row) for row in rows).values(), default=0)

    def _sign(self, out: Path, table: pa.Table, plan: Document, keys: Keys, label: Label) -> str:
        openness = Openness(plan["openness"])
        audiences = {
            "data/table.csv": (of_data(openness), "text/csv"),
            "data/table.parquet": (of_data(openness), "application/vnd.apache.parquet"),
            "datapackage.json": (Audience.PUBLIC, "application/json"),
            "evidence.json": (Audience.REVIEWER, "application/json"),
        }
        manifest = Manifest(
            name="table",
            title=label.title,
            publisher=label.publisher,
            created=label.created,
            tool="short road",
            openness=openness,
            policy=PolicyRef("short", "1", "0" * 64),
            plan=digest(plan),
            sealed={},
            previous=label.previous,
            rows=table.num_rows,
            fields=tuple(table.column_names),
            files=tuple(
                FileEntry(name, file_digest(out / name), (out / name).stat().st_size, audience, media)
                for name, (audience, media) in audiences.items()
            ),
        ).to_bytes()
        (out / MANIFEST).write_bytes(manifest)
        (out / SIGNATURE).write_bytes(sign(manifest, SigningKey(keys.signing)).to_bytes())
        return digest(json.loads(manifest))


ROAD = ShortRoad()
