"""Permits between the mainland and Hong Kong, Macau and Taiwan, both ways."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="person.identity.travel-permit",
    zh=listed(
        "通行证, 通行证号, 通行证号码, 港澳通行证, 港澳通行证号, 往来港澳通行证, 往来港澳通行证号码,",
        "港澳居民来往内地通行证, 港澳居民来往内地通行证号码, 回乡证, 回乡证号, 台胞证, 台胞证号,",
        "台湾居民来往大陆通行证, 台湾居民来往大陆通行证号码, 大陆居民往来台湾通行证, 往来台湾通行证,",
        "港澳台通行证号, 边境通行证号, 出入境通行证号, 入台证号, 入臺證號",
    ),
    en=listed(
        "travel permit, travel permit number, mainland travel permit, home return permit,",
        "exit entry permit, hong kong macau permit, taiwan travel permit",
    ),
    physical=listed("txzh, txzhm, gatxzh"),
    not_headers=listed(
        "车辆通行证, 车辆通行证号, 货车通行证, 通行证类型, 通行证有效期, 通行证签发地, travel permit type,",
        "货车通行证编号, 通行证办理量, 机动车通行证",
    ),
    patterns=(
        Pattern("Hong Kong or Macau resident's permit", "[HM][0-9]{8}(?:[0-9]{2})?", (9, 11), 0.07, None, 0.7),
        Pattern("mainland resident's permit", "(?:C[0-9A-Z]|[WTL])[0-9]{7,8}", (9, 9), 0.08, None, 0.6),
    ),
    words=("通行证", "回乡证", "台胞证"),
    source="exit and entry administration, permits of 2013 and later",
    examples=Examples(
        values=("H12345678", "M0123456789", "C12345678", "CA1234567"),
        not_values=("E12345678", "12345678", "H1234567", "X12345678"),
        headers=("港澳通行证号", "台胞证号", "通行证号码", "travel permit number"),
        not_headers=("车辆通行证", "通行证类型"),
    ),
)
