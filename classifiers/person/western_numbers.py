"""National numbers of the United States and the United Kingdom."""

from classifiers.checksums import itin, nhs, ssn
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

HYPHENATED = "[0-9]{3}-[0-9]{2}-[0-9]{4}"

CLASSIFIERS = (
    Classifier(
        category="person.identity.ssn",
        zh=listed("美国社会安全号, 美国社会安全号码, 社会安全号码, 社会安全号, 美国社保号"),
        en=listed(
            "social security number, ssn, social security, soc sec number, ss number, social security no,",
            "last four ssn, ssn last 4",
        ),
        physical=listed("ssn_no, ssnum, soc_sec, ssn4, ssn_tx"),
        not_headers=listed(
            "social security income, social security benefit, social security amount, ssn type,",
            "ssn flag, ssn verified",
        ),
        patterns=(
            Pattern("number with hyphens", HYPHENATED, (11, 11), 0.005, ssn),
            Pattern("number in digits", "[0-9]{9}", (9, 9), 0.88, ssn, 0.15),
            Pattern("masked number", "[X*]{3}-?[X*]{2}-?[0-9]{4}", (9, 11), 0.0001),
        ),
        words=("ssn", "social security"),
        presidio="US_SSN",
        source="Social Security Administration, randomisation of 2011",
        examples=Examples(
            values=("123-45-6789", "078-05-1120", "XXX-XX-6789"),
            not_values=("000-45-6789", "666-45-6789", "123-00-6789", "123-456-789"),
            headers=("ssn", "social_security_number", "SSN"),
            not_headers=("social security income", "ssn type"),
        ),
    ),
    Classifier(
        category="person.identity.itin",
        zh=listed("美国纳税人识别号, 美国个人纳税人识别号, 美国个人税号"),
        en=listed(
            "individual taxpayer identification number, itin, taxpayer identification number of person,",
            "individual taxpayer number, personal tax id",
        ),
        physical=listed("itin_no, itin_num"),
        not_headers=listed("employer identification number, ein, tax type, itinerary"),
        patterns=(Pattern("number with hyphens", "9[0-9]{2}-[0-9]{2}-[0-9]{4}", (11, 11), 0.01, itin),),
        words=("itin",),
        presidio="US_ITIN",
        source="Internal Revenue Service, ITIN ranges",
        examples=Examples(
            values=("912-70-1234", "999-88-1234", "900-65-0001"),
            not_values=("912-89-1234", "812-70-1234", "912-66-1234"),
            headers=("itin", "individual taxpayer identification number"),
            not_headers=("itinerary", "employer identification number"),
        ),
    ),
    Classifier(
        category="person.identity.nhs",
        zh=listed("英国国民保健号, 英国国民医疗服务号码"),
        en=listed("nhs number, nhs no, national health service number, nhs id, chi number, health service number"),
        physical=listed("nhs_num, nhsnumber, pseudo_nhs"),
        not_headers=listed("nhs trust, nhs trust name, nhs board, nhs region, nhs code"),
        patterns=(
            Pattern("number in groups", "[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}", (12, 12), 0.01, nhs),
            Pattern("number in digits", "[0-9]{10}", (10, 10), 0.09, nhs, 0.4),
        ),
        words=("nhs",),
        presidio="UK_NHS",
        source="NHS Data Dictionary, NHS number MOD 11",
        examples=Examples(
            values=("943 476 5919", "9434765919", "943-476-5919"),
            not_values=("943 476 5918", "943476591", "94347659199"),
            headers=("nhs_number", "NHS Number"),
            not_headers=("nhs trust", "nhs region"),
        ),
    ),
)
