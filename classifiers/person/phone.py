"""Telephone and fax numbers of people."""

from classifiers.classifier import Classifier, Examples
from classifiers.vocabulary.shapes import LANDLINES, MOBILES, SHORT_PHONES
from classifiers.vocabulary.words import listed

NOT_PHONES = listed(
    "电话费, 话费, 手机型号, 手机品牌, 手机归属地, 通话时长, 通话次数, 电话类型, 电话用户数, 电话量,",
    "联系方式类型, 来电时间, 手机价格, 电话回访情况, 电话普及率, 固定电话用户, 移动电话用户,",
    "移动电话普及率, 电话号段, 联系时间, phone type, phone model, phone country code, phone area code,",
    "business phone country code, home phone country code, telephone service, phone service,",
    "last contact date, contact type, number of contacts, phone calls",
)

CLASSIFIERS = (
    Classifier(
        category="person.contact",
        zh=listed(
            "联系方式, 联系方法, 通讯方式, 通信方式, 联络方式, 联系信息, 联系人信息, 聯絡方式, 聯繫方式,",
            "户主联系方式, 法定代表人联系方式, 监护人联系方式, 帮扶人联系方式, 申请人联系方式, 个人联系方式,",
            "本人联系方式, 紧急联系方式",
        ),
        en=listed("contact, contact information, contact details, contact info, how to reach"),
        physical=listed("lxfs, contct, contactinfo, contact_way"),
        not_headers=(
            *NOT_PHONES,
            *listed(
                "联系人, 联系人姓名, 联系地址, 企业联系方式, 单位联系方式, 机构联系方式, contact name,",
                "contact form, contact date",
            ),
        ),
        words=("联系方式",),
        examples=Examples(
            headers=("联系方式", "户主联系方式", "lxfs", "contact information"),
            not_headers=("联系人姓名", "联系地址", "contact date"),
        ),
    ),
    Classifier(
        category="person.contact.mobile",
        zh=listed(
            "手机, 手机号, 手机号码, 移动电话, 移动电话号码, 移动电话号, 联系手机, 联系手机号, 本人手机,",
            "个人手机, 联系电话, 联系电话号码, 联系号码, 电话号码, 电话, 联系人电话, 联系人手机, 联系人手机号,",
            "联系人联系电话, 本人电话, 本人联系电话, 个人电话, 个人联系电话, 家长电话, 家长联系电话,",
            "监护人电话, 监护人联系电话, 户主电话, 户主联系电话, 申请人电话, 申请人联系电话, 当事人电话,",
            "当事人联系电话, 法人电话, 法人联系电话, 法定代表人电话, 法定代表人联系电话, 法人手机, 负责人电话,",
            "负责人联系电话, 负责人手机, 经办人电话, 经办人联系电话, 校长电话, 校长联系方式, 患者电话,",
            "学生电话, 学生联系电话, 房主联系方式, 房主电话, 承租人联系方式, 承租人电话, 户主联系方式,",
            "举报人电话, 投诉人电话, 来电号码, 主叫号码, 被叫号码, 呼入号码, 来电人电话, 收件人电话,",
            "收货人电话, 车主电话, 驾驶员电话, 乘客电话, 紧急联系电话, 紧急联系人电话, 紧急联系人手机,",
            "预留手机号, 绑定手机, 绑定手机号, 注册手机号, 家庭联系电话, 安全保卫责任人联系方式,",
            "治安责任人联系方式, 治保负责人联系方式, 管控人联系方式, 短信接收号码, 服务热线手机, 行動電話,",
            "手機, 手機號碼, 手提電話, 聯絡電話, 連絡電話, 聯繫電話, 電話號碼, 網格員電話, 网格员电话,",
            "河长电话, 医生电话, 志愿者电话",
        ),
        en=listed(
            "mobile, mobile phone, mobile number, mobile phone number, cell phone, cell, cell number,",
            "cell phone number, cellular phone, contact phone, contact number, contact telephone, phone,",
            "phone number, telephone number, telephone, whatsapp, whatsapp number, contact mobile",
        ),
        physical=listed(
            "sjh, sjhm, lxdh, dhhm, yddh, mobile_no, mobtel, mobilephone, cellphone, tel_no, phone_no,",
            "phonenum, telno, tel_num, contct_tel, contact_tel, msisdn, phone_num, lxsj, lianxidianhua,",
            "shouji, dianhua",
        ),
        not_headers=NOT_PHONES,
        patterns=MOBILES,
        words=("手机", "联系电话", "电话", "mobile"),
        presidio="PHONE_NUMBER",
        source="numbering plan of the Ministry of Industry, 1[3-9]",
        examples=Examples(
            values=("13800138000", "139****5461", "+86 13912345678", "178-7196-2039"),
            not_values=("12800138000", "1380013800", "0571-85034512", "11010519491231002X"),
            headers=("手机号码", "联系电话", "移动电话", "sjhm", "CellPhone"),
            not_headers=("电话费", "手机型号", "通话时长", "phone type"),
        ),
    ),
    Classifier(
        category="person.contact.landline",
        zh=listed(
            "固定电话, 固定电话号码, 固话, 座机, 座机号码, 座机号, 家庭电话, 住宅电话, 家庭固定电话, 办公电话,",
            "单位电话, 分机, 分机号, 分机号码, 区号, 电话区号, 电话, 联系电话, 电话号码, 固定電話, 市話,",
            "市內電話, 住宅電話, 家用電話, 電話, 電話號碼, 辦公室電話",
        ),
        en=listed(
            "landline, landline number, home phone, home phone number, home telephone, telephone,",
            "telephone number, phone, phone number, work phone, work telephone, office phone, daytime phone,",
            "evening phone, phone extension, extension, phone area code, business phone number,",
            "business phone extension, home phone extension, business phone area code, home phone area code,",
            "hm phone, emergency phone, emergency contact phone, guardian telephone, caller phone,",
            "reporter phone, family phone, alternate phone, backup phone, parent phone, link telephone,",
            "contact tel, patient phone, hmphone",
        ),
        physical=listed(
            "gddh, zjhm_tel, bgdh, jtdh, dh, tel, telephone_no, phone1, phone2, homephone, home_tel,",
            "office_tel, phoneext, ext_no",
        ),
        not_headers=NOT_PHONES,
        patterns=(*LANDLINES, SHORT_PHONES),
        presidio="PHONE_NUMBER",
        examples=Examples(
            values=("0571-85034512", "(02)27653147", "202-224-2315", "+44 20 7946 0958", "010-65523456-8012"),
            not_values=("2020-01-01", "13800138000", "192.168.1.1", "999-99-9999"),
            headers=("固定电话", "座机号码", "home_phone_number", "gddh"),
            not_headers=("固定电话用户", "电话费", "phone type"),
        ),
    ),
    Classifier(
        category="person.contact.fax",
        zh=listed("传真, 传真号, 传真号码, 传真电话, 联系传真, 傳真, 傳真號碼, 個人傳真, 个人传真"),
        en=listed("fax, fax number, facsimile, fax no, business fax number, home fax"),
        physical=listed("cz_fax, czhm, faxno, fax_num"),
        not_headers=listed("传真机, 传真费, 单位传真, fax machine"),
        patterns=(*LANDLINES, SHORT_PHONES),
        words=("传真", "fax"),
        presidio="PHONE_NUMBER",
        examples=Examples(
            values=("0571-85034512", "(02)27653147", "202-224-2315"),
            not_values=("2020-01-01", "12.5", "fax"),
            headers=("传真", "传真号码", "fax", "business_fax_number"),
            not_headers=("传真机", "传真费"),
        ),
    ),
)
