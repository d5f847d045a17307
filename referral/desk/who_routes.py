"""Who has a register booked? The desk asks, beside the booking or on a page of its own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.custody.models import Booking
from referral.custody.places import Place
from referral.custody.queries import booking_for, stay_of
from referral.custody.who_forms import WhoForm
from referral.db import whole
from referral.desk import who_actions as actions
from referral.desk.actions import note_suggestions
from referral.desk.already import already_said, answers
from referral.desk.suggestions import Suggested
from referral.desk.who_queries import who_it_may_be
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("who", __name__, url_prefix="/custody")


@blueprint.route("/bookings/<uuid:booking_id>/who", methods=["GET", "POST"])
@requires(Permission.BOOK, recorded=True)
def who(booking_id: UUID) -> ResponseReturnValue:
    """Somebody known, or a new person: the officer says it with the person there."""
    booking = booking_for(acting(), booking_id, to_change=True)
    known = who_it_may_be(booking)
    form = WhoForm()
    form.offer((one.number, one.name) for one in known)
    other = ask_what_is_true(form, known)
    with keeping(form):
        if form.validate_on_submit() and form.decided:
            stay = actions.say_who(booking, _details(form, known), acting(), now())
            return _on_from(booking, stay)
    record(Tag.BOOKING_SEEN, acting(), now(), subject_id=booking.person_id, record_id=booking.id)
    note_suggestions(known, acting(), now())
    shown = {"booking": whole(booking, "person"), "stay": other and whole(other, "legs.centre")}
    return render_template("desk/who.html", form=form, known=known, **shown), form.status


def card_of_who(booking: Booking) -> dict[str, Any]:
    """What the page of a booking asks of who it is, where it does; records the look."""
    known = who_it_may_be(booking)
    form = WhoForm(formdata=None)  # whatever else was sent
    form.offer((one.number, one.name) for one in known)
    note_suggestions(known, acting(), now())
    return {"who": form, "known": known}


def ask_what_is_true(form: WhoForm, known: Sequence[Suggested]) -> Booking | None:
    """The stay of the chosen person that goes on, with the answers to choose from."""
    offered = {str(one.number) for one in known}
    chosen = UUID(form.same_as.data) if form.same_as.data in offered else None
    stay = stay_of(chosen) if chosen else None
    if stay:
        here = stay.leg.place is Place.CENTRE and stay.leg.centre_id == acting().centre_id
        form.already.choices = options(answers(here=here, where=stay.leg.words))
    return stay


def _details(form: WhoForm, known: Sequence[Suggested]) -> actions.WhoDetails:
    return actions.WhoDetails(known, form.chosen_record, already_said(form.already.data))


def _on_from(booking: Booking, stay: Booking) -> ResponseReturnValue:
    """To the stay that goes on; with the way back, where it is the same."""
    act = last_act(booking.id, (ActKind.RECOGNISED,)) if stay is booking else None
    undo = url_for("stays.undo", booking_id=stay.id, act_id=act.id) if act else ""
    return done(url_for("desk.answer_offer", booking_id=stay.id), undo)
