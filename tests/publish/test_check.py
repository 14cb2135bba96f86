"""A package that was touched fails, and the first thing that is off is named."""

from __future__ import annotations

import copy as copying
import dataclasses
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from release.nouns.openness import Openness
from release.publish.audience import Audience
from release.publish.check import check_package
from release.publish.formats.delimited import spreadsheet_csv, write_pieces
from release.publish.formats.schema import published
from release.publish.formats.spreadsheet import write_xlsx
from release.publish.formats.typed import write_typed
from release.publish.manifest import MANIFEST, SIGNATURE, read_manifest
from release.publish.signature import sign
from tests.publish.conftest import Made, make
from tests.publish.example import KEY
from tests.publish.spoil import ATTACKER, digests, dump, edit, refresh, resign


def failure(folder: Path, **arguments: Any) -> str:
    result = check_package(folder, **arguments)
    assert not result.ok
    assert [check.ok for check in result.checks] == [True] * (len(result.checks) - 1) + [False]
    return result.first_failure


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_an_untouched_package_proves_all_of_it(made: Made) -> None:
    result = check_package(made.package.folder, raw=made.raw, trusted_key=KEY.public())
    assert result.ok and result.first_failure == ""
    assert [check.name for check in result.checks] == [
        "signature", "files", "plan", "evidence", "descriptions", "data", "formats", "claims", "raw",
    ]  # fmt: skip


def test_one_flipped_bit_in_any_file_is_named(made: Made, copy: Path) -> None:
    for name in files(copy):
        content = (copy / name).read_bytes()
        for place in {0, len(content) // 2, len(content) - 1}:
            spoiled = bytearray(content)
            spoiled[place] ^= 1
            (copy / name).write_bytes(bytes(spoiled))
            told = failure(copy)
            assert (name if not name.startswith("MANIFEST") else "MANIFEST") in told
        (copy / name).write_bytes(content)
    assert check_package(copy).ok


def test_a_missing_and_a_longer_file_are_named(made: Made, copy: Path) -> None:
    for name in files(copy):
        content = (copy / name).read_bytes()
        (copy / name).unlink()
        assert Path(name).name in failure(copy)
        (copy / name).write_bytes(content + b"\n")
        assert Path(name).name in failure(copy)
        (copy / name).write_bytes(content)


def test_what_is_not_listed_is_named(copy: Path) -> None:
    (copy / "data" / "extra\n.csv").write_bytes(b"x")
    assert "extra\\n.csv is in the package but not listed" in failure(copy)


@pytest.mark.parametrize("name", ["plan.json", "MANIFEST.json", "MANIFEST.sig"])
def test_links_are_not_followed(copy: Path, tmp_path: Path, name: str) -> None:
    shutil.move(copy / name, tmp_path / "elsewhere")
    (copy / name).symlink_to(tmp_path / "elsewhere")
    assert "link" in failure(copy) or "plain file" in failure(copy)


def test_a_link_to_a_folder_is_not_followed(copy: Path, tmp_path: Path) -> None:
    shutil.move(copy / "data", tmp_path / "data")
    (copy / "data").symlink_to(tmp_path / "data")
    assert "data is a link" in failure(copy)


def test_another_key_is_not_the_trusted_one(copy: Path) -> None:
    resign(copy)
    assert "not by the key that is trusted" in failure(copy, trusted_key=KEY.public())
    assert check_package(copy, trusted_key=ATTACKER.public()).ok


def test_a_signature_of_another_version_does_not_fit(copy: Path) -> None:
    signature = (copy / SIGNATURE).read_bytes()
    resign(copy, lambda manifest: manifest.update(title="另一个"))
    (copy / SIGNATURE).write_bytes(signature)
    assert "signature does not fit" in failure(copy)


def test_a_copy_without_the_reviewers_part_still_proves_the_rest(made: Made, copy: Path) -> None:
    shutil.rmtree(copy / "reviewer")
    result = check_package(copy, raw=made.raw)
    assert result.ok and "2 for others are not part of this copy" in result.checks[1].detail


def test_half_of_the_reviewers_part_is_not_a_copy(copy: Path) -> None:
    (copy / "reviewer" / "plan.json").unlink()
    assert "reviewer/plan.json is listed" in failure(copy)


def test_public_copy_of_conditional_data_proves_nothing_about_rows(tmp_path: Path) -> None:
    made = make(tmp_path / "work", tmp_path / "package", openness=Openness.CONDITIONAL)
    assert check_package(tmp_path / "package").ok
    for entry in made.package.manifest.files:
        if entry.audience is not Audience.PUBLIC:
            (tmp_path / "package" / entry.path).unlink()
    for folder in ("data", "reviewer"):
        (tmp_path / "package" / folder).rmdir()
    assert "not part of this copy" in failure(tmp_path / "package")


def test_a_raw_table_that_is_not_its_own_is_named(made: Made, copy: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other", tmp_path / "other" / "package")
    raw = dataclasses.replace(other.raw, dataset=dataclasses.replace(other.raw.dataset, digest="11" * 32))
    assert "not the one this package was made from" in failure(copy, raw=raw)


# ------------------------------------------------------------------ somebody changes content and signs again


def csv_of(folder: Path) -> Path:
    return folder / "data" / "就诊登记.csv"


def test_a_changed_row_that_the_other_formats_do_not_have(copy: Path) -> None:
    csv = csv_of(copy)
    csv.write_bytes(csv.read_bytes().replace("糖尿病".encode(), "高血压".encode(), 1))
    refresh(copy)
    assert "does not hold the rows of the canonical CSV" in failure(copy)


@pytest.mark.parametrize("ending", [".excel.csv", ".xlsx", ".parquet"])
def test_a_format_of_another_release(made: Made, copy: Path, tmp_path: Path, ending: str) -> None:
    table = pq.read_table(made.treated)
    first = table.slice(1, 1).combine_chunks()
    pq.write_table(pa.concat_tables([first, table.slice(1)]), tmp_path / "other.parquet")
    rows = published(tmp_path / "other.parquet", made.raw.dataset)
    out = copy / "data" / f"就诊登记{ending}"
    write = {
        ".xlsx": write_xlsx,
        ".parquet": write_typed,
        ".excel.csv": lambda r, p: write_pieces(spreadsheet_csv(r), p),
    }
    write[ending](rows, out)
    refresh(copy)
    assert f"就诊登记{ending} does not hold the rows" in failure(copy)


def test_rows_that_break_the_claim_of_k(copy: Path) -> None:
    csv = csv_of(copy)
    lines = csv.read_bytes().split(b"\r\n")
    lines[1] = re.sub(rb'"\[[0-9]+, [0-9]+\)"', b'"[21, 22)"', lines[1])
    csv.write_bytes(b"\r\n".join(lines))
    for ending in (".excel.csv", ".xlsx", ".parquet"):
        (copy / "data" / f"就诊登记{ending}").unlink()
    refresh(copy)
    assert failure(copy) == "k is 1 in the published rows, and >= 5 is claimed."


Change = Callable[[Any], object]
MOON = {"metric": "moon", "op": ">=", "limit": 1, "band": "", "holds": True}


def fields(datapackage: Any) -> Any:
    return datapackage["resources"][0]["schema"]["fields"]


EDITS: list[tuple[str, Change, str]] = [
    ("evidence/public.json", lambda d: d["verdicts"].pop(0), "does not judge k"),
    ("evidence/public.json", lambda d: d["verdicts"][0].update(band="≥ 100"), "gives k as ≥ 100"),
    ("evidence/public.json", lambda d: d["verdicts"][0].update(holds=False), "itself says that k"),
    ("evidence/public.json", lambda d: d["verdicts"].append(MOON), "claims moon, which cannot be measured"),
    ("evidence/public.json", lambda d: d["fields"][0].update(treatment="keep"), "other fields or treatments"),
    ("evidence/public.json", lambda d: d["classes"].pop(), "other class sizes"),
    ("evidence/public.json", lambda d: d["dataset"].update(rows=7), "another row count"),
    ("evidence/public.json", lambda d: d.update(verdicts={}), "has no verdicts"),
    ("evidence/public.json", lambda d: d.update(verdicts=[1, None]), "does not judge k"),
    ("reviewer/evidence.json", lambda d: d["risk"]["values"].update(k=999), "another k than the published rows"),
    ("reviewer/evidence.json", lambda d: d.update(risk=[]), "no measured values"),
    ("reviewer/plan.json", lambda d: d["plan"]["limits"].pop(), "another plan than the public one"),
    ("reviewer/plan.json", lambda d: d.update(plan=None), "missing, unknown or of a wrong kind"),
    ("plan.json", lambda d: d["limits"][0].update(value=50), "does not judge k"),
    ("plan.json", lambda d: d["limits"][0].update(value="5"), "missing, unknown or of a wrong kind"),
    ("plan.json", lambda d: d.update(surprise=1), "missing, unknown or of a wrong kind"),
    ("plan.json", lambda d: d["fields"].pop(), "releases other fields"),
    ("plan.json", lambda d: d.update(openness="conditional"), "disagrees with MANIFEST.json"),
    ("datapackage.json", lambda d: fields(d)[1].update(type="integer"), "that are no integer"),
    ("datapackage.json", lambda d: fields(d).pop(), "declares other fields"),
    ("datapackage.json", lambda d: d.update(resources=None), "has no resources"),
    ("dcat.jsonld", lambda d: d["dct:accessRights"].update({"@id": "x"}), "other access rights"),
    ("dcat.jsonld", lambda d: d["dcat:distribution"].pop(), "other data files"),
]


@pytest.mark.parametrize(("name", "change", "told"), EDITS, ids=[f"{n}-{t}" for n, _, t in EDITS])
def test_words_that_no_longer_fit(copy: Path, name: str, change: Change, told: str) -> None:
    edit(copy / name, change)
    if name == "plan.json" and told == "does not judge k":
        edit(copy / "reviewer" / "plan.json", lambda d: d["plan"]["limits"][0].update(value=50))
    digests(copy)
    assert told in failure(copy)


# ------------------------------------------------------------------ hostile packages


@pytest.mark.parametrize(
    "path",
    ["../outside", "/etc/passwd", "a/../../b", "a\\b", "C:\\x", "a//b", "", "a/./b", ".hidden", "nul\x00", "rtl\u202e",
     "trailing.", "a b ", "x" * 500, "MANIFEST.json"],
)  # fmt: skip
def test_paths_that_leave_the_package_are_not_touched(copy: Path, path: str) -> None:
    resign(copy, lambda manifest: manifest["files"][0].update(path=path))
    assert "MANIFEST.json lists a path" in failure(copy)


def test_a_file_listed_twice(copy: Path) -> None:
    resign(copy, lambda manifest: manifest["files"].append(copying.deepcopy(manifest["files"][0])))
    assert "twice" in failure(copy)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format":1}', b'{"format":NaN}', b'"\\ud800"',
     b"9" * 5000, b" " * (5 << 20)],
)  # fmt: skip
def test_manifests_that_are_none(copy: Path, content: bytes) -> None:
    (copy / MANIFEST).write_bytes(content)
    (copy / SIGNATURE).write_bytes(sign(content, ATTACKER).to_bytes())
    assert MANIFEST in failure(copy)


def test_a_manifest_in_another_spelling(copy: Path) -> None:
    content = json.dumps(json.loads((copy / MANIFEST).read_bytes())).encode()
    (copy / MANIFEST).write_bytes(content)
    (copy / SIGNATURE).write_bytes(sign(content, ATTACKER).to_bytes())
    assert "canonical form" in failure(copy)


def test_a_file_of_a_terabyte_is_not_read(copy: Path) -> None:
    with (copy / "plan.json").open("r+b") as handle:
        handle.truncate(1 << 40)
    assert "plan.json has 1,099,511,627,776 bytes" in failure(copy)
    resign(copy, lambda m: next(f for f in m["files"] if f["path"] == "plan.json").update(bytes=1 << 60))
    assert "cannot be a count" in failure(copy)


@pytest.mark.parametrize("missing", [True, False])
def test_what_is_no_package(tmp_path: Path, missing: bool) -> None:
    folder = tmp_path / "nothing"
    if not missing:
        folder.mkdir()
    assert failure(folder)


def mutated(document: Any, path: list[int], value: Any) -> Any:
    """``document`` with one place, found by walking ``path`` modulo the size of each level, replaced."""
    if not path or not isinstance(document, (dict, list)) or not document:
        return value
    keys = list(document) if isinstance(document, dict) else list(range(len(document)))
    key = keys[path[0] % len(keys)]
    changed = copying.copy(document)
    changed[key] = mutated(document[key], path[1:], value)
    return changed


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 1 << 70), st.text(max_size=5), st.sampled_from([[], {}, [[]], {"a": 1}])
)
DOCUMENTS = (
    MANIFEST,
    "plan.json",
    "evidence/public.json",
    "datapackage.json",
    "dcat.jsonld",
    "reviewer/evidence.json",
    "reviewer/plan.json",
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(DOCUMENTS), st.lists(st.integers(0, 50), min_size=1, max_size=5), VALUES)
def test_any_change_of_any_json_is_a_sentence_and_never_a_traceback(
    copy: Path, name: str, path: list[int], value: Any
) -> None:
    before = {file: (copy / file).read_bytes() for file in files(copy)}
    try:
        changed = mutated(json.loads(before[name]), path, value)
        (copy / name).write_bytes(dump(changed))
        if name != MANIFEST:
            digests(copy)
        else:
            resign(copy)
        result = check_package(copy)
        assert result.ok or result.first_failure
        assert "cannot be read here" not in result.first_failure or name != MANIFEST
    finally:
        for file, content in before.items():
            (copy / file).write_bytes(content)


def test_the_manifest_reads_back(made: Made) -> None:
    assert read_manifest(made.package.manifest.to_bytes()) == made.package.manifest
