"""What each file says of a report in the same words: its period, its texts, its numbers."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.published.audiences import Audience
from referral.published.tables import About, Code, Number

# of these there is a reason and never a number
EMPTY = frozenset({Code.WITHHELD, Code.NOT_KNOWN, Code.TOO_EARLY, Code.NONE})
UNWRITABLE = {"Cc", "Cs"}  # control characters and halves of one
NEVER_A_CHARACTER = range(0xFDD0, 0xFDF0)  # nor are the last two of each plane of Unicode
NO_NAME = "no name"


class Licence(StrEnum):
    """What a reader may do with a report, by whom it is for."""

    PUBLIC = "Open Government Licence v3.0"
    PARTNER = "Not for publication: for partners under their agreement"
    OWN = "Not for publication: for those who work with the people themselves"


OPEN_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCES = {
    Audience.PUBLIC: Licence.PUBLIC,
    Audience.PARTNER: Licence.PARTNER,
    Audience.OWN: Licence.OWN,
}
INVENTED = "Demo: all people and numbers are invented."


@dataclass(frozen=True)
class Imprint:
    """Who stands behind a file and whom to ask. `invented`: the numbers are those of the demo."""

    publisher: str = "Arrest referral"
    contact: str = "Whoever gave you this report"
    next_date: date | None = None
    invented: bool = False


OURS = Imprint()


def one_line(text: str) -> str:
    """The text on one line, without characters that no file can hold."""
    kept = ("" if _unwritable(letter) else letter for letter in " ".join(text.split()))
    return " ".join("".join(kept).split())


def named(title: str, code: str) -> str:
    """What stands where a name has to: the title, or else the code."""
    return one_line(title) or one_line(code) or NO_NAME


def said(number: Number) -> Number:
    """The number as each file tells it: nothing is ever missing without a code.

    Words come on one line, and what is whole comes as a whole number.
    """
    value = number.value
    if isinstance(value, str):
        value = one_line(value) or None
    if number.code in EMPTY or value is None:
        return Number(None, number.code or Code.NOT_KNOWN)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Number(value, number.code)


def period_code(about: About) -> str:
    """The period as Public Health Scotland writes it: 2026Q3, 202607, 2026/27, 2026.

    Any other: its two days, 20260715-20260815.
    """
    first, last = about.first, about.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        match (months, first.month):
            case (1, _):
                return f"{first:%Y%m}"
            case (3, 1 | 4 | 7 | 10):
                return f"{first.year}Q{last.month // 3}"
            case (12, 1):
                return f"{first.year}"
            case (12, 4):
                return f"{first.year}/{last:%y}"
    return f"{first:%Y%m%d}-{last:%Y%m%d}"


def slug(about: About) -> str:
    """What, when and where, as the name of a file: ladder-2026q3-s92000003."""
    words = f"{about.name}-{period_code(about)}-{about.area_code}".lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def _unwritable(letter: str) -> bool:
    number = ord(letter)
    never = number in NEVER_A_CHARACTER or number & 0xFFFE == 0xFFFE
    return never or unicodedata.category(letter) in UNWRITABLE
