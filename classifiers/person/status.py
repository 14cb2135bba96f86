"""Marital status, political status and religion."""

from classifiers.classifier import Classifier, Examples, Vocabulary
from classifiers.vocabulary.shapes import CODE, YES_NO
from classifiers.vocabulary.words import listed, spaced, words

CLASSIFIERS = (
    Classifier(
        category="person.basic.marital-status",
        zh=listed(
            "婚姻状况, 婚姻状态, 婚姻情况, 婚姻, 婚否, 是否已婚, 婚姻状况代码, 婚姻登记类型, 结婚日期,",
            "结婚时间, 结婚登记日期, 离婚日期, 离婚原因, 初婚日期, 初婚年月, 婚姻史, 结婚状态, 婚况, 婚育状况,",
            "婚育情况, 婚姻變化情形, 婚姻狀況, 婚姻狀態, 申请人婚姻状况, 婚姻登记日期, 复婚日期, 丧偶日期,",
            "离婚, 结婚, 离婚登记日期, 离婚时间, 婚姻登记时间, 结婚登记时间, 复婚, 补领原因, 婚姻关系,",
            "婚姻类型, 婚姻类别, 登记类型, 婚姻持续时间, 男方婚姻状况, 女方婚姻状况, 婚检日期, 婚检结果",
        ),
        en=listed(
            "marital status, marital, marriage status, civil status, married, ever married, marital code,",
            "marriage, divorce date, marriage date, personal status and sex, spouse status, personal status,",
            "msp, mar",
        ),
        physical=listed("hyzk, hyzt, hunyin, marriage_flag, marstat, marst, hhcivil, maritl, marital_cd, aac017"),
        not_headers=listed(
            "结婚对数, 离婚率, 婚姻登记处, 婚姻登记机关, 结婚登记数, 结婚证号, market,",
            "martial arts, 婚介机构, 结婚登记地点, 婚姻登记数量",
        ),
        vocabularies=(
            Vocabulary("marital statuses", words("marital_statuses"), 0.8),
            YES_NO,
        ),
        words=("婚姻状况", "marital"),
        source="GB/T 2261.2-2003",
        patterns=(CODE,),
        examples=Examples(
            values=("未婚", "已婚", "Married-civ-spouse", "Divorced"),
            not_values=("男", "汉族", "在读"),
            headers=("婚姻状况", "hyzk", "marital-status", "ever_married"),
            not_headers=("离婚率", "婚姻登记处", "结婚证号"),
        ),
    ),
    Classifier(
        category="person.basic.political-status",
        zh=listed(
            "政治面貌, 政治身份, 政治面貌代码, 党派, 党派名称, 党派代码, 是否党员, 是否中共党员, 入党时间,",
            "入党日期, 入党年月, 入团时间, 入团日期, 加入党派时间, 所在党支部, 党组织关系, 党内职务, 党员类型,",
            "党员状态, 团员身份, 政党, 黨派, 政黨, 推薦政黨, 政治團體, 政治联系, 政治觀點, 政治观点,",
            "参加党派日期, 参加党派时间, 党籍状态, 党员发展时间, 预备党员转正日期, 入党介绍人, 所属党组织,",
            "组织关系所在单位, 党费缴纳情况, 民主党派, 宗教党派, 流动党员, 党龄, 团龄, 转正时间",
        ),
        en=listed(
            "political status, political party, party, party affiliation, political affiliation,",
            "party membership, party registration, registered party, political view, political views,",
            "trade union membership, union member, vote, voted for",
        ),
        physical=listed("zzmm, zzmmdm, party_flag, dangpai, rdsj, rdrq, political_cd, party_cd, aac024"),
        not_headers=listed(
            "党员数量, 中共党员数量, 党员人数, 党组织数量, 是否有中共党组织, 是否建立党组织,",
            "党费, third party, party id, party type, party name, party number, 党组织名称,",
            "共青团团员数量, 是否具备建立中共党组织条件, counterparty, contracting party,",
            "党务公开, votes, vote count",
        ),
        vocabularies=(Vocabulary("political statuses", words("political_statuses"), 0.8),),
        words=("政治面貌", "党派"),
        source="GB/T 4762-1984",
        patterns=(CODE,),
        examples=Examples(
            values=("中共党员", "群众", "Democrat", "民革党员"),
            not_values=("已婚", "汉族", "本科"),
            headers=("政治面貌", "zzmm", "party", "入党时间"),
            not_headers=("党员人数", "third party", "是否有中共党组织"),
        ),
    ),
    Classifier(
        category="person.basic.religion",
        zh=listed(
            "宗教信仰, 宗教, 信仰, 信教情况, 宗教信仰代码, 信仰宗教, 所属宗教, 信教类别, 教别,",
            "宗教教职人员身份, 信教时间, 信教方式, 皈依日期, 教派, 宗教信仰情况",
        ),
        en=listed(
            "religion, religious affiliation, faith, religious belief, denomination, religious preference,",
            "belief, church membership, religious group",
        ),
        physical=listed("zjxy, zjxydm, faith_type, relig, religion_cd"),
        not_headers=listed(
            "宗教场所, 宗教活动场所名称, 宗教团体, 宗教局, religious building, 宗教院校,",
            "宗教活动场所地址, 信仰场所数量, good faith",
        ),
        vocabularies=(Vocabulary("religions", spaced("religions"), 0.8),),
        words=("宗教信仰", "religion"),
        source="GA 214.12",
        patterns=(CODE,),
        examples=Examples(
            values=("佛教", "无宗教信仰", "Hindu", "伊斯兰教"),
            not_values=("汉族", "已婚", "群众"),
            headers=("宗教信仰", "zjxy", "religion", "信教情况"),
            not_headers=("宗教活动场所名称", "region"),
        ),
    ),
)
