"""What is refused about peer mentors."""

from datetime import timedelta

from access.along import mentor_of
from rules.scene import Breaks, Scene

from referral.access.permissions import Role
from referral.casework.along import refusals as rules
from referral.casework.along.actions import GoingDetails, ask_mentor, call_off, say_along
from referral.casework.along.goings import Became, Errand
from referral.casework.along.models import Going
from referral.casework.cases.models import Case


def ask(s: Scene, agrees: bool = True, mentor=None, days: int = 1):
    """At the gate, so many days from now."""
    worker = s.user(Role.WORKER)
    who = mentor_of(worker).id if mentor is None else mentor
    details = GoingDetails(who, Errand.GATE, "Door", s.at + timedelta(days=days), agrees)
    return ask_mentor(s.own(Case, "case_id-met"), details, s.worker, s.at)


def call_off_twice(s: Scene):
    """It is off."""
    going = s.own(Going, "going_id")
    call_off(going, s.worker, s.at)
    return call_off(going, s.worker, s.at)


BREAKS: Breaks = [
    (rules.AskThemFirst, lambda s: ask(s, agrees=False)),
    (rules.NoMentor, lambda s: ask(s, mentor=s.user(Role.WORKER).id)),
    (rules.MeetWhen, lambda s: ask(s, days=41)),
    (rules.AlongOver, call_off_twice),
    (rules.AlongOver, lambda s: say_along(None, Became.MET, s.worker, s.at)),
]
