"""What somebody agreed to runs out: they are asked again in time, and then services are told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.casework.cases.actions import match, settle
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.clock import midnight
from referral.consent.models import Consent
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.moving_actions import MoveDetails
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
    if case.closed_at:
        return
    soon = running_out(case.person_id, at)
    wanted = {(NextStep.AGREE, case.id): _ask_by(case, soon[0], at)} if soon else {}
    match(case, {NextStep.AGREE}, wanted, lambda _: (Ending.KEPT, "They were asked again"), at)
    settle(case, at)


def _ask_by(case: Case, first: Consent, at: datetime) -> datetime:
    """Some time before the first of them runs out; where little is left, as soon as can be."""
    if known := case.has_promised(NextStep.AGREE):
        return known.due_at
    in_time = midnight(first.expires_on) - ahead(at)
    return max(in_time, deadlines_at(at).due(Kind.DECIDE, at, case.booking))


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
