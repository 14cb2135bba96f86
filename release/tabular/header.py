"""What a header alone may decide about spelling: is this a code, a date, a date of the Republic of China era?

Not classification: it never says what a field *is*, only whether digits may be read as a quantity.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_CODE_WORDS: Final = frozenset(
    (
        *("id", "ids", "code", "codes", "zip", "zipcode", "postcode", "postal", "phone", "tel", "telephone", "mobile"),
        *("cell", "fax", "ssn", "mrn", "account", "acct", "barcode", "isbn", "imei", "uuid", "fips", "ein", "npi"),
        *("pin", "uscc", "iban", "passport"),
    )
)
_CODE_LAST: Final = frozenset({"no", "nbr", "number", "num"})
_CODE_CHINESE: Final = re.compile(
    r"(?<!序)号$|號$|号码|號碼|编号|編號|编码|編碼|代码|代碼|证号|證號|帐号|账号|帳號|卡号|卡號"
    r"|电话|電話|手机|手機|传真|傳真|邮编|郵編|邮政编码|郵遞區號|条码|條碼"
)
_DATE: Final = re.compile(r"日期|时间|時間|生日|出生|年月日|日$")
_DATE_WORDS: Final = frozenset({"date", "dt", "time", "timestamp", "birth", "birthday", "dob", "day"})
_ROC: Final = re.compile(r"民國|民国|(?<![A-Za-z])ROC(?![A-Za-z])")


def words(name: str) -> list[str]:
    """Lower-case words of a Latin header: ``patientNbr``, ``patient_nbr`` and ``PATIENT NBR`` give the same two."""
    return [word.lower() for word in _WORD.findall(name)]


def says_code(name: str) -> bool:
    """Whether digits under this header are a label, not a quantity (编号, 邮编, phone, zip code, patient_nbr …)."""
    found = words(name)
    return bool(_CODE_CHINESE.search(name) or _CODE_WORDS & set(found) or _CODE_LAST & set(found[-1:]))


def says_date(name: str) -> bool:
    """Whether eight digits under this header may be read as a date."""
    return bool(_DATE.search(name)) or bool(_DATE_WORDS & set(words(name)))


def says_roc(name: str) -> bool:
    """Whether the header names the Republic of China era (民國), so that 109/03/17 is 2020-03-17."""
    return bool(_ROC.search(name))
