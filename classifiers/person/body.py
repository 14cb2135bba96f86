"""The body: measures, blood type, vaccination, disability."""

from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.vocabulary.shapes import CODE, NUMBER, YES_NO
from classifiers.vocabulary.words import listed, words

CLASSIFIERS = (
    Classifier(
        category="person.health.vital",
        zh=listed(
            "身高, 体重, 体温, 血压, 收缩压, 舒张压, 脉搏, 心率, 呼吸频率, 血氧, 血氧饱和度, BMI, 体质指数,",
            "体重指数, 腰围, 臀围, 胸围, 头围, 视力, 左眼视力, 右眼视力, 裸眼视力, 听力, 肺活量, 步数,",
            "运动步数, 运动时长, 睡眠时长, 身体质量指数, 骨密度, 体脂率, 视力情况, 體溫, 體重, 血壓, 身材,",
            "视力左, 视力右, 矫正视力, 血压值, 静息心率, 身高值, 体重值, BMI值, 握力, 体质测试成绩, 运动心率",
        ),
        en=listed(
            "height, body height, body weight, weight, body temperature, blood pressure, systolic, diastolic,",
            "systolic blood pressure, diastolic blood pressure, pulse, heart rate, respiratory rate,",
            "oxygen saturation, spo2, bmi, body mass index, waist circumference, hip circumference,",
            "head circumference, vision, visual acuity, hearing, steps, step count, calories burned,",
            "sleep hours, bp, resting blood pressure, max heart rate, eye color, hair color, body fat",
        ),
        physical=listed(
            "sg, tz_weight, tw, ssy, szy, mb, xl_heart, sbp, dbp, bmi_value, trestbps, thalach, hgt, wgt_kg"
        ),
        not_headers=listed(
            "建筑高度, 楼高, 树高, 货物重量, 毛重, 净重, 车辆重量, 总质量, 水温, 气温, 体重秤,",
            "sampling weight, household weight, household weights, person weights,",
            "building height, person weight, vehicle weight, gross weight, net weight,",
            "weight limit, final weight, weightage, 重量, height of building, ceiling height,",
            "tree height, 步骤数, 环境温度, 家庭权重, workload weight, fnlwgt, replicate weight,",
            "survey weight, wave height, paper weight",
        ),
        patterns=(
            Pattern("blood pressure", "[0-9]{2,3}/[0-9]{2,3} ?(?:mmHg)?", (5, 12), 0.02, None, 0.5),
            Pattern("weight band", "\\[[0-9]{1,3}-[0-9]{1,3}\\)", (5, 9), 0.05, None, 0.2),
            NUMBER,
        ),
        words=("身高", "体重", "血压"),
        examples=Examples(
            values=("120/80", "135/85 mmHg", "[75-100)"),
            not_values=("2020/01/01", "汉族", "偏高"),
            headers=("身高", "血压", "bmi", "heart rate", "体温"),
            not_headers=("建筑高度", "sampling weight", "气温"),
        ),
    ),
    Classifier(
        category="person.health.blood-type",
        zh=listed("血型, ABO血型, RH血型, 血型代码, 患者血型, 血型名称, RH血型代码, 血型(ABO)"),
        en=listed("blood type, blood group, abo, rh factor, abo rh, blood type code"),
        physical=listed("xx_blood, xxdm, bloodtype, rh_type"),
        not_headers=listed("血型分布, 型号, 库存血型数, blood bank, 采血量"),
        vocabularies=(Vocabulary("blood types", words("blood_types"), 0.95),),
        words=("血型",),
        source="GB/T 2261 series, WS 364",
        patterns=(CODE,),
        examples=Examples(
            values=("A型", "AB", "O型RH阳性"),
            not_values=("未查", "男", "X型"),
            headers=("血型", "ABO血型", "blood type"),
            not_headers=("型号", "blood bank"),
        ),
    ),
    Classifier(
        category="person.health.vaccination",
        zh=listed(
            "疫苗接种, 疫苗接种情况, 接种情况, 接种疫苗, 接种疫苗名称, 接种日期, 接种时间, 接种剂次, 接种针次,",
            "接种单位, 接种单位名称, 接种地点, 接种部位, 接种状态, 接种记录, 是否接种, 是否接种疫苗,",
            "未接种原因, 预防接种证号, 接种证号, 接种卡号, 接种不良反应, 免疫接种史, 疫苗接種, 接種日期,",
            "接種疫苗, 接種劑次, 疫苗, 接种, 免疫接种, 免疫规划疫苗, 接种禁忌, 接种医生, 接种门诊,",
            "下次接种日期, 加强针, 加强免疫, 疫苗厂家, 疫苗类别, 疫苗本编号",
        ),
        en=listed(
            "vaccination, vaccination status, vaccinated, vaccine, vaccine name, vaccine received,",
            "vaccination date, vaccine dose, dose number, immunization, immunisation, immunization date,",
            "immunization status, vaccine lot, vaccine manufacturer, vaccine type",
        ),
        physical=listed("ymjz, jzrq_vacc, jzym, jzzh_vacc, vacc_date, vax_date, vax_type"),
        not_headers=listed(
            "疫苗库存, 疫苗生产企业, 接种率, 接种人数, 接种点数量, 疫苗价格, vaccination rate,",
            "vaccination site, vaccinations total, 接种点名称, people vaccinated, 动物免疫,",
            "接种点地址",
        ),
        words=("疫苗", "接种", "vaccine"),
        examples=Examples(
            headers=("疫苗接种情况", "接种日期", "vaccination_status", "ymjz"),
            not_headers=("接种率", "疫苗库存", "vaccination rate"),
        ),
    ),
    Classifier(
        category="person.health.disability",
        zh=listed(
            "残疾, 残疾类别, 残疾类型, 残疾等级, 残疾级别, 残疾情况, 残疾程度, 残疾状况, 残疾原因, 残疾日期,",
            "致残原因, 致残时间, 是否残疾, 是否残疾人, 残疾标识, 残疾详情, 残疾部位, 残疾评定日期, 伤残等级,",
            "伤残类别, 伤残性质, 伤残部位, 伤残情况, 劳动能力鉴定等级, 劳动能力鉴定结论, 劳动能力,",
            "是否丧失劳动能力, 辅助器具, 辅助器具需求, 听力残疾等级, 视力残疾等级, 肢体残疾等级, 智力残疾等级,",
            "精神残疾等级, 主要残疾类别, 殘疾等級, 障礙類別, 障礙等級, 身心障礙類別, 身心障礙等級,",
            "工伤伤残等级, 是否重度残疾, 残疾时间, 残疾人类型, 残疾标准, 残疾代码, 残疾人基本状况, 主要残障,",
            "残疾车型, 致残, 致残因素, 鉴定残疾部位, 伤残, 伤残鉴定, 伤残鉴定结论, 伤残日期, 劳动能力鉴定,",
            "丧失劳动能力程度, 听力损失程度, 视力左, 视力右, 左眼矫正视力, 右眼矫正视力, 助听器佩戴, 人工耳蜗,",
            "轮椅需求, 无障碍改造需求, 无障碍改造内容",
        ),
        en=listed(
            "disability, disability status, disability type, disabled, disability level, disability rating,",
            "handicap, impairment, hearing difficulty, vision difficulty, cognitive difficulty,",
            "ambulatory difficulty, self care difficulty, independent living difficulty, limitation,",
            "wheelchair, veteran disability rating, special needs, special education, iep status, handicapped",
        ),
        physical=listed(
            "cjlb, cjdj, cjlx, cjqk, cjyy, dis, dvet, drem, dphy, deye, dear, dout, ddrs, canjileibie,",
            "pl_disab, drat, dratx",
        ),
        not_headers=listed(
            "残疾证号, 残疾人证号, 残疾人数, 残疾人姓名, 残疾人联合会, 残疾车位数,",
            "disabled flag of account, is disabled user, 残疾人就业人数, 无障碍设施,",
            "disabled parking, 残联, 残疾人就业保障金, disabled access",
        ),
        vocabularies=(
            Vocabulary(
                "kinds and grades of disability",
                frozenset(
                    listed(
                        "视力残疾, 听力残疾, 言语残疾, 肢体残疾, 智力残疾, 精神残疾, 多重残疾, 视力, 听力,",
                        "言语, 肢体, 智力, 精神, 多重, 一级, 二级, 三级, 四级, 无残疾, 非残疾, 肢体残疾一级,",
                        "肢体残疾二级, 肢体残疾三级, 肢体残疾四级, 视力残疾一级, 听力残疾一级, 智力残疾二级,",
                        "精神残疾二级, 重度, 中度, 轻度",
                    )
                ),
                0.95,
            ),
            YES_NO,
        ),
        words=("残疾", "disability"),
        source="GB/T 26341-2010",
        patterns=(CODE,),
        examples=Examples(
            values=("肢体残疾", "听力残疾", "二级"),
            not_values=("汉族", "健康", "男"),
            headers=("残疾类别", "残疾等级", "disability", "cjdj", "伤残等级"),
            not_headers=("残疾证号", "无障碍设施"),
        ),
    ),
)
