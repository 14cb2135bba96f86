"""The journal read and proved: every chain, every row against its replay, every signed seal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from release.desk.advance import may_see
from release.desk.desk import Desk, Refusals, missing
from release.nouns.digest import canonical, digest
from release.nouns.refusal import Refusal
from release.store import aggregate, journal, releases
from release.store.work import Work
from release.workflow.records import Entry, Fault
from release.workflow.role import Actor, Role


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification found.  ``seal`` is the digest of the last seal: keep it elsewhere and compare."""

    entries: int
    seals: int
    seal: str
    faults: tuple[Fault, ...]


def verify_journal(desk: Desk) -> Proof:
    """Walks the whole journal; the operator's command line and the authority's button."""
    with desk.store.read() as work:
        found = [*aggregate.faults(work), *_seal_faults(desk, work)]
        seals = journal.seals(work)
        last = _message(seals[-1], _previous(seals, len(seals) - 1)) if seals else None
        return Proof(journal.size(work), len(seals), digest(last) if last else "", tuple(found))


def audit(desk: Desk, actor: Actor) -> Proof | Refusals:
    """:func:`verify_journal` for the authority."""
    return _only_authority(actor) or verify_journal(desk)


def newest(desk: Desk, limit: int = 50) -> tuple[Entry, ...]:
    """The newest entries of the whole journal, for whoever operates the machine it lies on."""
    with desk.store.read() as work:
        return journal.latest(work, limit, 0)


def recent(desk: Desk, actor: Actor, limit: int = 50, offset: int = 0) -> tuple[Entry, ...] | Refusals:
    """The newest entries of the whole journal, for the authority."""
    refused = _only_authority(actor)
    if refused:
        return refused
    with desk.store.read() as work:
        return journal.latest(work, limit, offset)


def history(desk: Desk, actor: Actor, release_id: str) -> tuple[Entry, ...] | Refusals:
    """The journal of one release, for those who may see it."""
    with desk.store.read() as work:
        release = releases.get(work, release_id)
        if release is None or not may_see(actor, release):
            return missing("release")
        return journal.entries(work, f"release:{release_id}")


def seal_journal(desk: Desk) -> int:
    """Signs the heads that changed since the last seal; the number of the new seal, 0 when nothing changed.

    A seal names each head and the signature of the seal before it, so entries cut off at the end, and seals cut out
    in the middle, are noticed.
    """
    with desk.store.write() as work:
        seals = journal.seals(work)
        known: dict[str, list[Any]] = {}
        for seal in seals:
            known |= json.loads(seal["heads"])
        changed = {name: head for name, head in journal.heads(work).items() if known.get(name) != head}
        if not changed:
            return 0
        number = len(seals) + 1
        heads = canonical(changed).decode()
        words = {"number": number, "at": desk.now(), "entries": journal.size(work), "heads": heads}
        signature = desk.vault.keyring.sign(canonical(_message(words, _previous(seals, len(seals)))))
        journal.add_seal(work, number, str(words["at"]), journal.size(work), heads, signature)
        return number


def _seal_faults(desk: Desk, work: Work) -> list[Fault]:
    seals, found = journal.seals(work), []
    named: dict[str, list[Any]] = {}
    for index, seal in enumerate(seals):
        message = canonical(_message(seal, _previous(seals, index)))
        if seal["number"] != index + 1 or not desk.vault.keyring.verify(message, seal["signature"]):
            found.append(Fault(f"seal:{index + 1}", index + 1, "the seal is missing, out of order or not ours"))
            return found
        named |= json.loads(seal["heads"])
    for name, (seq, hash_) in sorted(named.items()):
        if journal.hash_at(work, name, seq) != hash_:
            found.append(Fault(name, seq, "a sealed entry is gone or was changed"))
    return found


def _message(seal: Any, previous: str) -> dict[str, Any]:
    covered = {key: seal[key] for key in ("number", "at", "entries")}
    return {**covered, "heads": digest(seal["heads"]), "previous": previous}


def _previous(seals: list[dict[str, Any]], index: int) -> str:
    return str(seals[index - 1]["signature"]) if index > 0 else ""


def _only_authority(actor: Actor) -> Refusals:
    return () if actor.has(Role.AUTHORITY) else (Refusal("workflow.role", "The journal is for the authority."),)
