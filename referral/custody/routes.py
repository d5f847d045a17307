"""Pages of the custody desk."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now
from referral.custody import actions
from referral.custody.forms import NEW, BookingForm
from referral.custody.queries import PAGE, live_bookings
from referral.db import db
from referral.people.models import Person
from referral.people.queries import candidates
from referral.web import submit_keys
from referral.web.filters import day
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("custody", __name__, url_prefix="/custody")


@blueprint.get("/")
@requires(Permission.SEE_BOOKINGS)
def centre_now() -> ResponseReturnValue:
    """Who is here, and whom have we not asked yet?"""
    page = this_page()
    bookings = live_bookings(acting(), page)
    shown = request.args.get("names") == "yes"
    return render_template(
        "custody/centre_now.html", bookings=bookings, shown=shown, page=page, size=PAGE, now=now()
    )


@blueprint.route("/bookings/new", methods=["GET", "POST"])
@requires(Permission.BOOK)
def open_booking() -> ResponseReturnValue:
    """Who is this? Likely earlier records are offered once, and the officer decides."""
    form = BookingForm()
    if not form.is_submitted():
        return render_template("custody/new_booking.html", form=form, known=[])
    known = candidates(form.identity) if form.surname.data and form.forename.data else []
    form.same_as.choices = options(_labelled(known))
    with keeping(form):
        if form.validate() and (form.same_as.data or not known):
            booking = actions.open_booking(form.details(), acting(), now())
            location = submit_keys.spend(url_for("cases.answer_offer", booking_id=booking.id))
            db.session.commit()
            return redirect(location, 303)
    actions.note_suggestions(known, acting(), now())
    page = render_template("custody/new_booking.html", form=form, known=known)
    db.session.commit()
    return page, form.status


def _labelled(known: Sequence[Person]) -> list[tuple[str, str]]:
    """The candidates as choices: only what tells people apart, and nobody preselected."""
    if not known:
        return []
    named = [(str(p.id), f"{p.forename} {p.surname}, {day(p.date_of_birth)}") for p in known]
    return [*named, (NEW, "None of these: a new person")]
