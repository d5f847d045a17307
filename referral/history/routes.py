"""The worker's timeline, and the card that stands on the desk's booking page."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.cases.queries import case_for
from referral.clock import now
from referral.custody.models import Booking
from referral.db import db
from referral.history.queries import card_for, timeline_of

blueprint = Blueprint("history", __name__)


@blueprint.get("/cases/<uuid:case_id>/timeline")
@requires(Permission.SEE_TIMELINE, recorded=True)
def timeline(case_id: UUID) -> ResponseReturnValue:
    """Everything that happened, as far as the person agreed that it is read."""
    case = case_for(acting(), case_id)
    lines, everything = timeline_of(acting(), case, now())
    record(Tag.TIMELINE_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    page = render_template("history/timeline.html", case=case, lines=lines, everything=everything)
    db.session.commit()
    return page


def desk_card(booking: Booking) -> Markup:
    """The returning person's card for the page of a booking; the page's commit keeps the event."""
    if not acting().may(Permission.SEE_CARD):
        return Markup()
    known = card_for(acting(), booking.person_id, now())
    if known:
        record(Tag.CARD_SEEN, acting(), now(), subject_id=booking.person_id, record_id=booking.id)
    return Markup(render_template("history/card.html", known=known))  # noqa: S704 - our own page
