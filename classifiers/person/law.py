"""Offences, penalties and supervision of people."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, YES_NO
from classifiers.vocabulary.words import listed

OFFENCES = frozenset(
    listed(
        "盗窃罪, 诈骗罪, 故意伤害罪, 交通肇事罪, 危险驾驶罪, 抢劫罪, 强奸罪, 寻衅滋事罪, 开设赌场罪,",
        "贩卖毒品罪, 职务侵占罪, 贪污罪, 受贿罪, 行贿罪, 挪用公款罪, 非法经营罪, 妨害公务罪, 敲诈勒索罪,",
        "故意杀人罪, 合同诈骗罪, 赌博罪, 容留他人吸毒罪, 非法吸收公众存款罪, 帮助信息网络犯罪活动罪, 缓刑,",
        "假释, 管制, 拘役, 有期徒刑, 无期徒刑, 死刑, 社区矫正, 暂予监外执行, 刑满释放, 有期徒刑一年,",
        "有期徒刑二年, 有期徒刑三年, 社区戒毒, 社区康复, 强制隔离戒毒, 拘留, 逮捕, 取保候审, 监视居住,",
        "吸毒, 有前科, 无前科, 盗窃, 诈骗, 抢劫, Felony, Misdemeanor, Assault, Burglary, Theft, Robbery,",
        "Homicide",
    )
)

CLASSIFIERS = (
    Classifier(
        category="person.legal",
        zh=listed(
            "司法情况, 涉法情况, 诉讼情况, 诉讼地位, 案由, 法律援助类型, 法律援助事由, 是否涉诉, 涉诉信息,",
            "涉案情况, 调解结果, 纠纷类型, 纠纷情况, 纠纷原因, 判决结果, 裁判结果, 当事人诉讼地位, 仲裁请求,",
            "案情, 案情介绍, 案情简介, 案情摘要, 简要案情, 报警内容, 警情类别, 诉讼请求, 诉讼标的, 上诉理由,",
            "判决内容, 判决主文, 调解协议内容, 仲裁结果, 矛盾纠纷类型, 矛盾纠纷情况, 涉法涉诉, 纠纷, 纠纷类别,",
            "纠纷起因, 法律援助, 援助事项, 援助结果, 警情, 警情内容, 警情类型, 报警类型, 案件性质, 立案案由,",
            "刑事案由, 民事案由, 遗嘱, 公证事项",
        ),
        en=listed(
            "litigation, lawsuit, court case of person, charge status, case disposition, custody status,",
            "bail amount, bond amount, verdict",
        ),
        physical=listed("ay_case, ssdw_legal, case_desc"),
        not_headers=listed(
            "司法局, 司法所, 案件编号, 法律法规, legal basis, 法律依据, 案件类型, 诉讼费,",
            "诉讼费用, legal status of organisation, 案件来源",
        ),
        examples=Examples(
            headers=("案由", "法律援助事由", "custody status", "案情简介"),
            not_headers=("司法局", "法律依据", "案件编号"),
        ),
    ),
    Classifier(
        category="person.legal.criminal-record",
        zh=listed(
            "违法犯罪记录, 违法犯罪情况, 违法犯罪信息, 违法记录, 违法情况, 犯罪记录, 犯罪情况, 犯罪情况说明,",
            "犯罪类型, 犯罪史, 是否有犯罪史, 前科, 前科情况, 前科劣迹, 是否违法犯罪, 是否惯犯, 是否是惯犯,",
            "是否重新犯罪, 罪名, 原罪名, 具体罪名, 重新犯罪罪名, 涉嫌罪名, 案件罪名, 刑期, 原判刑期, 刑罚,",
            "刑罚种类, 原判刑罚, 判刑日期, 判刑时间, 原判刑开始日期, 原判刑结束日期, 刑满日期, 刑释日期,",
            "释放日期, 释放结束日期, 释放原因, 服刑场所, 服刑地点, 羁押场所, 原羁押场所, 羁押地点, 关押场所,",
            "关押期限, 矫正类别, 矫正类型, 矫正开始日期, 矫正结束日期, 矫正期限, 矫正解除类型,",
            "矫正小组人员情况, 是否建立矫正小组, 矫正措施, 解除矫正日期, 脱管, 是否脱管, 脱管原因,",
            "脱管原因说明, 脱管纠正情况, 漏管, 是否漏管, 漏管原因, 漏管纠正情况, 检查漏管情况, 检查监督情况,",
            "帮教情况, 安置帮教情况, 管控情况, 管控级别, 管控状态, 管控措施, 重点人员类型, 重点人员类别,",
            "是否重点人员, 是否重点关注人员, 重点关注原因, 关注程度, 关注类型, 是否关注, 肇事肇祸, 肇祸次数,",
            "肇事次数, 有无肇祸史, 上次肇祸日期, 肇事肇祸情况, 危害程度, 危害说明, 危险程度, 危险性评估类型,",
            "危险性评估结果, 吸毒, 是否吸毒, 吸毒史, 吸毒原因, 吸毒后果, 吸毒人员类型, 吸毒情况, 初次吸毒日期,",
            "初次发现日期, 管控吸毒情况, 戒毒情况, 戒毒方式, 涉毒情况, 服用美沙酮情况, 三涉情况, 四史情况,",
            "涉稳情况, 涉恐情况, 涉邪情况, 邪教类型, 上访类型, 上访情况, 上访诉求, 抓获日期, 抓获方式,",
            "拘留日期, 拘留原因, 逮捕日期, 强制措施, 强制措施类型, 取保候审日期, 通缉级别, 在逃类型, 嫌疑类型,",
            "作案手段, 作案次数, 作案地点, 犯罪嫌疑, 接收方式, 衔接情况, 衔接日期, 前科類型, 罪刑, 刑責,",
            "緩刑期間, 假釋日期, 处分情况, 是否受过处分, 违纪情况, 犯罪日期, 犯罪时间, 累犯情况, 假释考验期,",
            "缓刑考验期, 服刑, 服刑期限, 服刑期间表现, 刑罚执行情况, 缓刑, 缓刑考验期限, 缓刑起始日期,",
            "考验期限, 帮教, 帮教措施, 帮教类型, 安置帮教, 安置帮教类型, 安置帮教期限, 刑满释放, 刑满释放日期,",
            "释放, 释放类型, 涉毒, 涉毒类型, 吸毒类型, 吸毒方式, 毒品种类, 初吸时间, 戒毒, 戒断巩固情况,",
            "社区戒毒起始日期, 强制隔离戒毒, 复吸次数, 犯罪, 犯罪事实, 犯罪地点, 犯罪经过, 犯罪类别,",
            "违法犯罪类型, 涉案罪名, 判处罪名, 罪名名称, 判决罪名, 拘留, 拘留期限, 行政拘留天数, 拘役期限,",
            "有期徒刑期限, 刑种, 附加刑, 罚金金额, 剥夺政治权利, 剥夺政治权利期限, 逮捕, 逮捕原因, 取保候审,",
            "取保候审期限, 监视居住, 监视居住期限, 强制措施期限, 禁止令, 禁止令内容, 禁止令期限, 通缉,",
            "通缉原因, 通缉类型, 在逃, 在逃人员类型, 在逃日期, 抓获, 抓获地点, 抓获时间, 归案方式, 羁押,",
            "羁押日期, 羁押期限, 看守, 监室号, 收押日期, 收监, 收监原因, 暂予监外执行, 假释, 假释期限, 减刑,",
            "减刑幅度, 再犯罪, 再犯罪风险等级, 风险评估等级, 危险性评估, 矫正, 矫正等级, 矫正方案,",
            "矫正期间表现, 矫正阶段, 解除矫正, 训诫次数, 警告次数, 外出审批, 请假外出事由, 电子定位装置,",
            "定位装置编号, 违反规定情况, 脱逃, 涉黑, 涉恶, 涉黑涉恶, 涉邪, 涉恐, 涉稳, 邪教, 邪教名称, 上访,",
            "信访重点人员, 管控, 管控原因, 列管原因, 列管级别, 列管日期, 撤管日期, 人员关注等级, 危险等级,",
            "社会危害性, 暴力倾向, 肇事行为, 肇祸行为, 劣迹, 违法前科, 犯罪前科, 刑事处罚记录, 治安处罚,",
            "治安处罚记录, 违法行为次数, 嫌疑, 作案, 作案时间, 被害情况, 家暴情况, 家庭暴力",
        ),
        en=listed(
            "criminal record, criminal history, conviction, convictions, offense, offence, offense type,",
            "offence type, offense code, offense description, crime, crime type, arrest, arrest date,",
            "arrested, charge, charges filed, sentence, sentence length, sentence start date,",
            "sentence end date, sentence type, prison, prison term, jail, incarceration, incarcerated, parole,",
            "parole status, probation, probation type, release date, release reason, supervision level,",
            "supervision type, custody level, felony, misdemeanor, recidivism, recidivist, prior offenses,",
            "number of prior arrests, is recid, decile score, gang affiliation, sex offender, warrant,",
            "disciplinary infraction, violation of inmate, security classification, drug use history,",
            "booking date, booking, inmate status, parole date, victim type",
        ),
        physical=listed(
            "fzjl, crime_record, is_pedigree, pedigree_comments, crime_comment, charge_comments, again_charge,",
            "is_again, if_illegal, illegal_situ, is_recidivist, prison_term, prison_beagindate,",
            "prison_enddate, correct_type, correct_beagindate, correct_enddate, correct_remove, omit_reason,",
            "omit_correct, is_omit, is_breakmanage, breakmanage_reason, breakmanage_correct, manage_type,",
            "keyperson_type, trouble_times, is_trouble, last_trouble, hazard_level, hazard_info, risk_type,",
            "drug_reason, drug_result, sanshe_flag, sishi_flag, find_date, revice_flag, two_year_recid,",
            "check_omit, check_comments",
        ),
        not_headers=listed(
            "企业违法记录, 违法事实, 违法依据, 违法所得, 违法建筑, 违法行为类型, 违法企业,",
            "刑期天数统计, 犯罪率, 案件数, crime count, crime rate, number of crimes,",
            "charge amount, charges, release date of dataset, release version, press release,",
            "release notes, sentence text, conviction rate, service charge, charging station,",
            "charge type fee, 危害因素, 危害化学品, fixed charge, software release, 服用,",
            "管控区域, 管控面积, 交通管控, 危险品, 危险化学品, 危险废物, 关注公众号, 关注度,",
            "关注数, 是否危化企业, 危险源",
        ),
        vocabularies=(
            Vocabulary("offences and sentences", OFFENCES, 0.6),
            YES_NO,
        ),
        words=("犯罪", "罪名", "刑期"),
        source="GA/T 752 series of offence names",
        patterns=(CODE,),
        examples=Examples(
            values=("盗窃罪", "缓刑", "社区矫正"),
            not_values=("汉族", "警告", "罚款人民币5000元"),
            headers=("违法犯罪记录", "罪名", "原判刑期", "矫正类别", "conviction", "offense"),
            not_headers=("违法事实", "犯罪率", "press release"),
        ),
    ),
    Classifier(
        category="person.legal.penalty",
        zh=listed(
            "交通违法, 交通违法行为, 交通违法记录, 违章行为, 违章记录, 违章内容, 违章代码, 违章时间, 违章地点,",
            "违法时间, 违法地点, 违法代码, 违法记分, 违法记分数, 扣分, 扣分分值, 记分, 累计记分, 违法次数,",
            "罚款, 处罚决定种类, 处罚内容, 处罚结果, 处罚原因, 处罚种类, 处罚类型, 处罚事由, 处罚行为名称,",
            "处罚依据, 拘留天数, 行政拘留, 被执行人的履行情况, 被执行人履行情况, 已履行部分, 未履行部分,",
            "履行情况, 履行状态, 执行案由, 执行金额, 未执行金额, 执行物品, 未执行物品, 执行行为, 未执行行为,",
            "执行标的, 执行标的金额, 执行依据, 生效法律文书确定的义务, 限制消费情况, 限制高消费, 处分,",
            "处分类型, 处分原因, 處分, 罰鍰, 違規事項, 裁處內容, 扣留原因, 暂扣原因, 吊销驾驶证原因,",
            "驾驶证状态异常原因, 违法记分值, 违法记录次数, 违法处理时间, 违章, 违章次数, 违停, 违停时间,",
            "违停地点, 交通事故责任, 事故责任, 事故责任认定, 事故认定, 问责, 问责情况, 问责方式, 政务处分,",
            "党纪处分, 党纪政务处分, 处理种类, 违纪行为, 违纪类型",
        ),
        en=listed(
            "penalty on a person, traffic violation, violation, fine, fine amount, citation, ticket,",
            "penalty points, infraction, penalty, penalty amount, sanction, punishment, disciplinary action,",
            "violation description, violation code",
        ),
        physical=listed(
            "jtwf, wfxw_traffic, wfjf, fkje, deci_executed_unit, effect_doc_obli, executed_perfor,",
            "performed_part, un_performed_part, execute_goods, not_execute_goods, execute_behave,",
            "not_execute_behave, execute_amt, not_execute_amt, execute_causes, execute_basis",
        ),
        not_headers=listed(
            "处罚机关, 处罚日期, 处罚时间, 处罚文号, 处罚决定书文号, 处罚决定文书号,",
            "处罚案件编号, 企业处罚, violation count, fine particles, finish, 扣分标准,",
            "处罚名单, 执行法院, 执行标准, 执行单位, fine dust, 记分周期, refine,",
            "violations per inspection, 罚款收入",
        ),
        examples=Examples(
            headers=("交通违法行为", "违法记分", "traffic violation", "扣分"),
            not_headers=("处罚机关", "处罚日期", "fine dust"),
        ),
    ),
)
