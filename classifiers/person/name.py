"""Names of people: the person a row is about, the one who answers for a body, and the official who handled it."""

from classifiers.classifier import Classifier, Examples
from classifiers.vocabulary.shapes import CHINESE_NAMES, LATIN_WORD, NAMES, ONE_LATIN_NAME
from classifiers.vocabulary.words import listed

NOT_NAMES = listed(
    "企业名称, 单位名称, 机构名称, 项目名称, 公司名称, 学校名称, 药品名称, 商品名称, 姓名拼音码,",
    "姓名是否公开, 名称, 名额, 名次, 排名, 命名, 报名时间, 报名日期, file name, company name,",
    "product name, no name provided, name type, user name, username, last name lookup, hostname,",
    "table name, 联系人电话, 联系人手机, 负责人电话, 申请人类型, 申请人数, 申请人类别, 当事人类型,",
    "当事人编号, 负责人证件号码, 名单类型, 人名币",
)

CLASSIFIERS = (
    Classifier(
        category="person.name",
        zh=listed(
            "姓名, 名字, 人名, 真实姓名, 中文姓名, 英文姓名, 英文名, 外文名, 外文姓名, 外文姓, 姓, 曾用名,",
            "别名, 绰号, 姓名拼音, 人员姓名, 个人姓名, 本人姓名, 学生姓名, 患者姓名, 病人姓名, 当事人姓名,",
            "当事人, 申请人, 申请人姓名, 联系人, 联系人姓名, 户主, 户主姓名, 房主, 房主姓名, 业主, 业主姓名,",
            "权利人, 权利人姓名, 产权人, 产权人姓名, 所有人, 车主, 车主姓名, 机主, 驾驶人, 驾驶人姓名,",
            "驾驶员姓名, 持证人, 持证人姓名, 收件人, 寄件人, 收货人, 收款人, 付款人, 缴费人, 交款人, 承租人,",
            "承租人姓名, 出租人, 被执行人, 被执行人姓名, 委托人, 受托人, 代理人, 受益人, 投保人, 参保人,",
            "参保人姓名, 被保险人, 被保险人姓名, 死者姓名, 逝者姓名, 受害人, 嫌疑人, 嫌疑人姓名, 罪犯姓名,",
            "原告, 被告, 原告姓名, 被告姓名, 证人, 借款人, 担保人, 举报人, 举报联系人, 投诉人, 投诉人姓名,",
            "信访人, 来访人, 来信人, 报警人, 报案人, 获奖人, 获奖者, 获奖人员, 持卡人, 考生姓名, 考生,",
            "参赛人员, 报考人, 录取学生, 会员姓名, 用户姓名, 客户姓名, 救助对象, 低保对象, 保障对象,",
            "救助人姓名, 残疾人姓名, 老人姓名, 儿童姓名, 新生儿姓名, 婴儿姓名, 孕妇姓名, 产妇姓名, 优抚对象,",
            "服务对象姓名, 管控人姓名, 矫正对象, 志愿者姓名, 捐赠人, 男方姓名, 女方姓名, 甲方姓名, 乙方姓名,",
            "候选人, 拟录用人员, 拟聘人员, 公示人员, 护理人姓名, 发明人, 设计人, 专利权人姓名, 作者, 译者,",
            "专家姓名, 导师姓名, 工作人员姓名, 党员姓名, 干部姓名, 议员姓名, 議員姓名, 聯絡人, 聯絡人姓名,",
            "申請人, 申請人姓名, 負責醫師, 被保險人, 投保人姓名, 權利人, 學生姓名, 患者, 病人",
        ),
        en=listed(
            "name, full name, first name, last name, middle name, maiden name, given name, family name,",
            "surname, forename, suffix, name suffix, person name, patient name, student name, customer name,",
            "contact person, contact name, owner name, applicant name, applicant, owner, beneficiary name,",
            "member name, nickname, alias, preferred name, legal name, author, candidate name, candidate,",
            "defendant, plaintiff, victim name, suspect name, offender name, inmate name, taxpayer name,",
            "resident name, tenant name, passenger name, driver name, witness, initials, deceased name,",
            "insured name, person",
        ),
        physical=listed(
            "xm, xingming, fname, lname, mname, real_name, truename, cname, ename, pname, ballotpedia_id,",
            "wikipedia_id",
        ),
        not_headers=NOT_NAMES,
        patterns=(
            *NAMES,
            ONE_LATIN_NAME,
            LATIN_WORD,
        ),
        presidio="PERSON",
        source="surnames of the Hundred Family Surnames and the 2020 census",
        examples=Examples(
            values=("王秀英", "欧阳明月", "张**", "李*", "买买提·艾合买提", "John Smith", "Brown, Sherrod", "曾鈺成"),
            not_values=("高中", "温州市", "海曙区", "安全生产", "ACME Ltd", "13800138000", "经营范围"),
            headers=("姓名", "学生姓名", "xm", "first_name", "FIRST_NAME", "full name"),
            not_headers=("企业名称", "项目名称", "file_name", "报名时间"),
        ),
    ),
    Classifier(
        category="person.name.legal-representative",
        zh=listed(
            "法定代表人, 法定代表人姓名, 法人代表, 法人代表姓名, 法人, 法人姓名, 企业法人, 企业法人姓名,",
            "单位法人, 法定负责人, 法定代表人或负责人, 法定代表人或者负责人姓名, 法定代表人经营者姓名,",
            "法定代表人(负责人), 法人(负责人), 负责人, 负责人姓名, 单位负责人, 企业负责人, 机构负责人,",
            "主要负责人, 主要负责人姓名, 投资人, 投资人姓名, 经营者, 经营者姓名, 业户姓名, 执行事务合伙人,",
            "执行合伙人, 合伙人姓名, 股东姓名, 自然人股东, 发起人姓名, 实际控制人, 董事长姓名, 校长, 校长姓名,",
            "院长, 院长姓名, 园长, 园长姓名, 代表人, 代表人姓名, 负責人, 負責人, 負責人姓名, 登記負責人,",
            "项目负责人, 项目经理姓名, 安全负责人, 财务负责人, 消防安全责任人, 消防安全管理人, 质量负责人,",
            "企业联系人, 企业联系人姓名, 单位联系人, 责任人, 责任人姓名",
        ),
        en=listed(
            "legal representative, legal person, corporate representative, principal, owner operator,",
            "director name, chief executive, ceo, responsible person, person in charge, registered agent,",
            "proprietor, shareholder name, headmaster, president name, managing director,",
            "authorised signatory, authorized signatory, chairman",
        ),
        physical=listed(
            "fddbr, fddbrxm, frdb, frxm, legal_repre, legal_rep, legal_per, legalperson_name, legal_represent,",
            "artificial_person",
        ),
        not_headers=listed(
            "法定代表人证件类型, 法定代表人证件号码, 法定代表人身份证号, 法定代表人标志,",
            "法人类型, 法人单位, 法人单位名称, 法人库, 法人证件类型, 负责人电话, 负责人联系电话,",
            "法人电话, 企业法人营业执照, 事业单位法人证书, 法定代表人国籍, 法人统一社会信用代码,",
            "投资人类型, legal person type, 经营者类型, 责任人数, 负责人职务, 校长电话",
        ),
        patterns=(*CHINESE_NAMES, *NAMES[3:]),
        examples=Examples(
            values=("王建国", "诸葛亮", "刘*", "James Wilson"),
            not_values=("有限公司", "批发业", "90%", "已注销"),
            headers=("法定代表人", "法定代表人姓名", "法人代表", "fddbr", "legal representative"),
            not_headers=("法定代表人证件类型", "法人单位名称", "法定代表人标志"),
        ),
    ),
    Classifier(
        category="person.name.staff",
        zh=listed(
            "经办人, 经办人姓名, 承办人, 承办人姓名, 执法人员, 执法人员姓名, 主办人员, 协办人员, 审核人,",
            "审核人员, 审核人姓名, 审批人, 审批人员, 录入人, 录入人员, 录入人姓名, 填表人, 填报人, 填报人姓名,",
            "制表人, 操作员姓名, 操作人姓名, 登记人, 登记人员, 受理人, 受理人员, 受理人姓名, 办理人, 办理人员,",
            "办案人, 办案人员, 签发人, 核准人, 复核人, 检查人, 检查人员, 检查人员姓名, 检验人, 检测人员,",
            "抽样人, 验收人, 帮扶人, 帮扶人姓名, 帮扶责任人, 帮扶干部, 包保责任人, 包联干部, 主治医生,",
            "主治医师, 医生姓名, 医师姓名, 接诊医生, 接种医生, 责任医生, 家庭医生, 签约医生, 护士姓名,",
            "开单医生, 报告医生, 手术医生, 麻醉医师, 教师姓名, 班主任, 班主任姓名, 任课教师, 指导教师,",
            "监考教师, 民警, 民警姓名, 责任民警, 社区民警, 管片民警, 主办民警, 主办检察官, 承办法官, 审判长,",
            "审判员, 法官, 书记员, 调解员, 调解员姓名, 公证员, 网格员, 网格员姓名, 网格长, 楼栋长, 驻村干部,",
            "第一书记, 河长, 河长姓名, 林长, 路长, 田长, 湾长, 巡河人员, 巡查员, 巡查人员, 管护员, 护林员,",
            "管理员姓名, 值班人员, 值班人, 采集人, 采集人员, 调查人, 调查员, 测量员, 评估人, 评估师, 评审人,",
            "评审专家, 监督员, 监督人员, 监督人, 联络员, 联络员姓名, 发布人, 编辑人, 创建人姓名, 修改人姓名,",
            "更新人姓名, 提交人姓名, 上报人, 报告人, 报告人姓名, 记录人, 质控人, 治保负责人, 治保负责人姓名,",
            "治安责任人, 治安责任人姓名, 安全保卫责任人, 安全保卫责任人姓名, 分管安全保卫责任人姓名,",
            "管理人姓名, 督办人, 督导员, 转办人, 分派人, 处理人, 处置人, 工程师姓名, 监理, 总监姓名",
        ),
        en=listed(
            "authorized by, approved by, witnessed by, handled by, reviewed by, inspected by, assigned to,",
            "officer name, inspector, inspector name, investigator, case worker, caseworker, case manager,",
            "provider name, physician name, attending physician, doctor name, doctor, surgeon, nurse name,",
            "teacher, teacher name, instructor, supervisor, supervisor name, clerk name, judge, judge name,",
            "agent name, operator name, staff name, employee name, manager name, referring physician,",
            "prescriber, analyst",
        ),
        physical=listed(
            "jbr, cbr, lrr, shr, spr, zxjg_jbr, handler, punish_personnel_name, helper_name, supervisor_name,",
            "wesson",
        ),
        not_headers=listed(
            "执法人员证件编号, 执法人员证号, 经办人电话, 审核人编号, 审核时间, 检查人员数量,",
            "执法人员数量, 检查人数, 操作人员数, 经办机构, 经办部门, 承办单位, 审批部门,",
            "受理部门, 办理时限, 录入时间, 帮扶人联系方式, supervisor phone, judge id, 教师人数,",
            "教师编号",
        ),
        patterns=NAMES,
        examples=Examples(
            values=("赵勇", "吴淑华", "司马青", "Mary Johnson"),
            not_values=("公安局", "三年级", "2020-01-01", "已审批"),
            headers=("经办人", "执法人员姓名", "审核人姓名", "authorized_by", "attending physician"),
            not_headers=("执法人员证件编号", "经办机构", "审核时间"),
        ),
    ),
)
