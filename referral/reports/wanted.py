"""What somebody asks for: a report of a period and an area, for whom, as of when."""

from dataclasses import dataclass
from datetime import datetime

from referral.directory.areas import Area
from referral.published.audiences import Audience
from referral.published.periods import Period
from referral.published.tables import About
from referral.reports.outcomes import VERSION
from referral.reports.worlds import World


@dataclass(frozen=True)
class Wanted:
    """A report that is asked for."""

    period: Period
    area: Area
    audience: Audience
    world: World
    now: datetime

    def about(self, name: str, title: str) -> About:
        """What the report is about, as every form of it says."""
        return About(
            name,
            title,
            self.period.name,
            self.period.first,
            self.period.last,
            self.area.code,
            self.area.name,
            self.audience,
            self.world.at,
            self.now,
            VERSION,
            running=self.period.ends > self.world.at,
        )
