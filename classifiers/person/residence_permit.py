"""Residence permits: of a city for people from elsewhere, and of Hong Kong, Macau and Taiwan people (81, 82, 83)."""

from classifiers.checksums import resident_id
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="person.identity.residence-permit",
    zh=listed(
        "居住证, 居住证号, 居住证号码, 居住证编号, 暂住证, 暂住证号, 暂住证编号, 临时居住证号,",
        "港澳台居民居住证, 港澳台居民居住证号, 外国人永久居留证, 外国人永久居留证号, 永久居留身份证号,",
        "外国人居留证号, 居留证, 居留证号, 居留许可号, 居留许可证号, 居留證, 居留證號, 海外人才居住证号,",
        "人才居住证号, 引进人才居住证",
    ),
    en=listed(
        "residence permit, residence permit number, permanent resident card, green card number,",
        "alien registration number, alien number",
    ),
    physical=listed("jzzh, jzzhm, zzzh"),
    not_headers=listed(
        "居住证类型, 居住证有效期, 居住证办理地点, 居住证签发日期, 居住证发证机关, 居住证积分,",
        "居住证办理量, 持居住证人数, 居住证状态",
    ),
    patterns=(
        Pattern(
            "permit number 81 to 83 with check character",
            "8[123]0000(?:19|20)[0-9]{9}[0-9Xx]",
            (18, 18),
            0.000001,
            resident_id,
        ),
    ),
    words=("居住证", "暂住证", "居留"),
    source="GB 11643-1999, State Council notice on residence permits of 2018",
    examples=Examples(
        values=("810000199001010019", "820000199001010029", "830000199001010012"),
        not_values=("11010519491231002X", "810000199001010011", "8100001990"),
        headers=("居住证号", "港澳台居民居住证号", "暂住证编号", "residence permit number"),
        not_headers=("居住证类型", "居住证有效期", "持居住证人数"),
    ),
)
