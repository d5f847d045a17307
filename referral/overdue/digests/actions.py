"""Write the morning's digests."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from referral.overdue.digests.queries import counts_for, readers
from referral.post.messages.actions import MessageDetails, write


def digests_due(at: datetime) -> list[UUID]:
    """The readers for whom something is new or waits; an empty digest is not sent."""
    counted = [(user, counts_for(user, at)) for user in readers(at)]
    return [user.id for user, counts in counted if counts.unread or counts.waiting]


def write_digests(user_ids: Sequence[UUID], at: datetime) -> None:
    """One message to each of these readers, unless today's is written already."""
    for user in readers(at, user_ids):
        write(MessageDetails("digest", user.email, user.id, "", None), at)
