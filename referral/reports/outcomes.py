"""The outcome report: the only definition of every measure, and the object that is rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from referral.published.periods import Period
from referral.reports.disclosure import Shown, exact, protect, protect_parts, share
from referral.reports.shipped import SHIPPED
from referral.reports.steps import StepLine


@dataclass(frozen=True)
class Measure:
    """A step of the ladder: what it is called, and what counts."""

    code: str
    title: str
    definition: str


VERSION: str = SHIPPED["version"]
LADDER = tuple(
    Measure(row["code"], row["title"], " ".join(row["definition"].split()))
    for row in SHIPPED["measures"]
)
CHANGES: str = " ".join(SHIPPED["change"]["definition"].split())
ETHNICITY = "Ethnicity of the people assessed"
LIMITS = "Are the people assessed limited by a health problem or disability?"
DOORS = "Who came by another door than custody, and was met"
WORTH = "Was it worth it? What people say after 28 days and 12 weeks"


@dataclass(frozen=True)
class Counted:
    """One step, counted: people and instances that reached it, instances of which that is unknown.

    An instance is a stay, and from “referred” on a referral.
    """

    people: int
    instances: int
    unknown: int


@dataclass(frozen=True)
class Counts:
    """Everything that was counted, before anybody sees it."""

    ladder: Mapping[str, Counted]
    needs: Mapping[str, tuple[int, int, int]]  # by name, in people: disclosed, referred, engaged
    not_asked: Mapping[str, int]
    declined: Mapping[str, int]
    worth: Mapping[str, int] = field(default_factory=dict)
    ethnicity: Mapping[str, int] = field(default_factory=dict)  # people assessed
    limits: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # people, by measure
    doors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LadderRow:
    """One line of the ladder as it is shown; the share is of the people booked, in percent."""

    measure: Measure
    people: Shown
    instances: Shown
    unknown: Shown
    share: int | None


@dataclass(frozen=True)
class NeedLine:
    """One need as it is shown, in people."""

    title: str
    disclosed: Shown
    referred: Shown
    engaged: Shown


@dataclass(frozen=True)
class Reasons:
    """Why people were not asked, or declined, what they say, how they came: instances of each."""

    title: str
    parts: Mapping[str, Shown]
    total: Shown
    heading: str = "Reason"
    unit: str = "instances"


@dataclass(frozen=True)
class ChangeLine:
    """One measure as it is shown: people of whom it was asked twice, and what became of them."""

    title: str
    became: Mapping[str, Shown]
    twice: Shown


@dataclass(frozen=True)
class OutcomeReport:
    """The report: rendered as page, CSV and PDF from this one object."""

    period: Period
    area: str
    area_code: str
    made_at: datetime
    protected: bool
    ladder: Sequence[LadderRow]
    needs: Sequence[NeedLine]
    reasons: Sequence[Reasons] = field(default_factory=tuple)
    changes: Sequence[ChangeLine] = field(default_factory=tuple)
    steps: Sequence[StepLine] = field(default_factory=tuple)  # exact, for the own team alone

    definitions: str = VERSION
    counts_change: str = CHANGES

    @property
    def withheld(self) -> int:
        """How many numbers are not shown."""
        return sum(shown.value is None for shown in self._all())

    @property
    def empty(self) -> bool:
        """Whether nobody was booked."""
        return self.ladder[0].people.value == 0

    def _all(self) -> list[Shown]:
        steps = [n for s in self.ladder for n in (s.people, s.instances, s.unknown)]
        needs = [n for line in self.needs for n in (line.disclosed, line.referred, line.engaged)]
        parts = [n for r in self.reasons for n in (*r.parts.values(), r.total)]
        return (
            steps + needs + parts + [n for c in self.changes for n in (*c.became.values(), c.twice)]
        )


def summarise(
    counts: Counts, period: Period, area: tuple[str, str], made_at: datetime, *, protected: bool
) -> OutcomeReport:
    """The report of what was counted; protected for everybody who does not work these cases."""
    tell = protect if protected else exact
    booked = tell(counts.ladder["booked"].people)
    ladder = []
    for measure in LADDER:
        counted = counts.ladder[measure.code]
        people = tell(counted.people)
        shown = tell(counted.instances), tell(counted.unknown)
        ladder.append(LadderRow(measure, people, *shown, share(people, booked)))
    needs = [NeedLine(name, *map(tell, row)) for name, row in counts.needs.items()]
    reasons = [
        _reasons("Why people were not asked", counts.not_asked, protected),
        _reasons("Why people declined", counts.declined, protected),
        replace(_reasons(WORTH, counts.worth, protected), heading="Answer"),
        replace(_reasons(ETHNICITY, counts.ethnicity, protected), heading="Group", unit="people"),
        replace(_reasons(LIMITS, counts.limits, protected), heading="Answer", unit="people"),
        replace(_reasons(DOORS, counts.doors, protected), heading="Door"),
    ]
    changes = [_change(title, became, protected) for title, became in counts.changes.items()]
    code, name = area
    return OutcomeReport(period, name, code, made_at, protected, ladder, needs, reasons, changes)


def _change(title: str, became: Mapping[str, int], protected: bool) -> ChangeLine:
    parts = _reasons(title, became, protected)
    return ChangeLine(title, parts.parts, parts.total)


def _reasons(title: str, parts: Mapping[str, int], protected: bool) -> Reasons:
    total = sum(parts.values())
    if protected:
        return Reasons(title, *protect_parts(parts, total))
    return Reasons(title, {name: exact(count) for name, count in parts.items()}, exact(total))
