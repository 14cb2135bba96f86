"""What a person has, earns and spends."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import NUMBER
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.finance",
        zh=listed(
            "经济情况, 经济状况, 家庭经济情况, 家庭经济状况, 家庭财产, 家庭财产情况, 财产情况, 财产状况,",
            "个人财产, 资产情况, 个人资产, 经济来源, 经济收入情况, 家庭资产, 家庭存款, 存款余额, 存款金额,",
            "理财产品, 負債, 财产信息, 钱包余额, 余额宝余额, 账户资产, 理财金额, 投资金额, 风险承受等级,",
            "风险承受能力, 投资偏好, 资产等级, 税收居民类型, 税收居民身份",
        ),
        en=listed(
            "savings, wealth, net worth, savings account bonds, household assets, financial situation,",
            "capital gain, capital loss, dividends, other installment plans, household wealth,",
            "household asset, personal asset, wallet amount, wallet balance, financial assets of person",
        ),
        physical=listed("jtcc, source_income, capital_gain, capital_loss, savings_account"),
        not_headers=listed(
            "单位资产, 资产总额, 企业资产, total assets, fixed assets, 资产负债, 经济类型,",
            "经济性质, energy savings, asset id, 经济指标, current assets, asset type, 经济总量,",
            "net assets, asset number",
        ),
        examples=Examples(
            headers=("家庭经济情况", "存款余额", "capital-gain", "savings"),
            not_headers=("资产总额", "经济类型", "energy savings"),
        ),
    ),
    Classifier(
        category="person.finance.income",
        zh=listed(
            "收入, 年收入, 月收入, 个人收入, 个人年收入, 个人月收入, 家庭收入, 家庭年收入, 家庭月收入,",
            "家庭总收入, 家庭人均收入, 家庭人均年收入, 家庭人均纯收入, 工资, 工资收入, 工资性收入, 月工资,",
            "年薪, 月薪, 薪资, 薪酬, 基本工资, 应发工资, 实发工资, 岗位工资, 绩效工资, 奖金, 收入水平,",
            "收入来源, 收入情况, 收入区间, 主要收入来源, 经营性收入, 财产性收入, 转移性收入, 退休金, 养老金,",
            "养老金金额, 月养老金, 离退休费, 基本养老金, 抚恤金, 生活费, 务工收入, 劳务收入, 个人所得,",
            "家庭年人均收入, 薪資, 月薪資, 年所得, 所得, 个人年所得, 家庭支出, 消费支出, 生活支出, 家庭年支出,",
            "务工收入情况, 经营收入, 产业收入, 种植收入, 养殖收入, 其他收入, 纯收入, 年纯收入, 人均纯收入,",
            "家庭纯收入, 月均收入, 退休金金额, 养老金待遇, 离退休金, 工资标准, 薪酬标准, 税前工资, 税后工资,",
            "年终奖, 加班费, 提成, 补贴收入, 赡养费收入, 农业收入, 工资年收入, 家庭月人均收入, 经济来源类型,",
            "收入证明, 年收入枚举, 收入范围, 收入等级, 收入档次, 年收入区间, 月收入区间, 年收入范围",
        ),
        en=listed(
            "income, annual income, household income, personal income, family income, total income of person,",
            "monthly income, salary, annual salary, base salary, wage, wages, hourly rate, hourly wage, pay,",
            "gross pay, net pay, earnings, salary class, income class, compensation, total compensation,",
            "pension income, pension, income category, income group, equivalised income, employee cash,",
            "remuneration, take home pay, poverty ratio, income bracket, bonus, expenditure of household,",
            "household expenditure, expenditure, expenses of household, unemployment benefits,",
            "social security income, other income, overtime pay, median income of person, performance salary,",
            "salary account income, household annual income, average income, annual inc, annuin, payroll,",
            "pay amount of employee, compensation amount, allowance, stipend, tax withheld, gross income,",
            "net income of person, social benefits income, alimony",
        ),
        physical=listed(
            "sr, gz, jtnsr, nsr, grsr, ysr_month, annual_perincome, annual_income, salary_class, pincp, hincp,",
            "wagp, povpip, pincp_decile, expend, eqincome, py010n, py050n, py090n, py100n, py110n, py120n,",
            "py130n, py140n, hy040n, hy050n, hy070n, hy080n, hy090n, hy110n, hy130n, hy145n, inctot,",
            "income_bracket",
        ),
        not_headers=listed(
            "财政收入, 营业收入, 主营业务收入, 销售收入, 税收收入, 销售(营业)收入, 营业总收入,",
            "预算收入, 非税收入, 收入预算, 票房收入, 旅游收入, 出口收入, 农村居民人均可支配收入,",
            "城镇居民人均可支配收入, median income of region, revenue, income tax of company,",
            "operating income, net income of company, 工资总额, 单位工资总额, paid,",
            "payment date, 其中主营业务收入, 营业外收入, 违法所得金额, 没收违法所得金额,",
            "payer code, pay method, pay type, 收入证明材料",
        ),
        patterns=(
            Pattern(
                "income class",
                "(?:<=?|>=?|under |over )?\\$?[0-9]+(?:\\.[0-9])?[kK](?: ?- ?\\$?[0-9]+[kK])?",
                (2, 16),
                0.001,
            ),
            NUMBER,
        ),
        words=("收入", "工资", "income", "salary"),
        examples=Examples(
            values=("<=50K", ">50K", "50k-100k"),
            not_values=("五十", "汉族", "1,000.00"),
            headers=("个人年收入", "salary-class", "income", "工资", "家庭年收入"),
            not_headers=("营业收入", "财政收入", "revenue"),
        ),
    ),
    Classifier(
        category="person.finance.payment",
        zh=listed(
            "缴费金额, 缴费总金额, 缴费基数, 人员缴费基数, 个人缴费基数, 个人缴费金额, 个人缴费, 个人应缴金额,",
            "个人划入金额, 个人缴存额, 个人月缴存额, 缴存基数, 缴存比例, 月缴存额, 个人缴存金额, 公积金缴存额,",
            "公积金余额, 公积金提取金额, 提取金额, 提取原因, 应缴金额, 缴费年限, 缴费记录, 缴费档次, 交易金额,",
            "交易时间, 交易日期, 交易流水号, 交易类型, 消费金额, 消费时间, 消费地点, 支付金额, 支付方式,",
            "支付时间, 转账金额, 还款金额, 还款日期, 贷款金额, 贷款余额, 贷款期限, 借款金额, 借款用途,",
            "订单金额, 购票金额, 充值金额, 退款金额, 医疗费用, 住院费用, 医疗总费用, 总费用, 自付金额,",
            "自费金额, 个人自付, 报销金额, 医保支付金额, 统筹支付金额, 门诊费用, 药费, 个人所得税, 个税金额,",
            "水费, 电费, 燃气费, 欠费金额, 学费, 缴款金额, 罚款缴纳情况, 刷卡金额, 帳單金額, 公积金月缴存额,",
            "公积金提取, 公积金提取原因, 公积金贷款金额, 公积金基数, 个人公积金, 公积金月缴额, 月缴额,",
            "个人月缴, 缴存额, 契税, 印花税, 完税金额, 医保统筹支付, 个人负担金额, 自负金额, 起付金额,",
            "补偿金额, 医疗补偿金额, 住院总费用, 门诊总费用, 个人账户支付, 现金支付金额, 消费记录金额,",
            "充值时间, 罚款缴纳金额, 捐款, 捐款金额, 党费金额, 借款类型, 借款日期, 贷款类型, 贷款发放日期,",
            "贷款用途, 还款方式, 担保方式, 还款状态, 分期期数, 月供, 抵押方式, 电费金额, 水费金额, 燃气费金额,",
            "物业费, 物业费金额, 停车费金额, 通话费, 账单金额, 应缴费用, 欠缴费用, 缴费渠道, 缴费方式,",
            "票面金额, 退票金额, 续费金额, 租赁费, 租金金额, 车位费, 车位租赁费, 车位管理费, 管理费, 会费,",
            "会费金额",
        ),
        en=listed(
            "payment, payment amount, amount paid, paid amount of person, transaction, transaction amount,",
            "transaction date, purchase amount, purchase history, credit amount, loan amount,",
            "installment rate in percentage of disposable income, loan purpose, claim amount, claim,",
            "total charges, charges, bill amount, bill, balance, tuition, fare amount, fare, tip amount,",
            "deductible, copay, premium, withdrawal amount, deposit amount, debit, last payment,",
            "monthly payment, mortgage, rent paid, tax paid, money spent, limit balance, insurance premium,",
            "overdue money, overdue amount, payment base, contribution base, provident fund, housing fund,",
            "repayment, repayment amount, due amount of person, spend, spending amount, order total,",
            "purchase price of person, loan term, loan type, loan intent, loan status, interest paid,",
            "late payment, avg transaction, cash advance",
        ),
        physical=listed(
            "jfje, jfjs, jyje, per_pay_amt, per_pay_basis, per_inclu_amt, limit_bal, bill_amt, pay_amt, pay_0,",
            "pay_2, loan_amnt, billamt",
        ),
        not_headers=listed(
            "合同金额, 中标金额, 项目金额, 投资金额, 罚款金额, 处罚金额, 单位缴费金额,",
            "单位应缴金额, 单位划入金额, 工程款, 交易中心, 交易场所, 交易品种, 土地成交价,",
            "payment method count, 费用类型, 水费标准, 收费标准, 电费单价, payment terms,",
            "政府采购金额, 欠税余额, 交易所, 应缴税额, 纳税总额, 学费标准, 本期缴存金额,",
            "执行金额, 滞纳金额, 缴费月数, 缴费日期, 贷款利率, 实缴出资金额, 累计实缴额, 利润总额",
        ),
        examples=Examples(
            headers=("个人缴费基数", "缴费金额", "credit_amount", "住院费用", "transaction amount"),
            not_headers=("中标金额", "罚款金额", "收费标准"),
        ),
    ),
)
