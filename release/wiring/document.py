"""Prints ``docs/command-line.md`` from the commands themselves, so that it cannot say what they do not do.

python -m release.wiring.document > docs/command-line.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer.main

from release.wiring.command import whole

WIDTH = 100

# At least one for every command that people start with; a test parses each as the command would.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "policies": ("sluice policies", "sluice policies show cn-shanghai-open-data", "sluice policies check my-pack.toml"),
    "classify": ("sluice classify people.csv", "sluice classify people.xlsx --sheet 2024 --json"),
    "explain": ("sluice explain people.csv 身份证号",),
    "override": (
        "sluice override people.csv 职业 --category person.work.title --reason '字段是职称' --by 张三",
        "sluice override people.csv 编号 --confirm --reason '核对过原始登记' --by 李四",
        "sluice override people.csv 职业 --remove --reason '看错了' --by 张三",
    ),
    "corrections": (
        "sluice corrections list --json",
        "sluice corrections export -o words.jsonl",
        "sluice corrections import words.jsonl --by 张三",
    ),
    "retrain": (
        "sluice retrain --by 张三",
        "sluice retrain --list",
        "sluice retrain --revert --reason '更差' --by 张三",
    ),
    "regrade": ("sluice regrade", "sluice regrade --policy cn-shanghai-open-data --json"),
    "plan": ("sluice plan people.csv --openness conditional -o plan.json", "sluice plan people.csv -a update=hourly"),
    "treat": ("sluice treat people.csv --plan plan.json -o released/",),
    "release": (
        "sluice release people.csv -o released/",
        "sluice release people.csv -o released/ --policy us-hipaa-safe-harbor --title 'Admissions 2024'",
        "sluice release postgresql+psycopg://reader@db/registry --table people -o released/",
        "sluice release people.csv -o released/ --openness conditional --job job.toml --json",
    ),
    "verify": ("sluice verify released/ --raw people.csv", "sluice verify counts.csv --key agency.pub"),
    "hierarchy": (
        "sluice hierarchy people.csv 职业",
        "sluice hierarchy people.csv 出生日期 --job job.toml -o birth.csv",
    ),
    "anonymize": ("sluice anonymize adult.csv --job job.toml -o out.csv --report report.json",),
    "risk": ("sluice risk adult.csv --job job.toml",),
    "attack": (
        "sluice attack adult.csv anonymous.csv --job job.toml",
        "sluice attack people.csv released/ --job job.toml --control others.csv --previous released-2023/ --json",
    ),
    "utility": (
        "sluice utility adult.csv anonymous.csv --job job.toml -o utility/",
        "sluice utility people.csv released/ --job job.toml --target diagnosis --json",
    ),
    "quasi": ("sluice quasi people.csv", "sluice quasi people.csv --size 3 --json"),
    "aggregate": ("sluice aggregate people.csv --job job.toml -o counts.csv",),
    "synthesize": (
        "sluice synthesize people.csv --job job.toml -o made-up.csv",
        "sluice synthesize people.csv --job job.toml -o made-up.csv --review for-reviewers/ --control others.csv",
        "sluice synthesize people.csv --job job.toml --dry-run --json",
    ),
    "query": (
        'sluice query visits.csv "SELECT district, avg(cost) FROM visits GROUP BY district" --job job.toml --rho 0.01',
        'sluice query visits.csv "SELECT count(*) FROM visits" --job job.toml --within 20 --dry-run --json',
    ),
    "budget": ("sluice budget", "sluice budget people --json"),
}

HEAD = """# Command line

Printed from the commands by `python -m release.wiring.document`; do not edit by hand.

Every command takes `--json`: one document on stdout and nothing else there, notes on stderr.  Exit codes: 0 done,
1 refused (every reason on stderr, or under `refusals`), 2 bad use or bad input (one sentence, or `error` with `kind`,
`message` and `remedy`), 3 something unforeseen.  No message ever holds a cell of a table."""


def document() -> str:
    """The whole page."""
    return "\n".join([HEAD, "", *_page()]).rstrip() + "\n"


def commands() -> dict[str, Any]:
    """Every command by name, in the order of the help."""
    group: Any = typer.main.get_command(whole())
    return dict(group.commands)


def _page() -> Iterator[str]:
    for name, command in commands().items():
        yield f"## sluice {name}"
        yield ""
        yield from _block("sh", EXAMPLES.get(name, ()))
        yield from _block("text", _help(command, f"sluice {name}").splitlines())
        for inner, below in getattr(command, "commands", {}).items():
            yield f"### sluice {name} {inner}"
            yield ""
            yield from _block("text", _help(below, f"sluice {name} {inner}").splitlines())


def _block(kind: str, lines: Any) -> Iterator[str]:
    if lines:
        yield from (f"```{kind}", *(line.rstrip() for line in lines), "```", "")


def _help(command: Any, path: str) -> str:
    context = command.context_class(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
    return str(command.get_help(context))


if __name__ == "__main__":
    sys.stdout.write(document())
