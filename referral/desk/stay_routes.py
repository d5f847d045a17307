"""Pages on which a stay goes on elsewhere: to another centre, and taken over there."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.custody import leg_actions as legs
from referral.custody.forms import TransferForm
from referral.custody.queries import booking_for
from referral.db import whole
from referral.directory.queries import open_centres
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("stays", __name__, url_prefix="/custody/bookings/<uuid:booking_id>")


@blueprint.route("/transfer", methods=["GET", "POST"])
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
    form.show(booking.version)
    booking = whole(booking, "person", "legs.centre")
    return render_template("desk/transfer.html", form=form, booking=booking), form.status


@blueprint.post("/arrived")
@requires(Permission.BOOK)
def arrived(booking_id: UUID) -> ResponseReturnValue:
    """Who was on the way here has come."""
    booking = booking_for(acting(), booking_id, to_change=True)
    legs.arrive_at_centre(booking, acting(), now())
    return done(url_for("desk.centre_now"))
