"""Pages of one stay: what is recorded, where it goes on, and the way back from each act."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.acts.kinds import OFFICER_UNDOES
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.custody import leg_actions as legs
from referral.custody.forms import TransferForm
from referral.custody.models import Booking
from referral.custody.queries import booking_for, desk_of, left_lately, stay_to_correct
from referral.db import whole
from referral.desk import mistake_actions as mistakes
from referral.desk import stay_actions as actions
from referral.desk.queries import acts_of, whole_board
from referral.desk.sheet_queries import sheets_of
from referral.desk.shift_queries import shift_of
from referral.desk.stay_forms import (
    BeganForm,
    CorrectForm,
    ExpectForm,
    LeftForm,
    MistakeForm,
    WhyForm,
)
from referral.directory.queries import choices, open_centres, team_for
from referral.handoff.referrals.leaving_actions import expect_to_leave, leave_rightly
from referral.merging.detaching.forms import DetachForm
from referral.people.queries import also_called
from referral.web.done import done
from referral.web.forms import Form, keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("stays", __name__, url_prefix="/custody")
LATELY = OFFICER_UNDOES


@blueprint.route("/bookings/<uuid:booking_id>/transfer", methods=["GET", "POST"])
@requires(Permission.BOOK)
def transfer(booking_id: UUID) -> ResponseReturnValue:
    """To another centre: it stays one stay, and that desk takes them over."""
    booking = booking_for(acting(), booking_id, to_change=True)
    others = [one for one in open_centres(today()) if one.id != booking.leg.centre_id]
    form = TransferForm()
    form.centre.choices = options([("", "Choose"), *((str(c.id), c.name) for c in others)])
    with keeping(form):
        if form.validate_on_submit():
            legs.transfer(booking, form.details(), acting(), now())
            return done(url_for("desk.centre_now"))
    return _page("desk/transfer.html", form, booking)


@blueprint.post("/bookings/<uuid:booking_id>/arrived")
@requires(Permission.BOOK)
def arrived(booking_id: UUID) -> ResponseReturnValue:
    """Who was on the way here has come."""
    booking = booking_for(acting(), booking_id, to_change=True)
    legs.arrive_at_centre(booking, acting(), now())
    return done(url_for("desk.centre_now"))


@blueprint.get("/handover")
@requires(Permission.SEE_BOOKINGS)
def handover() -> ResponseReturnValue:
    """One sheet for the next shift, to print: initials only, and no word of health."""
    here = whole_board(acting(), now())
    return render_template("desk/handover.html", board=here, **_around())


@blueprint.get("/shift")
@requires(Permission.CORRECT_STAYS)
def shift() -> ResponseReturnValue:
    """The supervisor's own view: was everybody asked, and is every danger told?"""
    around = _around()
    centre = around["centre"]
    found = shift_of(acting(), centre.id, now())
    return render_template("desk/shift.html", shift=found, team=team_for(centre), **around)


def _around() -> dict[str, Any]:
    """The centre whose desk this is, and the moment."""
    return {"centre": desk_of(acting()) or abort(404), "now": now()}


@blueprint.get("/left")
@requires(Permission.SEE_BOOKINGS)
def left() -> ResponseReturnValue:
    """Who left this desk in the last day, or was booked here by mistake, to be put right."""
    gone = left_lately(acting(), now() - LATELY, this_page())
    return render_template("desk/left.html", gone=gone, routes=dict(choices("release", today())))


@blueprint.get("/bookings/<uuid:booking_id>/stay")
@requires(Permission.BOOK, recorded=True)
def stay(booking_id: UUID) -> ResponseReturnValue:
    """What is recorded of this stay, each with its correction, and what was done with its undo."""
    booking = stay_to_correct(acting(), booking_id, now())
    record(Tag.BOOKING_SEEN, acting(), now(), subject_id=booking.person_id, record_id=booking.id)
    acts = acts_of(booking)
    names = also_called(booking.person_id)
    paper = sheets_of(booking.id)
    booking = whole(booking, "person", "legs.centre", "offers")
    back = actions.undoable(booking, acts, acting(), now())
    shown = {"booking": booking, "acts": acts, "undoable": back, "also": names}
    return render_template("desk/stay.html", sheets=paper, **shown)


@blueprint.route("/bookings/<uuid:booking_id>/correct", methods=["GET", "POST"])
@requires(Permission.BOOK)
def correct(booking_id: UUID) -> ResponseReturnValue:
    """The name, the birth date or the sex was wrong."""
    booking = stay_to_correct(acting(), booking_id, now())
    form = CorrectForm(obj=booking.person)
    with keeping(form):
        if form.validate_on_submit():
            actions.correct_who(booking, form.details(), acting(), now())
            return done(url_for(".stay", booking_id=booking.id))
    return _page("desk/correct.html", form, booking)


@blueprint.route("/bookings/<uuid:booking_id>/began", methods=["GET", "POST"])
@requires(Permission.BOOK)
def began(booking_id: UUID) -> ResponseReturnValue:
    """Custody was authorised at another time."""
    booking = stay_to_correct(acting(), booking_id, now())
    form = BeganForm(obj=booking)
    with keeping(form):
        if form.validate_on_submit():
            actions.correct_began(booking, form.details(), acting(), now())
            return done(url_for(".stay", booking_id=booking.id))
    return _page("desk/began.html", form, booking)


@blueprint.route("/bookings/<uuid:booking_id>/expected", methods=["GET", "POST"])
@requires(Permission.BOOK)
def expected(booking_id: UUID) -> ResponseReturnValue:
    """When somebody in the cells is expected to leave, before they do."""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = ExpectForm(expected_at=booking.leg.expected_at)
    with keeping(form):
        if form.validate_on_submit():
            leaves_at = form.expected_at.data
            expect_to_leave(booking, leaves_at, form.seen_version, acting(), now())
            return done(url_for("desk.centre_now"))
    return _page("desk/expected.html", form, booking)


@blueprint.route("/bookings/<uuid:booking_id>/leaving", methods=["GET", "POST"])
@requires(Permission.BOOK)
def leaving(booking_id: UUID) -> ResponseReturnValue:
    """They left in another way, or at another time."""
    booking = stay_to_correct(acting(), booking_id, now())
    form = LeftForm(released_at=booking.released_at or booking.leg.since)
    form.route.choices = options(choices("release", today()))
    form.naloxone_of(booking.leg.centre, choices("naloxone", today()))
    with keeping(form):
        if form.validate_on_submit():
            leave_rightly(booking, form.details(), form.why.data, acting(), now())
            return done(url_for(".left"))
    return _page("desk/leaving.html", form, booking)


@blueprint.route("/bookings/<uuid:booking_id>/mistake", methods=["GET", "POST"])
@requires(Permission.BOOK)
def mistake(booking_id: UUID) -> ResponseReturnValue:
    """This booking should never have been made."""
    booking = stay_to_correct(acting(), booking_id, now())
    form = MistakeForm()
    with keeping(form):
        if form.validate_on_submit():
            mistakes.call_mistake(booking, form.details(), acting(), now())
            return done(url_for(".left"))
    return _page("desk/mistake.html", form, booking)


@blueprint.route("/bookings/<uuid:booking_id>/somebody-else", methods=["GET", "POST"])
@requires(Permission.BOOK)
def somebody_else(booking_id: UUID) -> ResponseReturnValue:
    """The wrong record was chosen for this stay."""
    booking = stay_to_correct(acting(), booking_id, now())
    form = DetachForm()
    with keeping(form):
        if form.validate_on_submit():
            actions.somebody_else(booking, form.details(), acting(), now())
            return done(url_for(".stay", booking_id=booking.id))
    return _page("desk/somebody_else.html", form, booking)


@blueprint.route("/bookings/<uuid:booking_id>/undo/<uuid:act_id>", methods=["GET", "POST"])
@requires(Permission.BOOK)
def undo(booking_id: UUID, act_id: UUID) -> ResponseReturnValue:
    """Take back one act of a stay, after asking once."""
    booking = stay_to_correct(acting(), booking_id, now())
    act = _act_of(booking, act_id)
    form = WhyForm()
    with keeping(form):
        if form.validate_on_submit():
            actions.undo(booking, act, form.why.data, acting(), now())
            return done(url_for(".stay", booking_id=booking.id))
    return _page("desk/undo.html", form, booking, act=whole(act))


def _act_of(booking: Booking, act_id: UUID) -> Act:
    found = [act for act in acts_of(booking) if act.id == act_id]
    return found[0] if found else abort(404)


def _page(template: str, form: Form, booking: Booking, **more: object) -> ResponseReturnValue:
    booking = whole(booking, "person", "legs.centre")
    form.show(booking.version)
    return render_template(template, form=form, booking=booking, **more), form.status
