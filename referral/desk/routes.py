"""The desk's page that asks who this is, and what of the last time is still true."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.custody.forms import NEW, BookingForm
from referral.custody.models import Booking
from referral.custody.queries import booking_for
from referral.desk import actions
from referral.desk.forms import StillTrueForm
from referral.desk.queries import last_time, suggested
from referral.desk.queries import unconfirmed as unconfirmed_fields
from referral.desk.still_true import FIELDS
from referral.desk.suggestions import Suggested
from referral.directory.queries import choices, councils
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("returning", __name__)


@blueprint.route("/custody/bookings/new", methods=["GET", "POST"])
@requires(Permission.BOOK)
def open_booking() -> ResponseReturnValue:
    """Who is this? Likely earlier records are offered, and the officer decides."""
    form = booking_form()
    if not form.is_submitted():
        return render_template("desk/new_booking.html", form=form, known=[])
    known = known_to(form)
    with keeping(form):
        if form.validate() and form.decided([one.number for one in known]):
            booking = actions.arrive(actions.Arrival(form.details(), known), acting(), now())
            return done(url_for("cases.answer_offer", booking_id=booking.id))
    actions.note_suggestions(known, acting(), now())
    page = render_template("desk/new_booking.html", form=form, known=known)
    return page, form.status


@blueprint.post("/custody/bookings/likely")
@requires(Permission.BOOK, recorded=True, keyed=False, reads=True)
def likely() -> ResponseReturnValue:
    """The earlier records that may be the person whose name is being typed, as choices."""
    form = booking_form()
    known = known_to(form)
    actions.note_suggestions(known, acting(), now())
    return render_template("desk/likely.html", form=form, known=known)


@blueprint.route("/custody/bookings/<uuid:booking_id>/still-true", methods=["GET", "POST"])
@requires(Permission.BOOK)
def confirm(booking_id: UUID) -> ResponseReturnValue:
    """Is what we know from the last time still right?"""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = still_true_form(booking)
    with keeping(form):
        if form.validate_on_submit():
            actions.confirm(booking, form.details(), acting(), now())
            return done(url_for("cases.answer_offer", booking_id=booking.id))
    return render_template("desk/confirm.html", form=form, booking=booking), form.status


def still_true(booking: Booking) -> Markup:
    """What was kept from the last time, as a form for the page of a booking; empty if nothing."""
    if not unconfirmed_fields(booking.id):
        return Markup()
    page = render_template(
        "desk/still_true.html",
        form=still_true_form(booking, typed=False),
        booking=booking,
        last_time=last_time(booking),
    )
    return Markup(page)  # noqa: S704 - our own page


def unconfirmed(booking: Booking) -> list[str]:
    """In words, what of a person is known only from the time before this stay."""
    return [FIELDS[name] for name in unconfirmed_fields(booking.id)]


def still_true_form(booking: Booking, *, typed: bool = True) -> StillTrueForm:
    """The form with what is recorded; what somebody else sent to this page is not for it."""
    person = booking.person
    last = {f"kept_{name}": getattr(person, name) for name in (*FIELDS, "no_fixed_abode")}
    form = StillTrueForm(data=last) if typed else StillTrueForm(None, data=last)
    form.kept_language.choices = options(choices("language", today()))
    form.keep(unconfirmed_fields(booking.id))
    return form


def booking_form() -> BookingForm:
    """The form with today's languages and the councils."""
    form = BookingForm()
    form.language.choices = options(choices("language", today()))
    home = [(council.code, council.name) for council in councils()]
    form.council.choices = options([("", "Same as the custody centre"), *home])
    return form


def known_to(form: BookingForm) -> list[Suggested]:
    """The earlier records that fit what was typed, as choices of the form, none preselected."""
    known = suggested(form.identity) if form.surname.data and form.forename.data else []
    named = [(str(one.number), one.name) for one in known]
    form.same_as.choices = options([*named, (NEW, "None of these: a new person")] if known else [])
    return known
