"""The page of one case, and the decisions that are made there."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cases.queries import case_for
from referral.casework.contact_plan import actions as plans
from referral.casework.contact_plan.queries import contact_rules, plan_of
from referral.clock import now, today
from referral.consent import actions as consents
from referral.consent.forms import AgreementForm
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, words_in
from referral.directory.queries import choices, choices_in
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.forms import CloseCaseForm, UnmetForm
from referral.handoff.referrals.queries import (
    own_referral_for,
    referrals_of_case,
    unmet_needs,
)
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("casefile", __name__)


@blueprint.get("/cases/<uuid:case_id>")
@requires(Permission.WORK_CASES, recorded=True)
def case(case_id: UUID) -> ResponseReturnValue:
    """One case: who it is, what they agree to, where they were handed, what is next."""
    case = case_for(acting(), case_id)
    record(Tag.CASE_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    return render_template(
        "casefile/case.html",
        case=case,
        referrals=referrals_of_case(case.id),
        answers=latest_answers(case.person_id),
        unmet=unmet_needs(case.id),
        plan=plan_of(case),
        rules=contact_rules(acting(), case.person_id, now()),
        now=now(),
        today=today(),
    )


@blueprint.route("/cases/<uuid:case_id>/unmet", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def unmet(case_id: UUID) -> ResponseReturnValue:
    """Record that no service fits a need, so that the gap can be counted."""
    case = case_for(acting(), case_id, to_change=True)
    form = UnmetForm()
    form.unmet.choices = options(choices("need", today()))
    form.reason.choices = options([("", "Choose"), *choices("unmet", today())])
    with keeping(form):
        if form.validate_on_submit():
            handoff.note_unmet(case, form.unmet.data or [], form.reason.data, acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    return render_template("casefile/unmet.html", form=form, case=case), form.status


@blueprint.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def close(case_id: UUID) -> ResponseReturnValue:
    """Close a case that no service is still working on."""
    case = case_for(acting(), case_id, to_change=True)
    form = CloseCaseForm()
    form.reason.choices = options(choices("case_close", today()))
    with keeping(form):
        if form.validate_on_submit():
            handoff.close_case(case, form.reason.data, form.seen_version, acting(), now())
            return done(url_for("cases.case_list"))
    form.show(case.version)
    return render_template("casefile/close.html", form=form, case=case), form.status


@blueprint.route("/cases/<uuid:case_id>/agreements", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def agree(case_id: UUID) -> ResponseReturnValue:
    """Ask the person again what they agree to."""
    case = case_for(acting(), case_id, to_change=True)
    form = AgreementForm(language=case.person.language)
    lists = choices_in(("language", "given_how", "contact_channel"), today())
    form.language.choices = options(lists["language"])
    form.given_how.choices = options(lists["given_how"])
    form.channels.choices = options(lists["contact_channel"])
    with keeping(form):
        if form.validate_on_submit():
            said = form.agreements(), form.circumstances()
            consents.record_agreements(case.person, *said, acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    words = words_in(form.language.data or case.person.language, now())
    return render_template("casefile/agree.html", form=form, case=case, words=words), form.status


@blueprint.post("/cases/<uuid:case_id>/confirm-agreements")
@requires(Permission.WORK_CASES)
def confirm(case_id: UUID) -> ResponseReturnValue:
    """Confirm what a person agreed to while unsure, now that they can decide."""
    case = case_for(acting(), case_id, to_change=True)
    consents.confirm(case.person, acting(), now())
    return done(url_for("casefile.case", case_id=case.id))


@blueprint.post(
    "/cases/<uuid:case_id>/withdraw/<any(talk,contact,desk,history,outcome,group):purpose>"
)
@requires(Permission.WORK_CASES)
def withdraw(case_id: UUID, purpose: str) -> ResponseReturnValue:
    """Take back one of the person's agreements."""
    case = case_for(acting(), case_id, to_change=True)
    plans.withdraw(case, Purpose(purpose), acting(), now())
    return done(url_for("casefile.case", case_id=case.id))


@blueprint.post("/referrals/<uuid:referral_id>/withdraw-sharing")
@requires(Permission.WORK_CASES)
def withdraw_sharing(referral_id: UUID) -> ResponseReturnValue:
    """Take back the person's agreement to share with the service of this referral."""
    referral = own_referral_for(acting(), referral_id)
    handoff.withdraw_sharing(referral, acting(), now())
    return done(url_for("casefile.case", case_id=referral.case_id))
