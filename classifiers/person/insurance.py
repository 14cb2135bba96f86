"""Social and private insurance of a person."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, YES_NO
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.finance.insurance",
        zh=listed(
            "参保状态, 人员参保状态, 参保类型, 参保险种, 参保日期, 参保时间, 首次参保年月, 首次参保日期,",
            "首次参保时间, 参保情况, 参保年月, 参保地, 参保地区, 参保身份, 参保人员类别, 参保人员类型, 险种,",
            "险种类型, 险种名称, 险种代码, 养老保险, 医疗保险, 失业保险, 工伤保险, 生育保险, 养老保险类型,",
            "医疗保险类型, 是否参保, 是否参加养老保险, 是否参加医疗保险, 是否参加城乡居民基本养老保险,",
            "是否参加城乡居民基本医疗保险, 是否参加商业补充医疗保险, 是否参加社会保险,",
            "是否享受人身意外保险补贴, 养老待遇状态, 待遇状态, 待遇类型, 待遇金额, 待遇享受开始时间,",
            "养老待遇享受状态, 待遇领取资格, 领取状态, 停保日期, 停保原因, 中断缴费原因, 缴费状态,",
            "视同缴费年限, 累计缴费月数, 累计缴费年限, 实际缴费月数, 断缴月数, 医保类型, 医保类别,",
            "医疗付费方式, 医疗付款方式, 新农合参合情况, 参合状态, 商业保险, 投保险种, 社保缴纳情况,",
            "社保缴纳状态, 社保状态, 投保類別, 納保日期, 加保日期, 退保日期, 健保身分, 公积金缴存状态,",
            "参保标识, 灵活就业, 灵活就业参保标识, 灵活就业人员标识, 退休待遇, 退休待遇核定日期, 养老待遇,",
            "养老金发放状态, 养老金资格认证, 享受待遇开始年月, 待遇享受开始年月, 待遇开始年月, 待遇终止年月,",
            "待遇领取开始时间, 待遇发放状态, 待遇类别, 医疗待遇, 医疗待遇类别, 医疗待遇状态, 工伤认定,",
            "工伤认定结论, 工伤认定日期, 工伤认定编号, 工伤时间, 工伤部位, 工伤类别, 工伤发生时间, 失业金,",
            "失业保险金, 失业金领取开始日期, 失业金领取期限, 失业待遇, 失业待遇状态, 生育津贴, 生育待遇,",
            "社保缴纳地, 社保缴费状态, 社保参保地, 单位参保时间, 个人参保时间, 个人缴费状态, 异地就医备案,",
            "异地就医备案日期, 异地安置, 视同缴费月数, 缴费月数合计, 实际缴费年限, 医保统筹支付, 统筹基金支付,",
            "大病保险, 大病保险支付, 补充医疗保险, 长期护理保险, 护理保险等级, 企业年金, 职业年金,",
            "公积金缴存单位, 公积金缴存地, 个人缴费档次, 缴费档次, 终保日期, 续保状态, 投保状态, 投保日期,",
            "理赔金额, 理赔原因, 理赔状态, 出险日期, 出险原因, 受益比例, 养老个人比例, 医疗个人比例,",
            "失业个人比例, 公积金个人比例, 养老保险个人比例, 医疗保险个人比例, 失业保险个人比例, 个人缴费比例,",
            "个人缴存比例, 单位缴费比例, 社保合计, 五险一金, 社保缴费月数, 补缴月数, 补缴金额, 欠缴月数,",
            "商业险保费, 交强险保费, 保费, 保费金额, 保险金额, 保险费, 保额, 交强险起期, 交强险止期,",
            "商业险起期, 商业险止期, 保险起期, 保险止期, 保险生效日期, 保险到期日期",
        ),
        en=listed(
            "insurance, insurance type, insurance status, insurance coverage, health insurance,",
            "health insurance coverage, medical coverage, payer, payer code, payer type, payer category,",
            "coverage type, pension scheme, medicare, medicaid, insured status, insurance company of person,",
            "benefit status, benefit type, unemployment insurance of person, enrollee type,",
            "insurance plan type, social insurance, pension status, benefit start date, retirement benefit,",
            "disability insurance, claim status, claim type, claim reason, policy type, policy status,",
            "coverage, beneficiary type, insured time, insured date, insurance base, endowment insurance,",
            "medical insurance, unemployment insurance, injury insurance, maternity insurance,",
            "social security base, insured person type, beneficiary share",
        ),
        physical=listed(
            "cbzt, xz_insurance, cblx, xzlx, issu_stat, issue_stat, issu_type, issue_type, issu_tpe,",
            "first_issu_ym, payer_code, hicov, sfcjylbx1, sfcjylbx2, aac031, aae140",
        ),
        not_headers=listed(
            "参保人数, 养老保险人数, 医疗保险人数, 工伤保险人数, 失业保险人数, 生育保险人数,",
            "保险公司, 保险公司名称, 养老保险缴费年月, 医疗保险缴费年月, 社会保险登记证号,",
            "交强险, 车辆保险, insurance company, 险种数量, 保险机构, 参保单位数, 医疗保险缴费,",
            "失业保险缴费年月, 工伤保险缴费年月, 生育保险缴费年月, 保险费率, 社保机构",
        ),
        vocabularies=(
            Vocabulary(
                "insurance statuses",
                frozenset(
                    listed(
                        "正常参保, 参保, 暂停参保, 终止参保, 暂停缴费, 终止, 参保缴费, 停保, 正常缴费,",
                        "中断缴费, 未参保, 已参保, 职工医保, 城乡居保, 居民医保, 新农合, 城乡居民医保,",
                        "城镇职工, 城镇居民, 职工养老, 职工基本医疗保险, 城乡居民基本医疗保险,",
                        "职工基本养老保险, 城乡居民基本养老保险, 企业职工基本养老保险, 机关事业单位养老保险,",
                        "失业保险, 工伤保险, 生育保险, 自费, 公费, 商业保险",
                    )
                ),
                0.8,
            ),
            YES_NO,
        ),
        patterns=(CODE,),
        examples=Examples(
            values=("正常参保", "职工医保", "暂停缴费"),
            not_values=("已婚", "汉族", "男"),
            headers=("参保状态", "险种类型", "首次参保年月", "是否参加城乡居民基本医疗保险", "payer_code"),
            not_headers=("养老保险人数", "保险公司", "车辆保险"),
        ),
    ),
)
