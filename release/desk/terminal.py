"""What the terminal does with labels: a word on a field of a table, and corrections as JSON Lines.

Corrections are kept in the workspace's own database, with its journal; nothing is written beside it.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from release.desk import labels
from release.desk.decided import NOTHING, Told
from release.desk.desk import Desk, Refusals
from release.desk.labels import WORKSPACE, Word, at_terminal
from release.desk.proof import proven
from release.desk.road import Progress
from release.desk.schemas import schema_of
from release.desk.weights import told_here
from release.nouns.dataset import Field, Table
from release.nouns.errors import BadInput
from release.store import labels as store
from release.workflow.labelling import LabelState
from release.workflow.records import Label
from release.workflow.role import Actor

DATABASE = "SLUICE_DATABASE"
FORMAT = "sluice-correction-1"
KEPT = ("schema", "table_name", "field", "physical", "comment", "category", "found", "proven", "reason", "name", "at",
        "evidence")  # fmt: skip
MOST_LINE = 1 << 20


def who(name: str) -> Actor:
    """The person at the terminal: by the name given, else as the system calls them.  Raises BadInput without one."""
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            raise BadInput("Nobody says who decides.", "Give your name: --by NAME.") from None
    said = name.strip()
    if not said or len(said) > labels.LONGEST_NAME or not said.isprintable():
        raise BadInput(f"A name has 1 to {labels.LONGEST_NAME} characters.", "Give your name: --by NAME.")
    return at_terminal(said)


@contextmanager
def desk_at(home: Path) -> Iterator[Desk]:
    """The desk of a workspace, made when it is new, over the database that its service uses ($SLUICE_DATABASE)."""
    from release.desk.opening import Place, open_desk

    desk = open_desk(Place(home, os.environ.get(DATABASE, "")))
    try:
        yield desk
    finally:
        desk.store.close()


def told_at(home: Path) -> Told:
    """What the workspace tells an examination at its terminal; nothing, and nothing made, where there is none yet."""
    from release.vault.workspace import Vault

    if not os.environ.get(DATABASE) and not Vault(home).database.is_file():
        return NOTHING
    with desk_at(home) as desk, desk.store.read() as work:
        return told_here(desk, work, labels.told(work, (WORKSPACE,)))


def override(
    desk: Desk, actor: Actor, table: Table, name: str, category: str, reason: str, progress: Progress
) -> Label | Refusals:
    """Keeps a word on the field ``name`` of this table, for every table of the same schema.  Raises BadInput on a field
    or a category there is not."""
    from classifiers.category import tree
    from release.desk.trained import ranker_of
    from release.steps.classify import examine

    if category not in tree():
        raise BadInput(f"There is no category '{category}'.", "Choose one of classifiers/categories.toml.")
    field = _field(table, name)
    with desk.store.read() as work:
        weights = ranker_of(told_here(desk, work, NOTHING))
    progress("classify", 0.0)
    findings, seen = examine(table, ranker=weights)
    finding = next(f for f in findings if f.field == name)
    word = Word(
        scope=WORKSPACE,
        schema=schema_of(table.dataset),
        table_name=table.dataset.name,
        field=finding.field,
        category=category,
        reason=reason,
        found=finding.category,
        proven=proven(finding),
        physical=field.physical,
        comment=field.comment,
        origin="terminal",
        evidence={"seen": seen[finding.field]},
    )
    with desk.store.write() as work:
        return labels.say(desk, work, actor, word)


def label_of(desk: Desk, table: Table, field: str) -> Label:
    """The label on a field of this table's schema.  Raises BadInput when there is none in force or waiting."""
    _field(table, field)
    with desk.store.read() as work:
        found = store.get(work, store.label_id(WORKSPACE, schema_of(table.dataset), field))
    if found is None or found.state is LabelState.REMOVED:
        raise BadInput(f"Nobody decided on the field '{field}' of this schema.", "See: sluice corrections list.")
    return found


def settle(desk: Desk, actor: Actor, label: Label, reason: str, *, confirm: bool) -> Label | Refusals:
    """Confirms a label as a second person, or takes it back."""
    verb = labels.confirm_label if confirm else labels.remove_label
    return verb(desk, actor, label.id, reason)


def all_labels(desk: Desk) -> tuple[Label, ...]:
    """Every label of the workspace, whoever's, oldest first."""
    with desk.store.read() as work:
        return store.of_scopes(work, ())


def exported(found: tuple[Label, ...]) -> Iterator[str]:
    """One JSON document a line for every label in force: labelled evidence that another workspace can import."""
    for label in found:
        if label.state is LabelState.IN_FORCE:
            line = {"format": FORMAT, **{name: getattr(label, name) for name in KEPT}}
            yield json.dumps(line, ensure_ascii=False, sort_keys=True, allow_nan=False)


def imported(desk: Desk, actor: Actor, path: Path) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """Keeps every correction of a JSON Lines file, all or none; those kept, and notes on those left out.

    A word on a field that has one here already is left out, and one that leaves a proof for less waits for a second
    person here as well, whoever confirmed it elsewhere.  Raises BadInput with the number of the first bad line."""
    words = list(_read(path))
    kept: list[Label] = []
    notes: list[str] = []
    with desk.store.write() as work:
        for number, word in words:
            before = store.get(work, store.label_id(WORKSPACE, word.schema, word.field))
            if before is not None and before.state is not LabelState.REMOVED:
                notes.append(f"line {number}: a word on the field '{word.field}' of this schema is here already")
                continue
            made = labels.say(desk, work, actor, word)
            if not isinstance(made, Label):
                raise BadInput(f"{path.name}, line {number}: {made[0].message}", made[0].remedy)
            kept.append(made)
    return tuple(kept), tuple(notes)


def document(label: Label) -> dict[str, Any]:
    """A label as JSON, without the evidence that only the ranker reads."""
    names = (n for n in Label.__dataclass_fields__ if n not in ("seq", "evidence"))
    return {name: getattr(label, name) for name in names}


def line(label: Label) -> str:
    """A label as a line for a person."""
    waits = "  (waits for a second person)" if label.state is LabelState.PENDING else ""
    gone = "  (removed)" if label.state is LabelState.REMOVED else ""
    second = f", confirmed by {label.confirmed_name} on {label.confirmed_at[:10]}" if label.confirmed_by else ""
    return (
        f"{label.id}  {label.field}: {label.category} (found: {label.found}), decided by {label.name} on"
        f" {label.at[:10]}: {label.reason}{second}{waits}{gone}"
    )


def _field(table: Table, name: str) -> Field:
    """The field of a table.  Raises BadInput when it has none of that name."""
    names = [field.name for field in table.dataset.fields]
    if name not in names:
        raise BadInput(f"The table has no field {name}.", f"Fields: {', '.join(names)}.")
    return table.dataset.field(name)


def _read(path: Path) -> Iterator[tuple[int, Word]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not text in UTF-8.", "Give what sluice corrections export wrote.") from None
    for number, row in enumerate(text.splitlines(), start=1):
        if row.strip():
            yield number, _word(path, number, row)


def _no_number(_text: str) -> None:
    raise ValueError("not a number")


def _word(path: Path, number: int, row: str) -> Word:
    from classifiers.category import tree

    wrong = BadInput(f"{path.name}, line {number} is not a correction.", "Give what sluice corrections export wrote.")
    try:
        given = json.loads(row, parse_constant=_no_number) if len(row) <= MOST_LINE else None
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(given, Mapping) or given.get("format") != FORMAT or set(given) != {"format", *KEPT}:
        raise wrong
    texts = [given[name] for name in KEPT if name not in ("proven", "evidence")]
    seen = given["evidence"].get("seen", {}) if isinstance(given["evidence"], Mapping) else None
    sound = all(isinstance(text, str) for text in texts) and isinstance(given["proven"], list)
    if not sound or not isinstance(seen, Mapping) or len(given["schema"]) != 64 or not given["field"]:
        raise wrong
    if any(not isinstance(v, (int, float)) or isinstance(v, bool) for v in seen.values()):
        raise wrong
    if given["category"] not in tree() or any(proof not in tree() for proof in given["proven"]):
        raise BadInput(f"{path.name}, line {number} names a category nobody knows.", "Correct the line or remove it.")
    return Word(
        scope=WORKSPACE,
        schema=given["schema"],
        table_name=given["table_name"],
        field=given["field"],
        category=given["category"],
        reason=f"{given['reason']} ({given['name']}, {given['at'][:10]})",
        found=given["found"],
        proven=tuple(str(proof) for proof in given["proven"]),
        physical=given["physical"],
        comment=given["comment"],
        origin="import",
        evidence={"seen": {str(name): float(v) for name, v in seen.items()}},
    )
