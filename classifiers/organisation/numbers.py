"""Numbers of organisations: credit code, organisation code, registrations, licences, bank accounts."""

from classifiers.checksums import organisation_code, taiwan_business, uscc
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CREDIT_CODE = "[0-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"

CLASSIFIERS = (
    Classifier(
        category="organisation.uscc",
        zh=listed(
            "统一社会信用代码, 社会信用代码, 统一信用代码, 统一社会信用码, 统一代码, 信用代码,",
            "统一社会信用代码证号, 统一社会信用代码号, 执法主体统一社会信用码, 移送部门统一社会信用码,",
            "企业统一社会信用代码, 单位统一社会信用代码, 法人统一社会信用代码, 机构统一社会信用代码,",
            "工作单位统一社会信用代码, 建设单位统一社会信用代码, 行政相对人代码(统一社会信用代码),",
            "行政相对人代码_1, 社会统一信用代码, 统一社会代码, 纳税人识别号, 企业信用代码, 信用码",
        ),
        en=listed(
            "unified social credit code, uniform social credit code, social credit code, uscc,",
            "unified credit code, credit code",
        ),
        physical=listed(
            "tyshxydm, tyxydm, shxydm, xydm, credit_code, creditcode, uscc_code, uni_social_crd_cd, unisc_id,",
            "uniscid, tyshxym, implement_institution_code, deportation_dept_code",
        ),
        not_headers=listed(
            "社会信用代码类型, 统一社会信用代码有效期, 信用代码证数量, credit score,",
            "统一社会信用代码发证机关",
        ),
        patterns=(
            Pattern("credit code with check character", CREDIT_CODE, (18, 18), 0.02, uscc),
            Pattern("masked credit code", "[0-9ANY][0-9A-Z]{3,9}\\*{4,12}[0-9A-Z]{2,6}", (16, 18), 0.001, None, 0.4),
        ),
        words=("统一社会信用代码",),
        source="GB 32100-2015",
        examples=Examples(
            values=("91350100M000100Y43", "9144030071526726XG", "91330203********43"),
            not_values=("91350100M000100Y44", "11010519491231002X", "91350100M"),
            headers=("统一社会信用代码", "tyshxydm", "credit_code", "社会信用代码"),
            not_headers=("社会信用代码类型", "credit score"),
        ),
    ),
    Classifier(
        category="organisation.code",
        zh=listed(
            "组织机构代码, 组织机构代码证号, 机构代码, 组织机构代码号, 法人代码, 机构编码, 医疗机构代码,",
            "医疗机构编码, 医院代码, 医院编码, 学校代码, 学校编码, 学校标识码, 学校(机构)标识码, 单位代码,",
            "单位编码, 单位编号, 企业编号, 企业编码, 企业代码, 企业id, 单位id, 组织编码, 组织代码, 主体编号,",
            "主体编码, 机构编号, 机构id, 机构标识, 营业部代码, 网点编码, 定点机构编码, 医保定点编号,",
            "医保定点医疗机构编号, 单位社保号, 社保单位编号, 社会保险登记证号, 社会保险登记证编码,",
            "参保单位编号, 統一編號, 營利事業統一編號, 公司統一編號, 機構代碼, 醫事機構代碼, 學校代碼,",
            "受委托组织编码, 公司代码, 证券代码, 股票代码, 金融机构编码, 行政单位代码, 承运商编号, 供应商编号,",
            "供应商编码, 商户编号, 商户号, 门店编号, 门店ID, 店铺ID, 企业标识, 租户ID, 租户编号, 所属机构编码,",
            "主管单位代码, 数源单位代码, 部门ID, 机构信用代码, 海关注册号, 对外贸易经营者编码, 进出口企业代码,",
            "银行行号, 联行号, 网点编号, 机构ID, 公司ID, 企业ID, 学校ID, 医院ID, 科室ID, 供应商ID, 商户ID,",
            "组织ID, 所属学校ID, 所属机构ID, 所属部门ID, 所属公司ID, 所属企业ID, 管理机构ID, 承运商ID, 药店ID,",
            "养老院ID, 社区ID, 物业公司ID, 合作方ID, 厂家ID",
        ),
        en=listed(
            "organisation code, organization code, organization id, organisation id, institution code,",
            "institution id, school id, school code, hospital id, hospital code, company id, company number,",
            "company code, agency code, agency id, facility id, facility code, doc facility id,",
            "provider number, ein, employer identification number, business number, vat number, duns,",
            "duns number, lei, vendor id, vendor number, supplier id, merchant id, store id, store number,",
            "utility id, ticker, establishment id, branch code, employer id, charity number",
        ),
        physical=listed(
            "zzjgdm, zzjgdmz, jgdm, org_cd, org_id, orgcode, org_code, dwdm, dwbh, dwbm, qybh, unit_cd,",
            "unit_code, unit_id, school_code, utilityid, xxdm_school, pripid, corpid, entid, comp_id, jgbh,",
            "yljgdm, investor_id, entrust_dept_code, aab001",
        ),
        not_headers=listed(
            "组织机构类型, 机构代码有效期, 组织机构名称, 单位代码类型,",
            "company number of employees, 机构代码证有效期, vehicle code",
        ),
        patterns=(
            Pattern("organisation code with hyphen", "[0-9A-Z]{8}-[0-9X]", (10, 10), 0.01, organisation_code),
            Pattern("organisation code", "[0-9A-Z]{8}[0-9X]", (9, 9), 0.09, organisation_code, 0.5),
            Pattern("hyphenated nine characters", "[0-9A-Z]{8}-[0-9A-Z]", (10, 10), 0.02, None, 0.5),
            Pattern("other code", "[0-9A-Za-z]{1,7}|[0-9A-Za-z-]{11,20}", (1, 20), 0.95, None, 0.1),
            Pattern("Taiwan business number", "[0-9]{8}", (8, 8), 0.2, taiwan_business, 0.2),
            Pattern("US employer number", "[0-9]{2}-[0-9]{7}", (10, 10), 0.01, None, 0.6),
        ),
        source="GB 11714-1997; Taiwan business number rule of 2023",
        examples=Examples(
            values=("D2143569-X", "D2143569X", "5E3A6E64-3", "04595257"),
            not_values=("D21435.69", "浙ICP备12345678号", "汉族", "第1号"),
            headers=("组织机构代码", "机构代码", "单位编号", "org_code", "統一編號"),
            not_headers=("组织机构类型", "组织机构名称"),
        ),
    ),
    Classifier(
        category="organisation.registration-number",
        zh=listed(
            "注册号, 工商注册号, 工商登记号, 工商登记码, 工商执照注册号, 营业执照, 营业执照号, 营业执照号码,",
            "营业执照编号, 营业执照注册号, 营业执照登记号, 登记证号, 登记证书号, 登记证书编号, 登记号,",
            "登记编号, 税号, 税务登记号, 税务登记证号, 税务登记证号码, 税务登记代码, 纳税人识别号, 纳税人编码,",
            "纳税人编号, 纳税人登记号, 纳税识别号, 事业单位法人证书号, 事业单位证书号, 社会团体登记证号,",
            "民办非企业单位登记证号, 组织机构登记号, 主体身份代码, 主体标识, 市场主体标识,",
            "隶属企业主体身份代码, 法人登记证号, 备案号, ICP备案号, icp证号/备案号, icp证号, 网站备案号,",
            "企业注册号, 海关注册编码, 公司登记号, 工商号, 行政相对人代码_2, 行政相对人代码_3,",
            "行政相对人代码_4, 稅籍編號, 商業登記號碼, 工廠登記編號, 公司註冊號, 车辆登记号类型",
        ),
        en=listed(
            "registration number, business registration number, company registration number,",
            "tax registration number, tax id, tax identification number, tax number, vat registration number,",
            "incorporation number, registry number, registration id, charity registration number,",
            "trade register number, commercial register number, business licence number,",
            "business license number, employer registration, business licence, business license,",
            "registered number, taxpayer code, taxpayer id, taxpayer identification number, register code",
        ),
        physical=listed(
            "zch, gszch, yyzzh, yyzzzch, swdjh, swdjzh, nsrsbh, nsrbm, reg_no, regno, regis_code, tax_no,",
            "tax_reg_no, tax_payer_no, opt_reg_no, icp_no, identi_no_ent, main_identi_id, lv_pripid, djzh,",
            "icpbah, beianhao",
        ),
        not_headers=listed(
            "注册号类型, 车辆注册号, 挂号登记号, 注册资本, 注册地址, 注册日期, 登记号牌,",
            "vehicle registration number, student registration number, 登记机关, 登记日期,",
            "税号类型, 药品注册证号, 医疗器械注册证号, 商标注册号, 船舶登记号,",
            "registration date, 网约车备案",
        ),
        patterns=(
            Pattern("registration number of fifteen digits", "[1-6][0-9]{14}", (15, 15), 0.6, None, 0.2),
            Pattern("other number", "[0-9A-Za-z-]{4,14}|[0-9A-Za-z-]{16,24}", (4, 24), 0.95, None, 0.1),
            Pattern(
                "registered web site",
                "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP[备证]?[0-9]{5,12}号?(?:-[0-9]{1,4})?",
                (9, 24),
                0.0001,
            ),
        ),
        source="GS 15-2006",
        examples=Examples(
            values=("330203000012345", "110000123456789", "浙ICP备12345678号-1"),
            not_values=("汉族", "930203000012345", "已登记"),
            headers=("工商注册号", "营业执照注册号", "纳税人识别号", "tax_reg_no", "登记证号"),
            not_headers=("注册资本", "登记机关", "车辆注册号"),
        ),
    ),
    Classifier(
        category="organisation.licence",
        zh=listed(
            "许可证号, 许可证编号, 许可证号码, 许可证, 许可编号, 许可证书编号, 许可证件编号, 许可文件编号,",
            "行政许可编号, 行政许可决定书文号, 生产许可证号, 生产许可证编号, 经营许可证号, 经营许可证编号,",
            "食品经营许可证号, 食品生产许可证编号, 药品经营许可证号, 药品生产许可证编号, 卫生许可证号,",
            "排污许可证编号, 排污许可证号, 安全生产许可证号, 安全生产许可证编号, 危险化学品经营许可证号,",
            "烟草专卖许可证号, 道路运输经营许可证号, 经营许可证字号, 道路运输许可证号, 施工许可证号,",
            "建设工程规划许可证号, 预售许可证号, 采矿许可证号, 采伐许可证号, 取水许可证号, 出版许可证号,",
            "网络文化经营许可证号, 医疗机构执业许可证号, 执业许可证号, 办学许可证号, 金融许可证号,",
            "资质证书编号, 资质证书号, 企业资质证书号, 资质编号, 认证证书编号, GSP证书编号, GMP证书编号,",
            "备案证号, 备案编号, 备案凭证编号, 批准证书编号, 许可证字号, 證照字號, 許可證字號, 許可證號,",
            "藥局執照號碼, 登記證字號, 医疗器械经营许可证编号, 旅行社许可证号, 特种设备使用登记证编号",
        ),
        en=listed(
            "license number, licence number, permit number, permit id, permit no, license no, licence no,",
            "operating licence, authorization number, authorisation number, accreditation number,",
            "liquor license number, establishment licence, building permit number, facility license number,",
            "certification number, license, licence, permit",
        ),
        physical=listed(
            "xkzh, xkzbh, lic_no, licence_no, license_no, permit_no, zzzsbh, jyxkzh, scxkzh, wswzcbh_lic, babh"
        ),
        not_headers=listed(
            "许可证类型, 许可证有效期, 许可证状态, 许可机关, 许可内容, 驾驶证号, 许可证数量,",
            "许可决定日期, license type, permit type, license plate, driver license number,",
            "permit date, permit status, practitioner licence, license expiration, 许可文件名称,",
            "许可证名称, license status, 许可证发证日期",
        ),
        patterns=(
            Pattern("food licence with its letters", "(?:JY|SC|JYDJ|YB)[0-9]{12,16}", (14, 20), 0.0001),
            Pattern("other number", "[0-9]{3,24}|[0-9]*[A-Z]?[0-9-]{3,12}", (3, 24), 0.95, None, 0.1),
            Pattern(
                "characters 许可 with 字第",
                ".{1,30}(?:字|许|证)[((]?.{0,20}第?[0-9A-Za-z-]{3,20}号",
                (8, 60),
                0.02,
                None,
                0.3,
            ),
        ),
        examples=Examples(
            values=("JY13302030012345", "SC10633020300123", "浙交运管许可字330203001号"),
            not_values=("汉族", "已发证", "食品经营"),
            headers=("许可证编号", "食品经营许可证号", "permit_number", "资质证书编号"),
            not_headers=("许可证类型", "许可机关", "license plate"),
        ),
    ),
    Classifier(
        category="organisation.bank-account",
        zh=listed(
            "单位银行账号, 单位账号, 单位开户账号, 单位开户银行, 企业银行账号, 企业开户账号, 企业开户银行,",
            "对公账户, 对公账号, 基本账户, 基本户账号, 基本户开户银行, 基本存款账户, 公司账号, 公司银行账户,",
            "公积金单位帐号, 公积金单位账号, 单位公积金账号, 单位开户行, 缴存单位账号, 供应商银行账号,",
            "代收账号, 监管账户, 监管账号, 专用账户, 财政专户账号, 收款单位账号, 预售资金监管账号, 機構帳號,",
            "公司帳號, 单位住房公积金账号, 项目账号",
        ),
        en=listed(
            "company bank account, corporate bank account, business bank account, organisation bank account,",
            "vendor bank account, supplier bank account, supplier iban, company account number, swift code, bic",
        ),
        physical=listed("dwzh, dgzh, dwyhzh, prov_fund_acco, corp_acct, dwgjjzh, khzh"),
        not_headers=listed(
            "单位账号类型, 对公账户数, bank branch, 个人公积金账号, 对公账户类型, 银行卡号,",
            "单位账户状态",
        ),
        patterns=(
            Pattern(
                "SWIFT code",
                "[A-Z]{4}(?:CN|HK|TW|US|GB|DE|FR|JP|SG)[A-Z0-9]{2}(?:[A-Z0-9]{3})?",
                (8, 11),
                0.001,
                None,
                0.6,
            ),
        ),
        source="ISO 9362",
        examples=Examples(
            values=("BKCHCNBJ", "ICBKCNBJ300", "HSBCHKHH"),
            not_values=("汉族", "12345678", "ABCDEFGH"),
            headers=("单位银行账号", "公积金单位帐号", "对公账户", "company bank account"),
            not_headers=("个人公积金账号", "对公账户数"),
        ),
    ),
)
