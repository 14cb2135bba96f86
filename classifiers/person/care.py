"""Care that was given: visits, medication, laboratory results."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, NUMBER
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.health.medication",
        zh=listed(
            "用药, 用药情况, 用药名称, 用药记录, 用药剂量, 用药频次, 用药途径, 处方药品, 处方内容, 处方用药,",
            "处方, 医嘱, 医嘱内容, 医嘱名称, 用法用量, 用药史, 服药情况, 是否服药, 服药依从性, 服药记录,",
            "给药途径, 给药剂量, 领药日期, 领药情况, 发药数量, 吸毒种类, 毒品种类, 滥用药物种类, 药物名称,",
            "用藥, 處方, 服药, 药物, 服用药物, 药物名称及剂量, 中药处方, 西药处方, 药品费用, 美沙酮,",
            "服用美沙酮剂量, 药物依赖, 抗病毒治疗, 用药建议, 用药方案",
        ),
        en=listed(
            "medication, medications, medication name, drug prescribed, prescription, prescribed drug, drug,",
            "drug name of patient, dose of patient, dosage, treatment drug, number of medications,",
            "num medications, insulin, metformin, repaglinide, nateglinide, chlorpropamide, glimepiride,",
            "acetohexamide, glipizide, glyburide, tolbutamide, pioglitazone, rosiglitazone, acarbose,",
            "miglitol, troglitazone, tolazamide, examide, citoglipton, glyburide metformin,",
            "glipizide metformin, glimepiride pioglitazone, metformin rosiglitazone, metformin pioglitazone,",
            "diabetes medication, diabetesmed, change of medication, change, aspirin, statin, atorvastatin,",
            "simvastatin, lisinopril, amlodipine, warfarin, heparin, antibiotic, antibiotics, opioid, steroid,",
            "chemotherapy, antidepressant, beta blocker, ace inhibitor",
        ),
        physical=listed("yyqk, cfyp, yymc, diabetesmed, num_medications, drug_reason, rx, med_name"),
        not_headers=listed(
            "药品批准文号, 药品生产企业, 药品价格, 药品编码, 药品规格, 药品目录, 处方药标志,",
            "药店名称, drug price, drug manufacturer, change id, change date, change type,",
            "drug screening id, 药品库存, 处方数量, 中药饮片产量, change reason, climate change,",
            "percent change, drug approval, drug screening, 药品采购, 变更, 处方量统计",
        ),
        vocabularies=(
            Vocabulary(
                "changes of dose",
                frozenset(listed("No, Steady, Up, Down, Ch, NO, Yes, DrugY, drugX, drugA, drugB, drugC")),
                1.0,
            ),
        ),
        words=("用药", "处方", "medication"),
        patterns=(CODE,),
        examples=Examples(
            values=("Steady", "Up", "Down"),
            not_values=("汉族", "E11.9", "是"),
            headers=("用药情况", "metformin", "insulin", "glyburide-metformin", "diabetesMed"),
            not_headers=("药品批准文号", "药品价格", "drug price"),
        ),
    ),
    Classifier(
        category="person.health.lab",
        zh=listed(
            "检验结果, 化验结果, 检验项目结果, 检验值, 化验值, 检查结果, 检查所见, 检查结论, 检查报告,",
            "检验报告, 影像所见, 影像结论, 病理结果, 核酸检测结果, 核酸结果, 抗体结果, 抗原结果, HIV检测结果,",
            "尿检结果, 毒检结果, 血常规, 尿常规, 肝功能, 肾功能, 血糖, 空腹血糖, 餐后血糖, 血糖值,",
            "糖化血红蛋白, 血脂, 总胆固醇, 胆固醇, 甘油三酯, 低密度脂蛋白, 高密度脂蛋白, 尿酸, 血红蛋白,",
            "白细胞, 血小板, 肌酐, 尿蛋白, 转氨酶, 基因检测结果, 采样结果, 体检结果, 体检结论, 心电图,",
            "心电图结果, B超结果, 胸片结果, 酒精含量, 血液酒精含量, 血中酒精含量, 檢驗結果, 檢驗值, 核酸,",
            "核酸检测, 核酸检测时间, 核酸采样时间, 核酸采样点, 核酸检测机构, 抗原检测, 检验结果值, 化验单,",
            "化验项目, 检验项目, 检查项目, 影像检查, 心电图诊断, 超声, B超, CT, 磁共振, X线, 病理, 血氧值,",
            "酒精检测, 酒精检测结果, 酒精检测值, 血液检测, 尿液检测, 毒品检测, 毒品检测结果, 甲状腺功能,",
            "肿瘤标志物, 糖耐量, 血压值, 空腹血糖值, 餐后血糖值",
        ),
        en=listed(
            "lab result, laboratory result, test result of patient, lab value, lab test, blood test,",
            "max glu serum, a1cresult, a1c, hba1c, glucose, glucose level, avg glucose level, blood glucose,",
            "blood sugar, cholesterol, hdl, ldl, triglycerides, creatinine, hemoglobin, haemoglobin,",
            "platelets, white blood cells, wbc, rbc, sodium, potassium, na to k, albumin, bilirubin,",
            "urine test, drug test result, drug result, drug test panel, drug test reason, alcohol test,",
            "blood alcohol, pcr result, covid test result, antibody, viral load, cd4 count, biopsy,",
            "density of mass, margin, shape of mass, ecg, ekg, serum creatinine, insulin level,",
            "number of lab procedures, num lab procedures, genotype, gene expression, bac",
        ),
        physical=listed(
            "jyjg, hyjg, jcjg_lab, max_glu_serum, a1cresult, num_lab_procedures, restecg, trestbps_lab,",
            "drug_result_cd, drug_test_reason_cd, drug_test_panel_cd, bac_num, na_to_k",
        ),
        not_headers=listed(
            "检测机构, 水质检测结果, 食品检验结果, 产品检验结果, 抽检结果, 检查结果公示,",
            "安全检查结果, 检验机构, 检验日期, 检查单位, drug screening id, sodium of food,",
            "车辆检验结果, 检验费, 检测站, profit margin, soil potassium, density, shape,",
            "margin, 消防检查结果",
        ),
        vocabularies=(
            Vocabulary(
                "laboratory results",
                frozenset(
                    listed(
                        "阳性, 阴性, 弱阳性, 可疑, 未检出, 检出, 正常, 异常, Positive, Negative, positive,",
                        "negative, POS, NEG, Norm, Normal, Abnormal, >200, >300, >7, >8, None, HIGH, LOW,",
                        "NORMAL, Reactive, Non-reactive, Inconclusive, +, -, ++, +++, ±",
                    )
                ),
                0.95,
            ),
        ),
        words=("检验结果", "化验"),
        patterns=(
            NUMBER,
            CODE,
        ),
        examples=Examples(
            values=("阳性", "Negative", ">200"),
            not_values=("汉族", "合格", "男"),
            headers=("检验结果", "核酸检测结果", "max_glu_serum", "A1Cresult", "空腹血糖"),
            not_headers=("水质检测结果", "检测机构", "抽检结果"),
        ),
    ),
    Classifier(
        category="person.health.care",
        zh=listed(
            "就诊, 就诊日期, 就诊时间, 就诊科室, 就诊科室名称, 就诊医院, 就诊机构, 就诊类型, 就诊原因,",
            "就诊方式, 就诊次数, 就诊记录, 就医地点, 就医类型, 就医方式, 挂号科室, 挂号时间, 挂号日期,",
            "挂号类型, 门诊科室, 住院科室, 入院科室, 出院科室, 入院日期, 入院时间, 出院日期, 出院时间,",
            "住院天数, 住院日期, 住院原因, 住院次数, 入院途径, 入院情况, 入院方式, 离院方式, 出院情况,",
            "出院方式, 转归, 治疗结果, 治疗情况, 治疗方式, 治疗方法, 治疗方案, 治疗医院, 治疗机构, 治疗日期,",
            "治疗时间, 治疗记录, 收治情况, 收治机构, 收治机构名称, 收治医院, 实施住院治疗原因, 手术, 手术名称,",
            "手术编码, 手术日期, 手术方式, 手术级别, 麻醉方式, 床号, 病床号, 病区, 病房号, 主治科室, 转诊情况,",
            "转院, 复诊日期, 随访日期, 随访方式, 随访结果, 随访情况, 随访记录, 随访内容, 签约医疗机构,",
            "签约服务包, 康复机构, 康复机构名称, 接受康复机构名称, 康复情况, 康复项目, 康复训练, 康复日期,",
            "体检日期, 体检机构, 体检项目, 产检次数, 产检日期, 产检医院, 分娩医院, 接生机构, 助产机构,",
            "接种医院, 护理记录, 急救时间, 出车地址, 救治情况, 隔离地点, 隔离日期, 隔离开始日期, 隔离方式,",
            "隔离状态, 解除隔离日期, 护理服务, 就醫科別, 就醫日期, 住院日, 出院日, 科別, 献血日期, 献血量,",
            "献血次数, 住院, 出院, 入院, 门诊, 急诊, 就医, 康复, 康复服务, 康复服务内容, 康复训练内容,",
            "康复治疗, 辅具适配, 辅具类型, 辅助器具适配, 转诊, 转诊原因, 转诊日期, 转诊机构, 转院原因, 会诊,",
            "会诊意见, 手术操作, 手术操作名称, 输血, 输血反应, 输血量, 输血日期, 麻醉, 护理, 护理内容,",
            "护理类型, 护理计划, 随访, 随访人员, 家庭医生签约, 签约家庭医生, 签约医生团队, 签约服务, 家庭病床,",
            "产检, 助产, 诊疗, 诊疗记录, 诊疗项目, 诊疗费, 治疗, 治疗经过, 治疗效果, 治疗机构类型, 住院时间,",
            "住院起止时间, 出院日期时间, 就诊机构名称, 就诊医院名称, 首诊日期, 首诊医院, 复诊情况, 急救,",
            "急救类型, 急救结果, 救护车到达时间, 呼救原因, 呼救地点, 现场处置, 送往医院, 床位号, 病床, 科别,",
            "病房, 入院目的, 紧急程度, 收治科室, 拟收治科室名称, 分诊级别, 预约科室, 预约医生, 挂号级别,",
            "主治医生意见, 医生意见, 医生建议, 医生诊断意见, 检查结论, 诊疗意见, 治疗建议, 治疗费, 检查费,",
            "护理费, 床位费, 手术费, 挂号费用, 药占比",
        ),
        en=listed(
            "care, visit, visit date, visit reason, admission, admission date, admission type,",
            "admission source, admission type id, admission source id, discharge, discharge date,",
            "discharge disposition, discharge disposition id, disposition, length of stay, time in hospital,",
            "days in hospital, medical specialty, department of patient, ward of patient, hospital,",
            "hospital name of patient, treatment, treatment date, treatment type, procedure, procedure code,",
            "procedures, number of procedures, num procedures, surgery, surgery date, operation date, therapy,",
            "readmitted, readmission, number outpatient, number emergency, number inpatient,",
            "outpatient visits, inpatient visits, emergency visits, number of visits, follow up date,",
            "rehabilitation, appointment date, appointment, no show, referral, triage, icu stay, hospitalized,",
            "hospitalised, hospitalization, bed number, screening date, service date of patient,",
            "attending service, isolation",
        ),
        physical=listed(
            "jzrq, jzsj, jzks, ryrq_hosp, cyrq, cysj, zlqk, zyyy, readmitted, time_in_hospital,",
            "num_procedures, number_outpatient, number_emergency, number_inpatient, admission_type_id,",
            "discharge_disposition_id, admission_source_id, los, treat_flag, detain_type, detain_union,",
            "reat_hospital, inhospital_reason, revice_union, medical_specialty, medicalspecialty",
        ),
        not_headers=listed(
            "医院名称, 医院地址, 医院等级, 医院类型, 诊疗科目, 门诊量, 床位数, hospital address,",
            "hospital type, skin care product, 就诊人次, 住院人次, 出院人次, 手术例数,",
            "treatment plant, wastewater treatment, 治理情况, 污水处理, 水处理,",
            "child care facility, career, department name, treatment of water,",
            "procedure name of administration, 科室电话, 编制床位数, 医疗机构等级,",
            "discharge of water, 排污",
        ),
        words=("就诊", "住院", "手术"),
        examples=Examples(
            headers=("就诊科室", "入院日期", "readmitted", "admission_type_id", "治疗情况", "time_in_hospital"),
            not_headers=("医院地址", "门诊量", "wastewater treatment"),
        ),
    ),
)
