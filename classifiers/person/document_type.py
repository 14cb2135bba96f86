"""Which kind of document an identity number belongs to: says nothing about who."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE
from classifiers.vocabulary.words import listed

KINDS = frozenset(
    listed(
        "居民身份证, 身份证, 居民户口簿, 户口簿, 户口本, 临时身份证, 临时居民身份证, 护照, 中国护照,",
        "外国护照, 外国人护照, 军官证, 士兵证, 警官证, 军人证, 武警证, 士官证, 文职干部证,",
        "港澳居民来往内地通行证, 台湾居民来往大陆通行证, 港澳通行证, 台胞证, 回乡证, 港澳居民居住证,",
        "台湾居民居住证, 港澳台居民居住证, 外国人永久居留身份证, 外国人永久居留证, 外国人居留证, 居住证,",
        "出生证, 出生医学证明, 驾驶证, 社会保障卡, 社保卡, 统一社会信用代码, 组织机构代码, 组织机构代码证,",
        "营业执照, 工商注册号, 税务登记证, 事业单位法人证书, 其他证件, 其他个人证件, 其他有效证件, 其他,",
        "passport, id card, driver license, driver's license, Passport, ID card, Residence permit, 身份證,",
        "居留證",
    )
)

CLASSIFIER = Classifier(
    category="person.identity.document-type",
    zh=listed(
        "证件类型, 证件类别, 证件种类, 证件类型代码, 证件名称, 证件类型名称, 身份证件类型, 身份证件种类,",
        "身份证类型, 身份证件类别, 有效证件类型, 证件类型中文, 当事人证件类型, 当事人身份证件类型,",
        "法定代表人证件类型, 法人证件类型, 负责人证件类型, 申请人证件类型, 权利人证件类型, 权利人证件种类,",
        "监护人证件类型, 户主证件类型, 经办人证件类型, 持证主体代码类型, 相对人证件类型, 护照类型,",
        "护照种类, 证照类型, 患者证件类型, 投资人证件类型, 股东证件类型, 卡类型, 證件類型, 證件種類,",
        "身份证有效期, 身份证签发机关, 证件有效期",
    ),
    en=listed(
        "identity document type, document type of person, id type, id card type, certificate type,",
        "credential type, identification type, kind of identity document, passport type",
    ),
    physical=listed(
        "zjlx, zjlb, zjzl, zjlxdm, sfzjlx, cert_type, certype, id_type, idtype, card_type,",
        "legal_represent_type, certtype, cardtype, certificate_type, credentialtype",
    ),
    not_headers=listed(
        "证件类型号码, 证件号码, 证件编号, 文件类型, 单据类型, 文书类型, 证书类型, 许可证类型,",
        "document type, document type id, 证件数量",
    ),
    vocabularies=(Vocabulary("kinds of identity document", KINDS, 0.8),),
    patterns=(CODE,),
    examples=Examples(
        values=("居民身份证", "护照", "港澳居民来往内地通行证"),
        not_values=("11010519491231002X", "男", "有限责任公司"),
        headers=("证件类型", "身份证件类型", "法定代表人证件类型", "zjlx", "id_type"),
        not_headers=("证件号码", "文书类型", "许可证类型"),
    ),
)
