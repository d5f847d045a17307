"""What is refused to who comes by another door, and about what family says."""

from datetime import timedelta

from rules.scene import Breaks, Scene

from referral.casefile.actions import same_person
from referral.casework.cases.models import Case
from referral.casework.cases.refusals import NotMet
from referral.casework.cases.seen_actions import note_seen
from referral.casework.doors import agency_actions as agency
from referral.casework.doors import refusals as rules
from referral.casework.doors.actions import (
    Coming,
    MessageDetails,
    end_message,
    leave_message,
    make_sure,
    write_down,
)
from referral.casework.doors.models import FamilyMessage
from referral.casework.doors.never_met_actions import open_again
from referral.custody.doors import Sure, Way
from referral.merging.joining.actions import JoinDetails, OneUnmet, join
from referral.people.identity import Identity

SOON = timedelta(days=1)


def come(s: Scene, way: Way = Way.CALL, talk: bool | None = True, due_at=None):
    """Ann gets in touch."""
    who = Identity("Ann", "Ray", phone="07700 900999")
    return write_down(Coming(way, who, talk, due_at=due_at or s.at + SOON), s.worker, s.at)


def state(s: Scene, council: str = "S12000049", stated_by: str = "Jo"):
    """A program of a service says that Ann agreed."""
    who = Identity("Ann", "Ray", council_code=council)
    return agency.state(Coming(Way.AGENCY, who, True, stated_by=stated_by), s.service, s.at)


def sure(s: Scene, name: str, how: Sure = Sure.MET):
    """It is them."""
    return make_sure(s.own(Case, name), how, s.worker, s.at)


def message(s: Scene, phone: str = "0141 496 0777"):
    """A brother rings."""
    return leave_message(MessageDetails("Bob", phone, "Ann", "", s.at + SOON), s.worker, s.at)


def end_twice(s: Scene):
    """It was dealt with."""
    found = s.own(FamilyMessage, "left_id")
    end_message(found, s.worker, s.at)
    return end_message(found, s.worker, s.at)


def ring_back_on_a_new_number(s: Scene):
    """Nobody had given it before."""
    return make_sure(come(s), Sure.RUNG, s.worker, s.at)


def join_a_voice(s: Scene):
    """They sound like somebody."""
    pair = s.own(Case, "case_id").person_id, s.own(Case, "case_id-called").person_id
    return join(JoinDetails(*pair), s.lead, s.at)


def know_again_whom_the_desk_booked(s: Scene):
    """A worker joins what is for the team lead to join."""
    return same_person(s.own(Case, "case_id"), None, [], s.worker, s.at)


def late(s: Scene):
    """In three weeks."""
    return come(s, due_at=s.at + timedelta(days=21))


def open_what_goes_on(s: Scene):
    """They rang once more meanwhile, and it is their open case by now."""
    case, other = s.own(Case, "case_id-unmet"), come(s)
    other.person_id = case.person_id
    return open_again(case, s.worker, s.at)


BREAKS: Breaks = [
    (rules.NoTeamThere, lambda s: state(s, "S12000013")),
    (rules.WhoSaysSo, lambda s: state(s, stated_by="")),
    (NotMet, lambda s: note_seen(s.own(Case, "case_id-called"), s.worker, s.at)),
    (OneUnmet, join_a_voice),
    (rules.NothingKept, lambda s: come(s, talk=False)),
    (rules.NothingKept, lambda s: come(s, talk=None)),
    (rules.WhoSaysSo, lambda s: come(s, Way.AGENCY)),
    (rules.ByWhen, late),
    (rules.BookedByTheDesk, know_again_whom_the_desk_booked),
    (rules.SureAlready, lambda s: sure(s, "case_id-came")),
    (rules.NotHeldBefore, ring_back_on_a_new_number),
    (rules.NoNumberBack, lambda s: message(s, "")),
    (rules.MessageOver, end_twice),
    (rules.ClosedByHand, lambda s: open_again(s.own(Case, "case_id"), s.worker, s.at)),
    (rules.GoesOn, open_what_goes_on),
]
