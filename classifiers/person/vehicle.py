"""Vehicles of people: number plate, chassis number, and what belongs to the vehicle."""

from classifiers.checksums import vin
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"

CLASSIFIERS = (
    Classifier(
        category="person.vehicle",
        zh=listed(
            "车辆信息, 机动车信息, 车辆登记信息, 名下车辆, 机动车登记证书编号, 行驶证号, 行驶证编号,",
            "行驶证号码, 行驶证档案编号, 机动车行驶证号, 道路运输证号, 车辆道路运输证号, 营运证号, 发动机号,",
            "发动机号码, 电动机号, 电池编号, 整车编号, 是否套牌车, 是否被盗车辆, 车辆的标签集合, 车辆违章次数,",
            "机动车序号, 引擎號碼, 行車執照號碼, 车辆登记证书编号, 机动车登记证书号, 机动车登记编号,",
            "车辆登记编号, 车辆档案编号, 违法车辆, 检验合格标志编号, 保险单号, 车主证件, 环保标志编号",
        ),
        en=listed(
            "vehicle registration, vehicle registration number, vehicle identifier, engine number,",
            "vehicle record, registration certificate number of vehicle",
        ),
        physical=listed("fdjh, xszh, djzsbh, engine_no, clxx, jdcxh, isclonecar"),
        not_headers=listed(
            "车辆类型, 车辆品牌, 车辆型号, 车辆数, 车辆总数, 车辆颜色, vehicle type,",
            "vehicle count, vehicle class, 车身颜色, 营运证类型",
        ),
        examples=Examples(
            headers=("发动机号", "行驶证号", "engine number"), not_headers=("车辆类型", "车辆品牌", "vehicle type")
        ),
    ),
    Classifier(
        category="person.vehicle.plate",
        zh=listed(
            "车牌号, 车牌号码, 车牌, 号牌号码, 号牌, 车号, 车辆号牌, 车辆牌照, 车辆牌照号, 车牌照号,",
            "机动车号牌, 机动车号牌号码, 牌照号, 牌照号码, 车辆号码, 车辆牌号, 车辆识别牌, 船舶牌号,",
            "电动车号牌, 电动自行车号牌, 非机动车号牌, 挂车号牌, 車牌, 車牌號碼, 車號, 牌照號碼, 航空器注册号,",
            "停车证号, 车牌号后三位, 车牌尾号, 车牌号最后三位",
        ),
        en=listed(
            "plate number, license plate, licence plate, number plate, plate, vehicle plate,",
            "license plate number, registration plate, registration mark, vehicle number, car number,",
            "plate id, tag number of vehicle",
        ),
        physical=listed("cph, cphm, hphm, chepai, plate_no, plateno, car_no, lpn, carnum, vehicle_no, jdchphm"),
        not_headers=listed(
            "号牌种类, 号牌颜色, 号牌类型, 车牌颜色, 车牌类型, 门牌号, 铭牌, 品牌, plate type,",
            "plate color, plate state, template, 车牌数量, registration state",
        ),
        patterns=(
            Pattern(
                "Chinese plate",
                f"[{PROVINCES}][A-HJ-NP-Z][·. -]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳领试超]",
                (7, 9),
                0.001,
            ),
            Pattern(
                "masked Chinese plate",
                f"[{PROVINCES}][A-HJ-NP-Z]?[A-HJ-NP-Z0-9]{{0,3}}\\*{{2,6}}[A-HJ-NP-Z0-9]{{0,3}}",
                (5, 9),
                0.001,
            ),
            Pattern(
                "plate of older or special series",
                f"[{PROVINCES}WJ军空海北沈兰济南广成][A-Z0-9]{{1,2}}[·. -]?[0-9A-Z]{{4,5}}",
                (7, 9),
                0.01,
                None,
                0.5,
            ),
            Pattern(
                "Taiwan or Hong Kong plate",
                "[A-Z]{2,3}-[0-9]{3,4}|[0-9]{3,4}-[A-Z]{2}|[A-HJ-PR-Z]{2} ?[0-9]{3,4}",
                (5, 8),
                0.02,
                None,
                0.4,
            ),
        ),
        words=("车牌", "号牌", "license plate"),
        source="GA 36-2018",
        examples=Examples(
            values=("沪A12345", "浙B·D12345", "京AD12345", "粤B****8", "ABC-1234"),
            not_values=("张三", "A12345", "12345678", "沪府发2020"),
            headers=("车牌号", "号牌号码", "hphm", "license_plate"),
            not_headers=("号牌种类", "品牌", "template"),
        ),
    ),
    Classifier(
        category="person.vehicle.vin",
        zh=listed(
            "车架号, 车架号码, 车辆识别代号, 车辆识别代码, 车辆识别号, 车辆识别码, 车身号, 车身架号, 大架号,",
            "底盘号, 识别代号, VIN码, VIN号, 車身號碼, 車架號碼",
        ),
        en=listed("vin, vin number, vehicle identification number, chassis number, frame number, vehicle id number"),
        physical=listed("cjh, clsbdh, clsbdm, clsbh, vin_no, vincode"),
        not_headers=listed("车辆识别代号类型, vineyard, province, 车架颜色, living"),
        patterns=(
            Pattern("number with check digit", "[A-HJ-NPR-Z0-9]{17}", (17, 17), 0.02, vin),
            Pattern(
                "seventeen characters",
                "[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}[0-9A-HJ-NPR-Z]{4}",
                (17, 17),
                0.05,
                None,
                0.5,
            ),
        ),
        words=("车架号", "vin"),
        source="GB 16735-2019, ISO 3779",
        examples=Examples(
            values=("1M8GDM9AXKP042788", "LSVAU2180N2123456", "11111111111111111"),
            not_values=("1M8GDM9AXKP04278O", "LSVAU218", "11010519491231002X"),
            headers=("车架号", "车辆识别代号", "VIN", "clsbdh"),
            not_headers=("province", "车架颜色"),
        ),
    ),
)
