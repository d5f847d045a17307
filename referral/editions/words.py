"""The sentences of an edition: made of its numbers, and held to them when they are edited."""

import re
from collections.abc import Iterator

from referral.published.tables import Number, Table, Told
from referral.web.filters import counted

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
IN_WORDS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
}
WINDOWS = {"28", "12", "90"}  # days and weeks that a definition names
BOOKED = " people booked into custody were referred to a service."
TAKEN_ON = " of those taken on met the service within 28 days."
NOTHING = "Too few people to say more without pointing at somebody."


def headline_of(told: Told) -> str:
    """One sentence or two: how many were referred, and how many of those taken on were met."""
    ladder = _ladder(told)
    if ladder is None:
        return NOTHING
    referred = _share(ladder, "referred", "of_all")
    met = _share(ladder, "engaged", "share")
    said = []
    if referred is not None:
        said.append(_in_ten(referred) + BOOKED)
    if met is not None:
        said.append(_in_ten(met).removesuffix(" of") + TAKEN_ON)
    return " ".join(said) or NOTHING


def second_of(told: Told, before: Told | None = None) -> str:
    """How many people that are, and how that compares with the edition before."""
    ladder = _ladder(told)
    number = _value(ladder, "referred") if ladder else None
    if number is None:
        return ""
    earlier = _ladder(before) if before else None
    was = _value(earlier, "referred") if earlier else None
    said = _many(number, "person was referred", "people were referred")
    if was:
        said += f", after {was:,} in the period before"
    lost = [_cell(ladder, step, "not_reached").value for step in ("asked", "agreed")]
    not_asked, said_no = (many if isinstance(many, int) else None for many in lost)
    if not_asked is not None and said_no is not None:
        said += ". " + _many(not_asked, "person was not asked", "people were not asked")
        said += f", and {said_no:,} said no"
    return f"{said}."


def _many(number: int, one: str, many: str) -> str:
    """'1 person', '1,941 people'."""
    return f"{number:,}" + counted(number, one, many).removeprefix(str(number))


def without_a_number(text: str, told: Told, before: Told | None = None) -> list[str]:
    """The numbers in a text that stand in no cell of the edition, or of the one before."""
    known = set(_known(told)) | WINDOWS | set(_known(before) if before else ())
    return [one for one in NUMBER.findall(text) if one.replace(",", "").rstrip(".") not in known]


def _known(told: Told) -> Iterator[str]:
    for number in told.numbers:
        if number.value is not None:
            yield str(number.value)
    for day in (told.about.first, told.about.last, told.about.as_at.date()):
        yield from (str(day.year), str(day.day))


def _ladder(told: Told | None) -> Table[Number] | None:
    return next((t for t in told.tables if t.code == "ladder"), None) if told else None


def _cell(ladder: Table[Number] | None, step: str, column: str) -> Number:
    if ladder is None or step not in {row.code for row in ladder.rows}:
        return Number(None)
    place = [one.code for one in ladder.columns].index(column)
    return ladder.row(step).cells[place]


def _value(ladder: Table[Number], step: str) -> int | None:
    value = _cell(ladder, step, "reached").value
    return value if isinstance(value, int) else None


def _share(ladder: Table[Number], step: str, column: str) -> float | None:
    value = _cell(ladder, step, column).value
    return value if isinstance(value, int | float) else None


def _in_ten(percent: float) -> str:
    """“One in ten”, “Six in ten”; what lies nearer to nothing or to all as a percentage."""
    tenths = round(percent / 10)
    if 0 < tenths < 10 and abs(percent - 10 * tenths) <= 1:
        return f"{IN_WORDS[tenths].capitalize()} in ten"
    return f"{percent:g} % of"
