"""What a release tells must hold no cell of a field that was dropped, nor of a row that was suppressed.

Every cell of the table below is a canary: a word that occurs nowhere else.  Fields that are released in part (ages,
sexes) are not looked for.
"""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from tests.cli.run import Ran, sluice

ROWS = 1500
SYLLABLES = [a + b for a in "BDFGKLMNPRSTVZ" for b in "aeiou"]
SURNAMES = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"]
GIVEN = ["伟芳", "秀英", "志强", "丽娟", "建国", "晓明", "玉兰", "海燕"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """The file, and the cells that nobody may be told."""
    chance = random.Random(11)
    secret: set[str] = set()
    lines = ["姓名,手机号,电子邮箱,备注,性别,年龄"]
    for number in range(ROWS):
        name = chance.choice(SURNAMES) + chance.choice(GIVEN)
        phone = f"13{chance.randint(10**8, 10**9 - 1)}"
        mail = "".join(chance.choices(SYLLABLES, k=5)).lower() + f"{number}@example.com"
        word = "".join(chance.choices(SYLLABLES, k=6))
        age = 97 if number == 7 else chance.randint(20, 60)
        lines.append(f"{name},{phone},{mail},{word}：{name}电话{phone}已回访,{chance.choice('男女')},{age}")
        secret |= {phone, mail, word}
    path = tmp_path_factory.mktemp("table") / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, secret


def told(folder: Path) -> dict[str, str]:
    """Every text that a package holds, by file; workbooks unpacked."""
    texts = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                for entry in archive.namelist():
                    texts[f"{path.name}/{entry}"] = archive.read(entry).decode("utf-8", "replace")
        else:
            texts[path.name] = path.read_bytes().decode("utf-8", "replace")
    return texts


def silent(ran: Ran, secret: set[str], *texts: str) -> None:
    for text in (ran.out, ran.err, *texts):
        assert not [word for word in secret if word in text]


@pytest.mark.slow
@pytest.mark.parametrize("openness", ["unconditional", "conditional"])
@pytest.mark.parametrize("words", [("--json",), ()])
def test_no_command_and_no_file_tells_a_cell(
    openness: str, words: tuple[str, ...], table: tuple[Path, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, secret = table
    monkeypatch.setenv("SLUICE_TRACEBACK", "1")
    for command in (("classify", source), ("explain", source, "备注"), ("plan", source, "--openness", openness)):
        silent(sluice(*command, *words), secret)
    out = tmp_path / "out"
    ran = sluice("release", source, "-o", out, "--openness", openness, *words, home=tmp_path / "home")
    assert ran.code == 0, ran.out + ran.err
    texts = told(out)
    assert "report.html" in texts and "MANIFEST.json" in texts and len(texts) > 10
    told_of_it = [text for name, text in texts.items() if not name.startswith("people.")]
    silent(ran, secret, *told_of_it)
    shown = {word for word in secret if not word.isalpha()} if openness == "conditional" else secret
    silent(ran, shown, *texts.values())  # a conditional release may show what the notes say, but no number in them
    checked = sluice("verify", out, "--raw", source, *words)
    assert checked.code == 0, checked.out
    silent(checked, secret)


def test_the_eye_of_this_test_sees(table: tuple[Path, set[str]]) -> None:
    source, secret = table
    with pytest.raises(AssertionError):
        silent(Ran(0, source.read_text(encoding="utf-8"), ""), secret)


REDACT = """
[fields."备注"]
category = "text.free"
treatment = "redact-text"
reason = "the notes are what the applicant asked for"
"""


@pytest.mark.slow
def test_free_text_goes_out_without_names_and_numbers(table: tuple[Path, set[str]], tmp_path: Path) -> None:
    source, _ = table
    job, out = tmp_path / "job.toml", tmp_path / "out"
    job.write_text(REDACT, encoding="utf-8")
    words = ("release", source, "-o", out, "--openness", "conditional", "--job", job, "--json")
    ran = sluice(*words, home=tmp_path / "home")
    assert ran.code == 0, ran.out + ran.err
    names = {line.split(",")[0] for line in source.read_text(encoding="utf-8").splitlines()[1:]}
    naming = names | {line.split(",")[1] for line in source.read_text(encoding="utf-8").splitlines()[1:]}
    silent(ran, naming, *told(out).values())
    assert sluice("verify", out, "--raw", source).code == 0
