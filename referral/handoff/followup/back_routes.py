"""Pages on which an answer that was given by mistake is taken back, after asking once."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now
from referral.handoff.followup.actions import unsay
from referral.handoff.followup.queries import appointment_for
from referral.handoff.followup.routes import to_the_list
from referral.handoff.followup.saying import Word
from referral.handoff.referrals.answer_actions import take_back_answer
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.queries import own_referral_for, referral_for
from referral.handoff.referrals.states import Side
from referral.web.asking import Question, ask_once
from referral.web.forms import Form, keeping

blueprint = Blueprint("taken_back", __name__)
FOLLOWS = "It counts as if it had not been said. The history keeps that it was, and by whom."


@blueprint.route("/inbox/<uuid:referral_id>/take-back", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def answer(referral_id: UUID) -> ResponseReturnValue:
    """The service takes back “We have it” or “We can't”."""
    referral = referral_for(acting(), referral_id, to_change=True)
    return _ask(referral, Side.TARGET, url_for("followup.answer", referral_id=referral.id))


@blueprint.route("/referrals/<uuid:referral_id>/take-back", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def typed_answer(referral_id: UUID) -> ResponseReturnValue:
    """The team takes back what it typed in for the service."""
    referral = own_referral_for(acting(), referral_id)
    return _ask(referral, Side.REQUESTER, url_for("casefile.referral", referral_id=referral.id))


@blueprint.route("/inbox/appointments/<uuid:appointment_id>/take-back", methods=["GET", "POST"])
@requires(Permission.ANSWER_REFERRALS)
def attendance(appointment_id: UUID) -> ResponseReturnValue:
    """The service takes back what it said of an appointment."""
    appointment = appointment_for(acting(), appointment_id)
    back = url_for("followup.answer", referral_id=appointment.referral_id)
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            unsay(appointment, Side.TARGET, acting(), now())
            return to_the_list(appointment.referral, Word.TAKEN_BACK, back)
    return ask_once(
        form, Question("Take back what was said of this appointment?", FOLLOWS, "Take back", back)
    )


def _ask(referral: Referral, side: Side, back: str) -> ResponseReturnValue:
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            take_back_answer(referral, form.seen_version, side, acting(), now())
            return to_the_list(referral, Word.TAKEN_BACK, back)
    form.show(referral.version)
    return ask_once(form, Question("Take back this answer?", FOLLOWS, "Take it back", back))
