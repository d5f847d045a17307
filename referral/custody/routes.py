"""Pages of the custody desk."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import month_start, now, today
from referral.custody import actions
from referral.custody.forms import NEW, BookingForm, WarningForm
from referral.custody.queries import PAGE, booking_for, live_bookings, reach
from referral.custody.queue import in_queues
from referral.db import db
from referral.directory.queries import choices, councils
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
    """Who is here, whom have we not asked yet, and whom do we ask again when?"""
    page = this_page()
    bookings = live_bookings(acting(), page)
    return render_template(
        "custody/centre_now.html",
        bookings=bookings,
        queues=in_queues(bookings, now()),
        reach=reach(acting(), month_start()),
        shown=request.args.get("names") == "yes",
        page=page,
        size=PAGE,
        now=now(),
    )


@blueprint.route("/bookings/new", methods=["GET", "POST"])
@requires(Permission.BOOK)
def open_booking() -> ResponseReturnValue:
    """Who is this? Likely earlier records are offered once, and the officer decides."""
    form = booking_form()
    if not form.is_submitted():
        return render_template("custody/new_booking.html", form=form, known=[])
    known = known_to(form)
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


@blueprint.post("/bookings/likely")
@requires(Permission.BOOK, recorded=True, keyed=False)
def likely() -> ResponseReturnValue:
    """The earlier records that may be the person whose name is being typed, as choices."""
    form = booking_form()
    known = known_to(form)
    actions.note_suggestions(known, acting(), now())
    page = render_template("custody/likely.html", form=form, known=known)
    db.session.commit()
    return page


@blueprint.route("/bookings/<uuid:booking_id>/warning", methods=["GET", "POST"])
@requires(Permission.BOOK)
def warn(booking_id: UUID) -> ResponseReturnValue:
    """Tell custody healthcare and the supervisor now, and say who was told."""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = WarningForm()
    form.told.choices = options(choices("told", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.warn(booking, form.details(), acting(), now())
            location = submit_keys.spend(url_for("cases.answer_offer", booking_id=booking.id))
            db.session.commit()
            return redirect(location, 303)
    return render_template("custody/warning.html", form=form, booking=booking), form.status


def booking_form() -> BookingForm:
    """The form with today's languages and the councils."""
    form = BookingForm()
    form.language.choices = options(choices("language", today()))
    home = [(council.code, council.name) for council in councils()]
    form.council.choices = options([("", "Same as the custody centre"), *home])
    return form


def known_to(form: BookingForm) -> Sequence[Person]:
    """The earlier records that fit what was typed, as choices of the form, none preselected."""
    named = form.surname.data and form.forename.data
    known = [likely.person for likely in candidates(form.identity)] if named else []
    shown = [(str(p.id), f"{p.name}, {day(p.date_of_birth)}") for p in known]
    form.same_as.choices = options([*shown, (NEW, "None of these: a new person")] if known else [])
    return known
