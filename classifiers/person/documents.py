"""Driving licence, officer's card and social security number: documents that a person is known by."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.identity.driver-licence",
        zh=listed(
            "驾驶证, 驾驶证号, 驾驶证号码, 驾驶证编号, 机动车驾驶证号, 驾照, 驾照号, 驾驶证档案编号,",
            "驾驶证档案号, 驾驶人档案编号, 驾照号码, 准驾证号, 船员证号, 驾駛執照號碼, 駕照號碼, 駕駛執照",
        ),
        en=listed(
            "driver license, driver licence, driving licence, driving license, driver license number,",
            "drivers license, dl number, driving licence number, drive number, driving number,",
            "driver license id, licence of driver, driver permit number",
        ),
        physical=listed("jszh, jsz, jszhm, dabh, dln"),
        not_headers=listed(
            "驾驶证类型, 驾驶证状态, 驾驶证有效期, 驾驶证发证机关, 准驾车型, 驾驶证初次领证日期,",
            "驾校名称, 驾驶证记分, 驾照考试科目, driver license state, license class,",
            "驾驶证期满换证数量",
        ),
        words=("驾驶证", "驾照", "driver license"),
        presidio="US_DRIVER_LICENSE",
        examples=Examples(
            headers=("驾驶证号", "机动车驾驶证号", "driver license number", "jszh"),
            not_headers=("准驾车型", "驾驶证有效期", "驾校名称"),
        ),
    ),
    Classifier(
        category="person.identity.officer-card",
        zh=listed(
            "军官证, 军官证号, 军官证号码, 士兵证, 士兵证号, 警官证, 警官证号, 警官证号码, 军人证件号,",
            "军人保障卡号, 警号, 警员编号, 民警警号, 文职干部证, 武警证号, 士官证号, 离休干部荣誉证, 军人证号",
        ),
        en=listed(
            "officer card, military id, military identity number, military card, police officer number,",
            "badge number, service number, police badge",
        ),
        physical=listed("jgzh, jgzhm, sbzh, jinghao"),
        not_headers=listed("军官证类型, 是否现役军人, 报警号码, 报警号, badge type, 警号类型, 军官人数"),
        patterns=(
            Pattern("officer's card number", "[\u4e00-\u9fff]{1,4}字第[0-9]{4,8}号?", (7, 15), 0.001, None, 0.5),
        ),
        words=("军官证", "士兵证", "警官证"),
        examples=Examples(
            values=("南字第12345678号", "军字第2001988号", "政字第00112233号"),
            not_values=("沪府发〔2020〕1号", "12345678", "军官证"),
            headers=("军官证号", "士兵证号", "警号", "military id"),
            not_headers=("是否现役军人", "军官证类型"),
        ),
    ),
    Classifier(
        category="person.identity.social-security",
        zh=listed(
            "社会保障号, 社会保障号码, 社保号, 社保号码, 社保编号, 社保卡号, 社保卡, 社保卡卡号, 社会保障卡号,",
            "社会保障卡, 社会保障卡卡号, 社保卡号码, 社会保障卡号码, 社会保险号, 社会保险号码, 社会保险编号,",
            "个人社保号, 社保个人编号, 社保账号, 个人编号, 个人编码, 参保编号, 参保人编号, 个人参保号,",
            "养老保险号, 养老保险编号, 养老保险手册号, 社保电脑号, 个人电脑号, 电脑号, 人员参保关系id,",
            "参保关系id, 就业创业证号, 就业失业登记证号, 失业证号, 求职证号, 灵活就业编号, 工伤证号, 退休证号,",
            "离退休证号, 勞保證號, 勞保卡號",
        ),
        en=listed(
            "social insurance number, social security card number, social insurance card,",
            "insurance personal number, pension number, national insurance number, ni number",
        ),
        physical=listed(
            "sbkh, sbh, sbkkh, shbzh, shbzkh, shbzhm, ssc_no, soci_secu_no, grbh, per_cd, aac001, aaz500,",
            "per_issu_rela, nino",
        ),
        not_headers=listed(
            "社保卡状态, 社保卡类型, 社保卡发卡银行, 单位社保号, 社保单位编号, 社会保险登记证号,",
            "社会保险登记证编码, 社保卡发放数量, 社保缴费基数, 是否有社保, 社保卡发卡地,",
            "单位社保编号, 社保卡银行账号",
        ),
        words=("社保卡", "社会保障号", "社保号"),
        examples=Examples(
            headers=("社会保障号", "社保卡号", "个人编号", "sbkh", "national insurance number"),
            not_headers=("单位社保号", "社保卡状态", "社会保险登记证号"),
        ),
    ),
)
