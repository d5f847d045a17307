"""The case list, the page of one case and the decisions made there, and that of a referral."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.alerts.queries import current
from referral.audit.trail import Tag, record
from referral.casefile.actions import ask_again, note_found
from referral.casefile.forms import (
    DangerForm,
    FindForm,
    again_form,
    find_form,
    where_form,
)
from referral.casefile.owner_routes import workers
from referral.casefile.queries import HEARD, behind, file_of, sharings
from referral.casefile.row_queries import listed
from referral.casework.along.queries import goings_of
from referral.casework.cases import actions as cases
from referral.casework.cases.queries import Sought, case_for
from referral.casework.cases.tabs import tab_named
from referral.casework.contact_plan import actions as plans
from referral.casework.contact_plan.queries import contact_rules
from referral.casework.cover.queries import duty_at
from referral.casework.doors.voices import NEVER_MET
from referral.casework.notes.forms import NoteForm
from referral.casework.saved.narrowing import Narrowing
from referral.casework.saved.queries import Lists, Shelf, lists_for, narrowing_in, shelf_of, told_of
from referral.clock import now, today
from referral.consent.names import PURPOSES
from referral.consent.purposes import Purpose
from referral.consent.queries import read_out
from referral.contact.own_page.queries import last_card, own_word
from referral.contact.own_page.standing import HELPED
from referral.db import whole
from referral.directory.queries import choices, choices_in
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.answer_actions import may_take_back
from referral.handoff.referrals.forms import CloseCaseForm, UnmetForm, move_form
from referral.handoff.referrals.leaving_actions import tell_where
from referral.handoff.referrals.queries import own_referral_for, reasons_for
from referral.handoff.referrals.states import MOVE_LABELS, Side, moves_from
from referral.handoff.referrals.telling_queries import knowing
from referral.handoff.withdrawals.queries import waiting
from referral.handoff.withdrawals.running_out_queries import running_out
from referral.history.earlier_queries import answer_for, ends_of
from referral.history.kept_queries import kept_for
from referral.jobs.queries import undelivered_count
from referral.people.searching import typed
from referral.post.links.actions import revoke_links
from referral.post.links.queries import links_about
from referral.web.asking import Question, ask_once
from referral.web.done import done
from referral.web.forms import Form, keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("casefile", __name__)


@blueprint.route("/cases", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, keyed=False, reads=True)
def case_list() -> ResponseReturnValue:
    """The case list, most urgent window first. A search is sent hidden, never in the URL."""
    lists = lists_for(acting(), today())
    form = find_form(lists)
    form.validate_on_submit()
    shelf = shelf_of(acting(), request.args.get("saved"))
    if shelf.begins and not (request.args or form.is_submitted()):
        return redirect(url_for(".case_list", saved=shelf.begins.id))
    narrowed = _narrowed(form, shelf, lists)
    sought = _sought(form, narrowed)
    shown = listed(acting(), narrowed.tab, sought, this_page(), now()) | _above()
    if sought.meant:
        note_found((row.case for row in shown["rows"]), acting(), now())
    [told] = told_of(acting(), [narrowed], lists)
    shown |= {"narrowed": narrowed, "plain": Narrowing(), "told": told, "shelf": shelf}
    return render_template("casefile/list.html", form=form, **shown), form.status


def _narrowed(form: FindForm, shelf: Shelf, lists: Lists) -> Narrowing:
    """What is shown: the filter that was opened, in its view or another; else what was chosen."""
    if shelf.chosen and not form.is_submitted():
        narrowed = shelf.chosen.narrowing
        form.centre.data = str(narrowed.centre or "")
        form.need.data, form.council.data = narrowed.need, narrowed.council
        tab = request.args.get("tab")
        return replace(narrowed, tab=tab_named(tab)) if tab else narrowed
    typed_in = {} if form.errors else {kind: form[kind].data or "" for kind in lists}
    return narrowing_in(acting(), {**request.args, **typed_in}, lists)


def _above() -> dict[str, Any]:
    """What stands around the rows: what waits, and for who allocates the team."""
    return {
        "undelivered": undelivered_count(acting()),
        "stops": waiting(acting(), now()),
        "alerts": current(acting(), today()),
        "team": workers() if acting().may(Permission.ALLOCATE_CASES) else [],
    }


def _sought(form: FindForm, narrowed: Narrowing) -> Sought:
    meant = typed(form.name.data, today()) if form.name.data else None
    said = narrowed.centre, narrowed.need, narrowed.council
    return behind(acting(), Sought(meant, *said, worker=narrowed.worker))


@blueprint.get("/cases/<uuid:case_id>", endpoint="case")
@requires(Permission.WORK_CASES, recorded=True)
def case_page(case_id: UUID) -> ResponseReturnValue:
    """One case: who it is, what they agree to, where they were handed, what is next."""
    case = case_for(acting(), case_id)
    at = now()
    record(Tag.CASE_SEEN, acting(), at, subject_id=case.person_id, record_id=case.id)
    found = file_of(acting(), case, this_page("messages"), at)
    before = answer_for(acting(), case, found.answers, at)
    shown: dict[str, Any] = {"file": found, "before": before, "now": at, "today": today()}
    shown |= {
        "never_met": NEVER_MET,
        "note": NoteForm(),
        "duty": duty_at(at, case.team_id),
        "goings": goings_of(case.id),
        "kept": kept_for(case, before, found.rules, at),
        "ends": ends_of(acting(), case, found.referrals, at),
    }
    return render_template("casefile/case.html", **vars(found), **shown)


@blueprint.route("/cases/<uuid:case_id>/where", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def where(case_id: UUID) -> ResponseReturnValue:
    """Where is somebody who left the cells for court, hospital or prison now?"""
    case = case_for(acting(), case_id, to_change=True)
    form = where_form(case.booking)
    with keeping(form):
        if form.validate_on_submit():
            tell_where(case, form.details(), acting(), now())
            return done(url_for(".case", case_id=case.id))
    case = whole(case, "person", "booking.legs.centre")
    form.show(case.booking.version)
    return render_template("casefile/where.html", form=form, case=case), form.status


@blueprint.route("/cases/<uuid:case_id>/danger", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def danger(case_id: UUID) -> ResponseReturnValue:
    """What the team learns of a danger between assessments, or that one does not apply any more."""
    case = case_for(acting(), case_id, to_change=True)
    form = DangerForm()
    listed = choices("danger", today())
    named = [(code, name.capitalize()) for code, name in listed]
    form.danger.choices = options([("", "Choose"), *named])
    with keeping(form):
        if form.validate_on_submit():
            cases.note_danger(case, form.saying(), acting(), now())
            return done(url_for(".case", case_id=case.id))
    case = whole(case, "person", *HEARD)
    return render_template("casefile/danger.html", form=form, case=case, now=now()), form.status


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
            return done(url_for(".case", case_id=case.id))
    return render_template(
        "casefile/unmet.html", form=form, case=whole(case, "person")
    ), form.status


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
            return done(url_for(".case_list"))
    case = whole(case, "person")
    form.show(case.version)
    return render_template("casefile/close.html", form=form, case=case), form.status


@blueprint.route("/cases/<uuid:case_id>/agreements", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def agree(case_id: UUID) -> ResponseReturnValue:
    """Ask the person again what they agree to."""
    case = case_for(acting(), case_id, to_change=True)
    soon = running_out(case.person_id, now())
    lists = choices_in(("language", "given_how", "contact_channel"), today())
    form = again_form(case.person, sharings(soon), lists)
    form.show_rules(contact_rules(acting(), case.person_id, now()))
    with keeping(form):
        if not form.looks and form.validate_on_submit():
            said = form.agreements(), form.no_more, form.circumstances()
            ask_again(case, *said, acting(), now())
            return done(url_for(".case", case_id=case.id))
    case = whole(case, "person")
    words = read_out(form.turn(), now())
    page = render_template("casefile/agree.html", form=form, case=case, words=words, soon=soon)
    return page, form.status


@blueprint.post("/cases/<uuid:case_id>/confirm-agreements")
@requires(Permission.WORK_CASES)
def confirm(case_id: UUID) -> ResponseReturnValue:
    """Confirm what a person agreed to while unsure, now that they can decide."""
    case = case_for(acting(), case_id, to_change=True)
    cases.confirm_agreements(case, acting(), now())
    return done(url_for(".case", case_id=case.id))


@blueprint.route(
    "/cases/<uuid:case_id>/withdraw/<any(talk,contact,desk,history,outcome,group):purpose>",
    methods=["GET", "POST"],
)
@requires(Permission.WORK_CASES)
def withdraw(case_id: UUID, purpose: str) -> ResponseReturnValue:
    """Take back one of the person's agreements, after asking once."""
    case = case_for(acting(), case_id, to_change=True)
    form = Form()
    if form.validate_on_submit():
        plans.withdraw(case, Purpose(purpose), acting(), now())
        return done(url_for(".case", case_id=case.id))
    asked = f"Did {whole(case, 'person').person.name} take this back?"
    follows = f"“{PURPOSES[Purpose(purpose)]}” ends now. Only a new yes of theirs brings it back."
    back = url_for(".case", case_id=case.id)
    return ask_once(form, Question(asked, follows, "Yes, they took it back", back))


@blueprint.route("/referrals/<uuid:referral_id>/withdraw-sharing", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def withdraw_sharing(referral_id: UUID) -> ResponseReturnValue:
    """Take back the person's agreement to share with a service, after asking once."""
    referral = own_referral_for(acting(), referral_id)
    form = Form()
    if form.validate_on_submit():
        handoff.withdraw_sharing(referral, acting(), now())
        return done(url_for(".case", case_id=referral.case_id))
    asked = f"Did they take back that {whole(referral, 'service').service.name} knows them?"
    follows = "It sees nothing from its next look on, is told to stop, and an open referral ends."
    back = url_for(".case", case_id=referral.case_id)
    return ask_once(form, Question(asked, follows, "Yes, they took it back", back))


@blueprint.route("/referrals/<uuid:referral_id>", methods=["GET", "POST"], endpoint="referral")
@requires(Permission.WORK_CASES)
def referral_page(referral_id: UUID) -> ResponseReturnValue:
    """One referral as the team sees it: reply to a question, take it back, mark a mistake."""
    referral = own_referral_for(acting(), referral_id)
    moves = moves_from(referral.state, Side.REQUESTER)
    reasons = reasons_for(moves, Side.REQUESTER, today())
    form = move_form({m: MOVE_LABELS[m] for m in moves}, reasons)
    with keeping(form):
        if form.validate_on_submit():
            handoff.move(referral, form.details(), Side.REQUESTER, acting(), now())
            return done(url_for(".referral", referral_id=referral.id))
    referral = whole(referral, "service", "events", "case")
    form.show(referral.version)
    page = render_template(
        "casefile/referral.html",
        referral=referral,
        case=referral.case,
        card=last_card(referral.person_id) if referral.sent_at else None,
        knows=knowing(referral, acting(), now()),
        answer_back=may_take_back(referral, Side.REQUESTER, acting(), now()),
        helped=dict(HELPED).get(own_word(referral.id) or "", ""),
        links=links_about(referral.id),
        form=form,
        now=now(),
    )
    return page, form.status


@blueprint.post("/referrals/<uuid:referral_id>/links/stop")
@requires(Permission.WORK_CASES)
def stop_links(referral_id: UUID) -> ResponseReturnValue:
    """No link that was sent to the service opens anything from now on."""
    referral = own_referral_for(acting(), referral_id)
    revoke_links(referral.id, acting(), now())
    return done(url_for(".referral", referral_id=referral.id))
