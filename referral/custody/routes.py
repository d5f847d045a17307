"""Pages of the custody desk."""

from uuid import UUID

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import month_start, now, today
from referral.custody import actions
from referral.custody.forms import WarningForm
from referral.custody.queries import booking_for, live_bookings, reach
from referral.custody.queue import in_queues
from referral.directory.queries import choices
from referral.web.done import done
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("custody", __name__, url_prefix="/custody")


@blueprint.get("/")
@requires(Permission.SEE_BOOKINGS)
def centre_now() -> ResponseReturnValue:
    """Who is here, whom have we not asked yet, and whom do we ask again when?"""
    bookings = live_bookings(acting(), this_page())
    return render_template(
        "custody/centre_now.html",
        bookings=bookings,
        queues=in_queues(bookings, now()),
        reach=reach(acting(), month_start()),
        became=_became(),
        shown=request.args.get("names") == "yes",
        now=now(),
    )


def _became() -> object:
    """What became of those whom this centre asked last month, which a chapter above knows."""
    return current_app.extensions["became_of"](acting().centre_id, now())


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
            return done(url_for("cases.answer_offer", booking_id=booking.id))
    return render_template("custody/warning.html", form=form, booking=booking), form.status
