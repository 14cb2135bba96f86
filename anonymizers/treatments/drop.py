"""Remove the whole field: it is not in the output at all."""

from __future__ import annotations

from anonymizers.params import NONE
from anonymizers.treatment import Treatment

TREATMENT = Treatment(name="drop", title_zh="删除字段", title_en="remove the field", apply=None, check=NONE.check)
