"""Messages to the person on the page of their case, and the two buttons there."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.clock import now
from referral.contact.messages import actions
from referral.contact.messages.queries import message_in
from referral.web.done import done

blueprint = Blueprint("person_messages", __name__, url_prefix="/cases/<uuid:case_id>/messages")


@blueprint.post("")
@requires(Permission.WORK_CASES)
def ask_to_ring(case_id: UUID) -> ResponseReturnValue:
    """Please ring us, in the words that the page showed."""
    case = case_for(acting(), case_id, to_change=True)
    actions.ask_to_ring(case, acting(), now())
    return _done(case)


@blueprint.post("/<uuid:message_id>/stop")
@requires(Permission.WORK_CASES)
def stop(case_id: UUID, message_id: UUID) -> ResponseReturnValue:
    """It is not to go out any more."""
    case = case_for(acting(), case_id, to_change=True)
    actions.stop(message_in(case, message_id), acting(), now())
    return _done(case)


def _done(case: Case) -> ResponseReturnValue:
    return done(url_for("casefile.case", case_id=case.id))
