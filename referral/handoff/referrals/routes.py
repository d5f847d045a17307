"""Pages of the case and of the hand-off."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.assessment.queries import summary_of
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_at_desk, case_for
from referral.casework.contact_plan import actions as plans
from referral.casework.contact_plan.queries import contact_rules, plan_of
from referral.clock import now, today
from referral.consent import actions as consents
from referral.consent.forms import AgreementForm
from referral.consent.models import Level, Purpose
from referral.consent.queries import latest_answers, words_in
from referral.custody.forms import ReleaseForm
from referral.custody.queries import booking_for
from referral.directory.queries import choices, choices_in, services
from referral.handoff.referrals import actions
from referral.handoff.referrals.disclosure import disclosed
from referral.handoff.referrals.forms import CloseCaseForm, UnmetForm, hand_off_form, move_form
from referral.handoff.referrals.matching import Fit, Wanted, fitting, routed, without_room
from referral.handoff.referrals.queries import (
    own_referral_for,
    referrals_of_case,
    rooms,
    unmet_needs,
)
from referral.handoff.referrals.states import MOVE_LABELS, MOVES, ReferralState, Side, moves_from
from referral.post.links.actions import revoke_links
from referral.post.links.queries import links_about
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("handoff", __name__)

UNREAD = ("And what the arrest referral worker found in the assessment.",)


@blueprint.get("/cases/<uuid:case_id>")
@requires(Permission.WORK_CASES, recorded=True)
def case(case_id: UUID) -> ResponseReturnValue:
    """One case: who it is, what they agree to, where they were handed, what is next."""
    case = case_for(acting(), case_id)
    record(Tag.CASE_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    return render_template(
        "handoff/referrals/case.html",
        case=case,
        referrals=referrals_of_case(case.id),
        answers=latest_answers(case.person_id),
        unmet=unmet_needs(case.id),
        plan=plan_of(case),
        rules=contact_rules(acting(), case.person_id, now()),
        now=now(),
        today=today(),
    )


@blueprint.route("/cases/<uuid:case_id>/hand-off", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def hand_off(case_id: UUID) -> ResponseReturnValue:
    """Choose services with the person, and say how much each is told."""
    case = case_for(acting(), case_id, to_change=True)
    return _hand_off(case, url_for(".case", case_id=case.id), summary_of(case.id))


@blueprint.route("/custody/bookings/<uuid:booking_id>/hand-off", methods=["GET", "POST"])
@requires(Permission.HAND_OFF_AT_DESK)
def hand_off_at_desk(booking_id: UUID) -> ResponseReturnValue:
    """The same from the desk, where no worker is on site; it never reads what was assessed."""
    case = case_at_desk(acting(), booking_id)
    found = UNREAD if summary_of(case.id) else ()
    return _hand_off(case, url_for("custody.centre_now"), found)


@blueprint.route("/custody/bookings/<uuid:booking_id>/release", methods=["GET", "POST"])
@requires(Permission.BOOK)
def release(booking_id: UUID) -> ResponseReturnValue:
    """How did they leave, and do they have naloxone?"""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = ReleaseForm(naloxone=None if booking.centre.healthcare_24_7 else "none")
    form.route.choices = options(choices("release", today()))
    form.naloxone.choices = options(choices("naloxone", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.leave(booking, form.details(), acting(), now())
            return done(url_for("custody.centre_now"))
    form.show(booking.version)
    return render_template("custody/release.html", form=form, booking=booking), form.status


def _fits(wanted: Wanted) -> list[Fit]:
    able = [fit.service for fit in fitting(services(today()), wanted, now())]
    return fitting(able, wanted, now(), rooms(able, now()))


def _hand_off(case: Case, after: str, found: Sequence[str]) -> ResponseReturnValue:
    person, needs = case.person, case.booking.needs
    wanted = Wanted(needs, person.council_code, person.age_on(today()), person.sex)
    fits = _fits(wanted)
    # what was chosen while there was room is not dropped in silence because it went meanwhile
    offered, passed = (fits, []) if request.method == "POST" else routed(fits)
    form = hand_off_form(offered, choices_in(("language", "given_how"), today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.hand_off(case, form.details(), acting(), now())
            return done(after)
    rules = contact_rules(acting(), person.id, now())
    page = render_template(
        "handoff/referrals/hand_off.html",
        case=case,
        form=form,
        fits=offered,
        passed=passed,
        short=without_room(needs, fits),
        told={level: disclosed(person, needs, level, rules, found) for level in Level},
        words=words_in(form.language.data or person.language, now()),
    )
    return page, form.status


@blueprint.route("/cases/<uuid:case_id>/unmet", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def unmet(case_id: UUID) -> ResponseReturnValue:
    """No service fits: keep that, so that the gap can be counted."""
    case = case_for(acting(), case_id, to_change=True)
    form = UnmetForm()
    form.unmet.choices = options(choices("need", today()))
    form.reason.choices = options([("", "Choose"), *choices("unmet", today())])
    with keeping(form):
        if form.validate_on_submit():
            actions.note_unmet(case, form.unmet.data or [], form.reason.data, acting(), now())
            return done(url_for(".case", case_id=case.id))
    return render_template("handoff/referrals/unmet.html", form=form, case=case), form.status


@blueprint.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def close(case_id: UUID) -> ResponseReturnValue:
    """End a case that no service works on any more."""
    case = case_for(acting(), case_id, to_change=True)
    form = CloseCaseForm()
    form.reason.choices = options(choices("case_close", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.close_case(case, form.reason.data, form.seen_version, acting(), now())
            return done(url_for("cases.case_list"))
    form.show(case.version)
    return render_template("handoff/referrals/close.html", form=form, case=case), form.status


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
            return done(url_for(".case", case_id=case.id))
    words = words_in(form.language.data or case.person.language, now())
    return render_template(
        "handoff/referrals/agree.html", form=form, case=case, words=words
    ), form.status


@blueprint.post("/cases/<uuid:case_id>/confirm-agreements")
@requires(Permission.WORK_CASES)
def confirm(case_id: UUID) -> ResponseReturnValue:
    """The person can decide now, and says the same: what was provisional holds."""
    case = case_for(acting(), case_id, to_change=True)
    consents.confirm(case.person, acting(), now())
    return done(url_for(".case", case_id=case.id))


@blueprint.post(
    "/cases/<uuid:case_id>/withdraw/<any(talk,contact,desk,history,outcome,group):purpose>"
)
@requires(Permission.WORK_CASES)
def withdraw(case_id: UUID, purpose: str) -> ResponseReturnValue:
    """The person takes back one thing that they agreed to."""
    case = case_for(acting(), case_id, to_change=True)
    plans.withdraw(case, Purpose(purpose), acting(), now())
    return done(url_for(".case", case_id=case.id))


@blueprint.post("/referrals/<uuid:referral_id>/withdraw-sharing")
@requires(Permission.WORK_CASES)
def withdraw_sharing(referral_id: UUID) -> ResponseReturnValue:
    """The person no longer agrees that this service knows anything."""
    referral = own_referral_for(acting(), referral_id)
    actions.withdraw_sharing(referral, acting(), now())
    return done(url_for(".case", case_id=referral.case_id))


@blueprint.route("/referrals/<uuid:referral_id>", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def referral(referral_id: UUID) -> ResponseReturnValue:
    """One referral as the team sees it: reply to a question, take it back, mark a mistake."""
    referral = own_referral_for(acting(), referral_id)
    moves = moves_from(ReferralState(referral.state), Side.REQUESTER)
    reasons = {m: choices(rule, today()) for m in moves if (rule := MOVES[m].reason_list)}
    form = move_form({m: MOVE_LABELS[m] for m in moves}, reasons)
    with keeping(form):
        if form.validate_on_submit():
            actions.move(referral, form.details(), Side.REQUESTER, acting(), now())
            return done(url_for(".referral", referral_id=referral.id))
    form.show(referral.version)
    links = links_about(referral.id)
    page = render_template(
        "handoff/referrals/referral.html", referral=referral, form=form, links=links, now=now()
    )
    return page, form.status


@blueprint.post("/referrals/<uuid:referral_id>/links/stop")
@requires(Permission.WORK_CASES)
def stop_links(referral_id: UUID) -> ResponseReturnValue:
    """No link that was sent to the service opens anything from now on."""
    referral = own_referral_for(acting(), referral_id)
    revoke_links(referral.id, acting(), now())
    return done(url_for(".referral", referral_id=referral.id))
