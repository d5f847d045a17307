"""A hand-off on paper: the letter, and what the service said by letter or phone."""

from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.db import whole
from referral.directory.queries import choices, organisation_of
from referral.handoff.followup.forms import EndForm, ReplyEndForm, ReplyForm, end_form
from referral.handoff.followup.queries import ENDS, end_questions
from referral.handoff.followup.routes import others
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.forms import MoveForm, move_form
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.queries import own_referral_for, reasons_for
from referral.handoff.referrals.sight_queries import seen_now
from referral.handoff.referrals.states import MOVE_LABELS, MOVES, Move, Side, moves_from
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.pdf import as_pdf, pdf_answer

letters = Blueprint("letters", __name__)


@letters.route("/referrals/<uuid:referral_id>/reply", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def reply(referral_id: UUID) -> ResponseReturnValue:
    """Type in what the service said by letter or phone, with its own time."""
    referral = own_referral_for(acting(), referral_id)
    moves = [m for m in moves_from(referral.state, Side.TARGET) if m not in ENDS]
    reasons = reasons_for(moves, Side.TARGET, today())
    form = move_form({m: MOVE_LABELS[m] for m in moves}, reasons, form=ReplyForm())
    form.suggested.choices = others(referral)
    return _keyed(form, referral, "handoff/followup/reply.html")


@letters.route("/referrals/<uuid:referral_id>/reply/end", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def reply_end(referral_id: UUID) -> ResponseReturnValue:
    """How it ended, as the service said by letter or phone."""
    referral = own_referral_for(acting(), referral_id)
    form = end_form(*end_questions(referral.needs, today()), base=ReplyEndForm)
    return _keyed(form, referral, "handoff/followup/reply_end.html")


def _keyed(form: MoveForm | EndForm, referral: Referral, template: str) -> ResponseReturnValue:
    with keeping(form):
        if form.validate_on_submit():
            move(referral, form.details(), Side.TARGET, acting(), now())
            return done(url_for("casefile.referral", referral_id=referral.id))
    referral = whole(referral)
    form.show(referral.version)
    ends = referral.state in MOVES[Move.COMPLETE].sources
    return render_template(template, referral=referral, form=form, ends=ends), form.status


@letters.get("/referrals/<uuid:referral_id>/letter.pdf")
@requires(Permission.WORK_CASES, recorded=True)
def letter(referral_id: UUID) -> ResponseReturnValue:
    """The hand-off letter: what the service's page shows at this moment, and nothing else."""
    referral = own_referral_for(acting(), referral_id)
    seen = seen_now(referral, now())
    page = render_template(
        "handoff/followup/letter_pdf.html",
        referral=whole(referral, "service.organisation"),
        shown=seen.person or abort(404),
        seen=seen,
        sender=organisation_of(referral.case.team_id),
        by=acting().name,
        reasons=choices("service_decline", today()),
        now=now(),
    )
    return _pdf(page, referral)


def _pdf(page: str, referral: Referral) -> ResponseReturnValue:
    made = as_pdf(page)
    to = referral.service.organisation_id
    tag, person = Tag.LETTER_MADE, referral.person_id
    record(tag, acting(), now(), subject_id=person, record_id=referral.id, recipient_id=to)
    return pdf_answer(made, "letter.pdf")
