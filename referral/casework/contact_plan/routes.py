"""Pages of the plan to stay in touch."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.casework.contact_plan import actions
from referral.casework.contact_plan import fact_actions as facts
from referral.casework.contact_plan import waiting_actions as waiting
from referral.casework.contact_plan.forms import BackForm, PlanForm, TryForm
from referral.casework.contact_plan.held_actions import come_back, look_again
from referral.casework.contact_plan.points import ASKS_WORTH
from referral.casework.contact_plan.queries import contact_rules, plan_of, plan_to_change, point_of
from referral.casework.facts.queries import fact_in
from referral.clock import now, today
from referral.db import whole
from referral.directory.queries import choices_in
from referral.web.asking import Question, ask_once
from referral.web.done import back_to, done
from referral.web.forms import Form, keeping, options

blueprint = Blueprint("contact_plan", __name__, url_prefix="/cases/<uuid:case_id>")


@blueprint.route("/plan", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def plan(case_id: UUID) -> ResponseReturnValue:
    """How do we reach them when they are out? Made while they are still here."""
    case = case_for(acting(), case_id, to_change=True)
    form, version = _plan_form(case)
    with keeping(form):
        if form.validate_on_submit():
            actions.make(case, form.details(), form.seen_version, acting(), now())
            return _done(case)
    case = whole(case, "person")
    form.show(version)
    rules = contact_rules(acting(), case.person_id, now())
    page = render_template(
        "casework/contact_plan/plan.html", form=form, case=case, person=case.person, rules=rules
    )
    return page, form.status


@blueprint.route("/reviews/<uuid:point_id>", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def review(case_id: UUID, point_id: UUID) -> ResponseReturnValue:
    """Try to reach them; how did it go?"""
    case = case_for(acting(), case_id, to_change=True)
    point = point_of(plan_to_change(case), point_id)
    form = TryForm()
    lists = choices_in(("contact_channel", "attempt", "worth_it"), today())
    form.channel.choices = options(lists["contact_channel"])
    form.result.choices = options(lists["attempt"])
    form.worth_it.choices = options([("", "Choose"), *lists["worth_it"]])
    with keeping(form):
        if form.validate_on_submit():
            actions.try_to_reach(point, form.details(), acting(), now())
            return _done(case)
    point, case = whole(point, "plan", "attempts", "word"), whole(case, "person")
    shown = {"case": case, "person": case.person, "point": point, "asks": point.point in ASKS_WORTH}
    rules = contact_rules(acting(), case.person_id, now())
    return render_template(
        "casework/contact_plan/review.html", form=form, rules=rules, **shown
    ), form.status


@blueprint.post("/plan/still-held")
@requires(Permission.WORK_CASES)
def still_held(case_id: UUID) -> ResponseReturnValue:
    """They are still in prison or in hospital: look again later."""
    case = case_for(acting(), case_id, to_change=True)
    look_again(case, acting(), now())
    return _done(case)


@blueprint.route("/plan/back", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def back(case_id: UUID) -> ResponseReturnValue:
    """They are back: what is still to be asked counts from then."""
    case = case_for(acting(), case_id, to_change=True)
    form = BackForm()
    held = plan_to_change(case)
    with keeping(form):
        if form.validate_on_submit():
            come_back(case, form.back_at.data, acting(), now())
            return _done(case)
    shown = {"case": whole(case, "person"), "plan": whole(held)}
    return render_template("casework/contact_plan/back.html", form=form, **shown), form.status


@blueprint.post("/facts/<uuid:fact_id>/<any(sure,undone):now_known>")
@requires(Permission.WORK_CASES)
def fact(case_id: UUID, fact_id: UUID, now_known: str) -> ResponseReturnValue:
    """The team has found out about what was said: it is so, or it is not."""
    case = case_for(acting(), case_id, to_change=True)
    row = fact_in(case.person_id, fact_id)
    found_out = facts.confirm if now_known == "sure" else facts.undo
    found_out(case, row, acting(), now())
    return _done(case)


@blueprint.post("/reached")
@requires(Permission.WORK_CASES)
def reached(case_id: UUID) -> ResponseReturnValue:
    """Somebody has met them after the overdose."""
    case = case_for(acting(), case_id, to_change=True)
    actions.reach(case, acting(), now())
    return done(back_to(url_for("casefile.case", case_id=case.id), "casefile.case_list"))


@blueprint.route("/plan/end", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def end(case_id: UUID) -> ResponseReturnValue:
    """The person wants no more calls: asked once before it is done."""
    case = case_for(acting(), case_id, to_change=True)
    plan = plan_to_change(case)
    form = Form()
    if form.validate_on_submit():
        waiting.end(plan, "CHOICE", acting(), now())
        return _done(case)
    asked = f"Does {whole(case, 'person').person.name} want no more calls?"
    follows = "Nobody asks them any more how they are: what was planned is dropped for good."
    back = url_for("casefile.case", case_id=case.id)
    return ask_once(form, Question(asked, follows, "Yes, no more calls", back))


def _plan_form(case: Case) -> tuple[PlanForm, int]:
    found = plan_of(case)
    kept = found if found and found.booking_id == case.booking_id else None
    agreed = contact_rules(acting(), case.person_id, now())
    form = PlanForm(obj=kept if agreed else None, phone=case.person.phone if agreed else "")
    lists = choices_in(("contact_channel", "number_confirmed"), today())
    form.best_way.choices = options(lists["contact_channel"])
    found_right = [pair for pair in lists["number_confirmed"] if pair[0] != actions.TYPED]
    if kept and kept.number_confirmed == actions.TYPED:
        found_right = lists["number_confirmed"]  # what they said themselves is not lost
    form.number_confirmed.choices = options(found_right)
    version = kept.version if kept else 0
    return form, form.seen_version if form.is_submitted() else version


def _done(case: Case) -> ResponseReturnValue:
    return done(url_for("casefile.case", case_id=case.id))
