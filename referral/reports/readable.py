"""What a reader of reports finds who has no team: editions that are out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.published.audiences import Audience


@dataclass(frozen=True)
class Readable:
    """An edition that is out: of which report, period and area, for whom, and since when."""

    number: UUID
    report: str
    period: str
    area: str
    audience: Audience
    since: datetime


def of_report(found: Sequence[Readable], report: str) -> list[Readable]:
    """Those of one report, in the order in which they were found."""
    return [one for one in found if one.report == report]
