"""Tell a service by a link in an e-mail what is asked of it, where it has an address."""

from datetime import datetime

from referral.access.actor import Actor
from referral.handoff.models import Referral
from referral.handoff.states import Move, ReferralState
from referral.links.actions import LinkDetails, revoke_links, send_link
from referral.links.purposes import LinkPurpose


def ask_by_link(referral: Referral, purpose: LinkPurpose, occasion: str, at: datetime) -> None:
    """Send the service a link for one purpose, once for each occasion, where it has an address."""
    if referral.service.email:
        details = LinkDetails(
            purpose=purpose,
            about_id=referral.id,
            occasion=f"{referral.id}:{occasion}",
            message="reply" if occasion.startswith(Move.REPLY) else purpose.value,
            to=referral.service.email,
            team_id=referral.case.team_id,
            title=referral.reference,
        )
        send_link(details, at)


def ask_to_stop(referral: Referral, at: datetime) -> None:
    """The person has taken back their consent: whoever was told anything is to confirm the end."""
    if referral.sent_at:
        ask_by_link(referral, LinkPurpose.STOPPED, f"stopped:{at.isoformat()}", at)


def tell_by_link(referral: Referral, step: Move, by: Actor, at: datetime) -> None:
    """After a step: ask for an answer or to read a reply; an ended referral has no links."""
    waiting = referral.state == ReferralState.REQUESTED
    if referral.ended_at:
        revoke_links(referral.id, by, at)
    elif step in {Move.SEND, Move.REPLY}:
        occasion = f"{step}{len(referral.events)}"
        ask_by_link(referral, LinkPurpose.ANSWER if waiting else LinkPurpose.SEE, occasion, at)
