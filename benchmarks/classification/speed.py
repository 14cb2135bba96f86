"""The full pass against Presidio's default engine, in one run, in CPU seconds.

Presidio is given a blank pipeline (its default one wants a downloaded model and is slower still), its 18 default
English recognizers, and a few thousand cells of the same table; it is far too slow for all of them.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from classifiers.classify import classify
from classifiers.table import Header, Table

PRESIDIO_CELLS = 3_000
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
SURNAMES, GIVEN = (
    list("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"),
    list("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚"),
)
CITIES = ["上海市浦东新区", "宁波市海曙区", "杭州市西湖区", "深圳市南山区", "成都市武侯区", "武汉市洪山区"]
ROADS = ["人民路", "解放路", "中山东路", "建设大街", "滨河路", "学府路", "文三路"]


def _digits(draw: np.random.Generator, low: int, high: int, n: int) -> list[str]:
    return [str(v) for v in draw.integers(low, high, n)]


def _ids(draw: np.random.Generator, n: int) -> list[str]:
    place = draw.choice([310115, 330203, 330106, 440305, 510107, 420111], n)
    body = place * 10**11 + draw.integers(1940, 2015, n) * 10**7 + draw.integers(1, 13, n) * 10**5
    body += draw.integers(1, 29, n) * 10**3 + draw.integers(0, 1000, n)
    digits = (body[:, None] // 10 ** np.arange(16, -1, -1)) % 10
    check = np.array(list("10X98765432"))[(digits * WEIGHTS).sum(axis=1) % 11]
    return [f"{b}{c}" for b, c in zip(body, check, strict=True)]


def people(rows: int) -> Iterator[pa.RecordBatch]:
    """A register of nobody: ten columns, every one different from row to row where a real one is."""
    draw = np.random.default_rng(7)
    for start in range(0, rows, 50_000):
        n = min(50_000, rows - start)
        birth = [
            f"{y}-{m:02d}-{d:02d}"
            for y, m, d in zip(
                draw.integers(1940, 2015, n), draw.integers(1, 13, n), draw.integers(1, 29, n), strict=True
            )
        ]
        names = [
            "".join(p) for p in zip(draw.choice(SURNAMES, n), draw.choice(GIVEN, n), draw.choice(GIVEN, n), strict=True)
        ]
        address = [
            f"{c}{r}{a}号{b}幢{u}室"
            for c, r, a, b, u in zip(
                draw.choice(CITIES, n),
                draw.choice(ROADS, n),
                draw.integers(1, 999, n),
                draw.integers(1, 40, n),
                draw.integers(101, 2500, n),
                strict=True,
            )
        ]
        mobiles = _digits(draw, 13_000_000_000, 19_999_999_999, n)
        yield pa.record_batch(
            {
                "姓名": names,
                "性别": draw.choice(["男", "女"], n).tolist(),
                "身份证号": _ids(draw, n),
                "出生日期": birth,
                "手机号码": mobiles,
                "住址": address,
                "电子邮箱": [f"u{m}@example.cn" for m in mobiles],
                "银行卡号": _digits(draw, 6_222_020_000_000_000_000, 6_222_029_999_999_999_999, n),
                "登记日期": [f"202{d[3]}-{d[5:]}" for d in birth],
                "流水号": [str(start + i) for i in range(n)],
            }
        )


def _presidio(cells: list[str]) -> float:
    """CPU seconds of Presidio's default recognizers on the cells."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        """A pipeline without a model."""

        def load(self) -> None:
            self.nlp = {"en": spacy.blank("en")}

    offline = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    tldextract.extract = tldextract.tldextract.TLD_EXTRACTOR = offline
    nlp = Blank(models=[{"lang_code": "en", "model_name": "blank"}])
    nlp.load()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
    engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])
    engine.analyze(cells[0], language="en")
    begun = time.process_time()
    for cell in cells:
        engine.analyze(cell, language="en")
    return time.process_time() - begun


def report(rows: int) -> None:
    """Both in one run, and the ratio of cells per CPU second."""
    whole = pa.Table.from_batches(people(rows))
    headers = tuple(Header(name) for name in whole.column_names)
    table = Table(headers, rows, lambda: iter(whole.to_batches(max_chunksize=65_536)), "人员信息")
    classify(Table(headers, 1000, lambda: iter(whole.slice(0, 1000).to_batches()), "人员信息"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    findings = classify(table)
    own = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    cells = [str(v) for name in whole.column_names for v in whole[name].slice(0, PRESIDIO_CELLS // 10).to_pylist()]
    theirs = _presidio(cells)
    fast, slow = rows * len(headers) / own, len(cells) / theirs
    print(f"\nSpeed on {rows:,} rows x {len(headers)} columns")
    print(
        f"  classify          {own:8.2f} CPU-s  {fast:14,.0f} cells per CPU-s  {peak / 1024:6.0f} MB more at the peak"
    )
    print(f"  Presidio default  {theirs:8.2f} CPU-s  {slow:14,.0f} cells per CPU-s  ({len(cells):,} cells)")
    print(f"  ratio             {fast / slow:8.0f}")
    for finding in findings:
        print(f"    {finding.field:8s} {finding.category:32s} {finding.confidence:.2f}")


if __name__ == "__main__":
    report(1_000_000)
