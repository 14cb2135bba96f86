"""Visits to a clinic in English, with what HIPAA's Safe Harbor lists: names, numbers, dates, places.

Telephone numbers are of the 555-01xx range that is kept for fiction, mail goes to example.org; a social security
number that is somebody's is chance.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from release.samples.draw import Draw, Ints, digits, join, put, take

COLUMNS: Final = (
    *("visit_id", "patient_name", "ssn", "mrn", "birth_date", "sex", "race", "street_address", "city", "state", "zip"),
    *("phone", "email", "admission_date", "discharge_date", "diagnosis_code", "diagnosis", "charges", "insurer"),
)
_TODAY: Final = np.datetime64("2026-01-01")
_FEMALE: Final = ("Mary", "Linda", "Susan", "Karen", "Emily", "Jessica", "Ashley", "Olivia", "Sophia", "Maria", "Grace")
_MALE: Final = ("James", "Robert", "John", "Michael", "David", "William", "Daniel", "Carlos", "Kevin", "Brian", "Noah")
_SURNAMES: Final = (
    *("Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Rodriguez", "Martinez", "Lee"),
    *("Wilson", "Anderson", "Thomas", "Taylor", "Moore", "Jackson", "Martin", "Nguyen", "Thompson", "White", "O'Brien"),
)
_PLACES: Final = (
    *(("Boston", "MA", "02118", "617"), ("Springfield", "MA", "01103", "413"), ("Albany", "NY", "12207", "518")),
    *(("New York", "NY", "10029", "212"), ("Hartford", "CT", "06106", "860"), ("Newark", "NJ", "07102", "973")),
    *(("Philadelphia", "PA", "19104", "215"), ("Chicago", "IL", "60612", "312"), ("Cheyenne", "WY", "82001", "307")),
    *(("Houston", "TX", "77030", "713"), ("Phoenix", "AZ", "85008", "602"), ("Seattle", "WA", "98104", "206")),
)
_STREETS: Final = ("Main St", "Oak Ave", "Maple Dr", "Washington St", "Park Ave", "Elm St", "Lake Rd", "Hill St")
_RACES: Final = ("White", "Black", "Asian", "Hispanic", "American Indian", "Other")
_DIAGNOSES: Final = (
    *(("I10", "Essential (primary) hypertension"), ("E11.9", "Type 2 diabetes mellitus without complications")),
    *(("J45.909", "Unspecified asthma, uncomplicated"), ("M54.50", "Low back pain, unspecified")),
    *(("F32.A", "Depression, unspecified"), ("N39.0", "Urinary tract infection, site not specified")),
    *(("J18.9", "Pneumonia, unspecified organism"), ("I50.9", "Heart failure, unspecified")),
    *(("O80", "Encounter for full-term uncomplicated delivery"), ("B20", "Human immunodeficiency virus disease")),
    *(("C50.919", "Malignant neoplasm of breast, female"), ("S72.001A", "Fracture of neck of right femur")),
)
_INSURERS: Final = ("Medicare", "Medicaid", "Private", "Self-pay", "Other")


def clinic(rows: int, seed: int = 1) -> pa.Table:
    """``rows`` visits as string columns :data:`COLUMNS`; some patients come more than once."""
    draw = Draw(seed)
    patients = max(1, rows * 3 // 4)
    who = draw.below(rows, patients)
    person = {name: column.take(pa.array(who)) for name, column in _patients(draw, patients).items()}
    diagnosis = draw.chosen(rows, (20, 14, 8, 10, 9, 7, 6, 6, 5, 0.6, 2, 2))
    admitted = _TODAY - 1 - draw.below(rows, 3 * 365)
    stay = np.maximum(0, np.exp(0.9 + 0.8 * draw.normal(rows))).astype(np.int64)
    cents = np.exp(12.2 + 0.9 * draw.normal(rows)).astype(np.int64)
    visit = {
        "visit_id": digits(100_000_001 + np.arange(rows)),
        **person,
        "admission_date": pa.array(admitted).cast(pa.string()),
        "discharge_date": pa.array(admitted + stay).cast(pa.string()),
        "diagnosis_code": take([code for code, _ in _DIAGNOSES], diagnosis),
        "diagnosis": take([name for _, name in _DIAGNOSES], diagnosis),
        "charges": _money(cents),
        "insurer": draw.words(rows, _INSURERS, (4, 3, 6, 1, 1)),
    }
    return pa.table(visit).select(list(COLUMNS))


def _patients(draw: Draw, rows: int) -> dict[str, pa.Array]:
    female = draw.some(rows, 0.53)
    first = put(draw.words(rows, _MALE), female, draw.words(rows, _FEMALE))
    middle = draw.words(rows, [f" {letter}. " for letter in "ABCDEFGHJKLMRST"] + [" "] * 15)
    last = draw.words(rows, _SURNAMES)
    ages = np.minimum(101, np.abs(48 + 24 * draw.normal(rows))).astype(np.int64)
    born = _TODAY - ages * 365 - draw.below(rows, 365) - 1
    place = draw.chosen(rows, (5, 3, 2, 8, 2, 3, 5, 6, 0.3, 5, 4, 4))
    column = [take([row[i] for row in _PLACES], place) for i in range(4)]
    number = digits(draw.below(rows, 100), 2)
    mail = pc.replace_substring(pc.utf8_lower(join(first, ".", last, number)), "'", "")
    return {
        "patient_name": join(first, middle, last),
        "ssn": _security_numbers(draw, rows),
        "mrn": join("MRN", digits(draw.below(rows, 10**8), 8)),
        "birth_date": _american(born),
        "sex": take(("M", "F"), female.astype(np.int64)),
        "race": draw.words(rows, _RACES, (58, 13, 6, 19, 1, 3)),
        "street_address": join(digits(draw.between(rows, 1, 1999)), " ", draw.words(rows, _STREETS)),
        "city": column[0],
        "state": column[1],
        "zip": column[2],
        "phone": join("(", column[3], ") 555-01", digits(draw.below(rows, 100), 2)),
        "email": put(join(mail, "@example.org"), draw.some(rows, 0.15), ""),
    }


def _security_numbers(draw: Draw, rows: int) -> pa.Array:
    """Areas 001–899 without 666, groups 01–99, serials 0001–9999: what the authority has ever given out."""
    area = draw.between(rows, 1, 898)
    area = area + (area >= 666)
    return join(
        digits(area, 3), "-", digits(draw.between(rows, 1, 99), 2), "-", digits(draw.between(rows, 1, 9_999), 4)
    )


def _american(days: npt.NDArray[np.datetime64]) -> pa.Array:
    """11/9/1952, as American spreadsheets write."""
    return pc.replace_substring_regex(pa.array(days).cast(pa.string()), r"^(\d{4})-0?(\d+)-0?(\d+)$", r"\2/\3/\1")


def _money(cents: Ints) -> pa.Array:
    """1,234.50: groups of three, because that is how it comes."""
    whole = digits(cents // 100)
    return join(pc.replace_substring_regex(whole, r"^(\d+)(\d{3})$", r"\1,\2"), ".", digits(cents % 100, 2))
