"""Shapes that several kinds of field share: a person's telephone and a company's look alike, only the header tells.

What a reader would get wrong: because they are shared, these shapes say "a telephone number", never "whose"; each kind
of field must carry the shape, or the value evidence would push a fax column towards the kind that has it.
"""

from __future__ import annotations

from classifiers.classifier import Pattern, Vocabulary
from classifiers.vocabulary import addresses, chinese_names, dates, latin_names, organisation_names, phones, regions
from classifiers.vocabulary.words import words

HAN = "[\u4e00-\u9fff]"
LONG = 100_000
MASKED_NAME = rf"{HAN}\*{{1,3}}|{HAN}\*{HAN}|\*{{1,2}}{HAN}{{1,2}}|{HAN}{{2}}\*"
WORD = r"[A-Z][A-Za-z'-]+"

CHINESE_NAMES = (
    Pattern("Chinese name", f"{HAN}{{2,4}}", (2, 4), 0.25, chinese_names.is_chinese_name),
    Pattern("masked Chinese name", MASKED_NAME, (2, 4), 0.05, chinese_names.is_masked_name),
    Pattern(
        "name with a middle dot",
        f"{HAN}{{1,8}}[·•・]{HAN}{{1,8}}(?:[·•・]{HAN}{{1,8}})?",
        (3, 26),
        0.02,
        chinese_names.is_minority_name,
    ),
)
LATIN_NAMES = (
    Pattern(
        "Latin full name",
        rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Hon|Rev)\.? )?{WORD}(?: [A-Z]\.?)?(?:,? {WORD}){{1,3}}"
        r"(?:,? (?:Jr|Sr|II|III|IV|MD|PhD|Esq)\.?)?",
        (4, 60),
        0.1,
        latin_names.is_full_name,
    ),
    Pattern(
        "Latin full name in capitals",
        r"[A-Z][A-Z'-]+,?(?: [A-Z]\.?)?(?: [A-Z][A-Z'-]+){1,3}",
        (4, 60),
        0.15,
        latin_names.is_full_name,
    ),
)
ONE_LATIN_NAME = Pattern("given name or surname", r"[A-Z][A-Za-z'-]+", (2, 20), 0.1, latin_names.is_one_name, 0.6)
LATIN_WORD = Pattern("capitalised word", r"[A-Z][a-z]+(?:['-][A-Z][a-z]+)?", (2, 24), 0.5, None, 0.3)
NAMES = (*CHINESE_NAMES, *LATIN_NAMES)

MOBILES = (
    Pattern(
        "mainland mobile number", "(?:\\+?86[- ]?|0)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}", (11, 17), 0.07, None, 0.7
    ),
    Pattern("masked mobile number", "1[3-9][0-9]?\\*{4,8}[0-9]{2,4}", (11, 11), 0.001),
)
LANDLINES = (
    Pattern(
        "mainland landline with area code",
        "\\(?0(?:10|2[0-9]|[3-9][0-9]{2})\\)?[- ][2-9][0-9]{6,7}(?:[-转 ][0-9]{1,6})?|"
        "\\(0(?:10|2[0-9]|[3-9][0-9]{2})\\)[2-9][0-9]{6,7}",
        (10, 21),
        0.001,
    ),
    Pattern(
        "mainland landline in digits",
        "(?:\\+?86)?0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}",
        (10, 15),
        0.06,
        None,
        0.6,
    ),
    Pattern("masked landline", "0[0-9]{2,3}-?[0-9]{0,4}\\*{3,8}[0-9]{0,4}", (10, 13), 0.001),
    Pattern("service number", "(?:400|800)-?[0-9]{3,4}-?[0-9]{3,4}", (10, 13), 0.002),
    Pattern(
        "Taiwan number with area code",
        "\\(0[0-9]{1,3}\\) ?[0-9]{3,4}-?[0-9]{2,4}|0[0-9]{1,3}-[0-9]{6,8}",
        (9, 16),
        0.01,
        phones.is_taiwan,
    ),
    Pattern(
        "North American number",
        "(?:\\+?1[-. ]?)?(?:\\([2-9][0-9]{2}\\) ?|[2-9][0-9]{2}[-. ])[2-9][0-9]{2}[-. ][0-9]{4}"
        "(?: ?(?:x|ext\\.?) ?[0-9]{1,6})?",
        (12, 26),
        0.002,
        phones.is_us,
    ),
    Pattern("North American number in digits", "1?[2-9][0-9]{2}[2-9][0-9]{6}", (10, 11), 0.5, phones.is_us, 0.3),
    Pattern("international number", "(?:\\+|00)[1-9][0-9 ()./-]{6,20}", (8, 24), 0.01, phones.is_international),
    Pattern("British number", "0[1-9][0-9]{2,4} [0-9]{3,4} ?[0-9]{3,4}", (11, 14), 0.02, phones.is_british, 0.7),
    Pattern("Hong Kong number", "(?:\\+?852[- ]?)?[235689][0-9]{3}[- ][0-9]{4}", (9, 14), 0.02, phones.is_hong_kong),
)
SHORT_PHONES = Pattern("local number without area code", "[2-9][0-9]{6,7}", (7, 8), 0.8, None, 0.15)

EMAILS = (
    Pattern("e-mail address", "[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+", (6, 254), 0.0001),
    Pattern("masked e-mail address", "[A-Za-z0-9._%+-]*\\*+[A-Za-z0-9._%+*-]*@[A-Za-z0-9.*-]+", (6, 254), 0.0001),
)
ADDRESSES = (
    Pattern("Chinese address", f".*{HAN}.*", (5, 120), 0.02, addresses.is_chinese_address),
    Pattern("masked Chinese address", f"{HAN}{{2,20}}[{HAN[1:-1]}0-9]*\\*{{2,}}.*", (5, 120), 0.02, None, 0.6),
    Pattern("English address", "[0-9A-Za-z#][0-9A-Za-z .,'#/-]+", (6, 120), 0.01, addresses.is_english_address),
)
PLACES = (Pattern("division by name", f"{HAN}[{HAN[1:-1]} /,>·-]*", (2, 30), 0.05, regions.is_region),)
PLACE_CODES = (
    Pattern("division code", "[1-8][0-9]{5}(?:[0-9]{3})?(?:[0-9]{3})?", (6, 12), 0.0035, regions.is_region_code),
)
URLS = (
    Pattern("web address", "(?i)(?:https?|ftp)://[^\\s]+", (10, 2000), 0.0001),
    Pattern("web address without scheme", "(?i)www\\.[^\\s]+\\.[a-z]{2,}[^\\s]*", (7, 2000), 0.0001),
)
DATE_SHAPE = "[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
CLOCK = "(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)"
BIRTH_DATES = (
    Pattern("date with separators", DATE_SHAPE + CLOCK + "?", (8, 35), 0.01, dates.is_birth_date, 0.5),
    Pattern("date of eight digits", "(?:19|20)[0-9]{6}", (8, 8), 0.01, dates.is_birth_date, 0.5),
    Pattern(
        "date with the year last",
        "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}" + CLOCK + "?",
        (8, 30),
        0.01,
        dates.is_birth_date,
        0.5,
    ),
    Pattern(
        "year of the Republic",
        "(?:民國|民国)? ?[0-9]{2,3}[/.年-][0-9]{1,2}[/.月-][0-9]{1,2}日?",
        (6, 14),
        0.02,
        dates.is_birth_date,
        0.4,
    ),
)
DATES = (
    Pattern("date with separators", DATE_SHAPE + CLOCK + "?", (8, 35), 0.01, dates.is_date),
    Pattern("date of eight digits", "(?:1[89]|2[01])[0-9]{6}", (8, 8), 0.02, dates.is_date, 0.8),
    Pattern(
        "timestamp of fourteen digits", "20[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-5][0-9][0-5][0-9]", (14, 14), 0.001
    ),
    Pattern(
        "date with the year last", "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}" + CLOCK + "?", (8, 30), 0.01, dates.is_date
    ),
    Pattern(
        "year of the Republic",
        "(?:民國|民国)? ?[0-9]{2,3}[/.年-][0-9]{1,2}[/.月-][0-9]{1,2}日?",
        (6, 14),
        0.02,
        dates.is_date,
        0.8,
    ),
)
COORDINATES = (
    Pattern("decimal degrees", "-?(?:[0-9]|[1-9][0-9]|1[0-7][0-9])\\.[0-9]{4,}", (6, 24), 0.15, None, 0.5),
    Pattern(
        "pair of degrees", "(?:POINT ?)?\\(?-?[0-9]{1,3}\\.[0-9]{2,}[ ,;]+-?[0-9]{1,3}\\.[0-9]{2,}\\)?", (11, 60), 0.001
    ),
    Pattern(
        "degrees and minutes",
        "[EWNS东西南北经緯纬]{0,2}[0-9]{1,3}[°度][0-9]{1,2}['′分]?[0-9.]*[\"″秒]?[EWNS]?",
        (4, 24),
        0.02,
    ),
)
ORGANISATIONS = (
    Pattern("name of a body", f".*(?:{HAN}|[A-Za-z]).*", (4, 120), 0.05, organisation_names.is_organisation),
)
DEPARTMENTS = (Pattern("name of an authority", f".*{HAN}.*", (3, 60), 0.05, organisation_names.is_department),)
# Ways of writing that many kinds of field have: they prove nothing, but a field that is written so is not held against
# the kind whose other shapes it does not have.
CODE = Pattern("short code", "[0-9]{1,3}|[A-Za-z][0-9]{0,3}", (1, 4), 0.95, None, 0.1)
NUMBER = Pattern("plain number", "-?[0-9]{1,12}(?:\\.[0-9]{1,10})?", (1, 24), 0.95, None, 0.1)
SHORT_WORD = Pattern("short Chinese word", f"{HAN}{{1,4}}", (1, 4), 0.95, None, 0.1)
PROSE = (
    Pattern("Chinese sentences", f".*{HAN}.*[,。;!?、:].*{HAN}.*", (12, LONG), 0.05, None, 0.6),
    Pattern(
        "English sentences", r"(?:.*[ (])?[a-z]{2,},? [a-z]+[ ,.;:].*[a-z]{2,},? [a-z]+.*", (25, LONG), 0.05, None, 0.6
    ),
)
YES_NO = Vocabulary("yes and no", frozenset(words("yes_no")), 1.0)
