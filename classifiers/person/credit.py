"""How creditworthy a person is."""

from classifiers.classifier import Classifier, Examples
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.finance.credit",
        zh=listed(
            "征信, 征信情况, 征信记录, 个人征信, 个人信用, 个人信用分, 信用分, 个人信用等级, 信用状况,",
            "信用情况, 信用记录, 信用报告, 失信情况, 失信信息, 失信行为, 失信记录, 失信类型, 失信原因,",
            "失信被执行人行为情况, 失信行为情况, 是否失信, 是否失信被执行人, 是否黑名单, 黑名单原因, 逾期次数,",
            "逾期金额, 逾期天数, 逾期情况, 欠款金额, 负债情况, 债务情况, 担保情况, 诚信记录, 诚信分,",
            "芝麻信用分, 授信额度, 信用额度, 信用卡额度, 信用評等, 征信评分, 征信查询, 征信查询次数, 信用评分,",
            "个人诚信分, 逾期, 逾期原因, 逾期状态, 逾期时长, 逾期开始日, 欠款, 欠款原因, 失信, 限制高消费状态,",
            "老赖, 黑名单, 黑名单类型, 守信情况, 守信行为, 失信联合惩戒, 信用积分, 积分等级, 客户信用度,",
            "担保人情况",
        ),
        en=listed(
            "credit score, credit history, credit rating, credit risk, fico score, credit limit,",
            "creditworthiness, credit report, default, defaulted, delinquency, delinquent, bankruptcy,",
            "default payment next month, overdue days, number of existing credits at this bank,",
            "other debtors guarantors, credit class, loan status, good bad credit",
        ),
        physical=listed("zxxx_credit, xyf, credit_score, dishonest_behav, fico, default_payment_next_month"),
        not_headers=listed(
            "企业信用, 企业信用等级, 信用代码, 统一社会信用代码, 企业信用评价, 纳税信用等级,",
            "信用修复, default value, default flag, 信用监管, credit hours,",
            "企业信用信息公示系统网址, 信用证号, 失信企业, is default, 信用信息平台, 信用社",
        ),
        examples=Examples(
            headers=("个人信用分", "失信情况", "credit_history", "credit risk"),
            not_headers=("统一社会信用代码", "企业信用等级", "default value"),
        ),
    ),
)
