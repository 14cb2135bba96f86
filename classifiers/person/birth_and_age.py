"""Date of birth and age."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import BIRTH_DATES, NUMBER
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.basic.birth-date",
        zh=listed(
            "出生日期, 出生年月, 出生年月日, 出生时间, 出生年份, 出生年, 生日, 出生年度, 生年月日, 诞辰,",
            "出生月份, 户主出生日期, 学生出生日期, 患者出生日期, 法定代表人出生日期, 新生儿出生日期,",
            "新生儿出生时间, 子女出生日期, 出生日期时间, 出生, 出生月日, 生辰, 出生日, 出生年月日期,",
            "出生西元年月日",
        ),
        en=listed(
            "birth date, date of birth, birthday, dob, birth year, year of birth, birth month, month of birth,",
            "born, birth, birthdate, patient birth date, child birth date, born date, birth datetime",
        ),
        physical=listed(
            "csrq, csny, csnyr, cssj, birth_dt, born_y_m, birth_y_m, date_birth, birth_dttm, yob, birthyr,",
            "bday, chushengriqi, aac006",
        ),
        not_headers=listed(
            "出生地, 出生地点, 出生医学证明编号, 出生体重, 出生人数, 出生率, 出生人口, 出生孕周,",
            "出生缺陷, 生日祝福, birth place, birth weight, birth rate, birth order,",
            "dob unknown, births, number of births, 出生证号, 出生身长, 出生登记日期, 出生胎次,",
            "country of birth, birth country, place of birth, city birth",
        ),
        patterns=BIRTH_DATES,
        words=("出生日期", "生日", "birth"),
        presidio="DATE_TIME",
        source="GB/T 7408, dates in which someone alive may have been born",
        examples=Examples(
            values=("1985-08-08", "19540815", "1974/4/8", "11/9/1952", "1961-07-22 10:42:40", "民國74年8月8日"),
            not_values=("1985-13-08", "19540231", "3021-01-01", "13800138000"),
            headers=("出生日期", "出生年月", "DATE_OF_BIRTH", "birthday", "csrq"),
            not_headers=("出生地", "出生体重", "birth rate", "DOB_UNKNOWN"),
        ),
    ),
    Classifier(
        category="person.basic.age",
        zh=listed(
            "年龄, 周岁, 实足年龄, 虚岁, 岁数, 年龄段, 年龄组, 年龄区间, 年龄层, 月龄, 患者年龄, 学生年龄,",
            "当事人年龄, 户主年龄, 入院年龄, 发病年龄, 确诊年龄, 死亡年龄, 初婚年龄, 年齡, 年齡層, 年齡組,",
            "年岁, 结婚年龄, 申请人年龄",
        ),
        en=listed(
            "age, age in years, age group, age band, age range, age at diagnosis, age at death,",
            "age at admission, patient age, current age, age category, years old, age at enrollment,",
            "age cohort, age in months, agep, age at intake",
        ),
        physical=listed("nl, nianling, nld, age_yrs, age_grp, rb080, agecat"),
        not_headers=listed(
            "楼龄, 房龄, 党龄, 工龄, 树龄, 车龄, 库龄, 账龄, 账龄分析, housing median age, page,",
            "age of building, vehicle age, average, 平均年龄, 账户年龄, 年龄结构, 教龄, 司龄,",
            "驾龄, 畜龄, 龄期, 适龄儿童数, 适龄人口, stage, age of vehicle, building age,",
            "account age, language, agency",
        ),
        patterns=(
            Pattern(
                "age with a unit", "[0-9]{1,3} ?(?:岁|周岁|歲|个月|years?(?: old)?|yrs?\\.?|months?)", (2, 14), 0.02
            ),
            Pattern(
                "age band",
                "[\\[(]?[0-9]{1,3} ?(?:-|~|至|to) ?[0-9]{1,3} ?[\\])\\[]?(?: ?岁| ?years)?"
                "|[\\[(][0-9]{1,3}, ?[0-9]{1,3}[\\])\\[]",
                (3, 16),
                0.05,
                None,
                0.3,
            ),
            Pattern(
                "open age band",
                "(?:[<>≥≤]=? ?[0-9]{1,3}|[0-9]{1,3}\\+|[0-9]{1,3}岁?(?:及)?以[上下])",
                (2, 8),
                0.05,
                None,
                0.2,
            ),
            NUMBER,
        ),
        words=("年龄", "age"),
        examples=Examples(
            values=("35岁", "[30-40)", "85+", "20-29", "6个月", "60岁及以上"),
            not_values=("1985-08-08", "35.25%", "abc", "1,000"),
            headers=("年龄", "age", "AGEP", "age_in_years", "年龄段"),
            not_headers=("工龄", "housing_median_age", "page", "房龄"),
        ),
    ),
)
