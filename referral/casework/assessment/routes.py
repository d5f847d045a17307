"""Pages of the assessment, and of the instruments."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.assessment import actions
from referral.casework.assessment.forms import (
    AssessmentForm,
    Known,
    LicenceForm,
    assessment_form,
)
from referral.casework.assessment.instruments import instruments
from referral.casework.assessment.priority import urgent_because
from referral.casework.assessment.queries import (
    assessment_for,
    draft_of,
    finished,
    switches,
    usable,
)
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for, stays_of
from referral.clock import now, today
from referral.consent.purposes import Purpose
from referral.consent.queries import may
from referral.db import db, whole
from referral.directory.queries import choices_in
from referral.known.queries import needs_now
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("assessment", __name__)

LISTS = (
    *("need", "danger", "severity", "substance", "route_of_use", "origin"),
    *("ethnicity", "disability"),
)


@blueprint.route("/cases/<uuid:case_id>/assessment", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, recorded=True)
def assess(case_id: UUID) -> ResponseReturnValue:
    """Ask, listen, write down; go on from the draft, wherever it was begun."""
    case = case_for(acting(), case_id, to_change=True)
    draft = draft_of(case.id)
    form = _form(case, draft.draft if draft and request.method == "GET" else None)
    with keeping(form):
        if form.is_submitted() and (request.form.get("save") == "draft" or form.validate()):
            return done(_saved(case, form))
    record(Tag.CASE_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    form.show(form.seen_version if form.is_submitted() else draft.version if draft else 0)
    earlier = finished(case, _everything(case))
    shown = {"case": whole(case, "person"), "draft": draft and whole(draft, "author")}
    page = render_template("casework/assessment/assess.html", form=form, earlier=earlier, **shown)
    return page, form.status


@blueprint.post("/cases/<uuid:case_id>/assessment/draft")
@requires(Permission.WORK_CASES, keyed=False)
def autosave(case_id: UUID) -> ResponseReturnValue:
    """Keep what is typed; answers with the draft's new version, or 409 if it is out of date."""
    case = case_for(acting(), case_id, to_change=True)
    form = _form(case, None)
    draft = actions.save_draft(case, form.typed(request.form), form.seen_version, acting(), now())
    db.session.commit()
    return {"version": draft.version}


@blueprint.get("/assessments/<uuid:assessment_id>")
@requires(Permission.WORK_CASES, recorded=True)
def assessment(assessment_id: UUID) -> ResponseReturnValue:
    """A finished assessment, each question in the words in which it was asked."""
    found = assessment_for(acting(), assessment_id)
    person = found.case.person_id
    record(Tag.ASSESSMENT_SEEN, acting(), now(), subject_id=person, record_id=found.id)
    severities = {need.need: need.severity for need in found.needs}
    substances = {use.substance for use in found.substances}
    return render_template(
        "casework/assessment/assessment.html",
        assessment=whole(found, "case.person", "author", "needs", "substances", "screens"),
        instruments=instruments(),
        urgent=urgent_because(found.case.booking.dangers(now()), severities, substances),
    )


@blueprint.route("/instruments", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def packs() -> ResponseReturnValue:
    """Which instruments are here, under which terms; enable one with a licence of your own."""
    form = LicenceForm()
    shells = [one for one in instruments().values() if one.shell]
    form.instrument.choices = options((one.id, one.title) for one in shells)
    with keeping(form):
        if form.validate_on_submit():
            chosen = instruments()[form.instrument.data]
            actions.enable(chosen, form.licence_reference.data, acting(), now())
            return done(url_for("assessment.packs"))
    known = instruments().values()
    page = render_template(
        "casework/assessment/packs.html", form=form, instruments=known, on=switches()
    )
    return page, form.status


def _saved(case: Case, form: AssessmentForm) -> str:
    if request.form.get("save") == "draft":
        typed = form.typed(request.form)
        actions.save_draft(case, typed, form.seen_version, acting(), now())
        return url_for("assessment.assess", case_id=case.id)
    done = actions.finish(case, form.details(), acting(), now())
    return url_for("assessment.assessment", assessment_id=done.id)


def _form(case: Case, typed: Mapping[str, list[str]] | None) -> AssessmentForm:
    earlier = finished(case, _everything(case))
    before = {need.need: need.severity for need in earlier[0].needs} if earlier else {}
    needs = needs_now(case.person_id, stays_of(case))
    known = Known(needs, case.booking.known_dangers(now()))
    return assessment_form(choices_in(LISTS, today()), usable(), before, known, typed)


def _everything(case: Case) -> bool:
    return may(acting(), Purpose.HISTORY, case.person_id, None, now())
