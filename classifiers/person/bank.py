"""Cards and accounts of a person."""

from classifiers.checksums import iban, luhn
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.finance.bank-card",
        zh=listed(
            "银行卡号, 银行卡, 银行卡号码, 借记卡号, 储蓄卡号, 信用卡号, 信用卡号码, 工资卡号, 工资卡,",
            "社保卡银行账号, 社保卡金融账号, 惠农一卡通账号, 惠农卡号, 一卡通账号, 补贴卡号, 收款卡号,",
            "支付卡号, 还款卡号, 信用卡卡號, 金融卡號",
        ),
        en=listed(
            "bank card, bank card number, credit card, credit card number, debit card, debit card number,",
            "card number, cc number, payment card number, primary account number, account number of card",
        ),
        physical=listed("yhkh, yhkhm, ccnum, cc_no, pan, creditcard, bankcard_no, bank_card"),
        not_headers=listed(
            "银行卡类型, 银行卡发卡量, 信用卡额度, 银行卡数量, credit card type,",
            "credit card default, 信用卡张数, 发卡银行, card number of library",
        ),
        patterns=(
            Pattern(
                "card number with a known issuer prefix",
                "(?:62[0-9]{14,17}|9558[0-9]{15}|(?:4[0-9]{5}|5[1-5][0-9]{4}|60[0-9]{4})[0-9]{10}(?:[0-9]{3})?|3[47][0-9]{13}|35[0-9]{14})",
                (15, 19),
                0.02,
                luhn,
            ),
            Pattern("card number in groups", "(?:[0-9]{4}[ -]){3,4}[0-9]{3,4}", (18, 24), 0.01, luhn),
            Pattern("masked card number", "[3-69][0-9]{3,5} ?(?:[*X]{4} ?){1,3}[0-9]{3,4}", (12, 23), 0.001),
        ),
        words=("银行卡", "credit card"),
        presidio="CREDIT_CARD",
        source="ISO/IEC 7812-1, JR/T 0008-2000",
        examples=Examples(
            values=("4367429474824891963", "6222021234567890128", "4111111111111111", "6222 **** **** 0128"),
            not_values=("6222021234567890129", "1234567890123456", "11010519491231002X"),
            headers=("银行卡号", "信用卡号", "yhkh", "credit card number"),
            not_headers=("银行卡类型", "信用卡额度", "发卡银行"),
        ),
    ),
    Classifier(
        category="person.finance.account",
        zh=listed(
            "银行账号, 银行账户, 银行帐号, 银行帐户, 开户账号, 开户帐号, 账户号码, 账户账号, 存折号, 存折账号,",
            "个人账户, 个人账号, 个人银行账号, 发放账号, 发放账户, 收款账号, 收款账户, 收款人账号, 付款账号,",
            "付款人账号, 工资账号, 补贴账号, 养老金账号, 公积金账号, 公积金帐号, 个人公积金账号,",
            "住房公积金账号, 公积金个人账号, 证券账号, 证券账户, 股东账户, 基金账号, 保单号, 保险单号, 开户行,",
            "开户银行, 开户银行名称, 开户行名称, 开户网点, 支付宝账户, 第三方支付账号, 还款账号, 贷款账号,",
            "缴费账号, 帳戶, 銀行帳號, 存摺帳號, 個人帳戶, 账户建立年月, 个人账户余额, 账户余额, 公积金账户,",
            "公积金账户状态, 公积金个人编号, 银行户名, 账户户名, 账号户名, 银行名称, 收款银行, 收款行, 发卡行,",
            "开户支行, 代发银行, 代扣账号, 电子账户号, 基金账户, 期货账户, 理财账户, 社保卡金融账户,",
            "贷款合同号, 借款合同编号, 保单编号, 保单号码, 投保单号, 电子账户级别, 电子账户类型,",
            "电子账户开通标识, 账户级别, 钱包账号, 交强险保单号, 商业险保单号",
        ),
        en=listed(
            "bank account, bank account number, account number, financial account number, checking account,",
            "savings account, status of existing checking account, routing number, sort code, bank name,",
            "insurance policy number, policy number, brokerage account, pension account, securities account,",
            "account balance, loan account number, payer account, salary account, salary bank,",
            "bank account name, bank branch, opening bank, deposit account, wallet id, card account, ewallet,",
            "paypal, paypal account, alipay, insurance contract number",
        ),
        physical=listed(
            "yhzh, khyh, khh, skzh, gjjzh, hpf_account, bank_acct, acct_no, acctno, bank_account, grzh,",
            "acco_estab_ym, bankno",
        ),
        not_headers=listed(
            "对公账户, 单位账号, 单位银行账号, 公积金单位帐号, 企业开户银行, 账户类型, 账户状态,",
            "账户名称, account type, account status, 账户数, 网络账号, account manager,",
            "基本户开户银行, 企业银行账号, 账户数量, user account, 公积金中心机构号, 账号有效期",
        ),
        patterns=(Pattern("masked account number", "[0-9]{2,8}\\*{3,16}[0-9]{2,6}", (8, 30), 0.001, None, 0.3),),
        presidio="US_BANK_NUMBER",
        words=("银行账号", "开户行", "bank account"),
        examples=Examples(
            values=("3301****5678", "62220212*********0128", "11****99"),
            not_values=("12345", "招商银行", "139"),
            headers=("银行账号", "公积金账号", "保单号", "bank_account"),
            not_headers=("公积金单位帐号", "账户类型", "account status"),
        ),
    ),
    Classifier(
        category="person.finance.iban",
        zh=listed("国际银行账号, 国际银行账户号码, IBAN账号"),
        en=listed("iban, international bank account number, iban number, iban code"),
        physical=listed("iban_no, ibancode"),
        not_headers=listed("iban country, iban type, swift code, urban"),
        patterns=(
            Pattern(
                "account number with check digits",
                "[A-Z]{2}[0-9]{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}",
                (15, 42),
                0.0001,
                iban,
            ),
        ),
        words=("iban",),
        presidio="IBAN_CODE",
        source="ISO 13616",
        examples=Examples(
            values=("GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "NO9386011117947"),
            not_values=("DE89370400440532013001", "GB82WEST", "11010519491231002X"),
            headers=("IBAN", "iban_number", "国际银行账号"),
            not_headers=("swift code", "urban"),
        ),
    ),
)
