"""What a body is: kind, size, industry, scope, capital, state, standing."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE
from classifiers.vocabulary.words import listed, words

CLASSIFIERS = (
    Classifier(
        category="organisation",
        zh=listed("企业信息, 单位信息, 机构信息, 企业基本情况, 单位概况, 企业简况"),
        en=listed("organisation details, company details, company profile, organisation"),
        physical=listed("qyxx, dwxx"),
        not_headers=listed("企业信息公示系统, 信息来源, 企业信用信息公示系统网址, organisation name"),
        examples=Examples(headers=("企业信息", "company details"), not_headers=("信息来源", "organisation name")),
    ),
    Classifier(
        category="organisation.type",
        zh=listed(
            "企业类型, 企业类型大类, 企业类型(中文), 企业性质, 企业类别, 企业规模, 企业个体标志, 单位类型,",
            "单位类别, 单位性质, 单位规模, 公司类型, 公司性质, 机构类型, 机构类别, 机构性质, 机构级别,",
            "机构等级, 机构分类, 组织类型, 组织形式, 组成形式, 社会组织类型, 社会组织类别, 主体类型,",
            "市场主体类型, 法人类型, 法人类别, 经济类型, 经济性质, 登记注册类型, 注册类型, 所有制, 所有制形式,",
            "所有制性质, 隶属关系, 经营性质, 经营类型, 经营方式, 经营模式, 业态, 学校类型, 学校类别,",
            "学校办学类型, 办学类型, 办学性质, 办学层次, 学校性质, 医院等级, 医院级别, 医院类型, 医疗机构类别,",
            "医疗机构等级, 医疗机构级别, 用户性质, 用地单位性质, 行政相对人类型, 行政相对人类别, 相对人类型,",
            "当事人类型, 申请人类型, 纳税人类型, 纳税人性质, 电商类型, 网站网店类型, 网络交易平台运营类型,",
            "资质等级, 资质类型, 资质类别, 资质名称, 信用主体类型, 被执行人性质, 客户类型, 投资人类型,",
            "股东类型, 機構類別, 公司型態, 醫院評鑑等級, 權屬別, 型態別, 特約類別, 组织机构类型, 企业控股情况,",
            "国有企业标识, 是否上市, 是否高新技术企业, 是否个转企, 高新技术企业类型",
        ),
        en=listed(
            "organisation type, organization type, company type, business type, entity type, institution type,",
            "school type, hospital type, facility type, legal form, ownership, ownership type,",
            "type of organisation, company size, firm size, agency type, provider type, establishment type,",
            "legal structure, sector, public private, corporate form, school level type, nonprofit type,",
            "customer type, vendor type",
        ),
        physical=listed(
            "qylx, qyxz, dwlx, dwlb, dwxz, jglx, jjlx, zzxs, comp_type, compform, entity_type, unit_propr,",
            "socialorgan_type, school_type, user_nature, comp_indi_mark, djzclx, ecom_type, web_store_type,",
            "admin_cp_type, yydj",
        ),
        not_headers=listed(
            "证件类型, 企业类型数量, 隶属关系单位, 企业名称, facility type id, person type,",
            "经营方式备注, 经营场所, ownership date",
        ),
        vocabularies=(Vocabulary("kinds of organisation", words("organisation_kinds"), 0.7),),
        source="国统字〔2011〕86号, GB/T 20091-2021",
        patterns=(CODE,),
        examples=Examples(
            values=("有限责任公司(自然人投资或控股)", "个体工商户", "事业单位"),
            not_values=("汉族", "张伟", "开业"),
            headers=("企业类型", "单位性质", "机构类别", "organization_type", "学校办学类型"),
            not_headers=("企业名称", "证件类型"),
        ),
    ),
    Classifier(
        category="organisation.staff",
        zh=listed(
            "从业人数, 从业人员, 从业人员数, 从业人员数量, 职工人数, 职工总数, 员工人数, 员工数, 员工总数,",
            "企业员工数, 企业人数, 单位人数, 用工人数, 在职人数, 在编人数, 在岗人数, 编制数, 编制人数,",
            "行政编制数, 事业编制数, 工勤编制数, 行政实际数, 事业实际数, 工勤实际数, 行政单列数, 事业单列数,",
            "工勤单列数, 核定编制数, 实有人数, 领导职数, 教职工数, 教职工人数, 教师人数, 专任教师数, 教师数,",
            "医生人数, 医师数, 护士人数, 卫生技术人员数, 执业医师数, 注册护士数, 床位数, 编制床位数,",
            "开放床位数, 在校学生人数, 在校生数, 在校学生数, 学生人数, 学生总数, 在园幼儿数, 党员人数,",
            "中共党员数量, 共青团团员数量, 工会会员数量, 妇女数量, 安全保卫人数, 保安人数, 专职人员数,",
            "参保人数, 养老保险人数, 医疗保险人数, 失业保险人数, 工伤保险人数, 生育保险人数, 单位缴存人数,",
            "缴存人数, 缴费人数, 人员规模, 人数规模, 残疾职工人数, 退休职工人数, 会员数, 会员单位数, 股东人数,",
            "执业人员数, 技术人员数, 研发人员数, 員工人數, 醫師人數, 護理人員數, 病床數, 學生人數, 教師人數,",
            "党组织数量, 招聘人数, 执法人员数",
        ),
        en=listed(
            "number of employees, employees, employee count, headcount, staff count, number of staff,",
            "workforce, staff size, number of teachers, number of doctors, number of nurses, number of beds,",
            "bed count, enrollment, enrolment, number of students, student count, fte, full time equivalent,",
            "company headcount, total enrollment, beds, personnel count, employee number total,",
            "employees number, total employees, employee num",
        ),
        physical=listed(
            "cyrs, zgrs, ygrs, employee_num, entity_num, school_num, pens_num, medic_num, unemploy_num,",
            "injury_num, materni_num, pay_pers_num, organ_num, union_num, womenfeder_num, youthleague_num,",
            "guard_num, xz_plan_num, sy_plan_num, gq_plan_num, xz_real_num, sy_real_num, gq_real_num,",
            "xz_lone_num, sy_lone_num, gq_lone_num, ldzs, zxxsrs, emp_cnt, cbrs",
        ),
        not_headers=listed(
            "从业人数是否公示, 家庭人口数, 户数, 人口数, employee id, staff id, 人员编号,",
            "就诊人数, employee name, employee number, 招聘岗位, 受益人数, staff name",
        ),
        examples=Examples(
            headers=("从业人数", "养老保险人数", "在校学生人数", "number of employees", "床位数"),
            not_headers=("从业人数是否公示", "家庭人口数", "employee_id"),
        ),
    ),
    Classifier(
        category="organisation.industry",
        zh=listed(
            "行业, 行业名称, 行业代码, 行业类别, 行业类型, 行业分类, 行业门类, 行业大类, 行业中类, 行业小类,",
            "所属行业, 所属行业名称, 所属行业代码, 国民经济行业, 国民经济行业分类, 国民经济行业代码, 主营行业,",
            "主要行业, 产业, 产业类型, 产业类别, 产业分类, 所属产业, 行业代码(中文), 主导产业, 经营行业,",
            "行業別, 行業類別, 行業名稱, 產業類別, 行业领域, 所属领域, 领域分类, 行业性质",
        ),
        en=listed(
            "industry, industry code, industry name, sector, naics, naics code, sic, sic code, nace,",
            "business sector, industry classification, line of business, industrial sector, economic activity,",
            "isic",
        ),
        physical=listed(
            "hydm, hymc, hylb, hyfl, indv_code, indv_id, indv_nm, sshy, naics_cd, sic_cd, industryco,",
            "industryphy",
        ),
        not_headers=listed(
            "行业协会, 行业主管部门, 产业园, 产业园区, 产业扶持项目, 产业基地, 行业标准,",
            "就业行业, industry average, 从事行业, 产业链, 行业主管单位, 产业集群名称, 行业监管",
        ),
        vocabularies=(
            Vocabulary(
                "industries",
                frozenset(
                    listed(
                        "农、林、牧、渔业, 农林牧渔业, 采矿业, 制造业, 电力、热力、燃气及水生产和供应业,",
                        "建筑业, 批发和零售业, 批发业, 零售业, 交通运输、仓储和邮政业, 住宿和餐饮业, 餐饮业,",
                        "住宿业, 信息传输、软件和信息技术服务业, 软件和信息技术服务业, 金融业, 房地产业,",
                        "租赁和商务服务业, 科学研究和技术服务业, 水利、环境和公共设施管理业,",
                        "居民服务、修理和其他服务业, 教育, 卫生和社会工作, 文化、体育和娱乐业,",
                        "公共管理、社会保障和社会组织, 国际组织, 服务业, 商务服务业, 第一产业, 第二产业,",
                        "第三产业, Manufacturing, Retail, Construction, Finance, Agriculture, Education,",
                        "Healthcare, Transportation, Mining, Utilities",
                    )
                ),
                0.7,
            ),
        ),
        source="GB/T 4754-2017",
        patterns=(CODE,),
        examples=Examples(
            values=("制造业", "批发和零售业", "Construction"),
            not_values=("汉族", "张伟", "有限责任公司"),
            headers=("行业代码", "所属行业", "industry", "naics_code"),
            not_headers=("行业协会", "行业标准"),
        ),
    ),
    Classifier(
        category="organisation.scope",
        zh=listed(
            "经营范围, 业务范围, 业务范围及职责, 经营业务, 主营业务, 主营产品, 主要产品, 主要业务,",
            "主要业务活动, 主要职责, 职责, 单位职责, 机构职责, 职能, 主要职能, 部门职责, 职责范围, 职责任务,",
            "许可范围, 经营项目, 许可经营项目, 一般经营项目, 兼营范围, 资质范围, 服务范围, 服务项目, 服务内容,",
            "诊疗科目, 诊疗范围, 生产范围, 检测范围, 检验范围, 办学内容, 培训内容, 主营, 宗旨和业务范围, 宗旨,",
            "企业简介, 公司简介, 单位简介, 机构简介, 医院简介, 学校简介, 简介, 機構簡介, 營業項目, 營業範圍,",
            "服務項目, 診療科別, 宣传口号, 内设机构职责, 科室设置, 诊疗科目设置, 专业设置, 开设课程, 服务设施,",
            "配套设施",
        ),
        en=listed(
            "business scope, scope of business, scope, business activities, main business, services offered,",
            "mission, mission statement, line of products, main products, services, about company,",
            "organisation description, company description, responsibilities",
        ),
        physical=listed("jyfw, ywfw, opt_scop, zyyw, zyzz, jyxm, business_scope, opscope, zlkm"),
        not_headers=listed(
            "经营范围是否变更, 主营业务收入, 其中主营业务收入, 服务范围半径, 岗位职责, 项目简介,",
            "产品简介, scope id, microscope, 服务内容反馈, 服务项目收费",
        ),
        examples=Examples(
            headers=("经营范围", "主要职责", "诊疗科目", "business scope"),
            not_headers=("主营业务收入", "岗位职责", "microscope"),
        ),
    ),
    Classifier(
        category="organisation.capital",
        zh=listed(
            "注册资本, 注册资金, 注册资本(万元), 注册资本(资金数额), 注册资金(万元), 开办资金, 实收资本,",
            "实缴资本, 认缴资本, 认缴金额, 认缴出资额, 实缴出资额, 实缴金额, 累计认缴额, 累计实缴额, 出资额,",
            "出资金额, 出资比例, 持股比例, 股权比例, 变更前股权比例, 变更后股权比例, 股份数, 股本, 股本总额,",
            "投资总额, 原始基金数额, 总资本, 注册资本币种, 资本额, 資本額, 資本總額, 實收資本額, 登記資本額,",
            "投资比例, 参股比例, 持股数",
        ),
        en=listed(
            "registered capital, paid up capital, paid in capital, share capital, capital, authorised capital,",
            "equity stake, shareholding, shareholding ratio, contribution amount, capital amount,",
            "stock ownership, shares held, paid up",
        ),
        physical=listed(
            "zczb, zczj, reg_capt, regcap, sjzb, sszb, rjcze, sjcze, cumula_paid_amt, cumula_sub_amt,",
            "transampr_bf, transampr_af, paid_amt, subscrip_amt, kbzj, cgbl, paid_up_capital",
        ),
        not_headers=listed(
            "注册资本变更日期, capital city, capital gain, capital loss, 资本市场, 社会资本方,",
            "实缴出资日期, 认缴出资日期, 资金来源, capital expenditure, 人力资本,",
            "capital project, 注册资本币别",
        ),
        examples=Examples(
            headers=("注册资本", "实缴出资额", "股权比例", "registered capital"),
            not_headers=("实缴出资日期", "capital-gain", "capital city"),
        ),
    ),
    Classifier(
        category="organisation.status",
        zh=listed(
            "经营状态, 登记状态, 登记状态(中文), 企业状态, 营业状态, 营业状况, 营运状况, 经营状况, 存续状态,",
            "开业状态, 市场主体状态, 主体状态, 纳税人状态, 单位状态, 机构状态, 注销状态, 吊销状态, 运营状态,",
            "生产状态, 企业经营状态, 法人状态, 社会组织状态, 注销原因, 吊销原因, 異動狀態, 公司狀態, 營業狀態,",
            "現況, 是否注销, 是否停业, 是否吊销",
        ),
        en=listed(
            "business status, company status, operating status, registration status, organisation status,",
            "entity status, operational status, in business, facility status, establishment status,",
            "institution status, biz status, enterprise status, store status, license status of organisation,",
            "firm status",
        ),
        physical=listed(
            "jyzt, djzt, yyzt, qyzt, opt_stat, reg_state, regstate, entstatus, tax_payer_state, comp_status"
        ),
        not_headers=listed(
            "注销日期, 吊销日期, 状态, 订单状态, 人员状态, status id, 设备运行状态, 参保状态,",
            "account status, marital status, employment status, 设备状态, 登记状态时间",
        ),
        vocabularies=(Vocabulary("business states", words("business_states"), 0.8),),
        patterns=(CODE,),
        examples=Examples(
            values=("在业", "注销", "存续(在营、开业、在册)"),
            not_values=("汉族", "有限责任公司", "未婚"),
            headers=("经营状态", "登记状态", "company status", "营运状况"),
            not_headers=("注销日期", "参保状态"),
        ),
    ),
    Classifier(
        category="organisation.credit",
        zh=listed(
            "信用等级, 企业信用等级, 信用评价, 信用评价等级, 信用评级, 企业信用评级, 企业信用评价, 信用评分,",
            "信用得分, 企业信用分, 纳税信用等级, 纳税信用级别, 环保信用等级, 环境信用等级, 诚信等级, 信用分类,",
            "信用分级, 信用风险等级, 监管等级, 风险等级, 风险级别, 食品安全等级, 量化等级, 量化分级, 卫生等级,",
            "安全生产标准化等级, 红黑名单类型, 黑名单类型, 红名单, 荣誉名称, 荣誉称号, 获奖名称, 表彰名称,",
            "资信等级, 失信等级, 评价等级, 考核等级, 信用修复状态, 列入异常名录原因, 列入经营异常名录原因,",
            "移出原因, 列入严重违法失信名单原因, 经营异常原因, 評鑑結果, 評鑑等第, 企业荣誉, 评定等级, 星级,",
            "A级纳税人, 评级结果, 检查评分, 企业风险等级, 供应商等级, 供应商评级, 企业评级, 企业评分,",
            "履约评价, 履约信用等级, 评估结果, 失信严重程度, 严重违法失信原因, 经营风险等级, 税务风险等级,",
            "环境风险等级",
        ),
        en=listed(
            "company credit rating, business credit rating, credit grade of organisation, credit evaluation,",
            "inspection grade, rating of establishment, risk category of facility, star rating,",
            "inspection score, accreditation status, safety rating, hospital rating, overall rating,",
            "food hygiene rating, compliance status",
        ),
        physical=listed("xydj, xypj, nsxydj, credit_rating, hjxydj, pjdj, a_level, grade_inspection"),
        not_headers=listed(
            "统一社会信用代码, 个人信用分, 信用卡号, 信用社, credit card number,",
            "失信被执行人行为情况, credit history, 评价时间, 危险性评估等级, 用户评分",
        ),
        examples=Examples(
            headers=("企业信用等级", "纳税信用等级", "inspection grade", "风险等级"),
            not_headers=("统一社会信用代码", "credit history"),
        ),
    ),
    Classifier(
        category="organisation.penalty",
        zh=listed(
            "行政处罚, 行政处罚内容, 行政处罚类型, 处罚内容, 处罚类别, 处罚类别1, 处罚类别2, 处罚种类,",
            "处罚决定种类, 处罚事由, 处罚原因, 处罚依据, 处罚结果, 处罚类型, 处罚行为名称, 处罚名称, 处罚金额,",
            "罚款金额, 罚款金额(万元), 罚没金额, 没收金额, 没收违法所得金额, 没收非法财物金额,",
            "没收违法所得没收非法财物的金额, 滞纳金额, 滞纳金, 暂扣或吊销证照名称及编号, 违法事实,",
            "主要违法事实, 违法行为, 违法行为类型, 违法行为描述, 违法依据, 违法情形, 违法类型, 违法事由,",
            "违规行为, 违规情况, 违规事实, 撤销处罚的原因说明, 处罚撤销原因, 整改情况, 整改要求, 整改措施,",
            "整改结果, 整改期限, 隐患类型, 隐患描述, 隐患等级, 隐患内容, 安全隐患类型, 安全隐患, 问题描述,",
            "存在问题, 不合格项目, 不合格原因, 欠税税种, 欠税余额, 欠税金额, 累计欠税余额, 许可内容, 许可事项,",
            "行政许可内容, 处理决定, 处理依据, 处罚, 責罰內容, 違反法規, 裁罰金額, 裁處金額, 違反事實,",
            "處分理由, 處分金額, 違規事實, 检查结果, 检查发现问题, 执法结果, 处罚情况, 处罚信息, 抽查结果,",
            "强制措施内容, 行政处罚决定内容, 处罚决定内容, 处罚决定, 案件处理结果, 存在问题说明, 整改意见,",
            "责令改正内容, 检查问题, 检查意见, 违规内容, 不合格指标, 欠税原因, 欠薪金额, 拖欠工资金额,",
            "拖欠工资人数",
        ),
        en=listed(
            "penalty on an organisation, penalty type, penalty reason, penalty basis, enforcement action,",
            "violation of organisation, violations, violation description of establishment, violation type,",
            "violation category, fine of company, settlement amount, inspection result, inspection results,",
            "inspection finding, corrective action, noncompliance, infringement, administrative penalty,",
            "penalty content, deficiency, citation of facility, critical flag",
        ),
        physical=listed(
            "cfnr, cfsy, cfyj, cfjg_result, cflx, cfzl, wfss, wfyj, wfxw, punish_content, punish_type,",
            "punish_basis, punish_rea, punish_result, punish_action_name, illegal_fact, illegal_basis,",
            "confiscate_illegal_incom, confiscate_illegal_asset, fine_amt, overdue_amt, cutreason,",
            "hazard_type, safetrouble_type, lic_item, own_tax_type, cumu_own_amt, fkje_corp, xkxs, xknr",
        ),
        not_headers=listed(
            "处罚机关, 处罚日期, 处罚时间, 处罚决定日期, 处罚文号, 行政处罚决定书文号,",
            "处罚决定文书号, 处罚案件编号, 行政处罚文号, 处罚机关代码, 处罚有效期, 违法犯罪情况,",
            "违法犯罪记录, fine particles, 违法时间, penalty date, inspection date, 许可机关,",
            "许可证号, 违法记分, 处罚截止日期, 交通违法行为, 违法所得收入",
        ),
        examples=Examples(
            headers=("处罚事由", "违法事实", "处罚依据", "许可内容", "violations"),
            not_headers=("处罚机关", "处罚日期", "违法犯罪记录"),
        ),
    ),
)
