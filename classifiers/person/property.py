"""Houses and land of a person, and their title deeds."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import ADDRESSES, CODE, NUMBER, SHORT_WORD, YES_NO
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.finance.property",
        zh=listed(
            "房产, 房产信息, 房产情况, 房产证号, 房产证, 房产证编号, 房子证办理, 房屋所有权证号, 房权证号,",
            "房屋产权证号, 产权证号, 产权证编号, 不动产权证号, 不动产权证书号, 不动产权证, 不动产证号,",
            "不动产单元号, 不动产权证书编号, 不动产登记证明号, 土地证号, 土地使用证号, 土地使用权证号,",
            "宅基地证号, 宅基地, 宅基地面积, 林权证号, 承包经营权证编号, 土地承包经营权证号, 房屋坐落,",
            "房产地址, 房屋地址, 不动产坐落, 住房面积, 住房情况, 住房类型, 住房结构, 住房性质, 住房建筑面积,",
            "人均住房面积, 家庭住房面积, 原住房面积, 原有住房, 房屋面积, 房屋建筑面积, 建筑面积, 套内面积,",
            "房屋用途, 房屋性质, 房屋结构, 房屋类型, 房屋类别, 房屋状况, 房屋产权, 房屋权属, 房屋产权性质,",
            "房屋来源, 产权性质, 产权情况, 共有情况, 共有方式, 共有人情况, 权利性质, 抵押金额, 抵押情况,",
            "抵押权人, 查封情况, 是否危房, 是否危房户, 危房等级, 危房情况, 危房改造情况, 建房时间, 建房年份,",
            "购房日期, 购房时间, 购房价格, 购房面积, 房款总额, 房屋租金, 月租金, 租金, 租赁期限, 租赁用途,",
            "出租用途, 保障房类型, 公租房类型, 安置房面积, 拆迁面积, 拆迁补偿金额, 补偿金额, 征收补偿金额,",
            "承包地面积, 耕地承包面积, 有无车辆, 车辆情况, 家用电器, 建物面積, 土地權狀, 建物坐落,",
            "所有權狀字號, 房屋情况, 是否有房, 房产套数, 房屋套数, 住房套数, 家庭住房套数, 承受方房产套数,",
            "转让方房产套数, 名下房产, 是否抵押, 是否查封, 抵押, 查封, 查封机关, 查封文号, 查封日期,",
            "抵押登记日期, 抵押顺位, 债权数额, 被担保债权数额, 居住权, 是否设立居住权, 预告登记, 异议登记,",
            "权利人类型, 权利比例, 所有权份额, 共有份额, 网签合同号, 网签备案号, 商品房买卖合同号,",
            "购房合同编号, 购房合同号, 购房款, 交易价格, 房屋成交价, 房屋交付日期, 房屋产权人类型, 产权年限,",
            "土地使用年限, 土地使用权面积, 分摊土地面积, 使用权面积, 宅基地批准面积, 宅基地坐落, 农房面积,",
            "农房结构, 自建房, 自建房层数, 房屋层数, 房屋间数, 住房间数, 住房年代, 房屋户型, 户型, 是否有车,",
            "有无住房, 有无机动车, 名下车辆数, 车辆购置价格, 购车价格, 家庭车辆, 承包地块, 承包地块面积,",
            "承包地确权面积, 承包方式, 确权面积, 家庭承包面积, 林权面积, 林地承包面积, 流转面积, 牲畜数量,",
            "家庭财产类型, 房屋受损情况, 受损房屋间数, 倒塌房屋间数, 不动产, 不动产类型, 不动产价值,",
            "房屋登记用途, 契约编号, 有无车产, 有无房产, 车产, 有无汽车, 房产数量, 车产数量, 股份金额,",
            "持有股份, 股金",
        ),
        en=listed(
            "water, property, home ownership, homeownership, housing, housing type, own rent,",
            "tenure of dwelling, dwelling type, property value, house value, home value, property deed number,",
            "parcel owner, house address, number of rooms of home, roof, roof material, walls, wall material,",
            "floor material, water source, drinking water source, electricity connection, electric connection,",
            "toilet type, cooking fuel, housing status, real estate, land ownership, number of cars,",
            "vehicles owned, mortgage status, dwelling, home type, title deed, property certificate number,",
            "property cert number, property unit number, real estate certificate, house area, house structure,",
            "building area of home, land certificate, house owner type, number of houses, house count,",
            "co ownership, mortgage, mortgaged",
        ),
        physical=listed(
            "bdcqzh, fcdz, fczh, fczbl, zfmj, zfjg, zflx, wfdj, sfwfh, yyzf, yzfmj, constr_area, house_addr,",
            "housing_type, own_rent, property_cert, homeown, electcon, tothouse, fwzl, bdcdyh, jzmj",
        ),
        not_headers=listed(
            "房地产企业, 房产中介, 房产开发, 楼盘名称, 房屋名称, 房屋编号, 房屋拆迁许可证,",
            "property type id, property name, 项目建筑面积, 总建筑面积, 规划建筑面积,",
            "学校建筑面积, housing status id, 房价指数, 房屋征收部门, 房屋销售面积,",
            "property class, property id, 房屋地址省市县编码, 商品房销售面积, object property,",
            "拆除旧房面积, 建筑用途, water consumption, waterway, paywall, firewall",
        ),
        patterns=(
            Pattern(
                "property certificate number",
                ".{0,3}(?:[((][0-9]{4}[))]).{1,12}(?:不动产权|房权证|不動產權|国用|集用|林证).{0,12}第?[0-9A-Za-z-]{4,16}号?|.{1,6}房(?:地)?权证.{1,10}字第?[0-9A-Za-z-]{4,16}号?",
                (10, 48),
                0.02,
            ),
            Pattern(
                "property unit number", "[0-9]{6}[0-9]{6}[GJZ][ABCDEFGHSXYW][0-9]{5}[FLQW][0-9]{8}", (28, 28), 0.0001
            ),
            *ADDRESSES,
            NUMBER,
            SHORT_WORD,
            CODE,
        ),
        words=("房产证", "不动产权证"),
        source="TD/T 1001-2012, rules on the real-estate unit code",
        vocabularies=(YES_NO,),
        examples=Examples(
            values=(
                "沪(2020)浦字不动产权第012345号",
                "330203001001GB00001F00010001",
                "浙江省宁波市海曙区解放路731号1室",
            ),
            not_values=("E11.9", "12:30", "zhang@example.com"),
            headers=("不动产权证号", "房屋地址", "住房面积", "housing", "危房等级"),
            not_headers=("楼盘名称", "房屋编号", "总建筑面积"),
        ),
    ),
)
