"""Work that is long overdue, for those who lead."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cover.queries import duty_at
from referral.clock import now
from referral.overdue.escalation.queries import long_late, long_unseen, long_unstopped
from referral.web.paging import this_page

blueprint = Blueprint("escalation", __name__)


@blueprint.get("/late")
@requires(Permission.SEE_LATE, recorded=True)
def late() -> ResponseReturnValue:
    """The work so late that it has reached the actor."""
    at = now()
    found = long_late(acting(), this_page())
    for row in found:
        record(Tag.LATE_SEEN, acting(), at, subject_id=row.person_id, record_id=row.id)
    stops = long_unstopped(acting(), this_page("stops"))
    duty = duty_at(at, acting().organisation_id)
    left = long_unseen(acting(), this_page("left"))
    shown = {"found": found, "stops": stops, "left": left, "duty": duty, "now": at}
    return render_template("overdue/escalation/late.html", **shown)
