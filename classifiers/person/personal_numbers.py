"""Numbers under which an institution files a person: pupil, employee, holder of a licence, client, and any other."""

import pyarrow as pa
import pyarrow.compute as pc

from classifiers.checksums import resident_id
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import Mask, listed


def pupil_number(array: pa.Array) -> Mask:
    """A letter before a citizen number that passes GB 11643."""
    return resident_id(pc.utf8_slice_codeunits(array, 1, 19))


CLASSIFIERS = (
    Classifier(
        category="person.identity.student-number",
        zh=listed(
            "学籍号, 学号, 全国学籍号, 学籍编号, 学籍辅号, 学生编号, 学生学号, 考生号, 准考证号, 准考证号码,",
            "考号, 报名号, 报名序号, 考籍号, 录取号, 学生证号, 学生证号码, 校园卡号, 一卡通号, 图书证号,",
            "借书证号, 读者证号, 读者证编号, 借阅证号, 學號, 學籍號, 准考證號, 教育ID号, 教育ID, 教育标识号,",
            "学生标识, 学员编号, 学员号, 毕业证学号, 考试准考证号, 考试报名号, 学生卡号, 学生ID, 学员ID, 考生ID",
        ),
        en=listed(
            "student number, student id, pupil number, student, matriculation number, unique pupil number,",
            "admission number, exam number, candidate number, roll number, library card number,",
            "enrolment number, enrollment number, registration number of student, student code, student no,",
            "admission no, learner number, learner id, exam id",
        ),
        physical=listed("xjh, xh_student, ksh, zkzh, stu_no, stuid, student_no, sid, upn"),
        not_headers=listed(
            "学生人数, 学生数, 学号段, 学籍状态, 学籍类型, 学生姓名, 学生性别, 考号段, 考生人数,",
            "student count, student name, student type, 准考证打印时间, 学生类别",
        ),
        patterns=(
            Pattern(
                "pupil number on a citizen number",
                "[GLJ][1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]",
                (19, 19),
                0.0001,
                pupil_number,
            ),
        ),
        words=("学籍号", "学号", "准考证号"),
        source="Ministry of Education, rules on pupil records of 2013",
        examples=Examples(
            values=("G11010519491231002X", "L810000199001010019", "J830000199001010012"),
            not_values=("G110105194912310020", "11010519491231002X", "G12345678"),
            headers=("学籍号", "学号", "准考证号", "student_id"),
            not_headers=("学生人数", "学籍状态", "学生姓名"),
        ),
    ),
    Classifier(
        category="person.identity.staff-number",
        zh=listed(
            "工号, 职工号, 员工号, 员工编号, 员工工号, 职工编号, 教职工号, 教工号, 教师编号, 教师工号,",
            "人事编号, 工作证号, 工作证号码, 工作证编号, 执法证号, 执法证件号, 执法证件编号, 执法证编号,",
            "执法人员证件编号, 执法人员编号, 执法人员证号, 监督证号, 行政执法证号, 检查人员证号, 医生工号,",
            "医师编码, 医生编码, 医生代码, 护士编码, 干部编号, 民警编号, 操作员编号, 操作员代码, 人员工号,",
            "導遊證號, 員工編號, 辅警编号, 协警编号, 警员号, 教练员编号, 驾驶员编号, 业务员编号, 经办人编号,",
            "审批人编号, 医师ID, 医生ID, 护士ID, 教师ID, 员工ID, 职工ID, 律师编号, 调解员编号, 陪审员编号,",
            "主治医师ID, 责任医生用户ID, 责任民警编号, 导游编号, 网格员编号, 护林员编号, 协管员编号, 辅导员ID,",
            "录入人ID, 审核人ID, 创建人ID, 民警ID, 警员ID, 律师ID, 法官ID, 网格员ID, 调解员ID, 修改人ID,",
            "更新人ID, 操作人ID, 审批人ID, 处理人ID, 经办人ID, 填报人ID, 上报人ID, 巡查员ID, 客户经理ID,",
            "值班员ID, 接警值班员ID, 接警员ID, 处警人ID, 检查员ID, 主治医生ID, 责任医生ID, 接种医生ID, 教练ID,",
            "导游ID, 顾问ID, 管理员ID, 派单人ID, 受理人ID, 发布人ID, 评审专家ID, 资格证书编码, 执法人员编码",
        ),
        en=listed(
            "employee number, employee id, staff number, staff id, personnel number, payroll number,",
            "worker id, badge id, entered by employee id, requestor employee id, officer id, provider id,",
            "physician id, doctor id, teacher id, judge id, agent id, employment id",
        ),
        physical=listed("gh, zgh, jgh_staff, emp_no, empno, empid, punish_personnel_code, npi"),
        not_headers=listed(
            "职工人数, 员工人数, 职工医院, 员工数量, 公积金中心机构号, employee count,",
            "employee type, employee name, 职工类型, 员工性别, 工号段",
        ),
        words=("工号", "员工编号"),
        examples=Examples(
            headers=("工号", "员工编号", "执法证号", "employee_id"),
            not_headers=("职工人数", "员工数量", "employee type"),
        ),
    ),
    Classifier(
        category="person.identity.certificate",
        zh=listed(
            "证书编号, 证书号, 证书号码, 资格证号, 资格证书号, 资格证书编号, 资格证编号, 资格证书号码,",
            "执业证号, 执业证书编号, 执业证书号, 执业证编号, 执业编号, 执业资格证号, 执业医师证号,",
            "医师资格证书编号, 医师执业证书编号, 护士执业证号, 律师执业证号, 教师资格证号, 教师资格证书号,",
            "从业资格证号, 从业资格证, 从业资格证书号, 职业资格证书编号, 职称证书编号, 职称证号, 技能证书编号,",
            "技能等级证书编号, 注册证书编号, 注册证号, 上岗证号, 上岗证编号, 特种作业证号, 特种作业操作证号,",
            "操作证号, 导游证号, 毕业证号, 毕业证书号, 毕业证书编号, 学位证号, 学位证书号, 学位证书编号,",
            "学历证书编号, 结业证书编号, 结婚证号, 结婚证字号, 离婚证号, 出生证号, 出生证编号,",
            "出生医学证明编号, 出生医学证明号, 死亡证明编号, 死亡医学证明编号, 残疾证号, 残疾人证号,",
            "残疾人证号码, 残疾证号码, 残疾人证编号, 老年证号, 老年优待证号, 优待证号, 军人优待证号, 烈士证号,",
            "烈士证书编号, 伤残证号, 伤残军人证号, 退伍证号, 退役证号, 低保证号, 低保证编号, 特困证号,",
            "户口簿号, 户口本号, 户口簿编号, 独生子女证号, 生育证号, 准生证号, 流动人口婚育证明编号, 健康证号,",
            "健康证编号, 献血证号, 收养证号, 党员证号, 团员证号, 会员证号, 志愿者编号, 志愿者证号, 在线验证码,",
            "电子证照编号, 执照号码, 律師證號, 證書字號, 證照號碼, 資格證書號, 殘疾證號, 执业证书编码,",
            "执业证书号码, 教师资格证号码, 教师资格证编号, 教师资格证书编号, 教师资格证, 护士执业证书编号,",
            "医师资格证号, 医师执业证号, 资格证书, 执业证书, 职业资格证书号, 职业资格证书, 技能证书号,",
            "老年证编号, 老年优待证编号, 退役军人优待证号, 优待证编号, 光荣院证号, 建档立卡证号, 特困证编号,",
            "救助证号, 廉租证号, 准生证编号, 生育服务证号, 生育登记号, 离婚证字号, 收养登记证号, 婚姻登记证号,",
            "结婚登记证号, 结婚登记字号, 死亡证号, 火化证号, 火化证明编号, 安葬证号, 社工证号, 注册会计师证号,",
            "司法鉴定人执业证号, 公证员执业证号, 人民调解员证号, 法律职业资格证号, 船员证书编号, 船员服务簿号,",
            "民用航空器驾驶员执照号, 无线电操作证号, 执法人员资格证号, 安全员证书编号, 建造师注册号,",
            "建造师证书编号, 注册建筑师证号, 特种设备作业人员证号, 电工证号, 焊工证号, 保安员证号, 保安证号,",
            "养犬证号, 犬证号, 持枪证号, 猎枪证号, 机动车驾驶教练证号, 网约车驾驶员证号, 出租车驾驶员证号,",
            "资格证书编码, 资格证编码, 证书编码, 执业资格证编号, 获奖证书编号, 荣誉证书编号, 培训证书编号,",
            "合格证书编号",
        ),
        en=listed(
            "certificate number, personal certificate number, professional licence number,",
            "professional license number, medical licence, medical license number, licence of practitioner,",
            "birth certificate number, death certificate number, marriage certificate number, diploma number,",
            "credential number, practitioner licence, bar number, dea number",
        ),
        physical=listed("zsbh, zsh, zgzh, cert_id, certificate_no, cjzh, cjzhm, csyxzm, onlin_prov_cd"),
        not_headers=listed(
            "证书类型, 证书名称, 证书有效期, 发证机关, 证书等级, 证书状态, 营业执照证号,",
            "许可证编号, 生产许可证号, 经营许可证号, 土地证号, 房产证号, 不动产权证号, 产权证号,",
            "土地使用证号, 林权证号, 排污许可证编号, 资质证书编号, 资质证书号, 单位资质证书编号,",
            "企业资质证书号, 认证证书编号, 产品认证证书编号, certificate type,",
            "事业单位法人证书号, CCC证书编号, 安全生产许可证编号, 批准文号, 注册证类别,",
            "医疗器械注册证号, 房产证办理, 证书查询, 组织机构代码证号, 民办学校办学许可证号,",
            "专利证书号, 检定证书编号, 检测证书编号",
        ),
        words=("资格证", "执业证", "证书编号"),
        presidio="MEDICAL_LICENSE",
        examples=Examples(
            headers=("执业证书编号", "残疾证号", "出生医学证明编号", "毕业证书编号", "证书编号"),
            not_headers=("证书类型", "发证机关", "不动产权证号", "资质证书编号"),
        ),
    ),
    Classifier(
        category="person.identity.other",
        zh=listed(
            "人员编号, 人员编码, 人员id, 人员标识, 人员代码, 人员唯一标识, 自然人编号, 自然人标识, 自然人id,",
            "居民编号, 个人id, 个人识别号, 个人标识, 个人唯一标识, 会员号, 会员编号, 会员id, 会员卡号, 客户号,",
            "客户编号, 客户id, 用户编号, 用户编码, 用户标识, 用户唯一标识, 对象编号, 嫌疑人编号, 嫌疑人员编号,",
            "罪犯编号, 犯人编号, 在押人员编号, 社区矫正人员编号, 矫正人员编号, 当事人编号, 受害人编号,",
            "被执行人编号, 被监管人编号, 户主编号, 老人编号, 儿童编号, 残疾人编号, 志愿者id,",
            "纳税人自然人档案号, 个人纳税人识别号, 个人所得税纳税人识别号, 卡号, 市民卡号, 交通卡号, 公交卡号,",
            "公交卡号码, 一卡通卡号, 健康卡号, 敬老卡号, 老年卡号, 持卡人编号, 乘客编号, 乘客id, 旅客编号,",
            "订票人编号, 申请人编号, 申请人id, 求助人编号, 参保人id, 投保人编号, 被保险人编号, 运动员编号,",
            "运动员注册号, 裁判员编号, 学员编号, 信访人编号, 人员序号, 人员档案号, 档案号, 个人档案号,",
            "人事档案号, 档案编号, 社区矫正对象编号, 矫正对象编号, 矫正编号, 安置帮教编号, 吸毒人员编号,",
            "戒毒人员编号, 重点人员编号, 流动人口编号, 暂住人口编号, 参保人员编号, 参保人员ID, 受援人编号,",
            "信访人ID, 客户身份标识, 患者身份标识, 乘车卡号, 储值卡号, 骑行卡号, 公交IC卡号, ETC卡号, ETC编号,",
            "用户卡号, 借书卡号, 门禁卡号, 就餐卡号, 敬老卡编号, 残疾人卡号, 惠民卡号, 自然人编码, 居民标识,",
            "公民标识, 会员标识, 客户唯一标识, 乘客标识, 业主编号, 业主ID, 缴费户号, 用电户号, 用水户号,",
            "燃气户号, 户名编号, 家属用户ID, 用户ID, 人员ID, 居民ID, 老人ID, 儿童ID, 学生家长ID, 客户ID,",
            "会员ID, 患者ID, 乘客ID, 申请人ID, 投诉人ID, 报警人ID, 家属ID, 监护人ID, 户主ID, 租客ID, 村民ID,",
            "志愿者ID, 党员ID, 嫌疑人ID, 当事人ID, 被保险人ID, 参保人ID, 残疾人ID, 司机ID, 车主ID, 收件人ID,",
            "受助人ID, 捐赠人ID, 求职者ID, 家长ID, 老人账户id, 监护人账号, 个人账户ID, 人员档案ID, 回复人ID,",
            "车辆管理人ID, 访客ID, 借款人ID, 联系人ID, 客户ID号, 进件编号",
        ),
        en=listed(
            "person id, person number, personal number, individual id, individual number, respondent id,",
            "participant id, subject id, client id, client number, customer id, customer number, user number,",
            "user id number, member id, member number, offender id, offender number, inmate id, inmate number,",
            "parole number, prisoner number, case person id, resident id, recipient id, beneficiary id,",
            "applicant id, household id, family id, card number, card id, loyalty number, device id,",
            "advertising id, voter id, donor id, passenger id, unique id of person, original household id,",
            "employee reference, person key, pid, adc number, biog id, bioguide id, legislator id",
        ),
        physical=listed(
            "rybh, ryid, personid, person_id, grid_person, hhid, ori_hid, bioguide, bioguide_id, thomas_id,",
            "opensecrets_id, lis_id, cspan_id, govtrack_id, votesmart_id, washington_post_id, icpsr_id,",
            "fec_ids, suspect_code, correct_code, victim_code, party_id, idfa, oaid, openid, unionid, db030,",
            "rb030, serialno, sporder, user_pseudo_id",
        ),
        not_headers=listed(
            "人员类型, 人员类别, 人员状态, 人员数量, 人员身份, person type id, person type,",
            "person type other, 银行卡号, 社保卡号, 医保卡号, 卡类型, 卡状态, IC卡号类型,",
            "用户类型, 档案号段, 客户类型, 客户经理, 用户状态, 人员征缴明细id, 电表用户号,",
            "档案室, SIM卡号, 加油卡号, device type, customer type, 显卡号, 路由器卡号,",
            "单位编号, 企业编号, 机构编号, 车辆编号, 设备编号, 案件编号",
        ),
        examples=Examples(
            headers=("人员编号", "嫌疑人编号", "person_id", "inmateNumber", "bioguide_id", "市民卡号"),
            not_headers=("人员类型", "PERSON_TYPE_ID", "单位编号", "客户类型"),
        ),
    ),
)
