"""What is refused when a stay is put right: each rule with the act that breaks it."""

from dataclasses import replace
from datetime import date, timedelta

from rules.scene import Breaks, Scene

from referral.access.permissions import Role
from referral.acts import actions as acts
from referral.acts.kinds import OFFICER_UNDOES, SUPERVISOR_UNDOES, ActKind
from referral.acts.queries import acts_about, last_act
from referral.casework.assessment import actions as needs
from referral.casework.cases.models import Case
from referral.custody import leg_actions as legs
from referral.custody import stay_actions as custody
from referral.custody.actions import BookingDetails, ReleaseDetails, open_booking
from referral.custody.models import Booking
from referral.custody.places import Mistake
from referral.desk import mistake_actions as mistakes
from referral.desk import stay_actions as stays
from referral.errors import StaleEdit
from referral.handoff.followup import actions as followup
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals import answer_actions as answers
from referral.handoff.referrals import leaving_actions as leaving
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.merging.detaching import actions as detaching
from referral.merging.joining.actions import JoinDetails, JoinedSince, join
from referral.people import correcting_actions as people
from referral.people import naming
from referral.people.identity import Identity
from referral.people.naming import Naming

SECOND = timedelta(seconds=1)
WHO = people.Correction("Ann", "Ray", "", date(1980, 1, 1), "F", "misheard")


def leaves(s: Scene, name: str = "booking_id") -> Booking:
    """Somebody is free since now."""
    booking = s.own(Booking, name)
    details = ReleaseDetails("UNDERTAKING", s.at, "has", booking.version)
    return leaving.leave(booking, details, s.officer, s.at)


def takes_back(s: Scene, booking: Booking, after=timedelta(), seen: int | None = None, by=None):
    """They did not leave."""
    version = booking.version if seen is None else seen
    return leaving.take_back_leaving(booking, version, "row", by or s.officer, s.at + after)


def arrives_there(s: Scene):
    """They were sent to another centre, whose desk has taken them over."""
    booking = s.own(Booking, "booking_id")
    there = s.foreign(Booking, "booking_id").centre_id
    details = legs.TransferDetails(there, s.at, booking.version)
    legs.transfer(booking, details, s.officer, s.at)
    legs.arrive_at_centre(booking, s.officer, s.at)
    return takes_back(s, booking)


def is_here_again(s: Scene):
    """They left, and were booked once more."""
    booking = leaves(s)
    again = BookingDetails(Identity("Ann", "Ray"), s.at, booking.person_id)
    open_booking(again, s.officer, s.at)
    return takes_back(s, booking)


def mistaken(s: Scene, name: str = "booking_id-unasked", why=Mistake.NEVER, seen=None):
    """It should never have been booked."""
    booking = s.own(Booking, name)
    version = booking.version if seen is None else seen
    mistakes.call_mistake(booking, custody.MistakeDetails(why, version), s.officer, s.at)
    return booking


def in_time(s: Scene, name: str) -> Booking:
    """A stay that was recorded just now."""
    booking = s.own(Booking, name)
    booking.recorded_at = s.at
    return booking


def mistaken_twice(s: Scene):
    """It was called a mistake already."""
    in_time(s, "booking_id-unasked")
    mistaken(s)
    return mistaken(s)


def told(s: Scene):
    """A service knows of it."""
    referral = s.own(Referral, "referral_id-requested")
    referral.case.booking.recorded_at = s.at
    booking = referral.case.booking
    details = custody.MistakeDetails(Mistake.NEVER, booking.version)
    return mistakes.call_mistake(booking, details, s.officer, s.at)


def assessed(s: Scene):
    """A worker has assessed them."""
    in_time(s, "booking_id")
    case = s.own(Case, "case_id-here")
    done = needs.AssessmentDetails(0, needs=[needs.Need("DRUG", "high", True)])
    needs.finish(case, done, s.worker, s.at)
    return mistaken(s, "booking_id")


def answered_here(s: Scene):
    """The answers are in this one, and the other has none."""
    case = s.own(Case, "case_id-one")
    case.booking.recorded_at = s.at
    again = BookingDetails(Identity("Ann", "Ray"), s.at, case.person_id)
    open_booking(again, s.officer, s.at)
    details = custody.MistakeDetails(Mistake.TWICE, case.booking.version)
    return mistakes.call_mistake(case.booking, details, s.officer, s.at)


def booked_since(s: Scene):
    """They are in another stay by now."""
    in_time(s, "booking_id-unasked")
    booking = mistaken(s)
    again = BookingDetails(Identity("Ann", "Ray"), s.at, booking.person_id)
    open_booking(again, s.officer, s.at)
    act = last_act(booking.id, (ActKind.VOIDED,))
    return mistakes.bring_back(booking, act, "", s.officer, s.at)


def began(s: Scene, why: str = "clock", at=None):
    """Custody was authorised at another time."""
    booking = in_time(s, "booking_id")
    details = custody.TimesDetails(at or s.at, why, booking.version)
    return stays.correct_began(booking, details, s.officer, s.at)


def corrects(s: Scene, **changed):
    """The record of a person."""
    person = s.own(Booking, "booking_id").person
    return people.correct(person, replace(WHO, **changed), s.officer, s.at)


def corrects_nothing(s: Scene):
    """What they type is what the record says."""
    corrects(s)
    return corrects(s)


def corrects_in_a_mistake(s: Scene):
    """Who was chosen by mistake keeps the name of their own."""
    in_time(s, "booking_id-unasked")
    booking = mistaken(s)
    return stays.correct_who(booking, WHO, s.officer, s.at)


def undoes_twice(s: Scene):
    """Somebody took the correction back already."""
    person = s.own(Booking, "booking_id").person
    act = corrects(s)
    people.take_back(person, act, "", s.officer, s.at)
    return people.take_back(person, act, "", s.officer, s.at)


def undoes_on_the_page_twice(s: Scene):
    """The same, from the page of the stay that stands open in another tab."""
    booking, act = s.own(Booking, "booking_id"), corrects(s)
    stays.undo(booking, act, "", s.officer, s.at)
    return stays.undo(booking, act, "", s.officer, s.at)


def undoes_an_earlier_leaving(s: Scene):
    """They went to hospital, and were let go from there."""
    booking = s.own(Booking, "booking_id")
    for number, route in enumerate(("HOSP", "FROMHOSP")):
        moment = s.at + number * SECOND
        details = ReleaseDetails(route, moment, "has", booking.version)
        leaving.leave(booking, details, s.officer, moment)
    latest, first, *_ = acts_about(booking.id, (ActKind.LEFT,))
    assert latest.done_at > first.done_at
    return stays.undo(booking, first, "", s.officer, s.at + SECOND)


def undoes_an_arrival(s: Scene):
    """An arrival is taken back as a mistake, not as an act."""
    booking = s.own(Booking, "booking_id-back")
    return stays.undo(booking, last_act(booking.id, (ActKind.ARRIVED,)), "", s.officer, s.at)


def boss(s: Scene):
    """Who supervises the desk."""
    return s.user(Role.CUSTODY_SUPERVISOR).actor


def takes_answer_back(s: Scene, name: str = "referral_id", side=Side.TARGET, **how):
    """The service said yes by mistake."""
    referral = s.own(Referral, name)
    seen = how.get("seen", referral.version)
    by, at = how.get("by", s.service), how.get("at", s.at)
    return answers.take_back_answer(referral, seen, side, by, at)


def accepts(s: Scene) -> Referral:
    """The service says that it has them."""
    referral = s.own(Referral, "referral_id-requested")
    return move(referral, MoveDetails(Move.ACCEPT, referral.version), Side.TARGET, s.service, s.at)


def asks_after_the_yes(s: Scene):
    """It has asked the team something since."""
    referral = accepts(s)
    later = s.at + SECOND
    ask = MoveDetails(Move.ASK, referral.version, note="When?")
    move(referral, ask, Side.TARGET, s.service, later)
    return takes_answer_back(s, "referral_id-requested", at=later)


def books_after_the_yes(s: Scene):
    """It has booked an appointment since."""
    referral = accepts(s)
    followup.book(referral, followup.AppointmentDetails(s.at), s.service, s.at)
    return takes_answer_back(s, "referral_id-requested")


def too_late(s: Scene):
    """That was last week."""
    accepts(s)
    return takes_answer_back(s, "referral_id-requested", at=s.at + timedelta(days=7))


def not_typed_by_the_team(s: Scene):
    """The service said it itself."""
    accepts(s)
    return takes_answer_back(s, "referral_id-requested", Side.REQUESTER, by=s.worker)


def unsays(s: Scene):
    """What came of an appointment of which nobody has said anything."""
    meeting = s.own(Appointment, "appointment_id")
    return followup.unsay(meeting, Side.TARGET, s.service, s.at)


def unsays_after_a_question(s: Scene):
    """It has asked the team something since."""
    meeting = s.own(Appointment, "appointment_id")
    details = followup.AttendanceDetails(True, meeting.version, came=True)
    followup.say(meeting, details, s.service, s.at)
    ask = MoveDetails(Move.ASK, meeting.referral.version, note="When?")
    move(meeting.referral, ask, Side.TARGET, s.service, s.at + SECOND)
    return followup.unsay(meeting, Side.TARGET, s.service, s.at + SECOND)


def joined_since(s: Scene):
    """Its record was joined with another one."""
    stay = in_time(s, "booking_id")
    other = open_booking(BookingDetails(Identity("Bo", "Ray"), s.at), s.officer, s.at)
    join(JoinDetails(other.person_id, stay.person_id), s.lead, s.at)
    details = detaching.DetachDetails("her card", stay.version)
    return detaching.detach(stay, details, s.officer, s.at)


BREAKS: Breaks = [
    (leaving.NothingToUndo, lambda s: takes_back(s, s.own(Booking, "booking_id"))),
    (StaleEdit, lambda s: takes_back(s, leaves(s), seen=0)),
    (custody.LongAgo, lambda s: takes_back(s, leaves(s), OFFICER_UNDOES + SECOND)),
    (custody.TooLongAgo, lambda s: takes_back(
        s, leaves(s), SUPERVISOR_UNDOES + SECOND, by=boss(s))),
    (leaving.ThereAlready, arrives_there),
    (leaving.HereSince, is_here_again),
    (custody.MistakeAlready, mistaken_twice),
    (custody.MistakeAlready, corrects_in_a_mistake),
    (mistakes.ServicesTold, told),
    (mistakes.WorkedOn, assessed),
    (mistakes.AnswersHere, answered_here),
    (mistakes.BookedSince, booked_since),
    (custody.BeganWhen, lambda s: began(s, at=s.at + SECOND)),
    (custody.SayWhyWrong, lambda s: began(s, "")),
    (naming.SurnameNeeded, lambda s: corrects(s, surname="")),
    (naming.ForenameNeeded, lambda s: corrects(s, forename="")),
    (naming.OneNameOnly, lambda s: corrects(s, naming=Naming.SINGLE)),
    (naming.NoNameHere, lambda s: corrects(s, naming=Naming.REFUSED)),
    (naming.NotAName, lambda s: corrects(s, surname="Unknown")),
    (people.WhyCorrected, lambda s: corrects(s, why="")),
    (people.NothingCorrected, corrects_nothing),
    (acts.Undone, undoes_twice),
    (acts.Undone, undoes_on_the_page_twice),
    (stays.LeftAgain, undoes_an_earlier_leaving),
    (stays.NoWayBack, undoes_an_arrival),
    (JoinedSince, joined_since),
    (detaching.OnlyTheirStay, lambda s: detaching.detach(
        in_time(s, "booking_id"), detaching.DetachDetails(
            "her card", s.own(Booking, "booking_id").version), s.officer, s.at)),
    (StaleEdit, lambda s: takes_answer_back(s, seen=0)),
    (answers.NothingAnswered, lambda s: takes_answer_back(s, "referral_id-requested")),
    (answers.TheirOwnAnswer, not_typed_by_the_team),
    (answers.TooLateToTakeBack, too_late),
    (answers.GoneOnSince, asks_after_the_yes),
    (answers.GoneOnSince, books_after_the_yes),
    (answers.GoneOnSince, unsays_after_a_question),
    (followup.NothingSaid, unsays),
]  # fmt: skip
