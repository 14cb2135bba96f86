"""Home addresses, postal codes, and the area where a person lives."""

from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.vocabulary.regions import latin_names
from classifiers.vocabulary.shapes import ADDRESSES, PLACE_CODES, PLACES
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.contact.address",
        zh=listed(
            "住址, 家庭住址, 家庭地址, 现住址, 现住地址, 现住地, 现住地详细地址, 现居住地, 现居住地址, 现居地,",
            "居住地, 居住地址, 居住地详址, 居住地详细地址, 居住详址, 现居详址, 住所, 住所地址, 住宅地址,",
            "详细住址, 详细地址, 地址, 通信地址, 通讯地址, 联系地址, 邮寄地址, 收件地址, 收货地址, 投递地址,",
            "寄送地址, 快递地址, 户籍地址, 户籍地, 户籍详细地址, 户籍门牌详址, 户籍门(楼)详址, 户籍地详址,",
            "户籍所在地, 户口所在地, 户口地址, 户口所在地详细地址, 身份证地址, 身份证住址, 身份证登记地址,",
            "现住门牌详址, 现住门(楼)详址, 现住详址, 住址门牌, 门牌详址, 门牌号, 门牌地址, 楼栋房号, 房号,",
            "房间号, 室号, 栋号, 幢号, 楼号, 单元号, 监护人居住详址, 房主现居详址, 户主住址, 户主地址,",
            "患者住址, 学生住址, 当事人住址, 当事人地址, 申请人地址, 申请人住址, 法定代表人住址, 法人住址,",
            "负责人住址, 联系人地址, 被执行人住址, 工作地址, 工作详细地址, 家庭主要成员工作详细地址, 暂住地址,",
            "暂住地, 搬迁地址, 安置地址, 迁出地址, 迁入地址, 迁出地详细地址, 迁往地址, 迁来地址, 出生地址,",
            "老家地址, 常住地址, 常住地, 永久地址, 租住地址, 出租房地址, 投诉人地址, 来访人地址, 报警地址,",
            "接送地址, 上车地址, 下车地址, 住(居)址, 籍贯详址, 地址全称, 地址明细, 地址1, 地址2, 地址描述,",
            "通訊地址, 聯絡地址, 戶籍地址, 戶籍地, 現居地址, 聯絡住址, 社区矫正居住地, 服刑前住址",
        ),
        en=listed(
            "address, home address, residential address, residence address, street address, mailing address,",
            "postal address, contact address, permanent address, current address, address line 1,",
            "address line 2, address line 3, address1, address2, address3, street, street name, house number,",
            "street number, apartment, apartment number, unit, unit number, apt, residence, home street,",
            "billing address, shipping address, delivery address, patient address,",
            "registered address of person, input address, address full, domicile",
        ),
        physical=listed(
            "zz_address, jtzz, xzz, xzdz, hjdz, hjszd, hkszd, txdz, lxdz, jzd, jzdz, xxdz, dz, home_addr,",
            "mailing_adds, registered_addr, residence_addr, registered_place, agrc_addr, maddress1, maddress2,",
            "addrline1, adds, zzxxdz, ldfh, qcdxxdz, xzzxxdz, zhuzhi, jiatingzhuzhi, mph, addr_line",
        ),
        not_headers=listed(
            "地址类型, 地址状态, 地址编码, 地址代码, 单位地址, 企业地址, 公司地址, 注册地址,",
            "经营地址, 办公地址, 机构地址, 学校地址, 医院地址, 网站地址, IP地址, 网址, MAC地址,",
            "邮箱地址, 电子邮箱地址, 项目地址, 工程地址, 设备地址, 站点地址, 生产地址, 仓库地址,",
            "发货地址, 退货地址, 店铺地址, 住所类型, 地址省市县编码, 地址的省市县编码,",
            "住所省市县编码, 居住地址的省市县编码, 住所所在行政区划, address type,",
            "email address, ip address, mac address, web address, address id, unit id, addr id,",
            "unit price, business unit, 单元格, 单元测试, 房号总数, 户籍地址省市县编码,",
            "unit of measure, 地址是否公示, 现住地编码, 通信地址邮编, housing unit, unit type,",
            "楼号数",
        ),
        patterns=ADDRESSES,
        words=("住址", "地址", "address"),
        presidio="LOCATION",
        examples=Examples(
            values=(
                "长沙市开福区建设大街668号阳光小区38栋3单元1901室",
                "柳河乡新民村2组",
                "713 Hart Street",
                "上海市浦东新区中山东路***",
                "P.O. Box 1234",
                "臺北市松山區八德路4段694號1樓",
            ),
            not_values=("长沙市", "13800138000", "已婚", "有限责任公司", "12.5"),
            headers=("家庭住址", "户籍地址", "现住门牌详址", "addressLine1", "jtzz", "home address"),
            not_headers=("地址类型", "IP地址", "单位地址", "email address"),
        ),
    ),
    Classifier(
        category="person.contact.postcode",
        zh=listed(
            "邮编, 邮政编码, 邮政编号, 邮编号码, 住址邮编, 家庭邮编, 通信地址邮编, 户籍邮编, 收件邮编,",
            "郵遞區號, 郵政編碼, 郵編, 郵號",
        ),
        en=listed(
            "postcode, postal code, post code, zip, zip code, zip5, zip4, zipcode, zip plus four, mailing zip,",
            "home zip, postal area",
        ),
        physical=listed("yzbm, yb, zip_cd, postid, post_id, zipcode4, zipcode5, mzip, postal_cd, plz, zcta"),
        not_headers=listed(
            "邮政业务量, 邮政局, 邮政网点, 邮编库, zip file, postal service, 邮政编码簿,",
            "zip file name",
        ),
        patterns=(
            Pattern("ZIP code with four more digits", "[0-9]{5}-[0-9]{4}", (10, 10), 0.002),
            Pattern("five or six digits", "[0-8][0-9]{4,5}", (5, 6), 0.9, None, 0.1),
            Pattern("British postcode", "[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", (5, 8), 0.003),
            Pattern("Canadian postcode", "[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]", (6, 7), 0.001),
        ),
        words=("邮编", "zip code"),
        source="YD/T 603.1 and national postal codes",
        examples=Examples(
            values=("200030", "20510", "20510-1234", "SW1A 1AA"),
            not_values=("2000", "99", "ABC", "13800138000"),
            headers=("邮政编码", "邮编", "zip_code", "zipCode5", "yzbm"),
            not_headers=("邮政业务量", "zip file name"),
        ),
    ),
    Classifier(
        category="person.location",
        zh=listed("位置, 位置信息, 个人位置, 实时位置, 当前位置, 所在位置, 定位信息, 定位地址"),
        en=listed("location of person, current location, last known location, whereabouts"),
        physical=listed("wzxx, cur_location"),
        not_headers=listed(
            "站点位置, 设备位置, 地理位置描述, 位置编码, 项目位置, office location,",
            "location type, location id",
        ),
        examples=Examples(
            headers=("实时位置", "定位信息", "last known location"), not_headers=("设备位置", "项目位置")
        ),
    ),
    Classifier(
        category="person.location.place",
        zh=listed(
            "所在地区, 居住地区, 居住区域, 居住省份, 居住城市, 居住区县, 居住街道, 居住社区, 居住乡镇, 居住村,",
            "户籍地区, 户籍省份, 户籍城市, 户籍区县, 户籍街道, 户籍乡镇, 常住地区, 所属社区, 所属村, 所属街道,",
            "居住地编码, 户籍地编码, 户籍地址省市县编码, 现住地编码, 现住地行政区划, 户籍地行政区划,",
            "家庭主要成员居住地址省市县编码, 房主居住地址的省市县编码, 监护人居住地址的省市县编码,",
            "居住地行政区划代码, 户籍地行政区划代码, 生源地, 生源省份, 生源地区, 来源地, 来源省份, 流出地,",
            "流入地, 迁出地, 迁入地, 迁出省, 迁入省, 现居住省, 城乡, 城乡类型, 居住地类型, 居住地区类型,",
            "城镇或农村, 選區, 居住地縣市, 戶籍縣市",
        ),
        en=listed(
            "area of residence, residence area, region of residence, home city, home state, home county,",
            "residence city, residence state, residence county, state of residence, county of residence,",
            "city of residence, district, congressional district, census tract, census block, puma,",
            "neighborhood, urban rural, urbanicity, residence type, ward, home region, resident city,",
            "metro area, msa",
        ),
        physical=listed(
            "urbrur, residence_type, xzdbm, hjdbm, mcity, mstate, residence_code, censustract, db040, st_cd,",
            "geoid, fips",
        ),
        not_headers=listed(
            "地区生产总值, 社区名称类型, 所属地区代码类型, district type, registration district,",
            "school district, city council, 所属村委会电话",
        ),
        patterns=(*PLACES, *PLACE_CODES),
        presidio="LOCATION",
        source="GB/T 2260",
        vocabularies=(Vocabulary("states in Latin letters", latin_names(), 0.8),),
        examples=Examples(
            values=("上海市浦东新区", "330203", "浙江省"),
            not_values=("张伟", "999999", "长沙市开福区建设大街668号"),
            headers=("居住地区", "户籍省份", "congressional district", "CensusTract"),
            not_headers=("地区生产总值", "school district"),
        ),
    ),
    Classifier(
        category="person.location.track",
        zh=listed(
            "行踪轨迹, 轨迹, 活动轨迹, 行程轨迹, 行程, 行程信息, 出行轨迹, 出行记录, 出行路线, 乘车记录,",
            "刷卡记录, 刷卡时间, 刷卡站点, 进站时间, 出站时间, 进站站点, 出站站点, 上车站点, 下车站点,",
            "上车地点, 下车地点, 上车时间, 下车时间, 起点, 终点, 航班号, 车次, 座位号, 座席号, 席位号,",
            "入住时间, 退房时间, 入住酒店, 入住旅馆, 住宿记录, 房间入住时间, 入境口岸, 出境口岸, 入境时间,",
            "出境时间, 入境日期, 出境日期, 出入境时间, 出入境日期, 出入境口岸, 出入境记录, 前往地, 抵达日期,",
            "预计离开日期, 离开日期, 来华日期, 行驶轨迹, 车辆轨迹, 过车时间, 卡口名称, 打卡时间, 打卡地点,",
            "签到时间, 签到地点, 停留时间, 核酸采样地点, 扫码时间, 扫码地点, 人员流向, 入境事由, 来华目的,",
            "目的地",
        ),
        en=listed(
            "movement track, track, trajectory, trip, trip origin, trip destination, pickup location,",
            "dropoff location, pickup datetime, dropoff datetime, pickup time, dropoff time, origin,",
            "destination, check in time, check out time, check in location, boarding station,",
            "alighting station, flight number, train number, seat number, entry date, departure date,",
            "port of entry, tap in time, tap out time, itinerary, start station, end station,",
            "whereabouts history",
        ),
        physical=listed(
            "xzgj, hdgj, gj_track, card_trip, tpep_pickup_datetime, tpep_dropoff_datetime, pulocationid,",
            "dolocationid, arrival_date, plan_leave, goal_in, start_lat, end_lat",
        ),
        not_headers=listed(
            "公交线路, 航班数量, 线路起点, 道路起点, 路段起点, 路段终点, 河道起点, 轨迹编号,",
            "起点桩号, 终点桩号, track id, music track, race track, 线路终点, 管线起点,",
            "轨道交通, 轨道, 行程开关, 目的地城市代码, project start station, 车次数, 航班时刻,",
            "列车时刻",
        ),
        words=("轨迹", "行踪", "行程"),
        source="GB/T 45574-2025, whereabouts",
        examples=Examples(
            headers=("行踪轨迹", "出入境时间", "刷卡记录", "pickup_datetime", "航班号"),
            not_headers=("公交线路", "道路起点", "track id"),
        ),
    ),
)
