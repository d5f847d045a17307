"""A moment as people type it: 1430, 14:30, yesterday 23:10, 24 Nov 14:30, +1, now.

A clock without a day is today's, or that of the night before or after, whichever is nearest on the
side of now on which the moment must lie.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from referral.clock import SCOTLAND, day_of, here
from referral.web.reading import EARLIEST, LATEST, LONGEST, Unreadable, day, plain


class Side(Enum):
    """On which side of now a moment lies, as far as the question tells."""

    PAST = (-1, 0)
    FUTURE = (0, 1)
    ANY = (0,)


CLOCK = r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?(?:\s?(?P<half>[ap]m))?"
HOUR = r"(?P<h>\d{1,2})\s?(?P<half>[ap]m)"
DIGITS = r"(?P<h>\d{2})(?P<m>\d{2})"
ZONE = r"(?:\s(?P<zone>bst|gmt|first|second))?"
ALONE = [re.compile(rf"{one}{ZONE}") for one in (CLOCK, HOUR, DIGITS)]
WORD = r"(?P<day>today|yesterday|tomorrow),?\s(?:at\s)?"
AFTER_WORD = [re.compile(rf"{WORD}{one}{ZONE}") for one in (CLOCK, HOUR, DIGITS, r"(?P<h>\d{1,2})")]
AFTER_DAY = [re.compile(rf"(?P<day>.+?)(?:,\s?|\s|t)(?:at\s)?{one}{ZONE}") for one in (CLOCK, HOUR)]
AFTER_YEAR = [re.compile(rf"(?P<day>.+\D\d{{4}}),?\s(?:at\s)?{DIGITS}{ZONE}")]
BEFORE_DAY = [re.compile(rf"{one}{ZONE},?\s(?:on\s)?(?P<day>.+)") for one in (CLOCK, HOUR)]
SHAPES = [*ALONE, *AFTER_WORD, *AFTER_DAY, *AFTER_YEAR, *BEFORE_DAY]
LATER = re.compile(
    r"\+\s?(?:(\d{1,2})(?::(\d{2}))?\s?(?:h|hours?)?|(\d{1,3})\s?(?:m|min|minutes?))"
)
DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
FIRST = {"bst", "first"}
HOW = "Type a date and time, like 14:30, yesterday 23:10 or 24 Nov 14:30"
SKIPPED = "The clocks went forward then, so that time does not exist. Choose another"


def moment(typed: str, at: datetime, side: Side = Side.ANY) -> datetime:
    """The moment in UTC. Raises Unreadable with the sentence for who typed it."""
    text = plain(typed)
    if len(text) > LONGEST:
        raise Unreadable(HOW)
    this_minute = at.replace(second=0, microsecond=0)
    if text == "now":
        return this_minute
    if later := LATER.fullmatch(text):
        hours, minutes, alone = (int(part or 0) for part in later.groups())
        return this_minute + timedelta(hours=hours, minutes=minutes + alone)
    if (exact := _with_its_zone(text)) is not None:
        return exact
    for shape in SHAPES:
        if found := shape.fullmatch(text):
            return _of(found.groupdict(), at, side)
    raise Unreadable(_what_lacks(text, at))


def as_typed(shown: datetime) -> str:
    """The moment as somebody here would type it, so that it is read as the same again."""
    local = here(shown)
    zone = f" {local:%Z}" if _lost_at_change(local) > timedelta() else ""
    return f"{local.day} {local:%b %Y %H:%M}{zone}"


def _with_its_zone(text: str) -> datetime | None:
    """A moment as programs write it, with its own zone; None for anything else."""
    try:
        exact = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if exact.tzinfo is None or not EARLIEST <= exact.year <= LATEST:
        return None
    return exact.astimezone(UTC)


def _what_lacks(text: str, at: datetime) -> str:
    try:
        day(text, day_of(at))
    except Unreadable:
        return HOW
    return "Type the time as well, like 24 Nov 14:30"


def _of(found: dict[str, str | None], at: datetime, side: Side) -> datetime:
    clock = _clock(found)
    zone = found.get("zone")
    said = found.get("day")
    if said is None:
        near = [day_of(at) + timedelta(days=days) for days in side.value]
        local = here(at).replace(tzinfo=None)
        nearest = min(near, key=lambda on: abs(datetime.combine(on, clock) - local))
        return _made(nearest, clock, zone)
    word = DAYS.get(said)
    on = day_of(at) + timedelta(days=word) if word is not None else day(said, day_of(at))
    return _made(on, clock, zone)


def _clock(found: dict[str, str | None]) -> time:
    hour, minute, second = (int(found.get(part) or 0) for part in ("h", "m", "s"))
    half = found.get("half")
    if hour > 23 or minute > 59 or second > 59 or (half and not 1 <= hour <= 12):
        raise Unreadable("There is no such time. Type it like 14:30")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute, second)


def _made(on: date, clock: time, zone: str | None) -> datetime:
    local = datetime.combine(on, clock, SCOTLAND)
    ahead = _lost_at_change(local)
    if ahead < timedelta():
        raise Unreadable(SKIPPED)
    if ahead:
        local = local.replace(fold=_which(clock, zone))
    elif zone in {"bst", "gmt"} and f"{local:%Z}".lower() != zone:
        raise Unreadable(f"The clocks show {local:%Z} on that day. Leave {zone.upper()} out")
    return local.astimezone(UTC)


def _which(clock: time, zone: str | None) -> int:
    """0 for the first of the two hours, 1 for the second."""
    if zone is None:
        spoken = f"{clock:%H:%M}"
        raise Unreadable(
            f"The clocks went back that night, so {spoken} came twice. "
            f"Type {spoken} BST for the first or {spoken} GMT for the second"
        )
    return 0 if zone in FIRST else 1


def _lost_at_change(local: datetime) -> timedelta:
    """More than nothing where the clocks show this twice, less where they skip it."""
    one, other = (local.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    return one - other
