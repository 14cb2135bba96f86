"""Sex and sexual orientation."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE
from classifiers.vocabulary.words import listed

SEXES = frozenset(
    listed(
        "男, 女, 男性, 女性, 男士, 女士, 男生, 女生, 未说明的性别, 未说明性别, 未知的性别, M, F, m, f,",
        "Male, Female, male, female, MALE, FEMALE, Man, Woman, U, Unknown, unknown, Unknown/Invalid,",
        "Other, 其他, 男孩, 女孩, 男婴, 女婴, 先生, 公, 母",
    )
)

CLASSIFIERS = (
    Classifier(
        category="person.basic.sex",
        zh=listed(
            "性别, 人员性别, 学生性别, 患者性别, 户主性别, 法定代表人性别, 性别代码, 性别名称, 新生儿性别,",
            "婴儿性别, 子女性别, 申请人性别, 性別, 男女",
        ),
        en=listed(
            "sex, gender, gender code, sex code, patient sex, patient gender, sex of respondent, sex at birth,",
            "gender identity, biological sex, male female",
        ),
        physical=listed("xb, xbdm, xingbie, gen, gndr, sex_cd, gender_cd, person_sex, rb090, aac004, sexp"),
        not_headers=listed(
            "性别比, 男女比例, 性别比例, 性别限制, 性别要求, gender ratio, sex ratio,",
            "sex offender, 男生人数, 女生人数, sex crime, sexual orientation, gender equality",
        ),
        vocabularies=(Vocabulary("sexes", SEXES, 0.95),),
        words=("性别", "gender"),
        source="GB/T 2261.1-2003, ISO/IEC 5218",
        patterns=(CODE,),
        examples=Examples(
            values=("男", "女性", "Female", "M"),
            not_values=("汉族", "是", "3.5"),
            headers=("性别", "xb", "gender", "人员性别"),
            not_headers=("性别比", "sex ratio", "男生人数"),
        ),
    ),
    Classifier(
        category="person.basic.sexual-orientation",
        zh=listed("性取向, 性倾向, 性生活史, 性行为方式, 性伴侣数, 同性性行为史, 异性性行为史, 婚外性行为"),
        en=listed(
            "sexual orientation, sexuality, sexual identity, sexual preference, sexual behaviour,",
            "sexual behavior, number of sexual partners, msm",
        ),
        physical=listed("xqx_sex, orientation_sexual"),
        not_headers=listed("取向, orientation, sex, image orientation, 房屋朝向"),
        source="GB/T 35273-2020 annex B",
        examples=Examples(
            headers=("性取向", "sexual orientation", "同性性行为史"),
            not_headers=("房屋朝向", "image orientation"),
        ),
    ),
)
