"""Pages of the hand-off and of the service's inbox."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.cases.queries import case_for
from referral.clock import now, today
from referral.consent.models import Level
from referral.consent.queries import sharing_level
from referral.db import db
from referral.directory.queries import choices, labels, services
from referral.handoff import actions
from referral.handoff.disclosure import disclosed
from referral.handoff.forms import HandOffForm, MoveForm
from referral.handoff.queries import (
    PAGE,
    own_referral_for,
    referral_for,
    referrals_of_case,
    sent_to,
)
from referral.handoff.states import LABELS, MOVE_LABELS, MOVES, ReferralState, Side, moves_from
from referral.web import submit_keys
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("handoff", __name__)


@blueprint.route("/cases/<uuid:case_id>", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, recorded=True)
def case(case_id: UUID) -> ResponseReturnValue:
    """One case: who it is, what they need, where they were handed; and hand on."""
    case = case_for(acting(), case_id, to_change=True)
    form = HandOffForm()
    form.service.choices = options(
        (str(s.id), f"{s.name}, {s.organisation.name}") for s in services()
    )
    with keeping(form):
        if form.validate_on_submit():
            actions.hand_off(case, form.details(), acting(), now())
            location = submit_keys.spend(url_for(".case", case_id=case.id))
            db.session.commit()
            return redirect(location, 303)
    record(Tag.CASE_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    referrals = referrals_of_case(case.id)
    page = render_template(
        "cases/case.html",
        case=case,
        form=form,
        referrals=referrals,
        labels=LABELS,
        levels=Level,
        preview=disclosed,
        needs=labels("need"),
    )
    db.session.commit()
    return page, form.status


@blueprint.post("/referrals/<uuid:referral_id>/withdraw-sharing")
@requires(Permission.WORK_CASES)
def withdraw_sharing(referral_id: UUID) -> ResponseReturnValue:
    """The person no longer agrees that this service knows anything."""
    referral = own_referral_for(acting(), referral_id)
    actions.withdraw_sharing(referral, acting(), now())
    location = submit_keys.spend(url_for(".case", case_id=referral.case_id))
    db.session.commit()
    return redirect(location, 303)


@blueprint.get("/inbox")
@requires(Permission.SEE_INBOX)
def inbox() -> ResponseReturnValue:
    """Say yes or no, say what happened."""
    page = this_page()
    return render_template(
        "handoff/inbox.html", referrals=sent_to(acting(), page), labels=LABELS, page=page, size=PAGE
    )


@blueprint.route("/inbox/<uuid:referral_id>", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS, recorded=True)
def answer(referral_id: UUID) -> ResponseReturnValue:
    """One referral as the service sees it, within what the person agrees to at this moment."""
    referral = referral_for(acting(), referral_id, to_change=True)
    form = MoveForm()
    open_moves = moves_from(ReferralState(referral.state), Side.TARGET)
    form.move.choices = options((m.value, MOVE_LABELS[m]) for m in open_moves)
    lists = dict.fromkeys(MOVES[m].reason_list for m in open_moves if MOVES[m].reason_list)
    reasons = [pair for name in lists for pair in choices(str(name), today())]
    form.reason.choices = options([("", "Choose a reason"), *reasons])
    with keeping(form):
        if form.validate_on_submit():
            actions.move(referral, form.details(), Side.TARGET, acting(), now())
            location = submit_keys.spend(url_for(".answer", referral_id=referral.id))
            db.session.commit()
            return redirect(location, 303)
    level = sharing_level(referral.person_id, referral.service_id, now())
    shown = disclosed(referral.person, referral.needs.split(), level) if level else None
    record(Tag.REFERRAL_SEEN, acting(), now(), subject_id=referral.person_id, record_id=referral.id)
    form.show(referral.version)
    page = render_template(
        "handoff/referral.html",
        referral=referral,
        form=form,
        shown=shown,
        labels=LABELS,
        needs=labels("need"),
    )
    db.session.commit()
    return page, form.status
