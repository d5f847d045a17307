"""What somebody agreed to runs out: they are asked again in time, and then services are told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.casework.cases.acts import Act, Ending
from referral.casework.cases.models import Case
from referral.clock import midnight
from referral.consent.models import Consent
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.actions import MoveDetails, move
from referral.handoff.referrals.promise_actions import note_next
from referral.handoff.referrals.states import Move, ReferralState, Side
from referral.handoff.referrals.telling_actions import ask_to_stop
from referral.handoff.withdrawals.running_out_queries import (
    ahead,
    cases_to_ask,
    lapsed,
    relying_on,
    running_out,
)

LAPSED = "LAPSED"  # in the list of reasons why a referral is withdrawn
BY_ITSELF = "The consent ran out"


def note_running_out(case: Case, at: datetime) -> None:
    """Promise to ask again while something runs out; once all was asked again, that is kept."""
    soon = running_out(case.person_id, at)
    if not soon:
        for promise in case.promised:
            if promise.act is Act.AGREE:
                promise.end(Ending.KEPT, "They were asked again", at)
        note_next(case, at)
        case.say_next()
    elif not case.has_any(Act.AGREE):
        in_time = midnight(soon[0].expires_on) - ahead(at)
        at_least = deadlines_at(at).due(Kind.DECIDE, at, case.booking)
        case.promise(Act.AGREE, max(in_time, at_least), at)


def ask_again(case_ids: Sequence[UUID], at: datetime) -> None:
    """The same for each of these cases."""
    for case in cases_to_ask(case_ids):
        note_running_out(case, at)


def tell_of_the_end(consent_ids: Sequence[UUID], at: datetime) -> None:
    """Each sharing of these has run out: its service is told to stop, as if it was taken back."""
    for consent in lapsed(consent_ids, at):
        _end(consent, at)


def _end(consent: Consent, at: datetime) -> None:
    consent.lapse(at)
    referral = relying_on(consent)
    if referral is None:
        return
    nobody = Actor(consent.id, BY_ITSELF, None, referral.case.team_id)
    if referral.state == ReferralState.DRAFT:
        details = MoveDetails(Move.MARK_ERROR, referral.version, note=BY_ITSELF)
        move(referral, details, Side.REQUESTER, nobody, at)
    elif not referral.ended_at:
        details = MoveDetails(Move.CANCEL, referral.version, reason=LAPSED)
        move(referral, details, Side.REQUESTER, nobody, at)
    ask_to_stop(referral, nobody, at)
