"""How a moment and a day are written on a page, in Scottish time."""

from collections.abc import Mapping
from datetime import date, datetime

from referral.clock import SCOTLAND


def when(moment: datetime | None) -> str:
    """'24 Nov 2026, 15:04', or 'not known'."""
    if moment is None:
        return "not known"
    local = moment.astimezone(SCOTLAND)
    return f"{local.day} {local:%b %Y, %H:%M}"


def in_words(code: str, labels: Mapping[str, str]) -> str:
    """The label of a code; the code itself when no list knows it."""
    return labels.get(code, code)


def day(value: date | None) -> str:
    """'3 May 1985', or 'not known'."""
    return f"{value.day} {value:%b %Y}" if value else "not known"
