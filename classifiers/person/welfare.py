"""Social assistance and special status of people and families."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, NUMBER, YES_NO
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="person.welfare",
    zh=listed(
        "低保, 低保标志, 低保类型, 低保类别, 低保金额, 低保金, 是否低保, 是否享受低保, 是否纳入低保,",
        "低保状态, 低保人数, 低保开始日期, 保障人口, 保障类别, 保障金额, 特困, 特困类型, 特困供养方式,",
        "五保, 五保类型, 是否五保户, 救助, 救助类型, 救助类别, 救助金额, 救助原因, 救助方式, 救助日期,",
        "救助情况, 救助对象类别, 临时救助金额, 临时救助原因, 医疗救助金额, 医疗救助类型, 临时救助类型,",
        "社会救助, 补助, 补助金额, 补助类型, 补贴, 补贴金额, 补贴类型, 补贴发放月份, 发放金额,",
        "发放对象类型, 津贴类型, 高龄津贴, 养老服务补贴, 护理补贴, 生活补贴, 残疾人补贴, 两项补贴,",
        "困难类型, 困难原因, 困难情况, 困难程度, 困难及诉求, 困难家庭类型, 困难学生类型, 贫困, 贫困户,",
        "贫困类型, 贫困户属性, 贫困户类型, 贫困人口属性, 贫困等级, 贫困情况, 是否贫困, 是否贫困户,",
        "是否建档立卡, 建档立卡类型, 建档立卡户, 致贫原因, 主要致贫原因, 致贫原因1, 致贫原因2, 致贫原因3,",
        "返贫原因, 返贫年度, 脱贫, 脱贫情况, 脱贫状态, 脱贫年度, 计划脱贫年度, 是否脱贫, 是否当年预脱贫,",
        "脱贫措施, 帮扶, 帮扶情况, 帮扶措施, 帮扶手段, 帮扶方式, 帮扶需求, 帮扶项目, 帮扶资金, 帮扶内容,",
        "是否异地扶贫搬迁户, 是否易地扶贫搬迁, 搬迁类型, 搬迁方式, 安置方式, 安置情况, 未安置原因,",
        "留守人员类型, 留守类型, 是否留守儿童, 是否留守老人, 留守人员, 孤儿类型, 是否孤儿, 孤儿养育方式,",
        "困境儿童类型, 困境类型, 是否军烈属, 是否烈属, 军烈属, 优抚类型, 优抚对象类别, 优抚金额, 抚恤金额,",
        "优待金, 是否现役军人, 是否退役军人, 退役军人类型, 退役时间, 入伍时间, 立功情况, 兵役状况,",
        "服役情况, 伤残抚恤, 是否计生特殊家庭, 计生奖扶类型, 是否失独, 失独家庭, 享受政策, 享受待遇类型,",
        "养老服务类型, 养老服务需求, 养老方式, 入住养老院日期, 是否信访, 诉求, 诉求内容, 低保户類別,",
        "福利身份別, 補助金額, 補助類別, 低收入戶, 中低收入戶, 邊緣戶, 边缘易致贫户, 是否监测对象,",
        "监测对象类别, 产业扶持项目, 年内获得产业扶持资金, 公益性岗位, 慈善救助金额, 受助情况, 资助类型,",
        "资助金额, 资助项目",
    ),
    en=listed(
        "welfare, welfare benefit, public assistance, food stamps, snap, social assistance,",
        "benefit recipient, benefit amount of person, subsidy, subsidy amount, free lunch,",
        "free reduced lunch, free meals, housing assistance, homeless, homelessness, poverty,",
        "poverty status, below poverty, low income status, veteran, veteran status, military status,",
        "military service, refugee status, asylum status, child allowance, family allowance, tanf, wic,",
        "disadvantaged, economically disadvantaged, hardship, foster care, orphan",
    ),
    physical=listed(
        "dbje, dbbz, subsidy_amt, sub_allow_flag, sfxsdb, is_basicliving, sfjls, sfxyjr, sfdnytp,",
        "sfydfpbqh, pkhsx, zpyy, zpyy1, zpyy2, zpyy3, fpyy, tpqk, leftbehind_type, help_comments,",
        "helpe_comment, helpe_flag, helpe_method, freeredu, demand, butie, jiuzhu, cyfcxm, nnhdcyfczj,",
        "bqlx, bqfs",
    ),
    not_headers=listed(
        "低保证号, 低保证编号, 救助机构, 救助站, 帮扶人姓名, 帮扶人, 帮扶责任人, 帮扶单位, 帮扶联系人,",
        "帮扶人联系方式, 补贴政策, 农机补贴机具, 补贴对象企业, 项目补助资金, 财政补助收入, 救助电话, 救援,",
        "贫困村, 是否贫困村, 贫困发生率, 低保标准, 低保户数, 扶贫资金, 扶贫项目, 补贴单位, 补贴机型,",
        "购置补贴, 其他来源一补贴金额, 企业补贴, 安置点编号, 安置日期, 诉求电话, price subsidy, 搬迁地址,",
        "安置地址, 安置房面积, snapshot, welfare organisation, animal welfare, 帮扶时间, 补偿金额",
    ),
    vocabularies=(
        Vocabulary(
            "kinds of need",
            frozenset(
                listed(
                    "因病, 因残, 因学, 因灾, 缺资金, 缺劳力, 缺技术, 缺土地, 自身发展动力不足, 交通条件落后, 因婚,",
                    "因丧, 低保户, 低保贫困户, 一般贫困户, 特困供养户, 五保户, 五保贫困户, 一般农户, 脱贫户,",
                    "脱贫不稳定户, 边缘易致贫户, 突发严重困难户, 留守老人, 留守儿童, 留守妇女, 空巢老人, 孤儿,",
                    "事实无人抚养儿童, 困境儿童, 城市低保, 农村低保, 特困人员, 低收入, 建档立卡, 重点优抚对象,",
                    "残疾军人, 伤残人民警察, 烈士遗属, 因公牺牲军人遗属, 病故军人遗属, 在乡复员军人, 带病回乡退伍军人,",
                    "参战退役人员, Free lunch, Paid lunch, Reduced lunch",
                )
            ),
            0.7,
        ),
        YES_NO,
    ),
    words=("低保", "救助", "贫困"),
    patterns=(
        CODE,
        NUMBER,
    ),
    examples=Examples(
        values=("因病", "低保贫困户", "留守老人", "缺劳力"),
        not_values=("汉族", "已婚", "有限责任公司"),
        headers=("低保标志", "致贫原因1", "帮扶情况", "是否享受低保", "veteran_status", "救助金额"),
        not_headers=("帮扶人姓名", "贫困发生率", "救助机构"),
    ),
)
