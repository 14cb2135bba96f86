"""Prints the workflow tables as docs/workflow.md: diagrams, every row, and who may do what where.

Run ``python -m release.workflow.document > docs/workflow.md`` after changing a table; a test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from release.workflow.access import ACCESS
from release.workflow.dissenting import DISSENT
from release.workflow.guards import GUARDS
from release.workflow.labelling import LABEL
from release.workflow.regrading import REGRADING
from release.workflow.releasing import RELEASE
from release.workflow.role import LABELS, Role
from release.workflow.training import TRAINING
from release.workflow.transition import START, Machine

MACHINES = (RELEASE, ACCESS, LABEL, DISSENT, REGRADING, TRAINING)

HEAD = """# Workflow

Printed from the tables in `release/workflow/` by `python -m release.workflow.document`; do not edit by hand.
A step that has no row here does not exist. Every guard of a row must hold; an unknown fact never holds.
"""


def render() -> str:
    """The whole page, Markdown with Mermaid diagrams."""
    parts = [HEAD]
    for machine in MACHINES:
        parts += [f"## The {machine.name}\n", *_diagram(machine), *_states(machine), *_rows(machine), *_matrix(machine)]
    parts += ["## Guards\n", "| guard | holds when |", "|---|---|"]
    parts += [f"| `{name}` | {(guard.__doc__ or '').strip()} |" for name, guard in GUARDS.items()]
    return "\n".join(parts) + "\n"


def _diagram(machine: Machine) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    seen = set()
    for row in machine.rows:
        edge = (row.state, row.command, row.to)
        if edge not in seen and row.state != row.to:
            seen.add(edge)
            yield f"    {'[*]' if row.state == START else row.state} --> {row.to}: {row.command}"
    for state in sorted(machine.final):
        yield f"    {state} --> [*]"
    yield "```\n"


def _states(machine: Machine) -> Iterator[str]:
    yield "| state | 中文 | English |"
    yield "|---|---|---|"
    for state, (zh, en) in machine.states.items():
        yield f"| `{state}` | {zh} | {en} |"
    yield ""


def _rows(machine: Machine) -> Iterator[str]:
    yield "| from | command | 中文 | role | guards | to |"
    yield "|---|---|---|---|---|---|"
    for row in machine.rows:
        guards = ", ".join(f"`{g}`" for g in row.guards) or "–"
        zh = machine.commands[row.command][0]
        yield f"| {row.state} | `{row.command}` | {zh} | {row.role} | {guards} | {row.to} |"
    yield ""


def _matrix(machine: Machine) -> Iterator[str]:
    roles = [role for role in Role if role is not Role.SYSTEM]
    yield "| state | " + " | ".join(f"{LABELS[r][0]} {r}" for r in roles) + " |"
    yield "|---" * (len(roles) + 1) + "|"
    for state in (START, *machine.states):
        cells = []
        for role in roles:
            names = dict.fromkeys(r.command for r in machine.rows if r.state == state and r.role is role)
            cells.append(", ".join(names) or "–")
        yield f"| {state} | " + " | ".join(cells) + " |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(render())
