"""Schooling: level, school and results."""

import pyarrow as pa

from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.vocabulary.shapes import CODE
from classifiers.vocabulary.words import Mask, among, listed, matches, squeezed, words


def is_english_level(array: pa.Array) -> Mask:
    """A level of education as English-language surveys write it."""
    return among(squeezed(array), "education_levels_english")


def is_school(array: pa.Array) -> Mask:
    """The name of a school or university."""
    return matches(
        array, "(?:学校|小学|中学|大学|学院|幼儿园|职校|技校|党校|一中|二中|三中|實驗|國小|國中|高中|大學|學院)$"
    ) | matches(array, r"(?i)\b(?:school|university|college|academy|institute)\b")


CLASSIFIERS = (
    Classifier(
        category="person.education",
        zh=listed(
            "教育, 教育情况, 教育信息, 教育经历, 学习经历, 学习简历, 教育背景, 受教育情况, 受教育状况,",
            "在校生情况, 在校情况, 就学情况, 就读情况, 入学情况, 失学情况, 辍学情况, 失学或辍学原因, 失学原因,",
            "辍学原因, 是否辍学, 是否在校, 是否在读, 学习形式, 培养方式, 学制, 学籍状态, 入学方式, 入学日期,",
            "入学时间, 入学年月, 毕业日期, 毕业时间, 毕业年月, 毕业年份, 毕业届别, 招生类别, 学生类别,",
            "学生类型, 学生状态, 就读方式, 是否住校, 是否寄宿, 是否随迁子女, 是否农村留守儿童, 学前教育情况,",
            "升学去向, 毕业去向, 培训经历, 技能培训情况, 留学经历, 學生身分, 就學狀況, 在读情况, 在读状态,",
            "在读年级情况, 在读标识, 入学, 休学, 休学原因, 休学日期, 复学日期, 复学时间, 退学, 退学原因,",
            "退学日期, 转学, 转学日期, 转学原因, 转学类型, 转入日期, 转出日期, 升学, 升学情况, 辍学, 辍学时间,",
            "失学, 入学年份, 入学年度, 入学月份, 入学季, 毕业, 毕业届, 毕业结论, 结业时间, 肄业时间, 学段,",
            "学习阶段, 学习年限, 修业年限, 以往就读情况, 学籍, 学籍变动类型, 学籍变动日期, 学籍变动原因,",
            "学籍辅助信息, 班干部任职, 曾担任干部情况, 担任职务, 社会实践情况, 社会实践时长, 家访情况,",
            "家访记录, 出勤率, 缺勤天数, 缺课次数, 请假天数, 住宿情况, 是否住宿, 走读, 乘坐校车, 是否乘坐校车,",
            "是否营养餐, 报考类别, 报考层次, 录取批次, 志愿学校, 录取类型, 政策性加分, 培训课时, 培训学时,",
            "培训时间, 培训内容, 继续教育情况, 学时, 学习时间, 学习内容, 留学国家, 留学时间",
        ),
        en=listed(
            "education history, schooling, enrolled, enrollment status, enrolment status, school attendance,",
            "in school, graduation date, graduation year, year of graduation, study mode,",
            "admission type of student, student status, dropout, truancy, field of study history,",
            "attendance rate of student, enrollment year, enrolment year, enroll year, graduation, grad year,",
            "graduate year, school year of student, study way, study type, semester enrolled, entrance year,",
            "entry year of student, course enrolled, courses taken, extracurricular, suspension,",
            "absence count of student, education status, education background",
        ),
        physical=listed("jyjl, jyqk, zxsqk, sxhcxyy, rxny, bysj, byrq, byny"),
        not_headers=listed(
            "教育局, 教育费附加, 教育支出, 教育类型, 教育机构, 教育经费, 教育部门, 办学类型,",
            "招生人数, 毕业人数, 毕业生数, 在校学生人数, 教育程度, 继续教育学时,",
            "education department, education budget, 教育用地, 教育资源",
        ),
        examples=Examples(
            headers=("教育经历", "失学或辍学原因", "毕业时间", "在校生情况", "graduation year"),
            not_headers=("教育局", "毕业人数", "教育费附加"),
        ),
    ),
    Classifier(
        category="person.education.level",
        zh=listed(
            "学历, 学位, 文化程度, 教育程度, 受教育程度, 最高学历, 最高学位, 学历层次, 第一学历, 全日制学历,",
            "在职学历, 学历学位, 学历代码, 学历名称, 文化水平, 教育水平, 教育层次, 学历类型, 户主文化程度,",
            "父亲学历, 母亲学历, 教育年限, 受教育年限, 技能等级, 最高学历代码, 學歷, 學位, 教育程度別,",
            "最高學歷, 学位类型, 学位类别, 学位名称, 学位授予单位, 学历性质, 学历形式, 学习层次, 培养层次,",
            "受教育水平, 户主学历, 配偶学历, 父亲文化程度, 母亲文化程度, 申请人学历, 职工学历",
        ),
        en=listed(
            "education, level of education, education level, educational attainment, highest degree, degree,",
            "highest education, education years, years of education, education number, education num,",
            "educational level, highest qualification, school level, grade level, education category,",
            "wife education, husband education, highest grade completed, schooling years, parental education,",
            "academic degree, qualification level",
        ),
        physical=listed(
            "xl, xw, xldm, xueli, whcd, zgxl, zgxw, education_bg, edu_level, edulevel, highest_educ_back,",
            "highest_degree, educ, edu, schl, weducation, heducation, edattain, pe040, aac011",
        ),
        not_headers=listed(
            "学历要求, 学历证书编号, 学位证号, 学历人数, 学位数, 幼儿园学位数, degree of damage,",
            "学位供给, 最低学历要求, angle degree, degree celsius, 招生学历, 教育程度人口",
        ),
        vocabularies=(Vocabulary("levels of education", words("education_levels"), 0.8),),
        patterns=(
            Pattern("level of a survey", "[A-Za-z0-9][A-Za-z0-9 .'-]{1,40}", (2, 41), 0.02, is_english_level),
            CODE,
        ),
        words=("学历", "文化程度", "education"),
        source="GB/T 4658-2006, GB/T 6864-2003",
        examples=Examples(
            values=("大专", "硕士研究生", "HS-grad", "Bachelors", "文盲或半文盲"),
            not_values=("已婚", "有限责任公司", "Zebra"),
            headers=("学历", "文化程度", "education", "最高学位", "whcd"),
            not_headers=("学历要求", "学位证号", "学位数"),
        ),
    ),
    Classifier(
        category="person.education.school",
        zh=listed(
            "毕业院校, 毕业学校, 毕业院校名称, 毕业学校名称, 就读学校, 就读院校, 就读学校名称, 所在学校, 学校,",
            "母校, 最高学历毕业院校, 录取院校, 录取学校, 报考院校, 报考学校, 生源学校, 专业, 专业名称,",
            "所学专业, 所学专业名称, 毕业专业, 就读专业, 录取专业, 报考专业, 主修专业, 院系, 院系名称,",
            "所在院系, 系别, 班级, 所在班级, 班级名称, 年级, 所在年级, 学院, 原毕业学校, 转出学校, 转入学校,",
            "初中毕业学校, 畢業學校, 就讀學校, 科系, 班級, 系所, 在校就读学校, 现就读学校, 以前的学校,",
            "原就读学校, 原学校, 曾就读学校, 就读幼儿园, 就读年级, 就读班级, 入学学校, 入学年级, 在读学校,",
            "在读年级, 高中毕业学校, 小学毕业学校, 所读专业, 招生学校, 学生所在学校, 所属驾校, 驾校名称,",
            "培训学校, 学校及专业, 毕业院校及专业, 专业方向",
        ),
        en=listed(
            "school attended, alma mater, graduated school, university attended, college attended, school,",
            "major, field of study, class, homeroom, grade, course of study, school of graduation,",
            "institution attended, department of study, faculty, college, class name, class number,",
            "graduate school, graduate sch, graduated from, undergraduate school, undergraduate major,",
            "school of student, grade name, student class, department major, speciality",
        ),
        physical=listed(
            "byyx, byxx, bylx, gradute_school, graduate_school, major_nm, hdstu_major, sxzy, zymc, jdxx,",
            "bj_class, nj_grade, bjmc",
        ),
        not_headers=listed(
            "学校名称, 学校地址, 学校类型, 学校代码, 学校编码, 学校数量,",
            "学校所属主管教育行政部门, 班级数, 专业技术职务, 专业类别, 专业合作社, 专业领域,",
            "学校办学类型, 专业代码表, school type, school code, school name, school id,",
            "class type, class id, class size, grade of road, 学校电话, 学校占地面积,",
            "专业技术资格",
        ),
        patterns=(
            Pattern("name of a school", ".*(?:[\u4e00-\u9fff]|[A-Za-z]).*", (3, 80), 0.02, is_school, 0.6),
            CODE,
        ),
        words=("毕业院校", "专业"),
        examples=Examples(
            values=("浙江大学", "宁波市第二中学", "University of Michigan"),
            not_values=("本科", "12345", "计算机有限公司"),
            headers=("毕业院校", "所学专业", "就读学校", "alma mater"),
            not_headers=("学校地址", "学校类型", "班级数"),
        ),
    ),
    Classifier(
        category="person.education.score",
        zh=listed(
            "成绩, 考试成绩, 总成绩, 笔试成绩, 面试成绩, 综合成绩, 体测成绩, 科目成绩, 语文成绩, 数学成绩,",
            "英语成绩, 分数, 考试分数, 得分, 总分, 笔试分数, 面试分数, 综合得分, 高考成绩, 高考分数, 中考成绩,",
            "中考总分, 录取分数, 加分, 平时成绩, 期末成绩, 期中成绩, 学分, 绩点, 学业成绩, 学业水平等级,",
            "考核成绩, 测试成绩, 综合素质评价, 奖惩情况, 获奖情况, 奖学金, 奖学金金额, 助学金, 助学金金额,",
            "名次, 班级排名, 考核结果, 年度考核结果, 考核等次, 考核情况, 成績, 總分, 學分, 语文, 数学, 英语,",
            "外语, 物理, 化学, 生物, 历史, 地理, 政治, 道德与法治, 体育成绩, 体育, 音乐, 美术, 综合, 文综,",
            "理综, 语文分数, 数学分数, 英语分数, 外语成绩, 高考总分, 会考成绩, 模拟成绩, 投档分, 录取总分,",
            "综合素质评价等级, 综合素质等级, 思想品德评价, 学期评语, 学业等级, 学科成绩, 奖学金等级,",
            "奖学金名称, 获奖级别, 竞赛获奖, 处分记录, 违纪处分, 考核分数, 考核得分, 面试分, 笔试分, 成绩排名,",
            "合格结果, 科目一成绩, 科目二成绩, 科目三成绩",
        ),
        en=listed(
            "test score, exam score, grade point average, gpa, math score, reading score, writing score,",
            "final grade, marks, exam result, assessment score, sat score, transcript, credits earned,",
            "class rank, scholarship, student grade, wesson score, student score",
        ),
        physical=listed("cj, chengji, zcj, bscj, mscj, zf_score, gpa_total"),
        not_headers=listed(
            "信用评分, 信用得分, 信用分, 信用分数, 企业得分, 评价得分, 卫生评分,",
            "score of restaurant, inspection score, credit score, 绩效评分, 分数线, 录取分数线,",
            "最低分数线, 评分标准, 服务评分, 满意度得分, risk score, 空气质量得分, score type,",
            "benchmark, 考核指标, 成绩单编号, 考核单位, 考核时间, 机构考核结果",
        ),
        words=("成绩", "分数"),
        examples=Examples(
            headers=("考试成绩", "面试成绩", "gpa", "math score", "高考分数"),
            not_headers=("信用评分", "录取分数线", "inspection score"),
        ),
    ),
)
