"""What is refused about leave, and about giving many cases at once."""

from datetime import timedelta

from rules.scene import Breaks, Scene

from referral.access.permissions import Role
from referral.acts.actions import Undone
from referral.acts.models import Act
from referral.casework.cases import give_actions as giving
from referral.casework.cases.models import Case
from referral.casework.cases.refusals import NothingChosen, NotInTeam, TheirsAlready
from referral.casework.cover import actions as cover
from referral.casework.cover import refusals
from referral.casework.cover.models import Cover
from referral.casework.saved import actions as saved
from referral.casework.saved import refusals as unsaved
from referral.casework.saved.models import SavedFilter
from referral.casework.saved.narrowing import MOST, Narrowing
from referral.clock import today

DAY = timedelta(days=1)


def leave(
    s: Scene, absent=Role.TEAM_LEAD, covers=Role.WORKER, first: int = 40, last: int = 50, by=None
):
    """The lead goes away in some weeks, and the worker covers."""
    days = today() + first * DAY, today() + last * DAY
    details = cover.CoverDetails(s.user(absent), s.user(covers), *days)
    return cover.arrange(details, by or s.lead, s.at)


def end_twice(s: Scene):
    """They are back already."""
    row = s.own(Cover, "cover_id")
    cover.end_early(row, s.lead, s.at)
    return cover.end_early(row, s.lead, s.at)


def give_to(s: Scene, role: Role):
    """Some of the cases to somebody."""
    case = s.own(Case, "case_id")
    return giving.give_many({case.id: case.version}, s.user(role), s.lead, s.at)


def give_what_they_have(s: Scene):
    """It is the worker's already."""
    case = s.own(Case, "case_id")
    return giving.check_gives(case, case.version, s.user(Role.WORKER), s.lead, s.at)


def take_back_twice(s: Scene):
    """It was taken back from another tab."""
    act = s.own(Act, "given_id")
    giving.take_back_given(act, s.lead, s.at)
    return giving.take_back_given(act, s.lead, s.at)


def keep(s: Scene, name: str = "Housing", shared: bool = False):
    """The worker keeps a filter under a name."""
    details = saved.FilterDetails(name, shared=shared)
    return saved.keep(details, Narrowing(), s.worker, s.at)


def keep_many(s: Scene):
    """More than anybody looks through."""
    return [keep(s, f"Number {number}") for number in range(MOST)]


def call_it_by_somebody(s: Scene):
    """Its name is that of who has the case."""
    kept = s.own(SavedFilter, "filter_id")
    name = s.own(Case, "case_id").person.name
    return saved.change(kept, saved.FilterDetails(name), s.worker, s.at)


BREAKS: Breaks = [
    (unsaved.TooManyFilters, keep_many),
    (unsaved.CalledSoAlready, lambda s: keep(s, "HOUSING")),
    (unsaved.NamesSomebody, call_it_by_somebody),
    (unsaved.OnlyLeadsShare, lambda s: keep(s, "Theirs", shared=True)),
    (refusals.OneselfCovers, lambda s: leave(s, covers=Role.TEAM_LEAD)),
    (refusals.CannotCover, lambda s: leave(s, covers=Role.PEER)),
    (refusals.CoverIsAway, lambda s: leave(s, first=21, last=22)),
    (refusals.LeaveIsOver, lambda s: leave(s, first=-9, last=-1)),
    (refusals.LeaveRunsBackwards, lambda s: leave(s, first=9, last=8)),
    (refusals.CoveredAlready, lambda s: leave(s, Role.WORKER, Role.TEAM_LEAD, 29, 30)),
    (refusals.NotYourLeave, lambda s: leave(s, by=s.worker)),
    (refusals.CoverEnded, end_twice),
    (NotInTeam, lambda s: give_to(s, Role.PEER)),
    (NothingChosen, lambda s: give_to(s, Role.WORKER)),
    (TheirsAlready, give_what_they_have),
    (Undone, take_back_twice),
]
