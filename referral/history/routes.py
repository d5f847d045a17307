"""The worker's timeline, and the card that stands on the desk's booking page."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from referral.access.actor import Actor
from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.clock import now, today
from referral.custody.models import Booking
from referral.directory.queries import choices
from referral.history.forms import LookForm
from referral.history.queries import asked_before, card_for, case_to_continue, timeline_of
from referral.web.forms import options

blueprint = Blueprint("history", __name__)


@blueprint.route("/cases/<uuid:case_id>/timeline", methods=["GET", "POST"])
@requires(Permission.SEE_TIMELINE, recorded=True, keyed=False, reads=True)
def timeline(case_id: UUID) -> ResponseReturnValue:
    """Everything that happened, as far as the person agreed; of a colleague's case: why look?"""
    case = case_for(acting(), case_id)
    form = LookForm()
    form.why.choices = options(choices("look_reason", today()))
    if not own(case, acting()) and not form.validate_on_submit():
        return render_template("history/look.html", case=case, form=form), form.status
    lines, everything = timeline_of(acting(), case, now())
    why = form.why.data or ""
    seen = {"subject_id": case.person_id, "record_id": case.id}
    record(Tag.TIMELINE_SEEN, acting(), now(), reason=why, **seen)
    return render_template("history/timeline.html", case=case, lines=lines, everything=everything)


def own(case: Case, actor: Actor) -> bool:
    """Whether the case is the actor's, or still the whole team's."""
    return case.worker_id in {None, actor.user_id}


def desk_card(booking: Booking) -> Markup:
    """The returning person's card for the page of a booking; the page's commit keeps the event."""
    if not acting().may(Permission.SEE_CARD):
        return Markup()
    known = card_for(acting(), booking, now())
    case = case_to_continue(acting(), booking.person_id, now()) if not booking.offers else None
    asked = asked_before(acting(), booking, now())
    if known or case or asked:
        record(Tag.CARD_SEEN, acting(), now(), subject_id=booking.person_id, record_id=booking.id)
    page = render_template(
        "history/card.html", known=known, case=case, asked=asked, booking=booking
    )
    return Markup(page)  # noqa: S704 - our own page
