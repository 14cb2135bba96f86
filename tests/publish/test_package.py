"""What a package holds, for whom, and that it holds nothing else."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as DataPackage
from frictionless import system

from release.nouns.errors import BadInput, ReleaseError
from release.nouns.openness import Openness
from release.publish.about import About, file_name
from release.publish.archive import write_zip
from release.publish.audience import Audience, may_see
from release.publish.package import write_package
from tests.publish.conftest import Made, make
from tests.publish.example import ABOUT, CANARY_DISTRICT, CANARY_NAME, CANARY_NOTE, KEY, NOW, raw_columns


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def unpacked(folder: Path) -> str:
    """All text of a package, workbook and Parquet columns included."""
    import pyarrow.parquet as pq

    texts = []
    for name, content in contents(folder).items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(folder / name) as archive:
                texts += [archive.read(part).decode() for part in archive.namelist()]
        elif name.endswith(".parquet"):
            texts.append(repr(pq.read_table(folder / name).to_pylist()))
        else:
            texts.append(content.decode("utf-8-sig"))
    return "\n".join(texts)


def again(made: Made, out: Path, **changes: Any) -> Path:
    arguments: dict[str, Any] = {
        "treated": made.treated,
        "dataset": made.raw.dataset,
        "evidence": made.evidence,
        "about": ABOUT,
        "key": KEY,
        "now": NOW,
    }
    return write_package(out, **{**arguments, **changes}).folder


def test_the_files_are_these(made: Made) -> None:
    assert list(contents(made.package.folder)) == [
        "MANIFEST.json", "MANIFEST.sig", "README.txt", "data/就诊登记.csv", "data/就诊登记.excel.csv",
        "data/就诊登记.parquet", "data/就诊登记.xlsx", "datapackage.json", "dcat.jsonld", "evidence/public.json",
        "plan.json", "report.html", "reviewer/evidence.json", "reviewer/plan.json",
    ]  # fmt: skip


def test_the_same_arguments_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    assert contents(again(made, tmp_path / "again")) == contents(made.package.folder)
    later = contents(again(made, tmp_path / "later", now=NOW.replace(year=2026)))
    same = {name for name, content in later.items() if content == contents(made.package.folder)[name]}
    assert {"data/就诊登记.csv", "data/就诊登记.xlsx", "data/就诊登记.parquet", "plan.json"} <= same


def test_no_suppressed_or_removed_value_is_anywhere(made: Made) -> None:
    text = unpacked(made.package.folder)
    for canary in (CANARY_NAME, CANARY_NOTE, CANARY_DISTRICT):
        assert canary not in text
    raw = raw_columns()
    for field in ("姓名", "身份证号"):
        assert not [value for value in raw[field] if value in text]


def test_no_public_file_holds_a_bare_digest_of_the_input_or_the_plan(made: Made) -> None:
    for entry in made.package.manifest.files:
        if entry.audience is Audience.REVIEWER:
            continue
        content = (made.package.folder / entry.path).read_bytes()
        assert made.raw.dataset.digest.encode() not in content
        assert made.plan.digest().encode() not in content
    manifest = made.package.manifest.to_bytes()
    assert made.raw.dataset.digest.encode() not in manifest and made.plan.digest().encode() not in manifest


def test_the_public_evidence_is_coarse(made: Made) -> None:
    evidence = json.loads((made.package.folder / "evidence/public.json").read_bytes())
    told = {verdict["metric"]: verdict["band"] for verdict in evidence["verdicts"]}
    assert made.evidence.risk.values["k"] == 12 and told["k"] == "10 – 19"
    assert told["suppressed-share"] == evidence["suppressed"] == "≤ 0.01"
    assert not {"rows_in", "measured", "suppressed_rows"} & set(re.findall(r'"(\w+)":', json.dumps(evidence)))


def test_the_golden_evidence(made: Made) -> None:
    golden = Path(__file__).with_name("golden_evidence.json")
    assert json.loads((made.package.folder / "evidence/public.json").read_bytes()) == json.loads(golden.read_bytes())


def test_a_hierarchy_among_the_parameters_does_not_list_the_raw_values(made: Made, tmp_path: Path) -> None:
    fields = tuple(
        dataclasses.replace(
            f, params={"hierarchy": {"rows": [["金丝雀", "*"]], "kind": "rows"}, "map": {"金丝雀": "甲"}}
        )
        if f.field == "区"
        else f
        for f in made.plan.fields
    )
    plan = dataclasses.replace(made.plan, fields=fields)
    folder = again(made, tmp_path / "p", evidence=dataclasses.replace(made.evidence, plan=plan))
    public = json.loads((folder / "plan.json").read_bytes())
    params = next(field["params"] for field in public["fields"] if field["field"] == "区")
    assert params == {"hierarchy": {"kind": "rows", "rows": {"entries": 1}}, "map": {"entries": 1}}
    for name in ("plan.json", "report.html", "evidence/public.json", "dcat.jsonld"):
        assert "金丝雀" not in (folder / name).read_text(encoding="utf-8")


def test_frictionless_validates_the_package(made: Made) -> None:
    with system.use_context(trusted=True):
        report = DataPackage(str(made.package.folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == 4


def test_frictionless_notices_a_changed_cell(copy: Path) -> None:
    csv = copy / "data" / "就诊登记.csv"
    csv.write_bytes(csv.read_bytes().replace("女".encode(), "男".encode(), 1))
    with system.use_context(trusted=True):
        assert not DataPackage(str(copy / "datapackage.json")).validate().valid


def test_dcat_describes_every_data_file(made: Made) -> None:
    document = json.loads((made.package.folder / "dcat.jsonld").read_bytes())
    assert document["@type"] == "dcat:Dataset" and document["dct:accessRights"]["@id"].endswith("/PUBLIC")
    assert {d["dcat:downloadURL"]["@id"] for d in document["dcat:distribution"]} == {
        entry.path for entry in made.package.manifest.files if entry.path.startswith("data/")
    }
    assert "odrl:hasPolicy" not in document


def test_a_conditional_release_shows_its_descriptions_and_not_its_rows(tmp_path: Path) -> None:
    made = make(tmp_path / "w", tmp_path / "p", openness=Openness.CONDITIONAL)
    audiences = {entry.path: entry.audience for entry in made.package.manifest.files}
    public = {path for path, audience in audiences.items() if audience is Audience.PUBLIC}
    assert public == {"README.txt", "datapackage.json", "dcat.jsonld", "evidence/public.json", "plan.json"}
    document = json.loads((tmp_path / "p" / "dcat.jsonld").read_bytes())
    assert document["dct:accessRights"]["@id"].endswith("/RESTRICTED")
    assert document["odrl:hasPolicy"]["@type"] == "odrl:Offer"
    assert not any("dcat:downloadURL" in d for d in document["dcat:distribution"])
    zipped = write_zip(tmp_path / "p", tmp_path / "public.zip", audience=Audience.PUBLIC)
    assert set(zipfile.ZipFile(zipped).namelist()) == public | {"MANIFEST.json", "MANIFEST.sig"}


def test_the_zip_of_an_audience_is_the_same_every_time(made: Made, tmp_path: Path) -> None:
    one = write_zip(made.package.folder, tmp_path / "1.zip", audience=Audience.PUBLIC).read_bytes()
    assert one == write_zip(made.package.folder, tmp_path / "2.zip", audience=Audience.PUBLIC).read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("reviewer/")]
    with pytest.raises(BadInput, match="exists already"):
        write_zip(made.package.folder, tmp_path / "1.zip", audience=Audience.PUBLIC)


def test_reviewers_see_everything_and_the_public_the_least() -> None:
    assert [a for a in Audience if may_see(Audience.PUBLIC, a)] == [Audience.PUBLIC]
    assert all(may_see(Audience.REVIEWER, a) for a in Audience)


# ------------------------------------------------------------------ refusals and half-written things


def test_a_taken_folder_is_left_alone(made: Made, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").write_text("mine")
    with pytest.raises(BadInput, match="not an empty folder"):
        again(made, tmp_path / "taken")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadInput):
        again(made, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert again(made, tmp_path / "empty").is_dir()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "file", "taken"]


def test_nothing_is_published_that_did_not_pass(made: Made, tmp_path: Path) -> None:
    risk = made.evidence.risk
    broken = dataclasses.replace(risk.verdicts[0], holds=False)
    for verdicts in ((broken, *risk.verdicts[1:]), ()):
        evidence = dataclasses.replace(made.evidence, risk=dataclasses.replace(risk, verdicts=verdicts))
        with pytest.raises(ReleaseError, match="did not pass"):
            again(made, tmp_path / "p", evidence=evidence)
    closed = dataclasses.replace(made.plan, openness=Openness.CLOSED)
    with pytest.raises(ReleaseError, match="does not open"):
        again(made, tmp_path / "p", evidence=dataclasses.replace(made.evidence, plan=closed))
    with pytest.raises(BadInput, match="time zone"):
        again(made, tmp_path / "p", now=datetime(2025, 1, 1))
    assert not list(tmp_path.iterdir())


def test_a_crash_leaves_nothing_under_the_final_name(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("release.publish.package.write_typed", full_disk)
    with pytest.raises(OSError, match="no space"):
        again(made, tmp_path / "p")
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    dead = tmp_path / ".p.4194304-abc.half"  # no process has this number
    dead.mkdir()
    (dead / "left over").write_text("from a crash")
    assert again(made, tmp_path / "p").is_dir()
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


@pytest.mark.parametrize(
    ("changes", "told"), [({"title": " "}, "title"), ({"publisher": ""}, "publisher"), ({"licence": "mine"}, "licence")]
)
def test_what_people_must_say(changes: dict[str, str], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        dataclasses.replace(ABOUT, **changes)
    assert About("t", "p", "LicenseRef-City-Open").licence_iri().startswith("urn:")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("人口 登记/2024", "人口-登记-2024"),
        ("../x", "x"),
        ("...", "data"),
        ("a" * 200, "a" * 80),
        ("表" * 50, "表" * 26),
    ],
)
def test_names_of_files(name: str, expected: str) -> None:
    assert file_name(name) == expected


# ------------------------------------------------------------------ the report


class Tags(HTMLParser):
    """Collects tags, attributes and the text of each language."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def report(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_report_needs_no_script_and_no_network(made: Made) -> None:
    parser = Tags()
    parser.feed(report(made.package.folder))
    names = {tag for tag, _ in parser.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form"}
    for _, attributes in parser.tags:
        assert not {key for key in attributes if key.startswith("on")} | ({"href", "src", "srcset"} & set(attributes))
    assert "url(" not in report(made.package.folder) and "@import" not in report(made.package.folder)


def test_the_report_says_everything_twice(made: Made) -> None:
    text = report(made.package.folder)
    assert text.count('class="zh"') == text.count('class="en"') > 40
    for words in (
        "无条件开放",
        "Open to everyone",
        "假名化",
        "keyed pseudonym",
        "第十二条",
        "处理前",
        "before (coarse)",
    ):
        assert words in text
    assert text.count("<svg") >= 8


def test_no_value_can_break_out_of_the_report(made: Made, tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>'
    about = dataclasses.replace(ABOUT, title=evil, description=evil, publisher=evil)
    fields = {
        name: {**values, "distribution": {**values["distribution"], "after": [(evil, 0.5)]}}
        if "distribution" in values
        else values
        for name, values in made.evidence.utility.fields.items()
    }
    utility = dataclasses.replace(made.evidence.utility, fields=fields)
    evidence = dataclasses.replace(made.evidence, utility=utility)
    text = report(again(made, tmp_path / "p", about=about, evidence=evidence))
    assert "<script" not in text and "&lt;script&gt;" in text


def test_rare_raw_values_are_pooled_in_the_report(made: Made) -> None:
    fields = made.evidence.utility.fields
    assert "distribution" not in fields["身份证号"]
    shown = {label for field in fields.values() for label, _ in field.get("distribution", {}).get("before", ())}
    raw = raw_columns()
    for label in shown & {value for values in raw.values() for value in values if value}:
        assert max(values.count(label) for values in raw.values()) >= 10
    shares = [
        s for f in fields.values() for side in ("before", "after") for _, s in f.get("distribution", {}).get(side, ())
    ]
    assert shares and all(round(share * 100) == pytest.approx(share * 100) for share in shares)
