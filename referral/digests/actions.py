"""Write the morning's digests."""

from referral.digests.queries import counts_for, readers
from referral.jobs.kinds import Effect, Task
from referral.messages.actions import MessageDetails, write


def write_digests(task: Task) -> Effect | None:
    """One message to each reader for whom something is new or waits; an empty one is not sent."""
    for user in readers():
        counts = counts_for(user, task.at)
        if counts.unread or counts.waiting:
            write(MessageDetails("digest", user.email, user.id, "", None), task.at)
    return None
