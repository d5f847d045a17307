"""Hand a person to services, and move a referral on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.actions import Remembered, remembering
from referral.acts.kinds import ActKind
from referral.audit.trail import Tag, record
from referral.casework.cases import asked_actions
from referral.casework.cases.actions import meet, with_a_service
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.actions import resume
from referral.casework.contact_plan.fact_actions import learn
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.waiting_actions import end
from referral.casework.facts.actions import Said
from referral.consent.actions import PLAINLY, Agreement, Circumstances, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.db import db
from referral.directory.deadlines import Deadlines, Kind
from referral.directory.queries import deadlines_at, unconfirmed_among
from referral.errors import StaleEdit
from referral.handoff.referrals.disclosing_actions import chosen_needs, disclose
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.moving_actions import MoveDetails, check_move, codes_of
from referral.handoff.referrals.needs_queries import known_needs, urgency_of
from referral.handoff.referrals.outcome_actions import say_changes
from referral.handoff.referrals.promise_actions import note_next
from referral.handoff.referrals.promises import calls_lately, due_after_a_call, due_of
from referral.handoff.referrals.queries import open_referrals, referrals_ever
from referral.handoff.referrals.refusals import (
    AlreadyOpen,
    NoService,
    NotConfirmedYet,
    ReasonNeeded,
    RefusalStands,
    StillOpen,
)
from referral.handoff.referrals.states import (
    ENDED_STATES,
    MOVE_LABELS,
    MOVES,
    Move,
    ReferralState,
    Side,
)
from referral.handoff.referrals.telling_actions import ask_to_stop, lift_stops, tell_by_link
from referral.handoff.referrals.unmet_actions import count_at_end, take_back, write_down
from referral.handoff.referrals.young_queries import check_age

ALL_DONE = "DONE"  # a case in which nothing that was agreed is left


@dataclass(frozen=True)
class HandOffDetails:
    """To which services, and what the person agrees that each is told; how urgent, and a note.

    `needs` says for which of the known needs each service is asked; where it does not, those that
    the service is there for.
    """

    levels: Mapping[UUID, Level]
    urgent: bool = False
    note: str = ""
    previous_id: UUID | None = None
    how: Circumstances = PLAINLY
    needs: Mapping[UUID, Sequence[str]] = field(default_factory=dict)


def hand_off(case: Case, details: HandOffDetails, by: Actor, at: datetime) -> list[Referral]:
    """Send the person to services; what was agreed with a doubt stays a draft until confirmed.

    Raises CaseClosed, NoService, NotConfirmedYet, NoConsent, AlreadyOpen, UnknownNeed,
    AWorkerDecides, NotForTheirAge.
    """
    case.check_open()
    if not details.levels:
        raise NoService
    if unconfirmed_among(details.levels):
        raise NotConfirmedYet
    check_age(case.person, details.levels, by, at)
    granted = [
        Agreement(Purpose.SHARE, Answer.GRANTED, service, level)
        for service, level in details.levels.items()
    ]
    record_agreements(case.person, granted, details.how, by, at)
    lift_stops(case.person_id, details.levels, by, at)
    made = _refer(case, details, by, at)
    if not details.how.provisional:
        _send(made, by, at)
    asked_actions.had_anew(case, referrals_ever(case.person_id, details.levels), at)
    meet(case, "Handed to a service", at)  # whoever hands on has seen the person
    note_next(case, at)
    return made


def _send(referrals: Sequence[Referral], by: Actor, at: datetime) -> None:
    """They leave together: what could be told is read once. What is next, is for the caller."""
    for referral in referrals:
        leaving = MoveDetails(Move.SEND, referral.version)
        check_move(referral, leaving, Side.REQUESTER, at)
    disclose(referrals, by, at)
    deadlines = deadlines_at(at)
    for referral in referrals:
        _carry_out(referral, MoveDetails(Move.SEND, referral.version), deadlines, by, at)


def _refer(case: Case, details: HandOffDetails, by: Actor, at: datetime) -> list[Referral]:
    with_them = {referral.service_id for referral in open_referrals(case.person_id)}
    if with_them & details.levels.keys():
        raise AlreadyOpen
    known = known_needs(case, by)
    urgency = urgency_of(case, at)
    due_at = deadlines_at(at).due(Kind.CONFIRM, at, case.booking)
    made = []
    for service_id in details.levels:
        needs = chosen_needs(known, service_id, details.needs.get(service_id))
        referral = _draft(case, service_id, details, due_at)
        referral.ask_for(needs, urgent=bool(urgency.why(needs)))
        db.session.add(referral)
        db.session.flush()  # the audit names it by its number
        record(Tag.REFERRAL_MADE, by, at, subject_id=case.person_id, record_id=referral.id)
        made.append(referral)
    return made


def _draft(case: Case, service_id: UUID, details: HandOffDetails, due_at: datetime) -> Referral:
    return Referral(
        person_id=case.person_id,
        case_id=case.id,
        booking_id=case.booking_id,
        service_id=service_id,
        previous_id=details.previous_id,
        state=ReferralState.DRAFT,
        needs=(),
        urgent=details.urgent,
        note=details.note,
        case=case,
        person=case.person,
        due_at=due_at,
    )


def withdraw_sharing(referral: Referral, by: Actor, at: datetime) -> None:
    """The person takes back their consent: the service sees nothing from its next request on.

    A referral that is still open ends with it, and a service that was told anything is told to
    stop. Raises StaleEdit, IllegalMove.
    """
    taken_back = Agreement(Purpose.SHARE, Answer.WITHDRAWN, referral.service_id, Level.CONTACT)
    record_agreements(referral.person, [taken_back], PLAINLY, by, at)
    same = (r for r in open_referrals(referral.person_id) if r.service_id == referral.service_id)
    referral = next(same, referral)  # the open one, where they were handed there once more
    if referral.state == ReferralState.DRAFT:
        details = MoveDetails(Move.MARK_ERROR, referral.version, note="Taken back before it left")
        move(referral, details, Side.REQUESTER, by, at)
    elif not referral.ended_at:
        details = MoveDetails(Move.CANCEL, referral.version, reason="WITHDREW")
        move(referral, details, Side.REQUESTER, by, at)
    ask_to_stop(referral, by, at)


def move(referral: Referral, details: MoveDetails, side: Side, by: Actor, at: datetime) -> Referral:
    """Carry out a move of one side. Raises NoConsent, and what `check_move` raises."""
    if details.move not in {Move.ACCEPT, Move.REJECT}:
        return _move(referral, details, side, by, at)
    what = Remembered(ActKind.ANSWERED, referral.id, MOVE_LABELS[details.move])
    with remembering(what, by, at):
        return _move(referral, details, side, by, at)


def _move(
    referral: Referral, details: MoveDetails, side: Side, by: Actor, at: datetime
) -> Referral:
    check_move(referral, details, side, at)
    if details.move is Move.SEND:
        disclose([referral], by, at)
    _carry_out(referral, details, deadlines_at(at), by, at)
    db.session.flush()  # what comes next is read from the referrals as they stand now
    if details.move is Move.ACCEPT:
        take_back(referral, at)
    note_next(referral.case, at)
    return referral


def _carry_out(
    referral: Referral, details: MoveDetails, deadlines: Deadlines, by: Actor, at: datetime
) -> None:
    sent = details.move is Move.SEND
    referral.sent_at = at if sent else referral.sent_at
    _move_on(referral, details.move, deadlines, at)
    referral.suggested_id = details.suggested_id or referral.suggested_id
    say_changes(referral, details.changes, by, at)
    _remember(referral, details, by, at)
    _wait_or_go_on(referral.case, details, by, at)
    tell_by_link(referral, details.move, by, at)
    to = referral.service.organisation_id if sent else None
    tag = Tag.REFERRAL_SENT if sent else Tag.REFERRAL_MOVED
    record(tag, by, at, subject_id=referral.person_id, record_id=referral.id, recipient_id=to)


def _move_on(referral: Referral, step: Move, deadlines: Deadlines, at: datetime) -> None:
    rule = MOVES[step]
    if rule.target:  # before anything is read: a referral that was sent is no draft
        referral.state = rule.target
        referral.ended_at = at if rule.target in ENDED_STATES else None
        stay = referral.case.booking
        referral.due_at = due_of(rule.target, referral.urgent, stay, deadlines, at)
    elif step is Move.CHASE:
        stay = referral.case.booking
        calls = calls_lately([event.move for event in referral.said])
        so_far = referral.due_at
        referral.due_at = due_after_a_call(so_far, calls, referral.urgent, stay, deadlines, at)


def _wait_or_go_on(case: Case, details: MoveDetails, by: Actor, at: datetime) -> None:
    """Change the team's own plan too when a service says where the person is."""
    if details.move is Move.RESUME:
        resume(case, at, by, at)
    if (reasons := MOVES[details.move].reason_list) and details.reason:
        learn(case, Said(reasons, details.reason, sure=False), by, at)


def note_unmet(case: Case, needs: Sequence[str], reason: str, by: Actor, at: datetime) -> None:
    """No service fits: keep that, to be counted. Raises CaseClosed, ReasonNeeded."""
    case.check_open()
    if reason not in codes_of("unmet", at) or not needs:
        raise ReasonNeeded
    for need in needs:
        write_down(case, need, reason, by, at)
    db.session.flush()  # a refusal is answered by what was written down
    note_next(case, at)
    if not with_a_service(case):
        case.promise(NextStep.HAND_OFF, deadlines_at(at).due(Kind.PAUSED, at, case.booking), at)
    record(Tag.UNMET_NOTED, by, at, subject_id=case.person_id, record_id=case.id)


def close_case(case: Case, reason: str, seen_version: int, by: Actor, at: datetime) -> None:
    """End the case. Raises StaleEdit, ReasonNeeded, StillOpen while a service has the person."""
    if case.version != seen_version:
        raise StaleEdit
    if reason not in codes_of("case_close", at):
        raise ReasonNeeded
    if any(referral.case_id == case.id for referral in open_referrals(case.person_id)):
        raise StillOpen
    if reason == ALL_DONE and case.has_any(NextStep.REFUSED):
        raise RefusalStands
    case.close(reason, at)
    learn(case, Said("case_close", reason, sure=True), by, at)
    if (plan := plan_of(case)) and not plan.ended_why:
        end(plan, reason, by, at)
    count_at_end(case, at)
    record(Tag.CASE_CLOSED, by, at, subject_id=case.person_id, record_id=case.id)


def _remember(referral: Referral, details: MoveDetails, by: Actor, at: datetime) -> None:
    referral.events.append(
        ReferralEvent(
            number=len(referral.events) + 1,
            move=details.move,
            state=referral.state,
            reason=details.reason,
            note=details.note,
            by_id=by.user_id,
            by_name=by.name,
            happened_at=details.happened_at or at,
            recorded_at=at,
        )
    )
