"""Where people come from: ethnic group, nationality, native place, household."""

import pyarrow as pa

from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.vocabulary.shapes import ADDRESSES, CODE, PLACE_CODES, PLACES
from classifiers.vocabulary.words import Mask, among, listed, spaced, squeezed, words


def is_race(array: pa.Array) -> Mask:
    """Race or ethnic group as English-language surveys write it."""
    return among(squeezed(array), "races_english")


CLASSIFIERS = (
    Classifier(
        category="person.basic.ethnicity",
        zh=listed(
            "民族, 民族代码, 民族名称, 族别, 种族, 族群, 民族成份, 民族成分, 患者民族, 学生民族, 户主民族,",
            "法定代表人民族, 原住民身分, 原住民族別, 種族, 族裔",
        ),
        en=listed(
            "ethnicity, ethnic group, race, ethnic, ethnic origin, race ethnicity, race code, racial group,",
            "hispanic, hispanic origin, latino, hisp, tribe, tribal affiliation, ethnicity code, ancestry",
        ),
        physical=listed("mz, mzdm, minzu, nation, nation_code, rac1p, ethnic_cd, race_cd, aac005"),
        not_headers=listed(
            "民族乡, 民族学校, 少数民族人口, 民族节日, 少数民族人数, race time, race result,",
            "race number, race id, horse race, trace, race name, 民族工作, 民族地区",
        ),
        vocabularies=(Vocabulary("ethnic groups", words("ethnic_groups"), 0.8),),
        patterns=(
            Pattern("race of a survey", "[A-Za-z][A-Za-z /,-]{3,60}", (4, 61), 0.02, is_race),
            CODE,
        ),
        words=("民族", "race", "ethnicity"),
        source="GB/T 3304-1991",
        examples=Examples(
            values=("汉族", "维吾尔族", "African-American", "Amer-Indian-Eskimo", "Caucasian"),
            not_values=("男", "中共党员", "杭州", "Marathon"),
            headers=("民族", "mz", "race", "ethnicity", "Hispanic"),
            not_headers=("少数民族人数", "race time", "民族乡"),
        ),
    ),
    Classifier(
        category="person.basic.nationality",
        zh=listed(
            "国籍, 国籍(地区), 国籍(中文), 国籍地区, 国籍代码, 国籍名称, 国别, 国家或地区, 国家(地区),",
            "所属国家, 国家和地区代码, 原国籍, 旅客国籍, 法定代表人国籍, 申请人国籍, 國籍, 國別, 出生国家,",
            "出生国, 外国人国籍, 移居国家, 定居国家, 永久居留国家, 国籍(或地区), 第二国籍, 语种, 母语, 使用语言",
        ),
        en=listed(
            "nationality, citizenship, country of citizenship, country of birth, native country,",
            "birth country, citizen, immigration status, foreign worker, nationality code, native language,",
            "mother tongue, alien, country, visa type, immigrant, country of origin of person",
        ),
        physical=listed("gj, gjdm, guoji, nationality_cd, country_cn, ctzn, pb220a, cit, nativity, pobp, aac161"),
        not_headers=listed(
            "国家级, 国家标准, 国籍是否公示, country code of phone, country id, 国家重点,",
            "country name, 出口国家, 原产国, 生产国, 贸易国别, country gdp,",
            "country of manufacture, 投资国别",
        ),
        vocabularies=(Vocabulary("countries", spaced("countries"), 0.8),),
        words=("国籍", "nationality"),
        source="GB/T 2659",
        patterns=(CODE,),
        examples=Examples(
            values=("中国", "United-States", "越南", "USA"),
            not_values=("汉族", "杭州市", "9100"),
            headers=("国籍", "native-country", "citizenship", "foreign_worker"),
            not_headers=("国家标准", "原产国"),
        ),
    ),
    Classifier(
        category="person.basic.native-place",
        zh=listed(
            "籍贯, 籍贯地, 祖籍, 祖籍地, 籍贯代码, 籍贯详址, 籍贯国家, 籍贯省市县, 籍贯省份, 出生地, 出生地点,",
            "出生地代码, 出生地址, 出生地省市县, 出生省份, 出生城市, 原籍, 原籍地, 出生地行政区划, 籍貫,",
            "出生地點, 祖籍(地)",
        ),
        en=listed(
            "native place, place of birth, birth place, birthplace, birth city, city of birth, state of birth,",
            "birth state, hometown, city birth, place of origin, birth county, ancestral home",
        ),
        physical=listed("jg, jiguan, csd, native_info, native_info_addr, birth_plc, jgdm, csddm, native_addr"),
        not_headers=listed("籍贯人数, 出生地人口, 机构籍贯, country of birth, 出生日期, 出生医院"),
        patterns=(*PLACES, *PLACE_CODES, *ADDRESSES),
        words=("籍贯", "出生地"),
        source="GB/T 2260",
        examples=Examples(
            values=("浙江省宁波市", "330203", "贵阳市观山湖区环城北路1号"),
            not_values=("汉族", "999999", "本科", "张伟"),
            headers=("籍贯", "出生地", "place of birth", "city_birth", "籍贯详址"),
            not_headers=("出生日期", "出生医院"),
        ),
    ),
    Classifier(
        category="person.basic.household",
        zh=listed(
            "户籍, 户籍性质, 户籍类型, 户口, 户口性质, 户口类型, 户口类别, 户别, 户类型, 户号, 家庭户号,",
            "户编号, 家庭编号, 家庭代码, 户籍状态, 人户一致, 人户一致标识, 人户分离, 户口迁移, 家庭人口,",
            "家庭人口数, 家庭成员数, 家庭成员数量, 家庭人数, 家庭总人口, 户籍人口数, 同户人数, 共同居住人数,",
            "家庭情况, 家庭状况, 家庭结构, 家庭类型, 家庭户类型, 家庭受益户人口, 年初家庭人口数,",
            "年底家庭人口数, 家庭状况编号, 家庭信息表id, 是否常住, 是否常住户口, 是否户主, 户主标识,",
            "流动人口类型, 流动原因, 流入原因, 迁入原因, 迁出原因, 迁入日期, 迁出日期, 落户日期, 落户原因,",
            "落户类型, 入户时间, 居住年限, 居住类型, 居住方式, 居住事由, 来沪日期, 来本地日期, 暂住事由,",
            "暂住日期, 子女数, 子女人数, 子女数量, 子女个数, 劳动力人数, 抚养人数, 赡养人数, 家庭劳动力数,",
            "是否独生子女, 是否留守, 戶別, 戶籍類型, 家庭人口數, 同住人數, 独居情况, 是否独居, 是否空巢,",
            "家庭类别, 家庭户类别, 落户时间, 落户地址类型, 常住人口标识, 常住人口类型, 人口类型, 人口类别,",
            "人口性质, 实有人口类型, 实有人口类别, 人口标识, 人员户籍类型, 是否双胞胎, 双胞胎序号, 多胞胎标识,",
            "是否按本市户口学生对待, 是否本地户籍, 是否本市户籍, 是否外来人口, 是否流动人口, 户口所在地类型,",
            "户籍迁入时间, 户籍迁出时间, 迁移原因, 迁移类别, 迁移日期, 注销户口原因, 户口注销日期, 分户原因,",
            "立户日期, 家庭总人数, 家庭成员总数, 在家人数, 外出人数, 常年外出人数, 16岁以下人数, 65岁以上人数,",
            "老年人数, 生育子女数, 现有子女数, 存活子女数, 男孩数, 女孩数, 收养子女数, 来本地时间,",
            "居住起始日期, 居住截止日期, 离开日期, 租住类型, 居住处所类型, 流出时间, 流入时间, 流动范围,",
            "有无子女, 有无配偶, 居住情况, 居住状况, 本地居住情况, 居住时间, 居住时长, 现住址居住时间,",
            "本地居民标志, 本地居民, 是否本地居民, 居民类型, 有无老人, 有无赡养",
        ),
        en=listed(
            "household size, household type, household composition, family size, family type,",
            "household members, number of children, children, number of dependents, dependents, household,",
            "household structure, persons in household, family members, number of persons in family,",
            "own children, number in household, household status, head of household, years at residence,",
            "present residence since, number of people being liable to provide maintenance for,",
            "living arrangement, equivalised household size, lives alone, household register,",
            "household registration, family population, family type code, population of family,",
            "registered residence type, hukou type, number of siblings, siblings, kids, number of kids,",
            "living alone, years living here, family composition, only child",
        ),
        physical=listed(
            "hjxz, hkxz, hkszlx, hukou, hh_size, hhsize, hsize, noc, npf, hhcivil_size, jtrks, jtcys, famsize,",
            "familysize, eqss, hht, jtid, jtbh, jtzkbh, house_hold, nperson, kindpers, household_id,",
            "registered_type",
        ),
        not_headers=listed(
            "户籍地址, 户籍地, 户口所在地, 户口簿号, 户籍人口, 户籍科, 家庭住址, 家庭地址,",
            "户主姓名, 户籍门牌详址, 家庭年收入, 家庭经济情况, households, number of households,",
            "户数, 总户数, 家庭医生, children count of region, household weights,",
            "household id number, 家庭电话, 家庭成员姓名, 房屋户型, 户籍民警, 户籍办理量",
        ),
        examples=Examples(
            headers=("户口性质", "家庭人口数", "household size", "hjxz", "是否户主"),
            not_headers=("户籍地址", "家庭年收入", "households"),
        ),
    ),
)
