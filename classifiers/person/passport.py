"""Passport numbers, Chinese ones by their letters."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="person.identity.passport",
    zh=listed(
        "护照, 护照号, 护照号码, 护照编号, 外国护照号, 因私护照号, 公务护照号, 出入境证件号,",
        "出入境证件号码, 护照证件号, 護照號碼, 護照, 签证号, 签证号码, 签证编号, 旅行证号, 旅行证件号,",
        "海员证号, 入境证件号码",
    ),
    en=listed("passport, passport number, passport no, travel document number, travel document"),
    physical=listed("hzh, hzhm, passport_id, ppno"),
    not_headers=listed(
        "护照类型, 护照种类, 护照签发地, 护照签发日期, 护照有效期, 护照办理数量, 护照签发机关,",
        "passport type, passport country, passport expiry, 护照办证数",
    ),
    patterns=(
        Pattern(
            "Chinese passport number",
            "(?:[EGDSP][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[DSP]E[0-9]{7}|1[45][0-9]{7})",
            (9, 9),
            0.15,
            None,
            0.6,
        ),
        Pattern(
            "masked Chinese passport number", "[EGDSP][A-Z0-9]?[0-9]{0,3}\\*{3,6}[0-9]{1,4}", (9, 9), 0.001, None, 0.6
        ),
    ),
    words=("护照", "passport"),
    presidio="US_PASSPORT",
    source="exit and entry administration, ordinary passports G, E and E with a letter",
    examples=Examples(
        values=("E12345678", "G87654321", "EA1234567", "E12****78"),
        not_values=("A12345678", "E1234567", "123456789", "EI1234567"),
        headers=("护照号", "护照号码", "passport_no", "Passport Number"),
        not_headers=("护照类型", "护照签发日期", "passport type"),
    ),
)
