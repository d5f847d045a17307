"""The page on which the same measures are asked again."""

from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.queries import case_for
from referral.casework.change.actions import ask_again
from referral.casework.change.forms import again_form
from referral.casework.change.queries import to_ask_again
from referral.casework.contact_plan.queries import plan_of, point_of
from referral.clock import now
from referral.db import whole
from referral.web.done import done
from referral.web.forms import keeping

blueprint = Blueprint("change", __name__, url_prefix="/cases/<uuid:case_id>")


@blueprint.route("/reviews/<uuid:point_id>/measures", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def again(case_id: UUID, point_id: UUID) -> ResponseReturnValue:
    """The measures that were answered at first, asked again."""
    case = case_for(acting(), case_id, to_change=True)
    point = point_of(plan_of(case) or abort(404), point_id)
    form = again_form(to_ask_again(case))
    with keeping(form):
        if form.validate_on_submit():
            ask_again(point, form.details(), acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    shown = {"case": whole(case, "person"), "point": whole(point)}
    return render_template("casework/change/again.html", form=form, **shown), form.status
