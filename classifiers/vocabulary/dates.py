"""Whether a string is a day that exists, in the spellings of tables, Chinese and Republic of China years included."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.checksums import Numbers, real_date
from classifiers.vocabulary.words import Mask

YEAR_FIRST = r"^(?P<y>[0-9]{4})[-/.年]?(?P<m>[0-9]{1,2})[-/.月]?(?P<d>[0-9]{1,2})日?(?:[ T].*)?$"
YEAR_LAST = r"^(?P<m>[0-9]{1,2})[/.-](?P<d>[0-9]{1,2})[/.-](?P<y>[0-9]{4})(?:[ T].*)?$"
REPUBLIC = r"^(?:民國|民国)? ?(?P<y>[0-9]{2,3})[/.年-](?P<m>[0-9]{1,2})[/.月-](?P<d>[0-9]{1,2})日?$"


def _parts(array: pa.Array, regex: str) -> tuple[Numbers, Numbers, Numbers]:
    """Year, month and day of each value, zeros where the spelling is another."""
    found = pc.extract_regex(array, regex)
    return tuple(  # type: ignore[return-value]
        np.asarray(pc.fill_null(pc.cast(pc.struct_field(found, name), pa.int32()), 0)) for name in ("y", "m", "d")
    )


def is_date(array: pa.Array) -> Mask:
    """Days of 1800 to 2199, year first or last (month or day before it), or years of the Republic since 1912."""
    year, month, day = _parts(array, YEAR_FIRST)
    good = real_date(year, month, day) & (year >= 1800) & (year < 2200)
    if good.all():
        return good
    year, month, day = _parts(array, YEAR_LAST)
    good |= (real_date(year, month, day) | real_date(year, day, month)) & (year >= 1800) & (year < 2200)
    if good.all():
        return good
    year, month, day = _parts(array, REPUBLIC)
    return np.asarray(good | (real_date(year + 1911, month, day) & (year > 0) & (year < 200)))


def is_birth_date(array: pa.Array) -> Mask:
    """Days on which someone alive may have been born: 1890 to 2049, both spellings of the year."""
    year, month, day = _parts(array, YEAR_FIRST)
    good = real_date(year, month, day) & (year >= 1890) & (year < 2050)
    if good.all():
        return good
    year, month, day = _parts(array, YEAR_LAST)
    good |= (real_date(year, month, day) | real_date(year, day, month)) & (year >= 1890) & (year < 2050)
    year, month, day = _parts(array, REPUBLIC)
    return np.asarray(good | (real_date(year + 1911, month, day) & (year > 0) & (year < 139)))
