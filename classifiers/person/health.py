"""Health: the general state, and the numbers under which patients are filed."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, YES_NO
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.health",
        zh=listed(
            "健康, 健康状况, 健康情况, 健康状态, 身体状况, 身体情况, 身体健康状况, 家庭主要成员健康状况,",
            "健康信息, 健康档案, 生活自理能力, 自理能力, 失能等级, 失能情况, 失能程度, 护理等级, 健康等级,",
            "健康评估, 健康码, 健康码状态, 心理状况, 心理健康状况, 心理评估, 精神状态, 精神状况, 精神障碍,",
            "吸烟情况, 吸烟史, 是否吸烟, 饮酒情况, 饮酒史, 是否饮酒, 生活方式, 死亡日期, 死亡时间, 死亡原因,",
            "死亡地点, 死因, 根本死因, 是否死亡, 死亡标志, 生育情况, 生育史, 孕次, 产次, 孕周, 怀孕情况,",
            "是否怀孕, 妊娠情况, 避孕方式, 避孕措施, 节育措施, 流产次数, 末次月经, 末次月经日期, 预产期,",
            "分娩方式, 分娩日期, 出生体重, 出生身长, 出生孕周, 健康狀況, 死亡日期時間, 老年人能力评估等级,",
            "自我评价健康, 是否为严重精神障碍患者, 慢性病, 慢病, 慢性病卡, 登记并获得慢性病卡, 慢性病说明,",
            "吸烟, 饮酒, 吸烟指数, 饮酒量, 饮酒频率, 日吸烟量, 戒烟年龄, 中医体质, 体质辨识, 体质类型,",
            "运动频率, 饮食习惯, 睡眠情况, 心理测评, 心理测评结果, 心理评估结果, 心理问题类型, 精神障碍类型,",
            "精神疾病, 自杀倾向, 生育意愿, 妊娠, 孕产, 孕产次, 产后访视, 产后访视日期, 产后天数, 新生儿,",
            "新生儿情况, 新生儿体重, 新生儿身长, 出生缺陷类型, 儿童发育评估, 喂养方式, 认知功能, 抑郁评分,",
            "焦虑评分, 日常生活能力评分, 能力评估等级, 评估等级, 死亡, 死亡类型, 死亡证明类型, 死亡登记日期,",
            "身故日期, 身故年月, 生活状态, 火化日期, 殡葬, 火化时间, 骨灰安置地点, 安葬日期, 遗体接运地点,",
            "器官捐献, 遗体捐献",
        ),
        en=listed(
            "health, health status, general health, self rated health, health condition, alive, deceased,",
            "deceased flag, date of death, death date, cause of death, death, mortality, vital status,",
            "pregnant, pregnancy, gestational age, parity, gravidity, smoking, smoking status, smoker,",
            "alcohol use, alcohol, drug use, physical activity, birth weight, delivery method, mental health,",
            "contraceptive method, exposure, severity of condition, died, survival, outcome of patient,",
            "refused to submit, deathtime, menopause, activities of daily living, smoking index,",
            "drinking amount, drinking status, drinker, healthy state, health state, physical condition,",
            "health record, self care ability, care level, nursing level, pregnancies, sleep quality,",
            "exercise frequency, diet, stress level, depression score, gravida, last menstrual period,",
            "abortion history",
        ),
        physical=listed(
            "jkzk, jkqk, healthy, mainmem_health, if_psychopath, deceased_flag, dod, pl_health, swrq,",
            "solindex, if_psychosis, bac_num",
        ),
        not_headers=listed(
            "健康证号, 健康教育, 卫生健康委, 健康档案编号, 健康档案数, 健康卡号, health center,",
            "health department, health inspection, 死亡人数, 死亡率, 健康体检人数,",
            "health code violation, healthcare facility, 死亡证明编号, healthy food,",
            "health district, 网络健康度, 设备健康状态, 市民健康卡",
        ),
        vocabularies=(
            Vocabulary(
                "states of health",
                frozenset(
                    listed(
                        "健康, 良好, 健康或良好, 一般, 较差, 较弱, 一般或较弱, 差, 有慢性病, 慢性病,",
                        "长期慢性病, 患有大病, 大病, 残疾, 有生理缺陷, 自理, 半自理, 不能自理, 完全自理,",
                        "部分自理, 生活不能自理, 能自理, 失能, 半失能, 健在, 死亡, formerly smoked,",
                        "never smoked, smokes, Good, Fair, Poor, Excellent, Alive, Dead, Deceased, 优",
                    )
                ),
                0.8,
            ),
            YES_NO,
        ),
        words=("健康状况", "health"),
        patterns=(CODE,),
        examples=Examples(
            values=("健康", "有慢性病", "never smoked"),
            not_values=("汉族", "已婚", "男"),
            headers=("健康状况", "死亡原因", "smoking_status", "deceased_flag", "失能等级"),
            not_headers=("健康证号", "死亡率", "health department"),
        ),
    ),
    Classifier(
        category="person.health.record-number",
        zh=listed(
            "病历号, 病案号, 病历编号, 门诊号, 门诊号码, 住院号, 住院编号, 住院病历号, 就诊号, 就诊卡号,",
            "就诊记录号, 就诊流水号, 就诊编号, 挂号号, 挂号流水号, 处方号, 处方编号, 检查号, 检查单号,",
            "检验单号, 检验编号, 标本号, 标本编号, 影像号, 放射号, 病理号, 患者编号, 患者id, 患者标识,",
            "患者唯一标识, 病人编号, 病人id, 病人标识, 健康档案号, 健康档案编号, 居民健康档案号, 居民健康卡号,",
            "健康卡号, 体检号, 体检编号, 传染病报告卡编号, 报告卡编号, 献血编号, 献血码, 血袋号, 病例编号,",
            "病例号, 急诊号, 病歷號, 病歷號碼, 就醫序號, 健保卡號, 患者号, 患者编码, 患者主索引, 主索引号,",
            "住院证号, 门诊病历号, 急诊病历号, 电子病历号, 检查申请单号, 检验申请单号, 手术编号, 手术ID,",
            "医嘱编号, 就诊ID, 入院记录号, 挂号编号, 孕产妇档案编号, 儿童档案编号, 母子健康手册编号,",
            "孕产妇保健手册号, 预防接种编码, 儿童编码, 疫苗接种编码, 慢病档案号, 精神病人编号, 患者ID, 病人ID,",
            "挂号ID, 住院ID, 处方ID, 病历ID, 检查单ID, 体检ID, 随访ID, 孕妇ID",
        ),
        en=listed(
            "medical record number, mrn, medical record, patient number, patient id, encounter id,",
            "encounter number, visit id, visit number, admission id, hospital number, hospital admission id,",
            "chart number, case record number, specimen number, accession number, prescription number,",
            "episode id, stay id, patient identifier, patient key, inpatient number, subject number of trial,",
            "study participant number, hospitalization number, hospitalisation number, inpatient id,",
            "patient code, case id of patient, medical card number, registration id of patient, lab id,",
            "sample id of patient, blood bag number",
        ),
        physical=listed(
            "blh, bah, zyh, mzh, jzh, jzkh, jzlsh, hadm_id, icustay_id, patient_nbr, encounter_id, patientid,",
            "pat_id, patno, specimen_num, visit_no, brid, hzid, mr_no",
        ),
        not_headers=listed(
            "病历数, 门诊人次, 住院人次, 住院类型, 住院天数, patient type, patient name,",
            "patient count, number of patients, visit type, encounter type, 病例数, 确诊病例数,",
            "病例类型, 样本号类型, 挂号费, visit date, 病例总数, visit count, encounter class,",
            "门诊号源数",
        ),
        words=("病历号", "住院号", "mrn"),
        examples=Examples(
            headers=("病历号", "住院号", "patient_nbr", "encounter_id", "健康档案编号"),
            not_headers=("门诊人次", "病例数", "patient type"),
        ),
    ),
    Classifier(
        category="person.health.plan-number",
        zh=listed(
            "医保号, 医保卡号, 医保编号, 医保个人编号, 医疗保险号, 医疗保险编号, 医疗保险卡号, 医疗证号,",
            "医疗证编号, 医保证号, 合作医疗证号, 新农合证号, 农合号, 参合号, 参合证号, 参合编号,",
            "医保电子凭证号, 医保凭证号, 健保號, 健保卡卡號",
        ),
        en=listed(
            "health plan number, health plan id, health plan beneficiary number, health insurance number,",
            "insurance member id, medicare number, medicare id, medicaid number, medicaid id,",
            "member number of plan, subscriber id, insurance id, insurance number",
        ),
        physical=listed("ybh, ybkh, ybbh, medicare_no, hicn, mbi"),
        not_headers=listed(
            "医保类型, 医保定点编号, 医保目录编码, 医保药品编码, 医保支付金额,",
            "医保定点医疗机构编号, 医保医师编号, health plan type, insurance type",
        ),
        words=("医保号", "医保卡号"),
        examples=Examples(
            headers=("医保卡号", "医疗证号", "health plan number", "medicare number"),
            not_headers=("医保类型", "医保目录编码"),
        ),
    ),
)
