"""What is refused when the desk says whom a register has booked."""

from uuid import UUID

from rules.scene import NOBODY, Breaks, Scene

from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.casework.cases.models import Case
from referral.custody import actions as custody
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.desk import mistake_actions as mistakes
from referral.desk import stay_actions as stays
from referral.desk import who_actions as who
from referral.desk.actions import HereAlready
from referral.desk.already import Already
from referral.desk.who_queries import who_it_may_be
from referral.merging.joining.actions import JoinDetails, JoinedSince, join
from referral.people.actions import NoSuchPerson


def say_who(s: Scene, same_as: UUID | None = None, already: Already | None = None):
    """Whom the register has booked is this one of those that it may be, or none."""
    stay = s.own(Booking, "booking_id-register")
    said = who.WhoDetails(who_it_may_be(stay), same_as, already)
    return who.say_who(stay, said, s.officer, s.at)


def say_who_twice(s: Scene):
    """Two officers say it at once."""
    say_who(s)
    return say_who(s)


def answered_in_the_one_of_the_file(s: Scene):
    """They are booked twice, and it was this one in which somebody asked them."""
    stay = s.own(Booking, "booking_id-register")
    said = custody.OfferDetails(OfferAnswer.DECLINED, stay.version)
    custody.record_offer(stay, said, s.officer, s.at)
    return say_who(s, s.own(Booking, "booking_id-unasked").person_id, Already.TWICE)


def joined_on(s: Scene):
    """The record that they were said to have was joined with one more since."""
    known = s.own(Booking, "booking_id-wrong").person_id
    stay = say_who(s, known, Already.ENDED)
    join(JoinDetails(known, s.own(Case, "case_id-one").person_id), s.lead, s.at)
    act = last_act(stay.id, (ActKind.RECOGNISED,))
    return stays.undo(stay, act, "", s.officer, s.at)


BREAKS: Breaks = [
    (who.WhoIsSaid, say_who_twice),
    (NoSuchPerson, lambda s: say_who(s, NOBODY)),
    (HereAlready, lambda s: say_who(s, s.own(Booking, "booking_id").person_id)),
    (mistakes.AnswersHere, answered_in_the_one_of_the_file),
    (who.NotAtTheDesk, lambda s: say_who(s, s.own(Case, "case_id-called").person_id)),
    (JoinedSince, joined_on),
]
