"""Money and prices that belong to no person."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import NUMBER
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="thing.amount",
        zh=listed(
            "金额, 总金额, 合同金额, 合同总金额, 合同价款, 中标金额, 中标价, 中标价格, 成交金额, 成交总价,",
            "投资金额, 投资额, 总投资, 项目总投资, 计划投资, 完成投资, 工程造价, 造价, 工程款, 预算金额,",
            "预算数, 预算, 决算数, 决算金额, 结算金额, 采购金额, 采购预算, 拨款金额, 拨付金额, 下达金额,",
            "资金金额, 资金, 专项资金, 扶贫资金, 自筹资金, 财政资金, 中央资金, 省级资金, 市级资金, 区级资金,",
            "补助资金, 补助资金额, 财政收入, 财政支出, 一般公共预算收入, 一般公共预算支出, 支出, 支出金额,",
            "收入金额, 总额, 余额, 本金, 利息, 手续费, 保证金, 押金, 出让金, 土地出让金, 出让价款, 起始价,",
            "保证金金额, 募集金额, 捐款金额, 捐赠金额, 善款金额, 经费, 经费预算, 三公经费, 接待费, 差旅费,",
            "工资福利支出, 生产总值, GDP, 地区生产总值, 增加值, 零售总额, 社会消费品零售总额, 进出口总额,",
            "固定资产投资, 税收收入, 税收总额, 贸易额, 交易额, 交易总额, 外汇储备, 应收金额, 应付金额,",
            "实收金额, 损失金额, 直接经济损失, 涉案金额, 兑现拆房奖励, 其他来源一补贴金额,",
            "其他来源一划账户金额, 其他来源二应缴金额, 其他来源二划入金额, 其他来源三应缴金额,",
            "其他来源三划入金额, 應繳金額, 金額, 總金額, 決標金額, 預算數額, 決算數, 契約金額, 計畫金額,",
            "專利費, 货款, 运费, 电费总额, 执收金额, 清算金额, 债券金额, 发行规模, 财产损失, 直接财产损失,",
            "经济损失, 保费收入, 第一产业增加值, 第二产业增加值, 第三产业增加值, 工业增加值, 农业总产值,",
            "林业产值, 牧业产值, 渔业产值, 零售额, 批发额, 商品销售额, 住宿营业额, 餐饮营业额, 投资完成额,",
            "房地产开发投资, 基础设施投资, 外商直接投资, 实际利用外资, 对外投资额, 税收收入合计, 非税收入,",
            "转移支付, 债务余额, 债务限额, 贷款总额, 存款总额, 存款余额合计, 保险赔付, 科技支出, 教育支出,",
            "医疗卫生支出, 社保支出, 人均可支配收入, 城镇居民人均可支配收入, 农村居民人均可支配收入,",
            "居民人均可支配收入, 人均消费支出, 居民人均消费支出, 在岗职工平均工资, 平均工资,",
            "城镇单位就业人员平均工资, 人均GDP, 人均生产总值, 最低工资标准, 低保标准",
        ),
        en=listed(
            "amount, total amount, cost, total cost, project cost, estimated cost, contract value,",
            "contract amount, budget, budget amount, adopted budget, expenditure amount, spending, funding,",
            "funding amount, grant, grant amount, award amount, investment, gdp, gross domestic product,",
            "total value, value, appropriation, allocation amount, obligation, outlay, disbursement,",
            "construction cost, permit fee paid, total fee, collected, collection amount, loss amount,",
            "damage amount, property damage, tax revenue, assessed value, assessed total value, taxable value,",
            "land value, market value of property, sale amount, donation amount, savings amount of program,",
            "net amount, gross amount, amount due, surplus, deficit, export amount, aid amount,",
            "original amount, median house value, subsidy amount of project",
        ),
        physical=listed(
            "je, zje, htje, zbje, tzje, ztz, ysje, amt, total_amt, money, zczj_raised, ccfl_amount, dxcfjl,",
            "cjje_total, tze, budget_amt, sum_amt",
        ),
        not_headers=listed(
            "收入, 工资, 个人收入, 注册资本, 罚款金额, 缴费金额, 处罚金额, 医疗费用, 补贴金额,",
            "低保金额, credit amount, loan amount, payment amount, income, salary, 欠税金额,",
            "营业收入, 金额单位, amount unit, 救助金额, 认缴出资额, 实缴金额, dose amount,",
            "存款余额, 贷款金额, 余额类型, value type, 个人应缴金额, 单位应缴金额, 个人划入金额,",
            "资金来源, 交易金额, 滞纳金额, 执行金额, fare amount, tip amount, fine amount,",
            "没收违法所得金额, 保障金额, 资助金额, rainfall amount, fare, value set,",
            "bail amount, 公积金缴存额",
        ),
        patterns=(
            Pattern(
                "money with its sign",
                "(?:[¥￥$€£]|RMB|CNY|USD|HK\\$|NT\\$) ?[0-9][0-9,]*(?:\\.[0-9]+)?(?: ?[kKmMbB万亿])?|"
                "[0-9][0-9,]*(?:\\.[0-9]+)? ?(?:元|万元|亿元|萬元|億元|美元|港元|人民币|USD|CNY|RMB)",
                (2, 30),
                0.02,
            ),
            NUMBER,
        ),
        examples=Examples(
            values=("$1,200.00", "35万元", "¥ 99.5"),
            not_values=("汉族", "99.5%", "张伟"),
            headers=("合同金额", "总投资", "amount", "budget", "预算金额"),
            not_headers=("罚款金额", "注册资本", "credit_amount"),
        ),
    ),
    Classifier(
        category="thing.price",
        zh=listed(
            "价格, 单价, 售价, 零售价, 批发价, 市场价, 挂牌价, 成交价, 成交单价, 均价, 平均价格, 最高价,",
            "最低价, 开盘价, 收盘价, 指导价, 限价, 最高限价, 基准价, 起拍价, 底价, 评估价, 票价, 门票价格,",
            "门票, 全票价, 学费标准, 收费标准, 收费金额标准, 收费价格, 停车收费标准, 房价, 房价(元/平方米),",
            "楼面价, 起始单价, 租金单价, 水价, 电价, 气价, 油价, 药品价格, 中标单价, 采购单价, 最高零售价,",
            "医保支付标准, 服务价格, 项目单价, 价格(元), 今日价格, 昨日价格, 油價, 單價, 價格, 平均價, 上價,",
            "中價, 下價, 總價元, 單價元平方公尺, 收費標準, 票價, 运价, 运费标准, 利率价格, 优惠价, 会员价,",
            "定价, 现价, 原价, 促销价, 零售均价, 批发均价, 成交均价, 商品房均价, 二手房均价, 租金均价,",
            "农产品价格, 农产品批发价, 到岸价, 离岸价, 中间价, 现汇买入价, 卖出价, 基准利率价, 物业费标准,",
            "停车费, 停车费标准, 过路费, 过桥费, 票价信息, 起步价, 每公里价格, 医疗服务价格, 药品单价,",
            "材料单价, 购置价, 新车购置价, 类比价, 参考价",
        ),
        en=listed(
            "price, unit price, retail price, wholesale price, sale price, selling price, list price,",
            "asking price, average price, median price, price per unit, price per sqft, market price,",
            "close price, opening price, closing price, high, low, fee, fee amount, fare price, admission fee,",
            "ticket price, rate per hour, rent, rental price, hourly rate of parking, toll, tuition price,",
            "cost per unit, electricity price, water rate, postage, estimated price, spot price",
        ),
        physical=listed("jg_price, dj_price, jj, lsj, pfj, sfbz, pj_price, price_avg, unitprice, prc, msrp"),
        not_headers=listed(
            "价格监督, 物价局, 价格类型, 工资单价, price type, price range code, 招标报价,",
            "投标报价, free, follow, slow, flow, high school, highway, below, 价格认证中心,",
            "价格备案号, low birth weight, lowest, yellow",
        ),
        examples=Examples(
            headers=("单价", "收费标准", "price", "零售价", "门票价格"), not_headers=("物价局", "price type", "flow")
        ),
    ),
)
