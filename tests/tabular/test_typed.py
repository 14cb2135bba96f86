from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from release.nouns.dataset import FieldType
from release.nouns.errors import ReleaseError
from release.tabular.typed import ARROW, typed, typed_batch


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (FieldType.TEXT, "00123", "00123"),
        (FieldType.INTEGER, "-123456789012345", -123456789012345),
        (FieldType.DECIMAL, "1234.5", 1234.5),
        (FieldType.DATE, "1952-11-09", dt.date(1952, 11, 9)),
        (FieldType.DATETIME, "2020-03-17T17:43:46", dt.datetime(2020, 3, 17, 17, 43, 46)),
        (FieldType.DATETIME, "2020-03-17T17:43:46.25", dt.datetime(2020, 3, 17, 17, 43, 46, 250_000)),
        (FieldType.BOOLEAN, "true", True),
    ],
)
def test_canonical_text_becomes_values(type_: FieldType, text: str, value: object) -> None:
    array = typed(pa.array([text, None]), type_)
    assert (array.type, array.to_pylist()) == (ARROW[type_], [value, None])
    assert typed(pa.chunked_array([pa.array([text])]), type_).to_pylist() == [value]


def test_every_type_has_an_arrow_type() -> None:
    assert set(ARROW) == set(FieldType)


def test_what_does_not_parse_is_said_without_the_value() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["1"]), pa.array(["Kanarie7731"])], names=["a", "b"])
    with pytest.raises(ReleaseError, match="Column 'b'") as caught:
        typed_batch(batch, (FieldType.INTEGER, FieldType.INTEGER))
    assert "Kanarie7731" not in str(caught.value)
    assert typed_batch(batch, (FieldType.INTEGER, FieldType.TEXT)).to_pylist() == [{"a": 1, "b": "Kanarie7731"}]
