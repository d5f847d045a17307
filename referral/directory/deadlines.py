"""By when a thing must be done, in working time of Scotland or in plain hours, days and weeks.

Working time is nine to five from Monday to Friday, without the bank holidays of Scotland (which has
2 January and St Andrew's Day and no Easter Monday) and with what an administrator changes of them.

Each promise of the product asks `Deadlines.due` and says which stay it is about, so that a rule is
a line here: a kind with its words and its amount, and in `FASTER` what it takes the place of when.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol

import holidays

from referral.clock import SCOTLAND, here

OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
DAY = timedelta(days=1)


class Unit(StrEnum):
    """A unit in which a deadline is counted."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


class Kind(StrEnum):
    """An act that has a deadline."""

    CONFIRM = "confirm"
    DECIDE = "decide"
    ACKNOWLEDGE = "acknowledge"
    ACKNOWLEDGE_URGENT = "acknowledge-urgent"
    FIRST_CONTACT = "first-contact"
    FIRST_CONTACT_OVERDOSE = "first-contact-overdose"
    ANSWER = "answer"
    PAUSED = "paused"
    OUTCOME = "outcome"
    ATTENDANCE = "attendance"
    NEXT_TRY = "next-try"
    STOP = "stop"
    ASK_AGAIN = "ask-again"
    TAKE_BACK = "take-back"
    WRITE_UP = "write-up"
    NEXT_STEP = "next-step"
    NEXT_STEP_URGENT = "next-step-urgent"


class Haste(StrEnum):
    """Why something must go faster than usual."""

    OVERDOSE = "after a recent overdose"
    URGENT = "urgent"


class Stay(Protocol):
    """A stay in custody, as far as deadlines care."""

    released_at: datetime | None

    def recent_overdose(self, at: datetime) -> bool: ...


@dataclass(frozen=True)
class Amount:
    """How long something may take. No working day at all means the same day."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        if self.number == 0:
            return "the same day" if self.unit is Unit.WORKING_DAYS else "at once"
        return f"{self.number} {self.unit.removesuffix('s') if self.number == 1 else self.unit}"


WORDS: Mapping[Kind, str] = {
    Kind.CONFIRM: "Confirm what a person agreed to while unsure, and send",
    Kind.DECIDE: "Hand a case to a service, or close it",
    Kind.ACKNOWLEDGE: "A service answers a referral",
    Kind.ACKNOWLEDGE_URGENT: "A service answers an urgent referral",
    Kind.FIRST_CONTACT: "First contact, from the release",
    Kind.FIRST_CONTACT_OVERDOSE: "First contact after a recent overdose, from the release",
    Kind.ANSWER: "The team answers a service's question",
    Kind.PAUSED: "Look at a paused referral again",
    Kind.OUTCOME: "A service says what changed, from when it started",
    Kind.ATTENDANCE: "A service says whether the person came",
    Kind.NEXT_TRY: "Try again to reach a person",
    Kind.STOP: "A service confirms that it has stopped, after the person withdrew consent",
    Kind.ASK_AGAIN: "Ask again what a person agreed to: so long before it runs out",
    Kind.TAKE_BACK: "An answer given by mistake can be taken back",
    Kind.WRITE_UP: "A service may still write up what came of a referral, from when it ended",
    Kind.NEXT_STEP: "What is overdue goes one step further",
    Kind.NEXT_STEP_URGENT: "What is overdue and urgent goes one step further",
}
SHIPPED: Mapping[Kind, Amount] = {
    Kind.CONFIRM: Amount(1, Unit.WORKING_DAYS),
    Kind.DECIDE: Amount(2, Unit.WORKING_DAYS),
    Kind.ACKNOWLEDGE: Amount(1, Unit.WORKING_DAYS),
    Kind.ACKNOWLEDGE_URGENT: Amount(0, Unit.WORKING_DAYS),
    Kind.FIRST_CONTACT: Amount(72, Unit.HOURS),
    Kind.FIRST_CONTACT_OVERDOSE: Amount(24, Unit.HOURS),
    Kind.ANSWER: Amount(1, Unit.WORKING_DAYS),
    Kind.PAUSED: Amount(4, Unit.WEEKS),
    Kind.OUTCOME: Amount(8, Unit.WEEKS),
    Kind.ATTENDANCE: Amount(1, Unit.WORKING_DAYS),
    Kind.NEXT_TRY: Amount(1, Unit.WORKING_DAYS),
    Kind.STOP: Amount(2, Unit.WORKING_DAYS),
    Kind.ASK_AGAIN: Amount(2, Unit.WEEKS),
    Kind.TAKE_BACK: Amount(24, Unit.HOURS),
    Kind.WRITE_UP: Amount(14, Unit.DAYS),
    Kind.NEXT_STEP: Amount(2, Unit.WORKING_DAYS),
    Kind.NEXT_STEP_URGENT: Amount(4, Unit.WORKING_HOURS),
}
FASTER: Mapping[tuple[Kind, Haste], Kind] = {
    (Kind.ACKNOWLEDGE, Haste.URGENT): Kind.ACKNOWLEDGE_URGENT,
    (Kind.FIRST_CONTACT, Haste.OVERDOSE): Kind.FIRST_CONTACT_OVERDOSE,
    (Kind.NEXT_STEP, Haste.OVERDOSE): Kind.NEXT_STEP_URGENT,
    (Kind.NEXT_STEP, Haste.URGENT): Kind.NEXT_STEP_URGENT,
}


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of Scotland in a year with their names, substitute days among them."""
    return dict(sorted(holidays.country_holidays("GB", subdiv="SCT", years=year).items()))


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. A day that was changed is worked (True) or not (False)."""

    changed: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether people are at work on a day."""
        if day in self.changed:
            return self.changed[day]
        return day.weekday() < SATURDAY and day not in bank_holidays(day.year)

    def next_after(self, day: date) -> date:
        """The first working day after a day."""
        day += DAY
        while not self.works(day):
            day += DAY
        return day


@dataclass(frozen=True)
class Deadlines:
    """How long each kind may take as things stand, and the days on which work is done."""

    amounts: Mapping[Kind, Amount] = field(default_factory=lambda: SHIPPED)
    calendar: Calendar = Calendar()

    def due(
        self, kind: Kind, start: datetime, stay: Stay | None, *, urgent: bool = False
    ) -> datetime:
        """By when something of a kind that began at a moment must be done; in UTC.

        `stay` is the one that it is about: what must go faster after an overdose does. None where
        it is as quick whomever it is about.
        """
        hastes = ((Haste.OVERDOSE, stay and stay.recent_overdose(start)), (Haste.URGENT, urgent))
        faster = [FASTER[kind, haste] for haste, true in hastes if true and (kind, haste) in FASTER]
        moments = [due(self.amounts[one], start, self.calendar) for one in faster or [kind]]
        return min(moments)

    def first_contact(self, released_at: datetime | None, stay: Stay, at: datetime) -> datetime:
        """By when a person is to be reached: from the release, or from now where that is past."""
        promised = self.due(Kind.FIRST_CONTACT, released_at or at, stay)
        return promised if promised > at else self.due(Kind.FIRST_CONTACT, at, stay)


def due(amount: Amount, start: datetime, calendar: Calendar) -> datetime:
    """The moment at which an amount of time is over; in UTC.

    Working days end at five: the day of the start counts for nothing, unless the same day is
    meant, which after five or on a day off is the next working day. Days and weeks keep the time
    on the clock when the clocks change; hours are hours that pass. Time ends with the calendar.
    """
    try:
        return _over(amount, start, calendar)
    except OverflowError:
        return start


def _over(amount: Amount, start: datetime, calendar: Calendar) -> datetime:
    local = here(start)
    if amount.unit is Unit.WORKING_DAYS:
        return _end_of(_count_days(local, amount.number, calendar))
    if amount.unit is Unit.WORKING_HOURS:
        return _count_hours(local, timedelta(hours=amount.number), calendar)
    if amount.unit is Unit.HOURS:
        return start.astimezone(UTC) + timedelta(hours=amount.number)
    days = amount.number * (7 if amount.unit is Unit.WEEKS else 1)
    return (local + timedelta(days=days)).astimezone(UTC)


def _count_days(local: datetime, number: int, calendar: Calendar) -> date:
    day = local.date()
    if number == 0:
        in_time = calendar.works(day) and local.time() < CLOSES
        return day if in_time else calendar.next_after(day)
    for _ in range(number):
        day = calendar.next_after(day)
    return day


def _count_hours(local: datetime, left: timedelta, calendar: Calendar) -> datetime:
    day = local.date()
    moment = max(local.replace(tzinfo=None, fold=0), datetime.combine(day, OPENS))
    while True:
        closes = datetime.combine(day, CLOSES)
        if calendar.works(day) and moment < closes:
            if left <= closes - moment:
                return (moment + left).replace(tzinfo=SCOTLAND).astimezone(UTC)
            left -= closes - moment
        day = calendar.next_after(day)
        moment = datetime.combine(day, OPENS)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, CLOSES, SCOTLAND).astimezone(UTC)
