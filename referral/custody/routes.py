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
from referral.errors import RuleBroken
from referral.people.models import Person
from referral.people.queries import candidates
from referral.web import submit_keys
from referral.web.filters import day
from referral.web.forms import options
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
    undecided = bool(known) and not form.same_as.data
    if not form.validate() or undecided:
        page = render_template("custody/new_booking.html", form=form, known=known)
        actions.note_suggestions(known, acting(), now())
        submit_keys.release()
        db.session.commit()
        return page, 422 if form.errors else 200
    try:
        booking = actions.open_booking(form.details(), acting(), now())
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(broken.sentence)
        return render_template("custody/new_booking.html", form=form, known=known), broken.status
    location = submit_keys.spend(url_for("cases.answer_offer", booking_id=booking.id))
    db.session.commit()
    return redirect(location, 303)


def _labelled(known: Sequence[Person]) -> list[tuple[str, str]]:
    """The candidates as choices: only what tells people apart, and nobody preselected."""
    if not known:
        return []
    named = [(str(p.id), f"{p.forename} {p.surname}, {day(p.date_of_birth)}") for p in known]
    return [*named, (NEW, "None of these: a new person")]
