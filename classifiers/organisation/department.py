"""Government departments and the like: who registered, licensed, fined or holds the record."""

from classifiers.classifier import Classifier, Examples
from classifiers.vocabulary.shapes import DEPARTMENTS
from classifiers.vocabulary.words import listed

CLASSIFIER = Classifier(
    category="organisation.department",
    zh=listed(
        "部门, 部门名称, 部门代码, 部门编码, 科室, 科室名称, 处室, 处室名称, 所属部门, 所属科室, 所属单位,",
        "上级单位, 上级单位名称, 上级部门, 主管部门, 主管单位, 业务主管单位, 业务主管部门, 行业主管部门,",
        "主管机关, 登记机关, 登记机关代码, 登记机关名称, 登记管理机关, 登记管理机关代码, 登记管理机关名称,",
        "登记部门, 发证机关, 发证机构, 发证单位, 发证部门, 证照颁发机构, 证照颁发机构代码, 颁发机关,",
        "签发机关, 签发单位, 身份证签发机关, 批准机关, 批准单位, 批准部门, 审批机关, 审批部门, 审批单位,",
        "核准机关, 许可机关, 许可机关代码, 许可部门, 处罚机关, 处罚机关代码, 处罚部门, 处罚单位,",
        "作出处罚机关, 执法机关, 执法部门, 执法单位, 执法机构, 执法主体, 办案单位, 办案部门, 办案机关,",
        "侦办单位, 立案单位, 承办单位, 承办部门, 承办机构, 受理单位, 受理部门, 受理机关, 受理机构,",
        "办理部门, 办理机构, 经办机构, 经办单位, 主办单位, 主办部门, 责任单位, 责任部门, 牵头单位,",
        "牵头部门, 配合单位, 实施机关, 实施主体, 实施部门, 制定机关, 发布部门, 发布机构, 发布单位,",
        "发布机关, 发文机关, 发文单位, 公布部门, 公示部门, 公告单位, 数据来源单位, 数据来源部门,",
        "数据提供单位, 数据提供部门, 提供部门, 提供单位, 来源部门, 来源单位, 来源厅局编码, 数源单位,",
        "数源部门, 信息提供部门, 采集单位, 采集部门, 录入单位, 填报单位, 填报部门, 上报单位, 报送单位,",
        "管理单位, 管理部门, 管理机构, 管护单位, 养护单位, 权属单位, 管辖单位, 管辖部门, 管辖派出所,",
        "辖区派出所, 所属派出所, 派出所, 派出所名称, 责任派出所, 监管部门, 监管单位, 监管机构, 监督机构,",
        "监督部门, 检查机关, 检查单位, 检查部门, 检查机构, 抽检单位, 评审单位, 评委会名称, 认定部门,",
        "认定机关, 认定机构, 移送部门, 移送部门名称, 移送机关, 接收单位, 接收部门, 转办单位, 交办单位,",
        "督办单位, 主管税务机关, 主管税务机关代码, 主管税务机关名称, 主管税务所名称, 主管税务所代码,",
        "主管税务所(科、分局), 税务机关, 税务机关名称, 征收机关, 法院, 法院名称, 法院代码, 执行法院,",
        "执行法院名称, 管辖法院, 受理法院, 判决机关, 做出执行依据单位, 检察院名称, 仲裁机构, 司法所,",
        "矫正机构, 矫正单位, 看守所名称, 监狱名称, 学校所属主管教育行政部门, 教育主管部门, 公积金中心,",
        "公积金中心机构号, 社保经办机构, 社保机构, 参保机构, 统筹区, 医保局, 居委会, 村委会, 居(村)委会,",
        "所属居委会, 所属村委会, 街道办事处, 党支部, 党组织名称, 所在党支部名称, 党委, 内设机构, 机关单位,",
        "行政机关, 行政机关名称, 出让机关, 国土部门, 出具机关, 机关名称, 單位, 主管機關, 發證機關,",
        "管理機關, 提供機關, 承辦單位, 主辦單位, 登記機關, 管轄機關, 資料提供機關, 機關名稱, 部門",
    ),
    en=listed(
        "department, department name, department code, division, bureau, agency, government agency,",
        "issuing authority, authority, licensing authority, issuing agency, court, court name,",
        "police station, precinct, office, source department, responsible agency, responsible department,",
        "managing agency, reporting agency, data source agency, originating agency, branch,",
        "unit name of agency, jurisdiction agency, administering agency, district office, office name,",
        "tax office, registration authority, supervising authority, lead agency, maintainer,",
        "data provider, issuing office, police department, doc unit id, office location id",
    ),
    physical=listed(
        "bm, bmmc, ks, ksmc, djjg, fzjg, fzjgmc, spbm, cljg_office, xkjg, cfjg, sjdw, zgbm, ywzgdw,",
        "reg_org, regorg, certi_unit, pub_dept, source_dept_code, tax_dept_nm, tax_dept_no, tax_office_nm,",
        "tax_office_no, major_tax_unit, lic_anth, licn_issue_org_cd, execute_court, executed_court,",
        "court_cd, fydm, ent_unit, ssbm, deci_executed_unit, deportation_dept_name, judg_nm, qfjg, sspcs,",
        "compet_dept, regisunit_name, regisunit_code, dept_name, deptcode, cbdw, sldw, slbm, nsjg,",
        "unit_code, jgh, jwh",
    ),
    not_headers=listed(
        "部门数量, 科室数量, 部门职责, 部门电话, 科室电话, 发证日期, 发证时间, 登记日期, 就诊科室,",
        "住院科室, 入院科室, 出院科室, 工作单位, 所在单位, 单位名称, employer, office phone, court type,",
        "court date, division of labour, department of patient, 承办人, 经办人, 用户所在部门,",
        "就诊科室名称, 人员所在部门, medical specialty, 计量单位, branch code, office hours, authority id,",
        "派出所电话, 法院判决, 登记机关联系电话, 法院数量, 货币单位",
    ),
    patterns=DEPARTMENTS,
    examples=Examples(
        values=("宁波市市场监督管理局", "海曙区人民法院", "国家税务总局宁波市税务局", "交警支队"),
        not_values=("汉族", "张伟", "330203", "联软信息有限公司"),
        headers=("登记机关", "发证机关", "执行法院", "department", "主管税务机关名称"),
        not_headers=("就诊科室", "发证日期", "部门电话"),
    ),
)
