"""Whether a string is the name of a body: what companies, agencies, schools and hospitals are called at their end.

What a reader would get wrong: departments (…局, …委员会) are bodies too; which kind a column holds is for its header.
"""

from __future__ import annotations

import pyarrow as pa

from classifiers.vocabulary.words import Mask, matches

COMPANY = (
    "有限公司|有限责任公司|股份公司|公司|集团|企业|工厂|厂|总厂|商行|商店|超市|便利店|经营部|门市部|营业部|经销部|批发部|服务部|加工部|销售部|工作室|"
    "事务所|合作社|专业合作社|联合社|家庭农场|农场|养殖场|林场|牧场|渔场|饭店|酒店|宾馆|旅馆|餐厅|餐馆|饭馆|面馆|茶馆|茶楼|酒楼|网吧|药店|药房|大药房|药局|"
    "诊所|店|铺|馆|坊|行|中心|合伙企业|个体工商户|经营户|分公司|分店|支行|分行|银行|信用社|保险公司|矿|煤矿|电站|加油站|修理厂|有限合伙"
)
PUBLIC = (
    "医院|卫生院|卫生室|卫生服务中心|卫生服务站|健康服务中心|门诊部|保健院|疾控中心|学校|小学|中学|大学|学院|幼儿园|职校|技校|党校|研究所|研究院|设计院|检察院|法院|"
    "委员会|居委会|村委会|管委会|政府|人民政府|办事处|街道办|街道办事处|局|分局|支局|厅|部|处|科|署|所|派出所|司法所|财政所|税务所|站|队|支队|大队|中队|总队|院|"
    "协会|学会|商会|联合会|联谊会|基金会|促进会|工会|总工会|联盟|俱乐部|图书馆|博物馆|文化馆|体育馆|敬老院|福利院|养老院|出版社|报社|杂志社|电视台|电台|寺|教堂|清真寺|支部|党委"
)
DEPARTMENT = (
    "局|分局|厅|委员会|委|管委会|政府|人民政府|办事处|街道办|办公室|法院|检察院|海关|支队|大队|中队|总队|派出所|司法所|税务所|财政所|工商所|监管所|署|处|科|科室|"
    "部门|宣传部|组织部|统战部|中心|党委|党组|人大|政协|公安局交警支队"
)
LATIN = (
    r"Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|LP|PLC|GmbH|AG|S\.?A|B\.?V|Pty|Group|Holdings|"
    "Bank|University|College|School|Academy|Hospital|Clinic|Institute|Association|Foundation|Society|Church|Department|"
    "Agency|Authority|Commission|Council|Committee|Bureau|Office|Ministry|Center|Centre|Services|Partners|Associates|"
    "Union|Trust|Assn|Coop|Cooperative|Utilities|District|Dept"
)


def is_organisation(array: pa.Array) -> Mask:
    """Four characters or more that end like a Chinese body (a bracketed branch may follow), or Latin words that do."""
    chinese = matches(array, f"^.{{2,}}(?:{COMPANY}|{PUBLIC})(?:[(（].{{1,20}}[)）])?$") & matches(
        array, "[\u4e00-\u9fff]"
    )
    return chinese | matches(array, rf"(?i)\b(?:{LATIN})\.?\b\.?(?: of [A-Z].*| \([^)]*\))?$")


def is_department(array: pa.Array) -> Mask:
    """The name of an authority or a part of one."""
    return matches(array, f"^.{{1,}}(?:{DEPARTMENT})(?:[(（].{{1,20}}[)）])?$") & matches(array, "[\u4e00-\u9fff]")
