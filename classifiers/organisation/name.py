"""Names of companies, agencies and other bodies."""

from classifiers.classifier import Classifier, Examples
from classifiers.vocabulary.shapes import ORGANISATIONS
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="organisation.name",
    zh=listed(
        "单位名称, 企业名称, 企业名称(字号名称), 公司名称, 机构名称, 组织名称, 法人名称, 法人单位名称,",
        "主体名称, 市场主体名称, 纳税人名称, 商户名称, 店铺名称, 门店名称, 店名, 商家名称, 厂商名称,",
        "厂家名称, 生产企业, 生产企业名称, 生产厂家, 生产商, 经营企业, 经营单位, 经营单位名称, 经营主体,",
        "经营者名称, 字号名称, 字号, 供应商, 供应商名称, 采购人, 采购单位, 采购单位名称, 招标人, 招标单位,",
        "招标单位名称, 中标人, 中标单位, 中标单位名称, 中标供应商, 投标人, 投标单位, 建设单位,",
        "建设单位名称, 施工单位, 施工单位名称, 监理单位, 监理单位名称, 设计单位, 设计单位名称, 勘察单位,",
        "开发企业, 开发商, 开发单位, 物业公司, 物业公司名称, 物业服务企业, 承包单位, 承建单位,",
        "检测单位名称, 检验机构, 检测机构, 检测机构名称, 医院名称, 医疗机构名称, 学校名称, 学校, 院校名称,",
        "幼儿园名称, 养老机构名称, 社会组织名称, 社会团体名称, 基金会名称, 合作社名称, 事业单位名称,",
        "药店名称, 药房名称, 诊所名称, 酒店名称, 餐厅名称, 银行名称, 企业全称, 企业简称, 单位全称,",
        "单位简称, 公司全称, 公司简称, 当事人名称, 相对人名称, 行政相对人名称, 行政相对人, 被处罚单位,",
        "被处罚单位名称, 被处罚对象, 被处罚人名称, 处罚对象名称, 被许可人, 被许可人名称, 申请单位,",
        "申请单位名称, 申报单位, 申报单位名称, 申请企业, 持证单位, 持证企业, 持有人名称, 权利人名称, 股东,",
        "股东名称, 股东/发起人名称, 投资方名称, 投资单位, 出资人, 出资人名称, 分支机构名称,",
        "受委托组织名称, 执法主体名称, 所属平台名称, 平台名称, 委托单位, 委托单位名称, 被检查单位,",
        "被检查单位名称, 受检单位, 被抽样单位名称, 标称生产企业名称, 房屋名称, 隶属企业名称, 上级公司,",
        "母公司名称, 所属企业, 所属公司, 所属集团, 合作单位, 协办单位, 承办企业, 运营单位, 运营企业,",
        "运输企业名称, 所属企业名称, 业户名称, 经营业户, 企业, 单位, 公司, 机构, 用人单位, 招聘单位,",
        "招聘单位名称, 用工单位, 培训机构名称, 代理机构, 代理机构名称, 评估机构, 鉴定机构名称,",
        "律师事务所名称, 所在律所, 执业律所, 公司名, 機構名稱, 公司名稱, 單位名稱, 廠商名稱, 商號名稱,",
        "營業人名稱, 醫事機構名稱, 學校名稱, 團體名稱, 商業名稱, 工廠名稱, 寺廟名稱, 名稱, 纳税人全称,",
        "信用主体名称, 失信主体名称",
    ),
    en=listed(
        "name, organisation name, organization name, company, company name, business name, employer name,",
        "institution, institution name, agency name, vendor, vendor name, supplier, supplier name,",
        "manufacturer, manufacturer name, school name, hospital name, facility name,",
        "provider organisation, trade name, legal name of entity, entity name, firm, firm name,",
        "corporation name, contractor, contractor name, dba name, doing business as, establishment name,",
        "restaurant name, store name, merchant, merchant name, bank name of organisation, utility name,",
        "operator name of facility, brand owner, owner company, publisher, sponsor, awardee,",
        "recipient name, buyer name, seller name, taxpayer, licensee, licensee name, permit holder,",
        "lead organisation, charity name, university, airline, carrier",
    ),
    physical=listed(
        "qymc, dwmc, gsmc, jgmc, ztmc, nsrmc, xxmc_school, yymc_hosp, comp_nm, compname, ent_name,",
        "entname, entity_name, unit_nm, corp_name, org_name, orgname, taxer_nm, tax_nm, stocker_nm, inv,",
        "plat_nm, school_name, utilname, admin_cp_name, implement_institution, socialorgan_name, shmc,",
        "gysmc, dwqc, house_name, entrust_dept_name, brandname",
    ),
    not_headers=listed(
        "企业名称拼音, 单位名称是否公示, 企业数, 企业数量, 机构数, 单位数, 企业类型, 企业地址, 单位电话,",
        "学校数量, 机构代码, 股东人数, 商品名称, 项目名称, 银行名称代码, 公司类型, 单位性质, 机构类型,",
        "企业规模, 企业性质, 用人单位数, 股东类型, company size, company type, vendor id, agency code,",
        "firm size, brand, publish date, 学校类型, 企业人数, 单位人数, 机构编码, 公司地址, 公司电话,",
        "股东证件号, 股东姓名, 商户类型, 单位编号, 单位代码, 企业代码, 单位id, carrier code, 单位面积,",
        "单位产量, 单位价格, 计量单位, 数量单位, 金额单位",
    ),
    patterns=ORGANISATIONS,
    words=("企业名称", "单位名称", "company"),
    examples=Examples(
        values=("联软信息有限公司", "施小红服装店", "宁波市第一医院", "Acme Widgets Inc", "衛生福利部花蓮醫院"),
        not_values=("汉族", "张伟", "2020-01-01", "330203"),
        headers=("企业名称", "单位名称", "qymc", "company name", "医疗机构名称"),
        not_headers=("企业类型", "商品名称", "企业数量", "计量单位"),
    ),
)
