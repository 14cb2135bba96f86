"""Small tables for the tests of the classifiers, and classifiers that only the tests have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.table import Header, Table

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PLACES = ("110101", "310115", "330203", "440305", "510104", "610113", "420106", "370102")


def resident_id(n: int) -> str:
    """A number of nobody that passes GB 11643."""
    body = f"{PLACES[n % len(PLACES)]}{1940 + n * 7 % 70}{1 + n * 5 % 12:02d}{1 + n * 11 % 28:02d}{n * 37 % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def mobile(n: int) -> str:
    """A number of the shape of a mainland mobile."""
    return f"1{'3578'[n % 4]}{(n * 7919 + 12345) % 10**9:09d}"


def table(columns: Mapping[str, Sequence[str | None]], name: str = "", batch: int = 1000) -> Table:
    """Columns of text as a table, in batches."""
    arrays = {key: pa.array(values, pa.string()) for key, values in columns.items()}
    whole = pa.table(arrays) if arrays else pa.table({})
    headers = tuple(Header(key) for key in columns)
    return Table(headers, whole.num_rows, lambda: iter(whole.to_batches(max_chunksize=batch)), name)


def headers_only(*names: str, table_name: str = "") -> Table:
    """A table of which only the names are known."""
    return Table(tuple(Header(name) for name in names), 0, lambda: iter(()), table_name)


DIGITS = Classifier(
    category="thing.identifier",
    zh=("流水号", "编号"),
    en=("record number", "id"),
    patterns=(Pattern("ten digits", "[0-9]{10}", (10, 10), 0.1),),
    examples=Examples(values=("0123456789",)),
)
SEX = Classifier(
    category="person.basic.sex",
    zh=("性别",),
    en=("sex", "gender"),
    vocabularies=(Vocabulary("sex", frozenset({"男", "女", "male", "female", "1", "2"})),),
)
