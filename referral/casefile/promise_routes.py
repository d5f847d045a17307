"""What a team promised in a case: a service is rung, a refusal is let be."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.asked_actions import note_spoken
from referral.casework.cases.queries import case_for
from referral.casework.cases.seen_actions import note_seen, take_back_seen
from referral.clock import now, today
from referral.db import whole
from referral.directory.queries import choices
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals import promise_actions as promises
from referral.handoff.referrals.forms import ChaseForm, DropForm
from referral.handoff.referrals.queries import own_referral_for
from referral.handoff.referrals.states import Side
from referral.web.asking import Question, ask_once
from referral.web.done import back_to, done
from referral.web.forms import Form, keeping, options

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
    return done(back_to(url_for("casefile.case", case_id=case.id), "casefile.case_list"))


@blueprint.post("/cases/<uuid:case_id>/seen")
@requires(Permission.WORK_CASES)
def seen(case_id: UUID) -> ResponseReturnValue:
    """A worker has seen who was to be seen."""
    case = case_for(acting(), case_id, to_change=True)
    note_seen(case, acting(), now())
    undo = url_for(".not_seen", case_id=case.id, tab=request.args.get("tab"))
    return done(back_to(url_for("casefile.case", case_id=case.id), "casefile.case_list"), undo)


@blueprint.route("/cases/<uuid:case_id>/not-seen", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def not_seen(case_id: UUID) -> ResponseReturnValue:
    """They were not seen after all: asked once before it is promised again."""
    case = case_for(acting(), case_id, to_change=True)
    back = back_to(url_for("casefile.case", case_id=case.id), "casefile.case_list")
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            take_back_seen(case, acting(), now())
            return done(back)
    asked = f"Was {whole(case, 'person').person.name} not seen?"
    follows = "It is promised again that somebody sees them, by when it was."
    return ask_once(form, Question(asked, follows, "They were not seen", back))


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
