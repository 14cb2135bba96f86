"""The citizen identity number: 18 characters with a check character, or the 15 digits issued until 1999."""

from classifiers.checksums import resident_id, resident_id_15
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="person.identity.resident-id",
    zh=listed(
        "身份证, 身份证号, 身份证号码, 身份证编号, 公民身份号码, 公民身份证号码, 公民身份证号, 居民身份证,",
        "居民身份证号, 居民身份证号码, 身份号码, 身份证件号, 身份证件号码, 身份证明号码, 身份证明编号,",
        "证件号, 证件号码, 证件编号, 证件代码, 有效证件号码, 有效身份证件号码, 个人身份证号, 本人身份证号,",
        "法人身份证号, 法定代表人身份证号码, 法定代表人证件号码, 法定代表人证件代码, 户主身份证号,",
        "监护人身份证号, 家庭主要成员身份号码, 当事人证件号码, 负责人证件号码, 经办人身份证号,",
        "申请人身份证号, 申请人证件号码, 权利人证件号, 产权人身份证号, 患者身份证号, 学生身份证号,",
        "驾驶人身份证号, 自然人身份证号, 当事人身份证号, 被执行人证件号码, 配偶身份证号, 父亲身份证号,",
        "母亲身份证号, 男方身份证号, 女方身份证号, 股东证件号, 股东证件号码, 残疾人身份证号, 死者身份证号,",
        "参保人身份证号, 身份证字号",
    ),
    en=listed(
        "identity card number, id card, id card number, id card no, national id, national id number,",
        "national identification number, citizen id, citizen identity number, resident identity card,",
        "identity number, identity document number, id number, certificate of identity,",
        "personal identification number, identity card, citizen number, identity, identity id,",
        "identification, identification no, id document, personal id card, caller id card,",
        "guardian id card, cert number of person",
    ),
    physical=listed(
        "gmsfhm, gmsfzh, sfzh, sfzhm, sfzmhm, sfzjh, zjhm, zjh, idcard, id_card, id_no, idno, id_num,",
        "card_no, cert_no, certno, cer_no, cerno, identity_num, identity_no, idcardno, idnumber,",
        "identi_no, identi_id, legal_idcard, legal_per_ident, sfz, zjbh, yxzjhm, shenfenzheng, aac002,",
        "aac147",
    ),
    not_headers=listed(
        "身份证类型, 身份证件类型, 证件类型, 证件类别, 证件种类, 身份证签发机关, 身份证发证机关,",
        "身份证有效期, 身份证有效期始, 身份证有效期止, 身份证照片, 身份证图片, 身份证正面, 身份证反面,",
        "身份证复印件, 身份证地址, 身份证住址, 身份证姓名, 证件有效期, 证件到期日期, 证件名称, 证件照片,",
        "证件状态, 是否有身份证, 身份证扫描件, 执法证件号码, 执法人员证件编号, 身份证办理量,",
        "居民身份证办理地点, 身份证办理数, id card type, cert type, id type, 车辆身份证明书编号,",
        "主体身份代码, 营业执照证件号, 许可证件编号, 身份证明名称, 证件发放数量",
    ),
    patterns=(
        Pattern(
            "citizen number with check character",
            "[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx]",
            (18, 18),
            0.0000775,
            resident_id,
        ),
        Pattern("citizen number of 15 digits", "[1-9][0-9]{14}", (15, 15), 0.0128, resident_id_15, 0.6),
        Pattern("masked citizen number", "[1-9][0-9]{0,9}\\*{3,16}[0-9]{0,7}[0-9Xx]?", (15, 22), 0.001),
    ),
    words=("身份证", "公民身份", "证件号", "id card"),
    presidio="",
    source="GB 11643-1999, GB 11643-1989",
    examples=Examples(
        values=(
            "11010519491231002X",
            "440524188001010014",
            "110105491231002",
            "110105**********02X",
            "1101**********002X",
        ),
        not_values=(
            "110105194912310021",
            "91350100M000100Y43",
            "13800138000",
            "6222021234567890128",
            "110105194902300019",
        ),
        headers=("身份证号", "公民身份号码", "法定代表人身份证号码", "gmsfhm", "id_card"),
        not_headers=("身份证类型", "身份证签发机关", "证件有效期", "证件类型"),
    ),
)
