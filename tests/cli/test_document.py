"""docs/command-line.md is what the commands say, and every example in it is understood by its command."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from release.wiring.document import EXAMPLES, commands, document
from tests.cli.run import ROOT

PAGE = ROOT / "docs" / "command-line.md"


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "run: python -m release.wiring.document > docs/command-line.md"
    )


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_every_example_is_understood(line: str) -> None:
    program, name, *words = shlex.split(line)
    assert program == "sluice"
    command: Any = commands()[name]
    if words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    command.make_context(name, words)


def test_every_option_is_explained() -> None:
    for name, command in commands().items():
        for one in (command, *getattr(command, "commands", {}).values()):
            assert one.help or one.get_short_help_str(), name
            unexplained = [p.name for p in one.params if p.param_type_name == "option" and not p.help]
            assert not unexplained, f"{name}: {unexplained}"


def test_no_path_of_a_machine_stands_in_the_page() -> None:
    assert str(Path.home()) not in PAGE.read_text(encoding="utf-8")
