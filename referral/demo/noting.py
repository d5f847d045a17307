"""What a worker of the demo noted of their talks; no die is cast for it."""

from datetime import datetime, timedelta

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.spoken import How, Whom, Words

TALKS = (
    (Whom.PERSON, How.MET, "", "Spoke for half an hour. Wants to begin with somewhere to sleep."),
    (Whom.FAMILY, How.RUNG, "Karen", "The phone was off and is charged again."),
    (Whom.AGENCY, How.RANG, "The housing office", "A form can be sent in without an address."),
    (Whom.NOBODY, None, "", "Ask about the GP next time."),
)
SOME = 3  # of so many cases one has a note


def note(by: Actor, case: Case, at: datetime) -> None:
    """In some cases, one talk a few minutes before it is written down."""
    if case.closed_at or case.order % SOME or at < case.opened_at:
        return
    whom, how, who, said = TALKS[(case.order // SOME + at.day) % len(TALKS)]
    when = max(at - timedelta(minutes=20), case.opened_at)
    write(case, NoteDetails(whom, how, when, Words(who, said)), by, at)
