"""How a moment, a day and a number of things are written on a page, in Scottish time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import islice

from referral.clock import here


def counted(number: int, one: str, many: str = "") -> str:
    """'1 stay', '0 stays'; `many` where it is not the one with an s."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def when(moment: datetime | None) -> str:
    """'24 Nov 2026, 15:04', or 'not known'."""
    if moment is None:
        return "not known"
    local = here(moment)
    return f"{local.day} {local:%b %Y, %H:%M}"


def weekday(moment: datetime) -> str:
    """'Friday 27 November', for a card that is carried for some weeks."""
    local = here(moment)
    return f"{local:%A} {local.day} {local:%B}"


def hour(moment: datetime) -> str:
    """'10:00'."""
    return f"{here(moment):%H:%M}"


def month(moment: datetime) -> str:
    """'Mar 2026'."""
    return f"{here(moment):%b %Y}"


def held(since: datetime, at: datetime) -> str:
    """How long somebody has been here: '1 h 10 min'."""
    return _span(at - since)


def short(time: timedelta) -> str:
    """A span where there is little room: '45 min', '10 h 05'."""
    minutes = int(time.total_seconds() // 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02}"


def soon(moment: datetime, at: datetime) -> str:
    """'14:30' where that is today, else 'Fri 10:00', or the day as well."""
    local = here(moment)
    today = here(at).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    near = abs((local.date() - today).days) < 7
    return f"{local:%a %H:%M}" if near else f"{local.day} {local:%b %H:%M}"


def by(due: datetime, at: datetime) -> str:
    """'Today by 18:00', 'Tomorrow by 14:00', 'Mon 30 Nov by 14:00', or '43 days late'."""
    if due < at:
        return left(due, at)
    local = here(due)
    days = (local.date() - here(at).date()).days
    day_name = {0: "Today", 1: "Tomorrow"}.get(days, f"{local:%a} {local.day} {local:%b}")
    return f"{day_name} by {local:%H:%M}"


def ago(moment: datetime, at: datetime) -> str:
    """'today', 'yesterday', '5 days ago', '6 weeks ago'."""
    days = (here(at).date() - here(moment).date()).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    span = counted(days, "day") if days < 14 else counted(days // 7, "week")
    return f"{span} ago"


def left(until: datetime, at: datetime) -> str:
    """How long there still is: '40 min left', or how late it is: '2 days late'."""
    return f"{_span(until - at)} left" if until >= at else f"{_span(at - until)} late"


def _span(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} days"


def in_words(code: str, labels: Mapping[str, str]) -> str:
    """The label of a code; the code itself when no list knows it."""
    return labels.get(code, code)


def day(value: date | None) -> str:
    """'3 May 1985', or 'not known'."""
    return f"{value.day} {value:%b %Y}" if value else "not known"


IN_GROUPS = {6: (3, 3), 10: (4, 3, 3), 11: (4, 3, 4)}  # as British numbers are read out


def dialled(number: str) -> str:
    """A number to ring as it is read out: '116 123', '0808 801 0414'; others as they are."""
    digits = iter(number)
    groups = IN_GROUPS.get(len(number), ())
    return " ".join("".join(islice(digits, wide)) for wide in groups) or number
