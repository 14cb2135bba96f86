"""Diagnoses, history and symptoms."""

from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.vocabulary.shapes import NUMBER
from classifiers.vocabulary.words import listed, words

ENDINGS = (
    "病|症|炎|癌|瘤|综合征|综合症|感染|骨折|中毒|障碍|衰竭|出血|梗死|硬化|结石|"
    "损伤|缺损|畸形|溃疡|过敏|残疾|高血压|贫血|心律失常"
)
ICD = "[A-TV-Z][0-9][0-9AB]"


CLASSIFIERS = (
    Classifier(
        category="person.health.diagnosis",
        zh=listed(
            "诊断, 诊断名称, 诊断结果, 诊断编码, 诊断代码, 诊断类型, 诊断日期, 诊断时间, 确诊日期, 确诊时间,",
            "主要诊断, 主诊断, 入院诊断, 出院诊断, 门诊诊断, 初步诊断, 临床诊断, 病理诊断, 次要诊断, 其他诊断,",
            "疾病, 疾病名称, 疾病诊断, 疾病编码, 疾病代码, 疾病类型, 疾病种类, 疾病分类, ICD编码, ICD10,",
            "ICD10编码, ICD-10编码, 病种, 病种名称, 病种编码, 病名, 病情, 病情描述, 病情说明, 病因, 病史,",
            "既往史, 既往病史, 家族史, 家族病史, 遗传病史, 疾病史, 个人史, 现病史, 主诉, 症状, 症状描述,",
            "临床症状, 过敏史, 药物过敏史, 过敏药物, 过敏原, 手术史, 外伤史, 输血史, 发病日期, 发病时间,",
            "初次发病日期, 患病时间, 患病类型, 患病名称, 患病情况, 慢性病类型, 慢病类型, 慢性病名称, 大病类型,",
            "重大疾病类型, 传染病名称, 传染病类别, 感染途径, 感染来源, 传播途径, 艾滋病情况, 精神疾病类型,",
            "危险性评估等级, 危险性等级, 肿瘤部位, 肿瘤分期, 并发症, 合并症, 疾病分期, 职业病名称, 尘肺期别,",
            "肇事肇祸风险等级, 疾病別, 診斷, 診斷碼, 病症, 主診斷, 发病原因, 传染病, 传染病类型, 传染病分类,",
            "法定传染病, 传染病报告日期, 病例分类, 病例类型, 确诊, 确诊医院, 确诊机构, 遗传史, 遗传病, 危急值,",
            "病种类型, 慢病病种, 病种代码, 大病病种, 特殊病种, 门特病种, 门慢病种, 职业病, 职业病种类,",
            "疑似病例, 密切接触者, 接触史, 暴露史, 流行病学史, 旅居史, 疫区旅居史, 罹患疾病, 患病部位,",
            "病变部位, 肿瘤, 癌症, 肿瘤类型, 精神病, 艾滋病, 结核病, 肝炎, 乙肝, 性病, 疾病严重程度, 病情摘要,",
            "病情变化, 病情评估, 入院病情, 手术指征, 病理类型, 疾病风险, 门诊诊断名称, 出院小结, 病历摘要,",
            "入院记录, 出院记录, 病程记录, 电子病历, 病历内容, 药物过敏, 药物过敏情况, 食物过敏, 过敏情况,",
            "过敏类型, 既往疾病, 既往疾病史, 疾病情况, 伤情, 伤情等级, 伤情描述, 受伤情况, 受伤部位, 伤者情况,",
            "病人情况, 病症描述, 中毒类型, 中毒原因",
        ),
        en=listed(
            "diagnosis, diagnosis code, primary diagnosis, secondary diagnosis, admitting diagnosis,",
            "discharge diagnosis, principal diagnosis, diagnosis date, diagnoses, number diagnoses, diag,",
            "diag 1, diag 2, diag 3, icd, icd code, icd9, icd10, icd 10, disease, disease name, disease type,",
            "disease code, illness, medical condition, condition, medical history, chief complaint, symptom,",
            "symptoms, allergy, allergies, comorbidity, comorbidities, hypertension, diabetes, heart disease,",
            "stroke, cancer, cancer type, tumor type, tumour stage, asthma, hiv status, drg, drg code,",
            "onset date, date of onset, date of diagnosis, infection, reason for visit, bi rads assessment,",
            "severity, mental disorder, injury, injury severity, complication, drug abuse diagnosis,",
            "past history, present illness, trauma history, genetic history, personal history,",
            "allergy history, surgical history, disease history, family medical history, admit diagnosis,",
            "admission diagnosis, clinical diagnosis, discharge summary, medical summary, chronic disease,",
            "chronic conditions, pathology, presenting problem, disease category, mental illness,",
            "problem list, adverse event, side effects, pain level, tumor size, tumor, cancer stage,",
            "stage of cancer, histology, chest pain, symptom description, drug allergy, case history",
        ),
        physical=listed(
            "zd, zdmc, jbmc, jbdm, jbbm, jbzd, dx, dx_code, icd10_code, diagnose_type, attack_date,",
            "routes_infection, risk_level, xbs, jws, gms, diag1, diag_cd, heart_disease, mgm,",
            "bi_rads_assessment",
        ),
        not_headers=listed(
            "诊断试剂, 诊断机构, 诊断医院, 诊断医生, 诊断系统, 故障诊断, 疾病控制中心,",
            "疾病预防控制, 症状监测点, 病虫害, 病害名称, 病虫害种类, 动物疫病,",
            "condition of road, weather condition, condition code of equipment,",
            "terms and conditions, air condition, 诊断人数, 发病率, 发病人数, 发病数, 疾病人数,",
            "患病率, diagnostic device, road condition, property condition,",
            "skin condition product, diagram, 诊断费, disease count, incidence, 植物病害,",
            "故障症状",
        ),
        vocabularies=(Vocabulary("diseases", words("diseases"), 0.5),),
        patterns=(
            Pattern("ICD-10 with a point", f"{ICD}\\.[0-9A-TV-Z]{{1,4}}(?:[x+*][0-9]{{0,3}})?", (5, 13), 0.002),
            Pattern("ICD-10 category", ICD, (3, 3), 0.2, None, 0.1),
            Pattern("ICD-9 with a point", "(?:[0-9]{3}|V[0-9]{2}|E[0-9]{3})\\.[0-9]{1,2}", (4, 7), 0.3, None, 0.1),
            Pattern(
                "words that name a disease",
                f"[\u4e00-\u9fffA-Za-z0-9,、 ()-]{{1,30}}(?:{ENDINGS})",
                (2, 40),
                0.01,
            ),
            NUMBER,
        ),
        words=("诊断", "疾病", "diagnosis"),
        source="GB/T 14396-2016, ICD-10",
        examples=Examples(
            values=("E11.9", "2型糖尿病", "高血压", "Hypertension", "急性阑尾炎"),
            not_values=("汉族", "沪A12345", "12:34", "已婚"),
            headers=("诊断", "疾病名称", "diag_1", "初次发病日期", "既往病史"),
            not_headers=("诊断机构", "发病率", "病虫害种类"),
        ),
    ),
)
