"""Identity cards of Hong Kong and Taiwan, both with a check digit."""

from classifiers.checksums import hkid, taiwan_id
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.identity.hk-id",
        zh=listed(
            "香港身份证, 香港身份证号, 香港身份证号码, 香港居民身份证号, 香港永久性居民身份证号, 澳门身份证号,",
            "澳门居民身份证号, 港澳身份证号, 香港身份證, 香港身份證號碼, 身份證號碼(香港), 澳門身份證號碼",
        ),
        en=listed("hong kong identity card, hong kong id, hkid, hkid number, hong kong identity card number, macau id"),
        physical=listed("hkid_no, hk_id, xgsfz"),
        not_headers=listed("香港身份证类型, 香港身份证签发日期, hkid type"),
        patterns=(
            Pattern("card number in brackets", "[A-Z]{1,2}[0-9]{6}\\([0-9A]\\)", (10, 11), 0.001, hkid),
            Pattern("card number", "[A-Z]{1,2}[0-9]{6}[0-9A]", (8, 9), 0.05, hkid, 0.7),
        ),
        words=("HKID", "香港身份证"),
        source="Hong Kong Immigration Department, check digit MOD 11",
        examples=Examples(
            values=("A123456(3)", "G123456(A)", "AB987654(3)", "A1234563"),
            not_values=("A123456(4)", "1234567(3)", "A12345(3)", "E12345678"),
            headers=("香港身份证号码", "HKID", "香港身份證號碼"),
            not_headers=("香港身份证类型", "hkid type"),
        ),
    ),
    Classifier(
        category="person.identity.tw-id",
        zh=listed(
            "台湾身份证号, 台湾身份证字号, 台湾居民身份证号, 身分證字號, 身份證字號, 國民身分證統一編號,",
            "國民身分證字號, 身分證號, 身分證統一編號, 身分證, 統一證號, 外來人口統一證號, 居留證統一證號,",
            "健保卡身分證號",
        ),
        en=listed(
            "taiwan id, taiwan identity card, taiwan national id, national identification card uniform number,",
            "arc number, ui number",
        ),
        physical=listed("twid, tw_id, idno_tw"),
        not_headers=listed("公司統一編號, 營利事業統一編號, 統一編號類別, 身分證類別, 身分別, 身分類別, 公司統編"),
        patterns=(Pattern("card number with check digit", "[A-Z][1289][0-9]{8}", (10, 10), 0.04, taiwan_id),),
        words=("身分證字號", "身份證字號"),
        source="Taiwan Ministry of the Interior, check digit MOD 10",
        examples=Examples(
            values=("A123456789", "B142610160", "A800000014"),
            not_values=("A123456788", "A323456789", "1123456789", "AB12345678"),
            headers=("身分證字號", "國民身分證統一編號", "taiwan id"),
            not_headers=("公司統一編號", "身分證類別"),
        ),
    ),
)
