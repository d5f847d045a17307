"""What is refused at the desk and in a case: each rule with the act that breaks it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from crowd import hub
from rules.scene import NOBODY, Breaks, Scene

from referral.casework.assessment import actions as needs
from referral.casework.assessment.instruments import instruments
from referral.casework.cases import actions as cases
from referral.casework.cases.models import Case
from referral.casework.cases.refusals import NoTeam
from referral.casework.contact_plan import held_actions as held
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody import actions as custody
from referral.custody import asking_actions as asking
from referral.custody import health_actions as health
from referral.custody import leg_actions as legs
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk import actions as desk
from referral.desk import sharing_actions as sharing
from referral.desk import sheet_actions as sheets
from referral.desk.actions import Arrival, HereAlready, arrive
from referral.desk.sharing import Wish
from referral.directory.code_actions import NoSuchCode
from referral.directory.models import Organisation
from referral.directory.queries import NotInList
from referral.errors import StaleEdit
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.leaving_actions import AtDesk, tell_where
from referral.handoff.referrals.refusals import ServiceClosed
from referral.known.actions import SayWhyLifted
from referral.merging.joining import actions as joining
from referral.merging.joining.models import Joining
from referral.merging.parting import actions as parting
from referral.people.actions import NoSuchPerson
from referral.people.identity import Identity
from referral.people.models import Person

SECOND = timedelta(seconds=1)
LONG_AGO = datetime(26, 1, 1, tzinfo=UTC)
WHO = Identity("Ann", "Ray", date(1980, 1, 1))
ASSESSED = needs.AssessmentDetails(0, needs=[needs.Need("DRUG", "high", True)])


def book(s: Scene, at=None, by=None, same_as=None):
    """Somebody new, or said to be known."""
    details = custody.BookingDetails(WHO, at or s.at, same_as)
    return custody.open_booking(details, by or s.officer, s.at)


def offer(s: Scene, answer: OfferAnswer, version: int | None = None, **more):
    """An answer of the person whom nobody asked yet."""
    booking = s.own(Booking, "booking_id-unasked")
    seen = booking.version if version is None else version
    return custody.record_offer(
        booking, custody.OfferDetails(answer, seen, **more), s.officer, s.at
    )


def lift(s: Scene, danger: str, reason: str):
    """Healthcare says of somebody after an overdose that a danger does not apply."""
    return health.lift(s.own(Booking, "booking_id"), danger, reason, s.officer, s.at)


def enter(s: Scene, written_at, sheet=None):
    """What was written on a sheet is typed in."""
    sheet = sheet or sheets.print_sheets(1, s.officer, s.at - timedelta(hours=1))[0]
    arrival = Arrival(custody.BookingDetails(WHO, s.at))
    sheets.enter(sheet, arrival, written_at, s.officer, s.at)
    return sheet


def enter_twice(s: Scene):
    """Two officers have the same sheet before them."""
    return enter(s, s.at, enter(s, s.at))


def acknowledge(s: Scene, *dangers: str, name: str = "booking_id"):
    """Healthcare knows of these."""
    return health.acknowledge(s.own(Booking, name), dangers, s.officer, s.at)


def release(s: Scene, name: str, at, seen: int | None = None):
    """Somebody leaves, at a moment."""
    booking = s.own(Booking, name)
    version = booking.version if seen is None else seen
    details = custody.ReleaseDetails("UNDERTAKING", at, "has", version)
    return custody.release(booking, details, s.officer, s.at)


def leaves(s: Scene, route: str, at=None, naloxone: str = "has"):
    """Somebody leaves the cells by a route."""
    booking = s.own(Booking, "booking_id")
    details = custody.ReleaseDetails(route, at or s.at, naloxone, booking.version)
    return custody.release(booking, details, s.officer, s.at)


def leaves_twice(s: Scene):
    """Who is free cannot leave once more."""
    leaves(s, "UNDERTAKING")
    return leaves(s, "UNDERTAKING")


def expects(s: Scene, leaves_at=None, seen: int | None = None) -> None:
    """The desk says when somebody leaves."""
    booking = s.own(Booking, "booking_id")
    version = booking.version if seen is None else seen
    legs.expect(booking, leaves_at, version, s.officer, s.at)


def expects_after(s: Scene, route: str) -> None:
    """Who is free or in hospital is not expected to leave the cells."""
    leaves(s, route)
    expects(s)


def transfers(s: Scene, centre_id, seen: int | None = None):
    """To another centre."""
    booking = s.own(Booking, "booking_id")
    version = booking.version if seen is None else seen
    details = legs.TransferDetails(centre_id, s.at, version)
    return legs.transfer(booking, details, s.officer, s.at)


def back_from_prison(s: Scene):
    """The worker says that they are back, and the stay says that they are in prison."""
    case = s.own(Case, "case_id-here")
    custody.release(case.booking, custody.ReleaseDetails(
        "REMAND", s.at, "has", case.booking.version), s.officer, s.at)  # fmt: skip
    return held.come_back(case, s.at, s.worker, s.at)


def arrive_while_here(s: Scene):
    """Their stay goes on."""
    person = s.own(Booking, "booking_id").person_id
    return arrive(Arrival(custody.BookingDetails(WHO, s.at, person)), s.officer, s.at)


def accept_where_nobody_covers(s: Scene):
    """No team has the centre in its list."""
    booking = s.own(Booking, "booking_id-unasked")
    db.session.get_one(Organisation, s.worker.organisation_id).centres = []
    db.session.flush()
    details = custody.OfferDetails(OfferAnswer.ACCEPTED, booking.version)
    return cases.answer_offer(booking, details, [], PLAINLY, s.officer, s.at)


def hand_off_beside_a_worker(s: Scene):
    """The centre has a worker of the team."""
    case = s.own(Case, "case_id-here")
    case.booking.centre.access_model = desk.SITE
    return desk.hand_off_here(case, handoff.HandOffDetails({}), s.officer, s.at)


def wants(s: Scene, level: Level | None, accepted: bool = True, **service):
    """Who has agreed wants the hub, which is as `service` says."""
    case = s.own(Case, "case_id-here")
    row = hub()
    for name, value in service.items():
        setattr(row, name, value)
    db.session.flush()
    wish = Wish(row.id, level)
    return sharing.share(case if accepted else None, wish, PLAINLY, s.officer, s.at)


def ask_who_is_gone(s: Scene):
    """Their record went into another one."""
    gone = s.own(Joining, "joining_id").absorbed_id
    person = db.session.get_one(Person, gone)
    yes = [Agreement(Purpose.DESK, Answer.GRANTED)]
    return record_agreements(person, yes, PLAINLY, s.worker, s.at)


def join(s: Scene, one: str = "case_id-one", other: str = "other_id"):
    """Two records by their cases."""
    pair = [s.own(Case, name).person_id for name in (one, other)]
    return joining.join(joining.JoinDetails(*pair), s.lead, s.at)


def join_again(s: Scene):
    """Two that are one already."""
    row = s.own(Joining, "joining_id")
    return joining.join(joining.JoinDetails(row.survivor_id, row.absorbed_id), s.lead, s.at)


def join_over_teams(s: Scene):
    """The other case is of another team."""
    other = s.foreign(Case, "other_id").person_id
    return joining.join(
        joining.JoinDetails(s.own(Case, "case_id-one").person_id, other), s.lead, s.at
    )


def part(s: Scene, seen: int | None = None):
    """The two that are joined."""
    row = s.own(Joining, "joining_id")
    version = row.version if seen is None else seen
    return parting.part(row, parting.PartDetails(version), s.lead, s.at)


def part_the_earlier(s: Scene):
    """One of them was joined once more."""
    kept = s.own(Joining, "joining_id").survivor_id
    other = s.own(Case, "other_id").person_id
    joining.join(joining.JoinDetails(kept, other), s.lead, s.at)
    return part(s)


def comes_back(s: Scene, case: Case) -> Booking:
    """The person of a case is booked once more and accepts."""
    details = custody.BookingDetails(WHO, s.at, case.person_id)
    booking = custody.open_booking(details, s.officer, s.at)
    said = custody.OfferDetails(OfferAnswer.ACCEPTED, booking.version)
    cases.answer_offer(booking, said, [], PLAINLY, s.officer, s.at)
    return booking


def give_the_stay_to_the_other(s: Scene, row: Joining, booking: Booking):
    """The records are parted; the stay that came meanwhile is said to be the other's."""
    db.session.flush()
    details = parting.PartDetails(row.version, frozenset({booking.id}))
    return parting.part(row, details, s.lead, s.at)


def part_into_two_open_cases(s: Scene):
    """Theirs is open again, and the one of the new stay would be theirs too."""
    case, other = s.own(Case, "case_id-one"), s.own(Case, "other_id")
    row = joining.join(joining.JoinDetails(case.person_id, other.person_id), s.lead, s.at)
    handoff.close_case(case, "DONE", case.version, s.worker, s.at)
    return give_the_stay_to_the_other(s, row, comes_back(s, case))


def part_into_two_drafts(s: Scene):
    """Theirs was begun before they were joined, the other one in the stay that becomes theirs."""
    case, other = s.own(Case, "case_id-one"), s.own(Case, "other_id")
    needs.save_draft(other, {"goal_1": ["theirs"]}, 0, s.worker, s.at)
    draft = needs.save_draft(case, {"goal_1": ["ours"]}, 0, s.worker, s.at)
    row = joining.join(joining.JoinDetails(case.person_id, other.person_id), s.lead, s.at)
    needs.finish(case, replace(ASSESSED, seen_version=draft.version), s.worker, s.at)
    booking = comes_back(s, case)
    needs.save_draft(case, {"goal_1": ["new"]}, 0, s.worker, s.at)
    return give_the_stay_to_the_other(s, row, booking)


def finish(s: Scene, **changed):
    """An assessment of the case."""
    return needs.finish(s.own(Case, "case_id"), replace(ASSESSED, **changed), s.worker, s.at)


def enable(s: Scene):
    """A licensed instrument without its licence."""
    return needs.enable(next(iter(instruments().values())), "", s.admin, s.at)


def arrive_as_nobody(s: Scene):
    """The record that was on the screen is not there any more."""
    details = custody.BookingDetails(WHO, s.at, NOBODY)
    return arrive(Arrival(details), s.officer, s.at)


BREAKS: Breaks = [
    (legs.NoCentre, lambda s: book(s, by=s.worker)),
    (custody.AuthorisedLater, lambda s: book(s, s.at + SECOND)),
    (custody.AuthorisedLongAgo, lambda s: book(s, s.at - timedelta(days=40) - SECOND)),
    (NoSuchPerson, lambda s: book(s, same_as=NOBODY)),
    (NoSuchPerson, arrive_as_nobody),
    (StaleEdit, lambda s: offer(s, OfferAnswer.DECLINED, 0)),
    (custody.SayWhy, lambda s: offer(s, OfferAnswer.NOT_ASKED)),
    (custody.SayWhen, lambda s: offer(s, OfferAnswer.NOT_NOW)),
    (custody.AskAgainWhen, lambda s: offer(s, OfferAnswer.NOT_NOW, ask_again_at=LONG_AGO)),
    (sheets.SheetEntered, enter_twice),
    (sheets.WrittenWhen, lambda s: enter(s, LONG_AGO)),
    (asking.AskedWhen, lambda s: offer(s, OfferAnswer.DECLINED, asked_at=LONG_AGO)),
    (NotInList, lambda s: offer(s, OfferAnswer.DECLINED, asker="passer-by")),
    (custody.NobodyToTell, lambda s: custody.warn(
        s.own(Booking, "booking_id-unasked"), custody.WarningDetails("both"), s.officer, s.at)),
    (health.NotInDanger, lambda s: lift(s, "pregnant", "Healthcare tested")),
    (health.NotInDanger, lambda s: acknowledge(s, "pregnant")),
    (health.KnownAlready, lambda s: acknowledge(s, "overdose", name="booking_id-tended")),
    (health.SupplyOrDecline, lambda s: health.say_naloxone(
        s.own(Booking, "booking_id"), "has", s.officer, s.at)),
    (SayWhyLifted, lambda s: lift(s, "overdose", "")),
    (NoSuchCode, lambda s: offer(s, OfferAnswer.DECLINED, needs=frozenset({"NO_SUCH_NEED"}))),
    (StaleEdit, lambda s: release(s, "booking_id", s.at, 0)),
    (custody.NotAskedYet, lambda s: release(s, "booking_id-unasked", s.at)),
    (custody.ReleasedWhen, lambda s: release(s, "booking_id", s.at + SECOND)),
    (custody.SayNaloxone, lambda s: leaves(s, "UNDERTAKING", naloxone="")),
    (legs.CourtWhen, lambda s: leaves(s, "COURT")),
    (legs.LeftWhen, lambda s: leaves(s, "HOSP", s.at + SECOND)),
    (legs.LeavesWhen, lambda s: expects(s, s.at - 60 * SECOND)),
    (legs.NotInCells, lambda s: expects_after(s, "HOSP")),
    (legs.StayOver, lambda s: expects_after(s, "UNDERTAKING")),
    (StaleEdit, lambda s: expects(s, seen=0)),
    (legs.SameCentre, lambda s: transfers(s, s.officer.centre_id)),
    (StaleEdit, lambda s: transfers(s, s.officer.centre_id, 0)),
    (legs.StayOver, leaves_twice),
    (legs.NotOnTheWay, lambda s: legs.arrive_at_centre(
        s.own(Booking, "booking_id"), s.officer, s.at)),
    (AtDesk, lambda s: tell_where(s.own(Case, "case_id-here"), custody.ReleaseDetails(
        "REMAND", s.at, "", 0), s.worker, s.at)),
    (held.StillHeld, back_from_prison), (HereAlready, arrive_while_here),
    (NoTeam, accept_where_nobody_covers),
    (desk.WorkerOnSite, hand_off_beside_a_worker),
    (sharing.OnlyWhoAccepts, lambda s: wants(s, Level.CONTACT, accepted=False)),
    (sharing.AskHowMuch, lambda s: wants(s, None)),
    (sharing.NotForThem, lambda s: wants(s, Level.CONTACT, minimum_age=99)),
    (sharing.NoNeedOfTheirs, lambda s: wants(s, Level.SUMMARY, needs=[])),
    (ServiceClosed, lambda s: wants(s, Level.CONTACT, closed_on=s.at.date())),
    (StaleEdit, ask_who_is_gone),
    (joining.AlreadyJoined, join_again),
    (joining.OtherTeam, join_over_teams),
    (joining.SameService, lambda s: join(s, "case_id", "case_id-waiting")),
    (StaleEdit, lambda s: part(s, 0)),
    (parting.PartLaterFirst, part_the_earlier),
    (parting.TwoOpenCases, part_into_two_open_cases),
    (parting.DraftOpen, part_into_two_drafts),
    (needs.NothingAsked, lambda s: finish(s, needs=[])),
    (StaleEdit, lambda s: finish(s, seen_version=3)),
    (needs.NoLicence, enable),
]  # fmt: skip
