"""Relatives: how they are related, and their names."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CHINESE_NAMES, CODE, NAMES
from classifiers.vocabulary.words import listed, words

RELATIONS = words("relations") | frozenset(f"之{word}" for word in ("父", "母", "兄", "弟", "姐", "妹"))

CLASSIFIERS = (
    Classifier(
        category="person.family",
        zh=listed(
            "家庭成员, 家庭成员信息, 家庭主要成员, 家属信息, 亲属信息, 社会关系, 主要社会关系, 家庭关系信息,",
            "家属情况, 家庭成员情况, 亲属情况, 家庭主要成员情况",
        ),
        en=listed("family information, family details, relatives, next of kin"),
        physical=listed("jtcyxx, shgx"),
        not_headers=listed("家庭成员数, 家庭人口数, 家庭住址, 家庭编号, 家庭成员数量, family size"),
        examples=Examples(
            headers=("家庭成员信息", "社会关系", "next of kin"), not_headers=("家庭人口数", "family size")
        ),
    ),
    Classifier(
        category="person.family.relation",
        zh=listed(
            "与户主关系, 与申请人关系, 与本人关系, 与监护人关系, 与留守人员关系, 与患者关系, 与学生关系,",
            "与儿童关系, 与老人关系, 与死者关系, 与残疾人关系, 与当事人关系, 与业主关系, 与被保险人关系,",
            "与参保人关系, 与受益人关系, 与投保人关系, 与户籍户主关系, 与承租人关系, 与产权人关系,",
            "与纳税人关系, 与联系人关系, 家庭关系, 亲属关系, 关系, 成员关系, 称谓, 家属关系, 联系人关系,",
            "与救助对象关系, 与低保对象关系, 家庭成员关系, 與戶長關係, 稱謂, 關係, 與申請人關係,",
            "与被监护人关系, 监护关系, 代理人与申请人关系",
        ),
        en=listed(
            "relationship, relation, relationship to head, relation to head, relationship to householder,",
            "relationship to applicant, relationship to patient, family relation, kinship, relationship code,",
            "relation to respondent, relationship type of person, contact relationship, relationship to insured",
        ),
        physical=listed(
            "yhzgx, househead_rela, guardian_rela, mainmem_rela, relat, relp, rel_cd, gx, relationtype, yhzgxdm"
        ),
        not_headers=listed(
            "人事关系, 关系型数据库, 党组织关系, relation table, 公共关系, 劳动关系,",
            "劳动关系类型, customer relationship, 隶属关系, 产权关系, 行政隶属关系,",
            "人员参保关系id, 投资关系, relative humidity, correlation, 关联关系",
        ),
        vocabularies=(Vocabulary("family relations", RELATIONS, 0.8),),
        words=("与户主关系", "关系"),
        source="GB/T 4761-2008",
        patterns=(CODE,),
        examples=Examples(
            values=("配偶", "之子", "Husband", "户主"),
            not_values=("汉族", "已婚", "局长"),
            headers=("与户主关系", "yhzgx", "relationship", "relat"),
            not_headers=("劳动关系", "隶属关系"),
        ),
    ),
    Classifier(
        category="person.family.member",
        zh=listed(
            "家庭成员姓名, 家庭主要成员姓名, 配偶姓名, 配偶, 丈夫姓名, 妻子姓名, 父亲姓名, 母亲姓名, 父亲,",
            "母亲, 父母姓名, 父母亲姓名, 家长, 家长姓名, 监护人, 监护人姓名, 子女姓名, 孩子姓名, 儿童家长姓名,",
            "兄弟姐妹姓名, 祖父姓名, 祖母姓名, 紧急联系人, 紧急联系人姓名, 家属姓名, 亲属姓名, 家属,",
            "户成员姓名, 共同居住人姓名, 同住人姓名, 被抚养人姓名, 被赡养人姓名, 赡养人姓名, 抚养人姓名,",
            "第一监护人姓名, 第二监护人姓名, 被监护人姓名, 承嗣人, 遗属姓名, 保证人姓名, 父親姓名, 母親姓名,",
            "監護人, 緊急聯絡人, 法定代理人姓名, 法定監護人姓名, 家庭共有人姓名, 共有人姓名, 共有人",
        ),
        en=listed(
            "family member name, spouse name, husband name, wife name, father name, mother name,",
            "mothers maiden name, parent name, parents name, guardian, guardian name, child name,",
            "children names, sibling name, next of kin name, emergency contact, emergency contact name,",
            "fathers name, mothers name, relative name, carer name",
        ),
        physical=listed("jhr, jhrxm, poxm, fqxm, mqxm, jtcyxm, jzxm, guardian_nm, guarder_name, mainmem_name, jjlxr"),
        not_headers=listed(
            "监护人电话, 监护人身份证号, 监护人住址, 紧急联系人电话, 家长电话, 父亲职业,",
            "母亲职业, 监护人联系方式, 监护人关系, 家长学校, 父亲学历, 母亲学历, 配偶工作单位,",
            "mother tongue, motherboard, guardian newspaper, 与监护人关系, 配偶身份证号,",
            "emergency contact phone, 监护情况, 监护类型",
        ),
        patterns=(*CHINESE_NAMES, *NAMES[3:]),
        examples=Examples(
            values=("王桂芝", "赵敏", "李*", "Mary Johnson"),
            not_values=("配偶", "父亲", "温州市", "已婚"),
            headers=("监护人姓名", "配偶姓名", "父亲姓名", "emergency contact name", "家长姓名"),
            not_headers=("监护人电话", "与监护人关系", "母亲职业"),
        ),
    ),
)
