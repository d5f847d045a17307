"""Every page of the custody desk: who is here, who this is, the offer, the release."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.alerts.queries import current
from referral.audit.trail import Tag, record
from referral.casework.cases import actions as cases
from referral.casework.cases.queries import case_at_desk
from referral.clock import month_start, now, today
from referral.consent.actions import rules_of
from referral.consent.models import Consent
from referral.consent.queries import last_yes_to_contact, read_out
from referral.custody import actions as custody
from referral.custody import health_actions as health
from referral.custody.forms import ReleaseForm, WarningForm, as_known, lift_form, questions
from referral.custody.models import Booking
from referral.custody.places import Place, ways_from
from referral.custody.queries import SAID, booking_for, desk_of, reach
from referral.custody.stay_actions import move_cell
from referral.db import whole
from referral.desk import actions
from referral.desk.draft_routes import saved, show_draft
from referral.desk.forms import LISTS, ArrivalForm, DeskForm, TalkForm, arrival_form, desk_form
from referral.desk.queries import board, last_time, may_hand_off, suggested, unconfirmed
from referral.desk.sharing_actions import share
from referral.desk.sharing_routes import sharing_in_stay, sharing_on_arrival
from referral.desk.suggestions import Suggested
from referral.desk.who_routes import ask_what_is_true, card_of_who
from referral.directory.queries import choices, choices_in, councils, labels
from referral.errors import StaleEdit
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.routes import hand_off_page
from referral.handoff.referrals.young_queries import for_their_age
from referral.history.queries import card_for
from referral.known.now import dangers_of, needs_of
from referral.people.naming import wrong_of
from referral.reports.queries import became_lately
from referral.web.done import done
from referral.web.drafts import drafts_of
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("desk", __name__, url_prefix="/custody")


@blueprint.route("/bookings/new", methods=["GET", "POST"])
@requires(Permission.BOOK)
def open_booking() -> ResponseReturnValue:
    """Book a person and ask. Likely earlier records are offered, and the officer decides.

    What is said is saved with the booking, or nothing of both; unasked, they are booked alone.
    """
    show_draft()
    form = arrival_form(*lists(), ArrivalForm)
    known = known_to(form) if form.is_submitted() else []
    stay = ask_what_is_true(form, known)
    with keeping(form):
        if not form.looks and form.validate_on_submit() and form.decided:
            arrival = actions.Arrival(form.booking(), known, form.says_already)
            booking = actions.arrive(arrival, acting(), now())
            if form.answer.data:
                hear(booking, form, booking.version)
            return saved(after(booking, form))
    actions.note_suggestions(known, acting(), now())
    return _arrival_page(form, known, stay), form.status


def _arrival_page(form: ArrivalForm, known: Sequence[Suggested], stay: Booking | None) -> str:
    """The page of a new booking: who it is, beside it who it may be, then the talk."""
    return render_template(
        "desk/new_booking.html",
        form=form,
        known=known,
        stay=whole(stay, "legs.centre") if stay else None,
        words=read_out(form.turn(), now()),
        sharing=sharing_on_arrival(form, known),
        now=now(),
    )


@blueprint.post("/bookings/likely")
@requires(Permission.BOOK, recorded=True, keyed=False, reads=True)
def likely() -> ResponseReturnValue:
    """The earlier records that may be the person whose name is being typed, as choices."""
    form = arrival_form(*lists(), ArrivalForm)
    known = known_to(form)
    actions.note_suggestions(known, acting(), now())
    return render_template("desk/likely.html", form=form, known=known)


def lists() -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """Today's codes by the name of their list, and the councils."""
    return choices_in(LISTS, today()), [(one.code, one.name) for one in councils()]


def known_to(form: ArrivalForm) -> list[Suggested]:
    """The earlier records that fit what was typed, as choices of the form, none preselected."""
    known = [] if any(wrong_of(form.identity)) else suggested(form.identity)
    form.offer((one.number, one.name) for one in known)
    return known


@blueprint.get("/")
@requires(Permission.SEE_BOOKINGS)
def centre_now() -> ResponseReturnValue:
    """The people in the centre now: whom to ask, and whom to ask again when."""
    shown, here = board(acting(), this_page(), now())
    mine = acting().centre_id
    return render_template(
        "desk/centre_now.html",
        alerts=current(acting(), today()),
        page=shown,
        board=here,
        centre=desk_of(acting()),
        reach=reach(acting(), month_start()),
        counted=mine is not None,
        became=became_lately(mine, now()) if mine else None,
        drafts=drafts_of(acting().user_id, now()),
        named=request.args.get("names") == "yes",
        now=now(),
    )


@blueprint.route("/bookings/<uuid:booking_id>/warning", methods=["GET", "POST"])
@requires(Permission.BOOK)
def warn(booking_id: UUID) -> ResponseReturnValue:
    """Tell custody healthcare and the supervisor now, and say who was told."""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = WarningForm()
    form.told.choices = options(choices("told", today()))
    with keeping(form):
        if form.validate_on_submit():
            custody.warn(booking, form.details(), acting(), now())
            return done(url_for("desk.answer_offer", booking_id=booking.id))
    booking = whole(booking, "person", "warnings", *SAID)
    page = render_template("desk/warning.html", form=form, booking=booking, now=now())
    return page, form.status


@blueprint.route("/bookings/<uuid:booking_id>/lift", methods=["GET", "POST"])
@requires(Permission.BOOK)
def lift(booking_id: UUID) -> ResponseReturnValue:
    """Healthcare has looked, and says that a danger does not apply any more."""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = lift_form(booking, labels("danger"), now())
    with keeping(form):
        if form.validate_on_submit():
            health.lift(booking, form.danger.data, form.reason.data, acting(), now())
            return done(url_for("desk.answer_offer", booking_id=booking.id))
    booking = whole(booking, "person")
    return render_template("desk/lift.html", form=form, booking=booking), form.status


@blueprint.route("/bookings/<uuid:booking_id>", methods=["GET", "POST"])
@requires(Permission.BOOK, recorded=True)
def answer_offer(booking_id: UUID) -> ResponseReturnValue:
    """Ask, hear the answer, pass it on."""
    booking = booking_for(acting(), booking_id, to_change=True)
    show_draft()
    form = desk_form(choices_in(LISTS, today()), booking, unconfirmed(booking.id), now())
    form.show_rules(rules_of(said_at_desk(booking)))
    with keeping(form):
        if not form.looks and form.validate_on_submit():
            _take_in(booking, form)
            return saved(after(booking, form))
    if form.broken_status == StaleEdit.status:
        form.catch_up(as_known(booking, questions(choices_in(LISTS, today())), now()))
    form.show(booking.version)
    return _offer_page(booking, form), form.status


def _take_in(booking: Booking, form: DeskForm) -> None:
    """Record what of the last time is still true, where they are, and what they said."""
    if kept := form.still_true():
        actions.confirm(booking, kept, acting(), now())
    if (cell := form.said("cell")) is not None:
        move_cell(booking, cell, acting(), now())
    if form.answer.data:
        hear(booking, form, form.seen_version)


def hear(booking: Booking, form: TalkForm, seen_version: int) -> None:
    """Record what they said, whom the officer told of a danger, and which service they want."""
    details = replace(form.details(), seen_version=seen_version)
    said = form.agreements(), form.circumstances()
    case = cases.answer_offer(booking, details, *said, acting(), now())
    warning = form.warning()
    if warning and booking.untold(now()):
        custody.warn(booking, warning, acting(), now())
    if form.wish:
        share(case, form.wish, form.circumstances(), acting(), now())


def after(booking: Booking, form: TalkForm) -> str:
    """Where the officer goes on: first to whom nobody was told of, then where the button says."""
    number = booking.id
    if form.answer.data and booking.untold(now()):
        return url_for("desk.warn", booking_id=number)
    if form.then.data == "service" and may_hand_off(acting(), booking, today()):
        return url_for("desk.hand_off_at_desk", booking_id=number, _anchor="services")
    if form.then.data == "next":
        return url_for("desk.open_booking")
    if not form.answer.data:
        return url_for("desk.answer_offer", booking_id=number)
    return url_for("desk.centre_now")


def said_at_desk(booking: Booking) -> Consent | None:
    """The yes to be contacted that was heard at the desk in this stay, if nothing came after it."""
    return last_yes_to_contact(booking.person_id, {offer.recorded_at for offer in booking.offers})


def _offer_page(booking: Booking, form: DeskForm) -> str:
    """The page of a booking: the card of who was here before, then the form. Records both looks."""
    person, number = booking.person_id, booking.id
    record(Tag.BOOKING_SEEN, acting(), now(), subject_id=person, record_id=number)
    if card := card_for(acting(), booking, now()):
        record(Tag.CARD_SEEN, acting(), now(), subject_id=person, record_id=number)
    return render_template(
        "desk/booking.html",
        form=form,
        booking=whole(booking, "person", "legs.centre", "offers", "warnings", *SAID),
        card=card,
        last_time=last_time(booking) if form.kept else None,
        may_hand_off=may_hand_off(acting(), booking, today()),
        sharing=sharing_in_stay(form, booking),
        told_of=set(booking.dangers_at_desk(now())) - set(booking.untold(now())),
        needs=list(needs_of(booking.words_at_desk).values()),
        dangers=list(dangers_of(booking.words_at_desk, now()).values()),
        words=read_out(form.turn(), now()),
        for_their_age=for_their_age(booking.person, now()),
        now=now(),
        **card_of_who(booking),
    )


@blueprint.route("/bookings/<uuid:booking_id>/hand-off", methods=["GET", "POST"])
@requires(Permission.HAND_OFF_AT_DESK)
def hand_off_at_desk(booking_id: UUID) -> ResponseReturnValue:
    """The same from the desk, where no worker is on site: it tells nothing of the assessment."""
    case = case_at_desk(acting(), booking_id)
    return hand_off_page(case, url_for("desk.centre_now"), actions.hand_off_here)


@blueprint.route("/bookings/<uuid:booking_id>/release", methods=["GET", "POST"])
@requires(Permission.BOOK)
def release(booking_id: UUID) -> ResponseReturnValue:
    """How do they leave, where to, and do they have naloxone?"""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = ReleaseForm(naloxone=booking.naloxone)  # healthcare may have said
    form.route.choices = options(_ways_out(booking))
    form.naloxone_of(booking.leg.centre, choices("naloxone", today()))
    with keeping(form):
        if form.validate_on_submit():
            leave(booking, form.details(), acting(), now())
            return done(url_for("desk.centre_now"))
    form.show(booking.version)
    booking = whole(booking, "person", "legs.centre")
    return render_template("desk/release.html", form=form, booking=booking), form.status


def _ways_out(booking: Booking) -> list[tuple[str, str]]:
    """Out of the cells by the routes of the list; from elsewhere the stay goes on, or ends."""
    if booking.leg.place is Place.CENTRE:
        return choices("release", today())
    return list(ways_from(booking.leg.place).items())
