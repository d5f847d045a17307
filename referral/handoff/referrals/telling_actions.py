"""Tell a service what is asked of it: by a link in an e-mail, or else somebody rings."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.states import UserState
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.clock import day_of
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.queries import open_stop, open_stops
from referral.handoff.referrals.states import Move, ReferralState
from referral.post.links.actions import LinkDetails, revoke_links, send_link
from referral.post.links.purposes import LinkPurpose

WORKS = Permission.WORK_CASES
CANNOT = "cannot-come"  # why a service is written to, and the name of the words


def occasion_of(referral: Referral, occasion: str) -> str:
    """By what a link is known, so that one cause sends one."""
    return f"{referral.id}:{occasion}"


def ask_by_link(referral: Referral, purpose: LinkPurpose, occasion: str, at: datetime) -> bool:
    """Send the service a link for one purpose, once for each occasion; False without an address."""
    address = referral.service.email_on(day_of(at))
    if address:
        details = LinkDetails(
            purpose=purpose,
            about_id=referral.id,
            occasion=occasion_of(referral, occasion),
            message=_message(purpose, occasion),
            to=address,
            team_id=referral.case.team_id,
            title=referral.reference,
        )
        send_link(details, at)
    return bool(address)


def _message(purpose: LinkPurpose, occasion: str) -> str:
    """The words of a link are those of its purpose, where its cause has none of its own."""
    own = {str(Move.REPLY): "reply", CANNOT: CANNOT}
    return next((name for cause, name in own.items() if occasion.startswith(cause)), purpose)


def ask_to_stop(referral: Referral, by: Actor, at: datetime) -> None:
    """The person has taken back their consent: whoever was told anything is to confirm the end.

    A service without an address is to be rung by the team. To ask twice is to ask once.
    """
    if not referral.sent_at or open_stop(referral.id):
        return
    _own_anew(referral.case, by, at)
    stop = Stop(referral_id=referral.id, referral=referral, asked_at=at)
    stop.due_at = deadlines_at(at).due(Kind.STOP, at, referral.case.booking)
    db.session.add(stop)
    db.session.flush()  # the link and the audit name it by its number
    record(Tag.STOP_ASKED, by, at, subject_id=referral.person_id, record_id=stop.id)
    tell_to_stop(stop, f"stopped:{stop.id}", at)


def _own_anew(case: Case, by: Actor, at: datetime) -> None:
    """A closed case may be in the name of somebody who has left since: it is the team's again."""
    if case.worker and not (case.worker.state == UserState.ACTIVE and case.worker.actor.may(WORKS)):
        case.give_to_team()
        record(Tag.CASE_GIVEN, by, at, subject_id=case.person_id, record_id=case.id)


def tell_to_stop(stop: Stop, occasion: str, at: datetime) -> None:
    """Send the link by which the service confirms, where it has an address."""
    if ask_by_link(stop.referral, LinkPurpose.STOPPED, occasion, at):
        stop.tell("", "", at)


def lift_stops(person_id: UUID, services: Collection[UUID], by: Actor, at: datetime) -> None:
    """The person agrees again that these services know them: what was to stop goes on."""
    for stop in open_stops(person_id, services):
        stop.lift(by.name, at)
        revoke_links(stop.referral_id, by, at)
        record(Tag.STOP_LIFTED, by, at, subject_id=person_id, record_id=stop.id)


def tell_by_link(referral: Referral, step: Move, by: Actor, at: datetime) -> None:
    """After a step: ask for an answer or to read a reply; an ended referral has no links."""
    waiting = referral.state == ReferralState.REQUESTED
    if referral.ended_at:
        revoke_links(referral.id, by, at)
    elif step in {Move.SEND, Move.REPLY}:
        occasion = f"{step}{len(referral.events)}"
        ask_by_link(referral, LinkPurpose.ANSWER if waiting else LinkPurpose.SEE, occasion, at)
