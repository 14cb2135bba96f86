"""Working life: occupation, post, employer and employment status."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, ORGANISATIONS
from classifiers.vocabulary.words import listed, words

OCCUPATIONS = (
    words("occupations")
    | frozenset(word.capitalize() for word in words("occupations"))
    | frozenset(
        listed(
            "Exec-managerial, Prof-specialty, Adm-clerical, Machine-op-inspct, Transport-moving,",
            "Handlers-cleaners, Farming-fishing, Tech-support, Protective-serv, Priv-house-serv, Armed-Forces,",
            "Craft-repair, Other-service",
        )
    )
)
STATUSES = frozenset(
    listed(
        "Private, State-gov, Local-gov, Federal-gov, Self-emp-inc, Self-emp-not-inc, Without-pay,",
        "Never-worked, Govt_job, Never_worked, Self-employed, children, Employed, Unemployed, Retired,",
        "Full-time, Part-time, 在职, 在岗, 离职, 退休, 离休, 待业, 失业, 下岗, 在编, 编外, 聘用, 合同制,",
        "临时, 试用, 试用期, 病休, 停薪留职, 返聘, 借调, 挂职, 辞职, 辞退, 调离, 死亡, 灵活就业, 自主创业,",
        "就业, 未就业, 已就业",
    )
)

CLASSIFIERS = (
    Classifier(
        category="person.work",
        zh=listed(
            "工作情况, 工作经历, 工作简历, 个人简历, 简历, 履历, 工作履历, 从业经历, 职业经历, 就业经历,",
            "工作信息, 业绩, 工作业绩, 主要业绩, 个人业绩, 从业情况, 经歷, 學經歷, 簡歷, 资格名称, 所属系列,",
            "劳动技能情况, 劳动技能, 职业技能, 专业特长, 特长, 个人特长, 劳动能力情况, 技能特长, 就业技能,",
            "技能证书, 技能等级证书, 培训意愿, 创业情况, 创业项目, 论文成果, 科研成果, 荣誉奖励, 奖惩记录,",
            "个人荣誉情况, 任职经历, 社会兼职, 学术兼职, 工作表现, 年度考核等次",
        ),
        en=listed(
            "work history, employment history, resume, cv, curriculum vitae, work experience, career history,",
            "biography, years of experience, skills",
        ),
        physical=listed("gzjl, grjl, jianli, ldjn, bio"),
        not_headers=listed(
            "工作单位, 工作时间, 工作内容, 工作类型, 工作日, 企业简介, 劳动技能培训人数,",
            "项目业绩, 工作进度, 工作年度, biology, 工作电话, 工作地址, 工作状态",
        ),
        examples=Examples(
            headers=("工作经历", "个人简历", "resume", "资格名称"), not_headers=("工作内容", "工作日", "biology")
        ),
    ),
    Classifier(
        category="person.work.occupation",
        zh=listed(
            "职业, 职业类别, 职业代码, 职业名称, 职业分类, 从事职业, 从事工作, 从事行业, 工种, 工种名称,",
            "岗位工种, 从业类别, 从业类型, 从业方式, 所从事职业, 户主职业, 患者职业, 家长职业, 父亲职业,",
            "母亲职业, 职业身份, 职业种类, 就业行业, 从事工种, 作业工种, 务工种类, 职业工种, 報考職業, 職業,",
            "職業別, 就业岗位, 从业岗位, 工作类别, 工作性质, 职业状况, 职业情况, 任教学科, 任教科目, 任教年级,",
            "执业类型, 专业工种, 从业资格类别, 创业类型, 创业项目类型, 从事产业",
        ),
        en=listed(
            "occupation, profession, job, vocation, occupation code, occupation group, line of work, trade,",
            "job type, type of work, job category, work type, occupation category, kind of work,",
            "industry of employment, specialty, specialisation, employment type code, employment type, career,",
            "professional field, worker type, occupational category, occupational code, industry of person",
        ),
        physical=listed(
            "zy, zhiye, zydm, zylb, occup, occ_cd, vocation_code, occp, socp, indp, indp_cat, naicsp,",
            "type_employer, pl050, aac084",
        ),
        not_headers=listed(
            "职业病, 职业病危害, 职业资格, 职业资格证书编号, 职业技能鉴定机构, 职业学校,",
            "职业年金, job number, job id, job status, job name, 职业介绍机构, trade date,",
            "trade amount, trade name, 职业卫生, 作业类型, print job, 工种数量,",
            "medical specialty, trademark, 职业技能培训人数, 作业名称",
        ),
        vocabularies=(Vocabulary("occupations and posts", OCCUPATIONS, 0.6),),
        words=("职业", "occupation"),
        source="GB/T 6565-2015",
        patterns=(CODE,),
        examples=Examples(
            values=("教师", "农民", "Exec-managerial", "驾驶员"),
            not_values=("汉族", "有限责任公司", "12345"),
            headers=("职业", "occupation", "工种", "job"),
            not_headers=("职业病", "job id", "职业资格证书编号"),
        ),
    ),
    Classifier(
        category="person.work.title",
        zh=listed(
            "职务, 职称, 职务职称, 岗位, 岗位名称, 职位, 职位名称, 职务名称, 职务(中文名称), 职级, 职级名称,",
            "级别名称, 职务级别, 职务层次, 行政职务, 行政级别, 现任职务, 任职职务, 拟任职务, 专业技术职务,",
            "专业技术职称, 专业技术资格, 专业技术职务任职资格, 技术职称, 技术等级, 技能等级, 职称级别,",
            "职称等级, 职称系列, 职称名称, 军衔, 警衔, 党内职务, 社会职务, 工作岗位, 任职岗位, 聘用岗位,",
            "岗位类别, 岗位等级, 任职时间, 任职日期, 任职年限, 任职文号, 任职情况, 负责人职务, 法定代表人职务,",
            "联系人职务, 人员身份, 执业类别, 执业范围, 執業科別, 職稱, 職務, 職級, 職位, 任职资格,",
            "现任职务及职级, 拟聘职务, 聘任职务, 聘任职称, 职称资格, 职称取得时间, 评审职称, 技术职务,",
            "警务职务, 岗位职级, 薪级, 职业资格等级, 职业技能等级, 工人技术等级, 社会团体职务, 村干部职务,",
            "军衔等级, 职务类别",
        ),
        en=listed(
            "job title, title, position, post, rank, role, grade, job position, position title,",
            "civil service grade, pay grade, designation, official title, rank of officer, job grade,",
            "position held, appointment, job function, position name, job level, job rank, technical title,",
            "professional title, current position, title name, career level, position title name",
        ),
        physical=listed("zw, zwmc, zc, zhiwu, zhicheng, zj_rank, grade_nm, position_cn, qual_nm, jobtitle, gw_post"),
        not_headers=listed(
            "职称评审单位, 职务犯罪, 岗位数, 岗位数量, 招聘岗位数, title of dataset, book title,",
            "movie title, 岗位职责, 岗位要求, 岗位描述, position id, position x, position type,",
            "地理位置, position code, role id, role name, role type, 岗位人数, 领导职数,",
            "招聘岗位, document title, page title, 任职要求, 招考职位代码, 岗位薪资",
        ),
        vocabularies=(Vocabulary("occupations and posts", OCCUPATIONS, 0.6),),
        words=("职务", "职称", "title"),
        source="GB/T 12403, GB/T 8561",
        patterns=(CODE,),
        examples=Examples(
            values=("副局长", "高级工程师", "四级主任科员"),
            not_values=("汉族", "浙江大学", "A1.5"),
            headers=("职务", "职称", "jobTitle", "专业技术职务", "zw"),
            not_headers=("岗位数量", "book title", "地理位置"),
        ),
    ),
    Classifier(
        category="person.work.employer",
        zh=listed(
            "工作单位, 工作单位名称, 所在单位, 所在单位名称, 就业单位, 就业单位名称, 用人单位, 用人单位名称,",
            "任职单位, 任职机构, 任职企业, 聘用单位, 执业单位, 执业机构, 执业医院, 执业地点, 执业机构名称,",
            "从业单位, 从业单位名称, 服务单位, 服务处所, 服务场所, 现工作单位, 原工作单位, 供职单位, 参保单位,",
            "参保单位名称, 缴费单位, 缴存单位, 缴存单位名称, 受聘企业, 受聘单位, 户主工作单位, 父亲工作单位,",
            "母亲工作单位, 配偶工作单位, 就职单位, 就职公司, 所在部门, 人员所在部门, 所在科室, 用户所在部门,",
            "服務單位, 服務機關, 任職單位, 執業機構, 執業處所, 工作学习单位, 工作或学习单位, 就业、创业单位,",
            "就业创业单位, 就业企业, 就业企业名称, 创业单位, 务工单位, 务工企业, 务工企业名称, 所在企业,",
            "所在公司, 任职部门, 所在机构, 所属单位, 供职机构, 执业律所, 签约单位, 派遣单位, 接收单位,",
            "转移就业企业, 录用单位, 拟录用单位, 退休单位, 原单位, 服务学校, 任教学校, 任教单位",
        ),
        en=listed(
            "employer, employer name, workplace, place of work, company of person, current employer,",
            "work place, employing organisation, firm name of employer, organisation of employment,",
            "place of employment, work location, office of person",
        ),
        physical=listed(
            "gzdw, gzdwmc, working_unit, work_unit, szdw, workunit, service_place, service_addr, employername,",
            "gongzuodanwei, aab004",
        ),
        not_headers=listed(
            "单位名称, 工作单位地址, 工作单位电话, 用人单位数, employer phone,",
            "employer identification number, employer address, 工作单位性质, 参保单位数,",
            "服务处所省市县编码, 服务处所的省市县编码, 所在单位性质, 参保单位编号,",
            "employer contribution, 单位编号",
        ),
        patterns=ORGANISATIONS,
        words=("工作单位", "employer"),
        examples=Examples(
            values=("宁波市市场监督管理局", "数字100科技有限公司", "Acme Widgets Inc"),
            not_values=("已婚", "张伟", "12345"),
            headers=("工作单位", "gzdw", "employer", "就业单位"),
            not_headers=("工作单位地址", "employerPhone", "参保单位数"),
        ),
    ),
    Classifier(
        category="person.work.status",
        zh=listed(
            "就业状态, 就业状况, 就业情况, 从业状况, 从业状态, 在职状态, 在岗状态, 在职情况, 工作状态,",
            "人员状态, 用工形式, 用工性质, 用工类型, 编制情况, 编制类型, 编制性质, 是否在编, 在编情况,",
            "人员性质, 人员编制, 参加工作时间, 参加工作日期, 工作年限, 工龄, 入职日期, 入职时间, 离职日期,",
            "离职时间, 离职原因, 离退休状态, 退休日期, 退休时间, 退休类别, 退休类型, 失业状态, 失业原因,",
            "失业日期, 失业时间, 失业登记日期, 劳动合同类型, 劳动合同起始日期, 劳动合同终止日期, 就业类型,",
            "就业形式, 就业渠道, 就业登记日期, 就业地点, 就业地区, 务工地点, 务工时间, 务工状态, 外出务工情况,",
            "是否外出务工, 是否就业, 求职意向, 是否退休, 人员类别, 人员类型, 人员身份类别, 就業狀態, 在職狀態,",
            "周工作时间, 每周工作小时, 加班时长, 就业意愿, 求职意愿, 稳定就业、创业地域, 就业地域, 就业去向,",
            "就业帮扶情况, 就业状态代码, 是否在职, 是否在岗, 是否离职, 转正日期, 试用期, 试用期月数, 从业年限,",
            "从业时间, 工作年数, 从教年限, 教龄, 执业年限, 连续工龄, 司龄, 驾龄, 首次就业时间, 失业登记原因,",
            "失业登记时间, 解除劳动合同原因, 解除劳动关系日期, 劳动合同期限, 合同到期日期, 劳动合同签订日期,",
            "用工方式, 用工起始日期, 招用方式, 公益性岗位类型, 公益岗位, 创业时间, 务工, 外出务工,",
            "外出务工地点, 外出务工时间, 务工地区, 务工区域, 务工月数, 务工行业, 退休, 退休类型名称, 离休,",
            "提前退休, 退休审批日期, 退休年月, 人员性质类别, 编制, 编制名称, 在编状态, 身份类别, 是否事业编,",
            "入编时间, 聘用日期, 聘用期限, 聘任时间, 借调单位, 挂职时间, 到岗时间, 调入时间, 调出时间, 入伍,",
            "入伍日期, 服役年限, 进本单位时间, 进单位时间, 来院时间, 上岗时间, 上岗日期, 现岗位时间,",
            "任现职时间, 任现职级时间, 入司时间, 入行时间",
        ),
        en=listed(
            "employment status, employment status other, work status, workclass, class of worker, working,",
            "hours per week, hr per week, hours worked, hours worked per week, full time, part time, employed,",
            "unemployed, labor force status, labour force status, hire date, hired date, termination date,",
            "rehire, do not rehire flag, retirement date, years of service, length of service, tenure,",
            "employment duration, present employment since, economic status,",
            "self defined current economic status, contract type of employee, employment contract, seniority,",
            "job status, date of hire, activity status, entry date of employee, join date, joining date,",
            "date joined, leave date, resign date, resignation date, probation, retire date, work years,",
            "working years, years worked, unemployment reason, reason for leaving, last working day,",
            "contract end date of employee, days employed, attrition, shift",
        ),
        physical=listed(
            "jyzk, zzzt, bzlx, bzqk, bojob_state, gl_work, ygxs, pl030, pl031, esr, wkhp, cow, empstat,",
            "donot_rehire_flag, workhours, ryzt, rylx, rylb",
        ),
        not_headers=listed(
            "就业人数, 就业率, 失业人数, 失业率, 从业人数, 从业人员数, 退休人数, 工作日期,",
            "离职率, 工作状态码, 设备工作状态, 工作时间安排, 营业状态, 在职人数, 在岗人数,",
            "职工人数, 失业保险人数, unemployment rate, employment count, employment rate,",
            "number of employed, 编制人数, 编制数, working capital, working pressure",
        ),
        vocabularies=(Vocabulary("employment statuses", STATUSES, 0.6),),
        patterns=(CODE,),
        examples=Examples(
            values=("Self-emp-not-inc", "在职", "Govt_job"),
            not_values=("汉族", "男", "有限责任公司"),
            headers=("就业状态", "workclass", "employmentStatus", "hours-per-week", "编制类型"),
            not_headers=("就业率", "失业人数", "从业人数"),
        ),
    ),
)
