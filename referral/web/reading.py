"""What people type for a day, a birth date or a moment, read as they write it in Scotland.

The day comes first; a month may be named, a year have two digits, and marks may be left out. What
cannot be read, or cannot be, is refused with the sentence that fits: nothing is guessed or dropped.
"""

import re
import unicodedata
from datetime import date

YOUNGEST, OLDEST = 12, 110  # 12 is the age of criminal responsibility in Scotland (2019 Act)
EARLIEST, LATEST = 1900, 2199  # years that any day or moment can have
LONGEST = 40  # characters
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PART = re.compile(r"(\d+)(?:st|nd|rd|th)?|([a-z]+)")
BETWEEN = re.compile(r"[\s,./\\–—−-]*(?:of[\s]+)?")
ORDER = "Type the date as day month year, like 3 5 1985"
WHOLE_YEAR = "Type the year with all four digits, like 1985"


class Unreadable(ValueError):
    """What was typed is no such thing; the text is the sentence for who typed it."""


def plain(typed: str) -> str:
    """What was typed in small letters and ASCII digits, whatever script they were in."""
    kept = (c for c in typed if unicodedata.category(c) not in {"Cf", "Cc"} or c.isspace())
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)
    return " ".join("".join(digits).lower().split())


def day(typed: str, today: date) -> date:
    """A day of any year from 1900 to 2199; two digits are a year of this century.

    Without a year it is the one that is nearest to today. Raises Unreadable.
    """
    number, month, year = _parts(typed)
    if year is None:
        return _nearest(number, month, today)
    return _made(number, month, int(year) + 2000 if len(year) == 2 else int(year))


def birth_date(typed: str, today: date) -> date:
    """The day on which a person was born who is between 12 and 110 today. Raises Unreadable."""
    number, month, year = _parts(typed)
    if year is None:
        raise Unreadable("Type the year as well, like 3 5 1985")
    born = _made(number, month, _birth_year(year, today))
    if born > today:
        raise Unreadable("That date is in the future. Check the year")
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age > OLDEST:
        raise Unreadable(f"That is more than {OLDEST} years ago. Check the year")
    if age < YOUNGEST:
        raise Unreadable(f"They would be under {YOUNGEST}. Check the year")
    return born


def _birth_year(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    if 2000 + int(year) <= today.year - YOUNGEST:
        return 2000 + int(year)
    if 1900 + int(year) <= today.year - 100:
        raise Unreadable(WHOLE_YEAR)  # a hundred years ago, or a child?
    return 1900 + int(year)


def _parts(typed: str) -> tuple[int, int, str | None]:
    """Day, month, and the year as it was typed."""
    found = _split(plain(typed))
    if len(found) == 1 and found[0].isdigit():
        found = _without_marks(found[0])
    if not 2 <= len(found) <= 3:
        raise Unreadable(ORDER)
    if len(found) == 3 and len(found[0]) == 4 and found[0].isdigit():
        found.reverse()  # 1985-05-03
    if not found[0].isdigit():
        found[:2] = found[1::-1]  # May 3 1985
    number, month, *year = found
    if not number.isdigit() or len(number) > 2 or any(len(y) not in {2, 4} for y in year):
        raise Unreadable(ORDER)
    if any(not y.isdigit() for y in year):
        raise Unreadable(ORDER)
    return int(number), _month(month), year[0] if year else None


def _split(text: str) -> list[str]:
    """Numbers and words, and nothing but marks between them."""
    parts: list[str] = []
    at = 0
    while at < len(text) <= LONGEST:
        part = PART.match(text, at)
        if part is None:
            raise Unreadable(ORDER)
        parts.append(part[1] or part[2])
        between = BETWEEN.match(text, part.end())
        at = between.end() if between else part.end()
    return parts


def _without_marks(digits: str) -> list[str]:
    """03051985, 030585 or 19850503."""
    if len(digits) not in {6, 8}:
        raise Unreadable(ORDER)
    if len(digits) == 8 and int(digits[2:4]) > 12 and digits[:2] in {"19", "20"}:
        return [digits[6:], digits[4:6], digits[:4]]
    if len(digits) == 8 and int(digits[4:]) < EARLIEST <= int(digits[:4]):
        return [digits[6:], digits[4:6], digits[:4]]  # 19121103
    return [digits[:2], digits[2:4], digits[4:]]


def _month(typed: str) -> int:
    if typed.isdigit():
        if not 1 <= int(typed) <= 12 or len(typed) > 2:
            raise Unreadable(f"There is no month {typed[:4]}. Type the day first, like 25 12 1985")
        return int(typed)
    for number, name in enumerate(MONTHS, 1):
        if len(typed) >= 3 and name.startswith(typed):
            return number
    raise Unreadable(ORDER)


def _made(number: int, month: int, year: int) -> date:
    if not EARLIEST <= year <= LATEST:
        past = year < EARLIEST
        raise Unreadable(f"The year cannot be {year}. Check it" if past else "Check the year")
    try:
        return date(year, month, number)
    except ValueError:
        name = MONTHS[month - 1].capitalize()
        raise Unreadable(f"There is no {number} {name} {year}. Check the day and month") from None


def _nearest(number: int, month: int, today: date) -> date:
    """This day of last year, this or the next, whichever is nearest."""
    found = []
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            found.append(date(year, month, number))
        except ValueError:  # 29 February
            continue
    if not found:
        return _made(number, month, today.year)
    return min(found, key=lambda one: abs(one - today))
