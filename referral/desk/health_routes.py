"""The one page of custody healthcare: the dangers of who is here, and its answers to them."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.custody import health_actions as actions
from referral.custody.forms import lift_form
from referral.custody.models import Booking
from referral.custody.queries import booking_for, desk_of
from referral.db import whole
from referral.desk.health import in_parts
from referral.desk.health_forms import KnowsForm, NaloxoneForm
from referral.desk.health_queries import patients, tended_act
from referral.directory.queries import labels
from referral.web.asking import Question, ask_once
from referral.web.done import done
from referral.web.forms import Form, keeping

blueprint = Blueprint("health", __name__, url_prefix="/custody")


@blueprint.get("/healthcare")
@requires(Permission.KNOW_DANGERS, recorded=True)
def here() -> ResponseReturnValue:
    """The dangers of everybody who is here now, those first that healthcare has not answered."""
    found = patients(acting(), now())
    for patient in found:
        if patient.dangers:
            _note_seen(patient.booking)
    return render_template(
        "desk/health.html",
        parts=in_parts(found),
        centre=desk_of(acting()) or abort(404),
        shown=request.args.get("names") == "yes",
        given=actions.GIVEN,
        now=now(),
    )


@blueprint.post("/bookings/<uuid:booking_id>/healthcare/knows")
@requires(Permission.KNOW_DANGERS)
def knows(booking_id: UUID) -> ResponseReturnValue:
    """Healthcare knows of the dangers that stood on its screen."""
    booking = booking_for(acting(), booking_id, to_change=True)
    return _said(booking, actions.acknowledge(booking, KnowsForm().codes, acting(), now()))


@blueprint.post("/bookings/<uuid:booking_id>/healthcare/naloxone")
@requires(Permission.KNOW_DANGERS)
def naloxone(booking_id: UUID) -> ResponseReturnValue:
    """Take-home naloxone was supplied, or declined."""
    booking = booking_for(acting(), booking_id, to_change=True)
    given = NaloxoneForm().naloxone.data or ""
    return _said(booking, actions.say_naloxone(booking, given, acting(), now()))


@blueprint.route("/bookings/<uuid:booking_id>/healthcare/lift", methods=["GET", "POST"])
@requires(Permission.KNOW_DANGERS, recorded=True)
def lift(booking_id: UUID) -> ResponseReturnValue:
    """A danger does not apply any more, and why."""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = lift_form(booking, labels("danger"), now())
    with keeping(form):
        if form.validate_on_submit():
            said = form.danger.data, form.reason.data
            return _said(booking, actions.say_not_in_danger(booking, *said, acting(), now()))
    booking = whole(booking, "person")
    _note_seen(booking)
    return render_template("desk/health_lift.html", form=form, booking=booking), form.status


@blueprint.route(
    "/bookings/<uuid:booking_id>/healthcare/undo/<uuid:act_id>", methods=["GET", "POST"]
)
@requires(Permission.KNOW_DANGERS)
def undo(booking_id: UUID, act_id: UUID) -> ResponseReturnValue:
    """Take back what healthcare said, after asking once."""
    booking = booking_for(acting(), booking_id, to_change=True)
    act = tended_act(booking, act_id)
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            actions.take_back(booking, act, acting(), now())
            return done(url_for(".here"))
    act = whole(act)
    follows = "It is as it was before. What healthcare said and that it was taken back is kept."
    asked = f"{act.words}: was that not so?"
    return ask_once(form, Question(asked, follows, "Take it back", url_for(".here")))


def _said(booking: Booking, act: Act) -> ResponseReturnValue:
    """Back to the list, with the way back."""
    return done(url_for(".here"), url_for(".undo", booking_id=booking.id, act_id=act.id))


def _note_seen(booking: Booking) -> None:
    person, number = booking.person_id, booking.id
    record(Tag.DANGERS_SEEN, acting(), now(), subject_id=person, record_id=number)
