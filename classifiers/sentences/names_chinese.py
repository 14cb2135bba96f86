"""Chinese names in sentences: beside a word that announces them, with a title, or where a sentence has its subject.

Without a model a name is known by its surname and its surroundings only; what stands in neither is missed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from classifiers.inside import CUE, Shape
from classifiers.vocabulary import regions
from classifiers.vocabulary.chinese_names import NEVER_LAST
from classifiers.vocabulary.words import words

NAME = "person.name"
H = "[一-鿿]"
CUES = (
    f"{CUE}|我叫|名叫|叫做|姓名|乘客|顾客|客户|用户|考生|产妇|孕妇|死者|伤者|被执行人|申请执行人|法人代表|法定代表|承办人|代理人|委托人|"
    "受托人|签收人|收款人|付款人|复核人|审核人|值班员|民警|辅警|社工|网格员|邻居|亲属|家属|儿媳|女婿|孙子|孙女|爷爷|奶奶|外公|外婆|哥哥|弟弟|"
    "姐姐|妹妹|租客|租户|房东|房主|车主|求助人|求助者|投诉者|致电人|持有人|户籍人|新生|幼儿|职工|员工|村民|业主|社员|党员|干部|医师|护士|"
    "法官|律师|检察官|书记员|持证人|患儿|死者|逝者|保姆|护工|志愿者|联络人|紧急联系人|监护|护照的|独居老人|接待|签字|寄给|交给|退回|转账至"
)
TITLES = (
    "先生|女士|小姐|太太|夫人|老师|医生|大夫|护士|主任|经理|师傅|阿姨|大爷|大妈|大叔|大娘|奶奶|爷爷|同学|同志|教授|科长|处长|局长|所长|队长|"
    "站长|校长|院长|书记|镇长|乡长|村长|律师|法官|警官|警察|检察官|老板|总监|队员|社工|厂长|班长|会计|工程师|某某|某"
)
# What may follow a name in a sentence: a verb, a particle, a post; or the run of characters ends.
NEXT = (
    "来电|来访|来信|反映|反应|称|表示|说|报警|报案|投诉|举报|咨询|要求|申请|描述|证实|介绍|回复|接待|登记|提供|到|于|在|因|系|是|为|将|已|未|"
    "不|没|也|都|的|与|和|及|或|等|代|住|由|签|名下|家|家属|电话|手机|微信|身份证|同志|本人|夫妇|夫妻|父|母|患|预约|驾驶|收到|变更|提出|知情|"
    "担任|负责|领取|办理|缺课|走访|名|向|对|从|把|被|让|给|去|来|可|曾|又|再|均|先|后|今|昨|当|常|男|女|三人|两人|二人|四人"
)
BEFORE = (
    '找|请|由|与|和|及|向|给|跟|被|让|叫|把|替|代|据|因|对|、|，|,|。|；|;|：|:|（|\\(|“|"|\\s|即|而|且|'
    "送|联系|通知|询问|经|约|告知"
)
# What hardly anything but a person does, or what hardly anything but a person has.
DOES = (
    "来电|来访|来信|反映|签字|签收|说|称|表示|报警|报案|投诉|举报|咨询|描述|证实|患病|到场|本人|夫妇|夫妻|的身份证|的电话|的手机|的父|的母|"
    "的妻|的儿|的女|同志|代为|代领|系|两人|三人|二人|四人|名下|预约|驾驶|不在|搬|家住|住|未按|到窗口|知情|家中|（男|（女|，男|，女|，身份证|"
    "，电话|，手机|（身份证"
)
# Surnames that are more often a word of another kind before a title.
GRAMMAR = "和于向从经同及由与连时"
FUNCTION = "班和于向从经时同常别正有计明及连由应干都项单全多区师年路道城房乡米水家人安高方成包关"
POLITE = "先生|女士|小姐|太太|阿姨|师傅|大爷|大妈|老师|律师"
NOT_OLD = "师区时年路道城家房乡龙米水人大公百一旧化板幼"


@lru_cache(maxsize=1)
def _parts() -> tuple[str, str, str]:
    """Single surnames as a class, double ones as an alternation, given characters as a class."""
    surnames = words("surnames")
    double = "|".join(sorted(w for w in surnames if len(w) > 1))
    single = "".join(sorted(w for w in surnames if len(w) == 1))
    return f"[{single}]", double, f"[{''.join(sorted(words('given_characters')))}]"


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Words that begin like a name and are none."""
    lists = ("not_names", "occupations", "relations", "ethnic_groups", "education_levels")
    return frozenset(word for name in lists for word in words(name)) | regions.names()


def _name(text: str) -> bool:
    """No word, place or post that is known, and no end that names do not have."""
    return text[-1] not in NEVER_LAST and text not in _known() and not text.startswith(("方面", "有关", "时间"))


def _person(text: str) -> bool:
    """A surname with a title: neither the whole nor what stands before the title is a known word."""
    known = words("not_names")
    return text not in known and text[:2] not in known and text[:3] not in known


def shapes() -> list[Shape]:
    """Every shape, the surest first."""
    surname, double, given = _parts()
    end = f"(?=(?:{NEXT})|[^一-鿿]|$)"
    strict = f"(?:(?:{double}){H}{{1,2}}|{surname}{given}{given}|{surname}{given}){end}"
    broad = f"(?:(?:{double}){H}{{1,2}}?{end}|{surname}{H}{end}|{surname}{H}{H}|{surname}{H})"
    dotted = f"{H}{{1,6}}[·•・]{H}{{1,6}}(?:[·•・]{H}{{1,6}})?{end}"
    dotted_hint = f"{H}[·•・]{H}"
    colon = f"(?:{CUES})[:：]"
    short = f"(?:(?:{double})|(?![{FUNCTION}]){surname})"
    polite = f"(?:(?:{double})|(?![{GRAMMAR}]){surname})"
    before = f"(?:(?<=(?:{BEFORE}))|(?<!{H}))"
    any_name = f"(?:{double}|{surname}){H}{{1,2}}?(?=(?:{DOES}))"
    found = [
        Shape(NAME, "cue", f"(?<=(?:{CUES})[:：是为叫（(\\s]{{0,2}})(?!某){broad}", CUES, 0.75, _person),
        Shape(NAME, "colon", f"(?<={colon}\\s?){H}{{2,4}}(?=[^一-鿿·]|$)", colon, 0.74, _person),
        Shape(NAME, "dotted", f"(?:(?<=(?:{CUES}|{BEFORE}))|(?<!{H})){dotted}", dotted_hint, 0.8),
        Shape(NAME, "dotted run", f"{H}{{1,5}}[·•・]{H}{{1,6}}(?:[·•・]{H}{{1,6}})?", dotted_hint, 0.6),
        Shape(
            NAME, "cue, no surname", f"(?<=(?:{CUES})[:：是为叫]{{0,1}}){H}{{2,4}}(?=[，,（(、])", CUES, 0.55, _unusual
        ),
        Shape(NAME, "title", f"{short}{given}{{0,2}}(?:{TITLES})", f"(?:{TITLES})", 0.72, _person),
        Shape(NAME, "polite title", f"{polite}{given}{{0,2}}(?:{POLITE})", f"(?:{POLITE})", 0.72, _person),
        Shape(NAME, "does", f"{before}{any_name}", f"{H}(?:{DOES})", 0.6, _name),
        Shape(NAME, "in a row", f"(?<=[、，])(?:{surname}){H}{{1,2}}(?=[、，])", "[、，]", 0.5, _name),
        Shape(
            NAME,
            "first in a row",
            f"(?:^|(?<=[。；，\\s]))(?:{surname}){H}{{1,2}}(?=、(?:{surname}))",
            "、",
            0.5,
            _name,
        ),
        Shape(NAME, "old or young", f"[老小](?![{NOT_OLD}]){surname}{end}", "[老小]", 0.6, _person),
        Shape(NAME, "after a word", f"{before}{strict}", surname, 0.65, _name),
    ]
    return [replace(shape, proves=False) for shape in found]


def _unusual(text: str) -> bool:
    """What stands behind a cue and is no word that we know: a name without a Han surname, perhaps."""
    known = words("not_names") | words("relations") | words("occupations")
    grammar = any(c in text for c in "的了不有无未已在是为与对我其该个请") or re.match(f"{NEXT}|{CUES}|{TITLES}", text)
    return text not in known and not grammar
