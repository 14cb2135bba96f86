"""English names in sentences: capitalised words with a title, beside a word that announces them, or a known part."""

from __future__ import annotations

from dataclasses import replace

from classifiers.inside import Shape
from classifiers.vocabulary.words import words

NAME = "person.name"
WORD = r"[A-Z][a-z]*(?:['’][A-Z])?[A-Za-z-]*[a-z]"
FULL = rf"{WORD}(?: [A-Z]\.)?(?: {WORD}){{1,2}}"
TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Officer|Judge|Nurse|Sgt|Sergeant|Rev|Father|Sister"
CUES = (
    "patient|caller|complainant|driver|tenant|landlord|applicant|claimant|witness|traveller|traveler|holder|neighbou?r|"
    "caseworker|employee|student|teacher|customer|client|contact|name|names|name is|named|called|signed by|"
    "witnessed by|"
    "reported by|issued to|attention|attn|dear|regards|sincerely|son|daughter|wife|husband|mother|father|"
    "brother|sister|I am|met|ask|asked|told|by|to|with|from|and|cc|according to"
)
VERBS = (
    "said|says|called|calls|reported|reports|heard|lives|lived|refused|refuses|was|is|has|had|objects|objected|visited|"
    "paid|prefers|asked|asks|told|wrote|writes|works|died|moved|missed|stated|states|claims|claimed|will"
)
# Words that begin names of things, and words that end them.
NOT_FIRST = frozenset((
    "The", "A", "An", "New", "Main", "North", "South", "East",
    "West", "Upper", "Lower", "General", "Data", "Please", "No", "Not",
    "Our", "This", "That", "Water", "Bus", "Saint", "St", "Fort",
    "Mount", "Lake", "Great", "Grand", "High", "Old", "Public", "National",
    "Royal", "City", "State", "United", "Central", "First", "Second", "Third",
    "Invoice", "Kind", "Best", "Yours", "Dear", "Send", "Passport", "Refund",
    "Follow", "Spoke", "Forwarded", "Signed", "Reported", "According", "Her", "His",
    "I", "My", "Traffic", "Social", "Human",
))  # fmt: skip
NOT_LAST = frozenset((
    "Street", "Road", "Avenue", "Lane", "Drive", "Bridge", "Hospital", "Office",
    "Officer", "Department", "City", "County", "University", "School", "College", "Wing",
    "Park", "Station", "Center", "Centre", "Council", "Court", "House", "Hall",
    "Bank", "Church", "Company", "Inc", "Ltd", "York", "Monday", "Tuesday",
    "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March",
    "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Building", "Library", "Clinic", "Airport", "Square", "River", "Lake",
    "Bay", "Valley", "Island", "Act", "Form", "Service", "Services", "Team",
    "Group",
))  # fmt: skip


def _name(text: str) -> bool:
    """Words that are no name of a thing."""
    parts = text.replace(".", "").split()
    return parts[0] not in NOT_FIRST and not any(part in NOT_LAST for part in parts)


def _known(text: str) -> bool:
    """A known given name first or a known surname last, and no name of a thing."""
    parts = text.replace(".", "").split()
    return _name(text) and (parts[0] in words("english_given") or parts[-1] in words("english_surnames"))


def shapes() -> list[Shape]:
    """Every shape, the surest first."""
    capital = "[A-Z]['’A-Za-z]"
    titled = rf"(?<![A-Za-z])(?:{TITLES})\.? (?:[A-Z]\. )?{WORD}(?: [A-Z]\.)?(?: {WORD}){{0,2}}"
    cue = rf"(?<=(?<![A-Za-z])(?i:{CUES})[:,]? ){FULL}"
    hint = rf"{capital}['’A-Za-z-]*(?: [A-Z]\.)? {capital}"
    found = [
        Shape(NAME, "English title", titled, rf"(?:{TITLES})\.? (?:[A-Z]\. )?{capital}", 0.8),
        Shape(NAME, "English cue", cue, hint, 0.75, _name),
        Shape(NAME, "English subject", rf"(?<![A-Za-z'’-]){FULL}(?=,? (?:{VERBS}) |,? \(|'s )", hint, 0.7, _name),
        Shape(NAME, "English parts", rf"(?<![A-Za-z'’-]){FULL}(?![A-Za-z])", hint, 0.65, _known),
        Shape(NAME, "English apart", rf"(?:(?<=, )|^){FULL}(?=[,:;]|$)", hint, 0.55, _name),
    ]
    return [replace(shape, proves=False) for shape in found]
