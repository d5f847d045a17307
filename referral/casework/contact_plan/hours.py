"""When a message may reach a person: never at night, and only when they said that it is safe.

People say it in words ("after 12"). What these few rules do not understand for sure is no time at
all: then nothing goes out by itself, and the worker decides.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from referral.clock import SCOTLAND, here

MORNING, NIGHT = time(9), time(20)
EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
DAYS = {
    r"(on )?(weekdays|working days|monday to friday|mon ?- ?fri)": WORKDAYS,
    r"(not (at|on) )(the )?weekends?": WORKDAYS,
    r"(at|on) (the )?weekends?": EVERY_DAY - WORKDAYS,
}
PARTS = {
    r"(any ?time|always|all day)": (MORNING, NIGHT),
    r"(in the )?mornings?": (MORNING, time(12)),
    r"(in the )?afternoons?": (time(12), time(17)),
    r"(in the )?evenings?": (time(17), NIGHT),
}
CLOCK = r"(noon|midday|\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)?)"
AFTER = re.compile(rf"(?:after|from) {CLOCK}")
BEFORE = re.compile(rf"(?:before|until|till) {CLOCK}")
BETWEEN = re.compile(rf"(?:between |from )?{CLOCK} ?(?:to|and|until|till|-|–) ?{CLOCK}")
FILLERS = re.compile(r"\b(only|please)\b|[.,;!]+$")


@dataclass(frozen=True)
class Hours:
    """From when until when on the clock in Scotland, and on which days (Monday is 0)."""

    opens: time = MORNING
    closes: time = NIGHT
    days: frozenset[int] = EVERY_DAY

    def next_open(self, at: datetime) -> datetime:
        """The moment itself where it is inside, else the next one that is; in UTC."""
        local = here(at)
        day = local.date()
        if day.weekday() in self.days and self.opens <= local.time() < self.closes:
            return at
        if local.time() >= self.opens:
            day += timedelta(days=1)
        while day.weekday() not in self.days:
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, SCOTLAND).astimezone(UTC)

    def __str__(self) -> str:
        days = {WORKDAYS: ", Monday to Friday", EVERY_DAY: ""}.get(self.days, ", at weekends")
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}{days}"


def hours_in(words: str) -> Hours | None:
    """The hours that these words mean, within the day; None where that is not for sure.

    Nothing said is the whole day. An hour that may be of the morning or the afternoon ("after 5")
    is not for sure.
    """
    said = " ".join(FILLERS.sub("", words.casefold().strip()).replace(",", " ").split())
    days, said = _days_in(said)
    found = _parts_in(said) if said else (MORNING, NIGHT)
    if found is None:
        return None
    opens = max(found[0], MORNING)
    closes = min(found[1], NIGHT)
    return Hours(opens, closes, days) if opens < closes else None


def _days_in(said: str) -> tuple[frozenset[int], str]:
    for pattern, days in DAYS.items():
        if found := re.search(rf"(^|\s){pattern}$|^{pattern}(\s|$)", said):
            return days, (said[: found.start()] + " " + said[found.end() :]).strip()
    return EVERY_DAY, said


def _parts_in(said: str) -> tuple[time, time] | None:
    for pattern, part in PARTS.items():
        if re.fullmatch(pattern, said):
            return part
    for kind, found in ((k, k.fullmatch(said)) for k in (AFTER, BEFORE, BETWEEN)):
        if found:
            times = [_clock(text) for text in found.groups()]
            if None in times:
                return None
            first, last = times[0] or MORNING, times[-1] or NIGHT
            return (first, NIGHT) if kind is AFTER else (MORNING if kind is BEFORE else first, last)
    return None


def _clock(text: str) -> time | None:
    """A time of the clock; None for one that does not exist or may mean two."""
    if text in {"noon", "midday"}:
        return time(12)
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d\d))? ?(am|pm)?", text)
    if found is None:
        return None
    hour = int(found[1])
    minute = int(found[2] or 0)
    half = found[3]
    plain = (half and 1 <= hour <= 12) or (
        not half and (len(found[1]) == 2 or hour == MORNING.hour)
    )
    if not plain or hour > 23 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)
