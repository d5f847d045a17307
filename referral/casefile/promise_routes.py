"""What a team promised in a case: a service is rung, a refusal is let be."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.asked_actions import note_spoken
from referral.casework.cases.queries import case_for
from referral.clock import now, today
from referral.db import whole
from referral.directory.queries import choices
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals import promise_actions as promises
from referral.handoff.referrals.forms import ChaseForm, DropForm
from referral.handoff.referrals.queries import own_referral_for
from referral.handoff.referrals.states import Side
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("promises", __name__)


@blueprint.route("/cases/<uuid:case_id>/promises/<uuid:promise_id>/drop", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def drop(case_id: UUID, promise_id: UUID) -> ResponseReturnValue:
    """A service said no, and nobody else need be found."""
    case = case_for(acting(), case_id, to_change=True)
    form = DropForm()
    form.reason.choices = options(choices("drop", today()))
    with keeping(form):
        if form.validate_on_submit():
            promises.drop(case, promise_id, form.reason.data, acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    return render_template("casefile/drop.html", form=form, case=whole(case, "person")), form.status


@blueprint.post("/cases/<uuid:case_id>/spoken")
@requires(Permission.WORK_CASES)
def spoken(case_id: UUID) -> ResponseReturnValue:
    """Somebody has spoken to the person who asked for help again."""
    case = case_for(acting(), case_id, to_change=True)
    note_spoken(case, acting(), now())
    return done(url_for("casefile.case", case_id=case.id))


@blueprint.route("/referrals/<uuid:referral_id>/call", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def chase(referral_id: UUID) -> ResponseReturnValue:
    """The team has rung the service about a referral."""
    referral = own_referral_for(acting(), referral_id)
    form = ChaseForm()
    with keeping(form):
        if form.validate_on_submit():
            handoff.move(referral, form.details(), Side.REQUESTER, acting(), now())
            return done(url_for("casefile.case", case_id=referral.case_id))
    referral = whole(referral, "service", "events")
    form.show(referral.version)
    return render_template("casefile/chase.html", form=form, referral=referral), form.status
