"""Likely earlier records, people told apart, and details kept from last time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.acts import models as acts
from referral.acts.queries import acts_about
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep
from referral.casework.cases.queries import open_case_of
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.custody.queries import COUNTS, IN_CUSTODY, everybody_here, never_held
from referral.db import db
from referral.desk.board import Board, Row, Worker, board_of
from referral.desk.models import CarriedOver, FromRegister
from referral.desk.still_true import FIELDS
from referral.desk.suggestions import Suggested, told_apart
from referral.directory.models import CustodyCentre
from referral.directory.queries import councils
from referral.people.apart_queries import apart
from referral.people.identity import Identity
from referral.people.queries import Candidate, recognised
from referral.people.traits import outward, postcode
from referral.web.paging import Page, page_in

SITE = "site"


def hands_on(actor: Actor, centre: CustodyCentre | None) -> bool:
    """Whether the desk of a centre hands people on itself, since no worker comes there."""
    allowed = actor.may(Permission.HAND_OFF_AT_DESK)
    return allowed and centre is not None and centre.access_model != SITE


def may_hand_off(actor: Actor, booking: Booking, on: date) -> bool:
    """Whether they agreed in this stay, and no worker comes to this centre to go on.

    With who is young a worker decides.
    """
    if not hands_on(actor, booking.leg.centre) or booking.person.young_on(on):
        return False
    case = open_case_of(booking.person_id)
    asked = booking.last_offer
    accepted = asked is not None and asked.answer == OfferAnswer.ACCEPTED
    return accepted and case is not None and case.booking_id == booking.id


def suggested(identity: Identity, besides: UUID | None = None) -> list[Suggested]:
    """The earlier records that may be this person, as the desk may see them; best first.

    Who never was in custody is not among them: that somebody asked for help is not for the police.
    `besides` is the record that they have already; whom somebody told apart from it is not offered.
    """
    found = recognised(identity, besides)
    hidden = never_held([candidate.person.id for candidate in found])
    found = [candidate for candidate in found if candidate.person.id not in hidden]
    numbers = [candidate.person.id for candidate in found]
    seen = _last_seen(numbers)
    areas = {c.code: c.name for c in councils()} if found else {}
    shown = [_shown(candidate, areas, seen) for candidate in found]
    if besides is None:
        return told_apart(shown, apart(numbers))
    pairs = apart([besides, *numbers])
    own = {besides, *(one for pair in pairs if besides in pair for one in pair)}
    return told_apart([one for one in shown if one.number not in own], pairs)


def unconfirmed(booking_id: UUID) -> Sequence[str]:
    """The names of the fields that were kept from the last time and nobody has confirmed yet."""
    carried = db.session.get(CarriedOver, booking_id)
    return carried.fields if carried and carried.confirmed_at is None else ()


def still_to_confirm(booking_id: UUID) -> list[str]:
    """The same in words, for whoever reads of this stay."""
    return [FIELDS[name] for name in unconfirmed(booking_id)]


def board(actor: Actor, page: int, at: datetime) -> tuple[Page[Row], Board]:
    """Who is at the actor's desk now and what is to be done with each: one page, and everybody.

    Whoever is to be asked first stands on the first page, and no danger waits on another one.
    """
    everybody = whole_board(actor, at)
    return page_in(everybody.rows, page), everybody


def whole_board(actor: Actor, at: datetime) -> Board:
    """Everybody who is at the actor's desk now, and what is to be done with each."""
    here = everybody_here(actor)
    return board_of(here, _workers([booking.id for booking in here]), at)


def _workers(booking_ids: Sequence[UUID]) -> Mapping[UUID, Worker]:
    """What the team promised to who said yes, and whether it has come; by the stay."""
    seeing = and_(Promise.case_id == Case.id, Promise.act == NextStep.SEE)
    wanted = (
        select(Case.booking_id, Promise, User.name)
        .join(Promise, seeing)
        .outerjoin(User, User.id == Case.worker_id)
        .where(Case.booking_id.in_(booking_ids))
        .order_by(Promise.order)
    )
    return {
        stay: Worker(promise.made_at, promise.kept_at, name or "")
        for stay, promise, name in db.session.execute(wanted)
    }


def last_time(booking: Booking) -> datetime | None:
    """When the stay in custody before this one began; never told of who came with a register."""
    if db.session.get(FromRegister, booking.id):
        return None
    before = Booking.authorised_at < booking.authorised_at
    earlier = select(func.max(Booking.authorised_at)).where(
        Booking.person_id == booking.person_id, before, COUNTS, IN_CUSTODY
    )
    return db.session.scalar(earlier)


def _last_seen(person_ids: Collection[UUID]) -> Mapping[UUID, tuple[datetime, str]]:
    stays = (
        select(Booking.person_id, Booking.authorised_at, CustodyCentre.name)
        .join(CustodyCentre, CustodyCentre.id == Booking.centre_id)
        .where(Booking.person_id.in_(person_ids), COUNTS)
        .order_by(Booking.authorised_at, Booking.order)
    )
    return {person: (began, centre) for person, began, centre in db.session.execute(stays)}


def _shown(
    candidate: Candidate,
    areas: Mapping[str, str],
    seen: Mapping[UUID, tuple[datetime, str]],
) -> Suggested:
    person = candidate.person
    moment, centre = seen.get(person.id, (None, ""))
    return Suggested(
        number=person.id,
        name=person.name,
        born=person.date_of_birth.year if person.date_of_birth else person.born_about,
        area=outward(postcode(person.postcode)) or areas.get(person.council_code or "", ""),
        seen_at=centre,
        seen=moment,
        confident=candidate.confident,
        why=candidate.why,
    )


def acts_of(booking: Booking) -> list[acts.Act]:
    """What was done to a stay and to the record of its person since it began, the latest first."""
    found = [*acts_about(booking.id), *acts_about(booking.person_id)]
    since = [act for act in found if act.done_at >= booking.recorded_at]
    return sorted(since, key=lambda act: act.order, reverse=True)
