"""The worker's timeline."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from referral.access.actor import Actor
from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.casework.cover.queries import answers_for
from referral.clock import now, today
from referral.db import whole
from referral.directory.queries import choices
from referral.history.forms import LookForm
from referral.history.timeline import FILTERS
from referral.history.timeline_queries import timeline_of
from referral.web.forms import options

blueprint = Blueprint("history", __name__)


@blueprint.route("/cases/<uuid:case_id>/timeline", methods=["GET", "POST"])
@requires(Permission.SEE_TIMELINE, recorded=True, keyed=False, reads=True)
def timeline(case_id: UUID) -> ResponseReturnValue:
    """What happened, by stay, as far as the person agreed; of a colleague's case: why look?

    What the reader narrows it to stands in the address.
    """
    case = case_for(acting(), case_id)
    form = LookForm()
    form.why.choices = options(choices("look_reason", today()))
    if not own(case, acting(), now()) and not form.validate_on_submit():
        page = render_template("history/look.html", case=whole(case, "worker"), form=form)
        return page, form.status
    asked = request.args.get("show", "")
    show = asked if asked in FILTERS else ""
    found = timeline_of(acting(), case, show, now())
    why = form.why.data or ""
    seen = {"subject_id": case.person_id, "record_id": case.id}
    record(Tag.TIMELINE_SEEN, acting(), now(), reason=why, **seen)
    shown = {"case": whole(case, "person"), "found": found, "show": show, "filters": FILTERS}
    return render_template("history/timeline.html", form=form, now=now(), **shown)


def own(case: Case, actor: Actor, at: datetime) -> bool:
    """Whether the actor answers for the case today, or it is still the whole team's."""
    return case.worker_id is None or answers_for(actor, case.worker_id, at)
