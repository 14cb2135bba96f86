"""The one function that decides: state, command, actor and facts in; the row that applies or refusals out.

No row means no.  There is no switch that turns a check off, and no other way to a new state: the store only
writes the state that a row names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from release.nouns.refusal import Refusal
from release.workflow.guards import GUARDS, Facts
from release.workflow.role import Actor, Role

START = "(none)"


@dataclass(frozen=True, slots=True)
class Row:
    """In ``state``, ``command`` by someone in ``role`` leads to ``to`` if every guard holds."""

    state: str
    command: str
    role: Role
    guards: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine as data.  ``states`` and ``commands`` map each id to its (中文, English) label."""

    name: str
    rows: tuple[Row, ...]
    states: dict[str, tuple[str, str]]
    commands: dict[str, tuple[str, str]]
    final: frozenset[str]

    def at(self, state: str, command: str) -> tuple[Row, ...]:
        """The rows for ``command`` in ``state``."""
        return tuple(r for r in self.rows if r.state == state and r.command == command)


def rows(command: str, states: Iterable[str], roles: Iterable[Role], guards: Iterable[str], to: str) -> tuple[Row, ...]:
    """One row for every state and role; ``to`` may be ``"="`` for a command that leaves the state as it is."""
    kept, by = tuple(guards), tuple(roles)
    return tuple(Row(state, command, role, kept, state if to == "=" else to) for state in states for role in by)


def decide(machine: Machine, state: str, command: str, actor: Actor, facts: Facts) -> Row | tuple[Refusal, ...]:
    """The first row of ``machine`` that allows ``command``, or every reason why none does.

    Codes: ``workflow.state`` (no such step from here), ``workflow.role`` (a step for another role), else the
    codes of the guards that failed.
    """
    possible = machine.at(state, command)
    if not possible:
        return (_wrong_state(machine, state, command),)
    mine = [row for row in possible if actor.has(row.role)]
    if not mine:
        return (_wrong_role(machine, command, possible),)
    refused: dict[Refusal, None] = {}
    for row in mine:
        failed = [no for no in (GUARDS[name](actor, facts) for name in row.guards) if no is not None]
        if not failed:
            return row
        refused.update(dict.fromkeys(failed))
    return tuple(refused)


def open_to(machine: Machine, state: str, actor: Actor, facts: Facts) -> tuple[str, ...]:
    """The commands that ``actor`` could give now; what a page shows as buttons.

    Guards that wait for something typed (a reason, a purpose) are taken as fulfilled.
    """
    found = []
    for command in machine.commands:
        for row in machine.at(state, command):
            typed = ("reason-given", "purpose-given", "terms-accepted", "end-ahead")
            if actor.has(row.role) and all(g in typed or GUARDS[g](actor, facts) is None for g in row.guards):
                found.append(command)
                break
    return tuple(found)


def _wrong_state(machine: Machine, state: str, command: str) -> Refusal:
    allowed = sorted({r.command for r in machine.rows if r.state == state and r.role is not Role.SYSTEM})
    return Refusal(
        "workflow.state",
        f"A {machine.name} that is {state} cannot take the command {command}.",
        remedy=f"From here it can take: {', '.join(allowed)}." if allowed else "It takes no command any more.",
    )


def _wrong_role(machine: Machine, command: str, possible: tuple[Row, ...]) -> Refusal:
    names = sorted({row.role.value for row in possible})
    return Refusal("workflow.role", f"The command {command} is for: {', '.join(names)}.")
