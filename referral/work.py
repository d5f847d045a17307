"""What the workers do, in which rhythm, and who takes the messages."""

from datetime import timedelta

from flask import Flask

from referral.answers.actions import ask_what_became
from referral.answers.queries import FILLERS as TO_SERVICES
from referral.credentials.actions import FORGOTTEN, answer_forgotten
from referral.credentials.queries import FILLERS as TO_ACCOUNTS
from referral.digests.actions import write_digests
from referral.digests.queries import filled_digest
from referral.escalation.actions import escalate
from referral.handoff.unmet import count_unmet
from referral.jobs.kinds import Kind, work_of
from referral.jobs.rhythms import Rhythm, every, weekdays_at
from referral.messages.actions import message_kind
from referral.messages.post import Channel, MailboxFolder
from referral.messages.posts import posts_of
from referral.reaching.actions import FILLERS as TO_PEOPLE
from referral.reaching.actions import person_kind, remind
from referral.settings import Settings
from referral.worth.actions import ask_worth
from referral.worth.queries import filled_worth

ROUNDS: tuple[tuple[Kind, Rhythm], ...] = (
    (Kind("ask", "Asking services what became of somebody", ask_what_became), weekdays_at(8)),
    (Kind("digest", "Morning digests", write_digests), weekdays_at(8)),
    (
        Kind("escalate", "Telling who is next of what is late", escalate),
        every(timedelta(minutes=1)),
    ),
    (Kind("remind", "Reminding people of tomorrow", remind), every(timedelta(minutes=15))),
    (Kind("worth", "Asking people whether it was worth it", ask_worth), every(timedelta(hours=1))),
    (Kind("unmet", "Counting the needs that nobody took", count_unmet), every(timedelta(hours=1))),
)


def put_to_work(app: Flask, settings: Settings) -> None:
    """Tell the workers of this application what there is to do, and where messages go."""
    posts = posts_of(settings)
    stays = [post for post in posts.values() if isinstance(post, MailboxFolder)]
    app.extensions["mailbox"] = stays[0] if stays else posts[Channel.EMAIL]
    app.config["MAIL_STAYS_HERE"] = bool(stays)
    messages = (
        message_kind({**TO_SERVICES, **TO_ACCOUNTS, "digest": filled_digest}, posts),
        person_kind({**TO_PEOPLE, "worth": filled_worth}, posts),
    )
    forgotten = Kind(FORGOTTEN, "Answering who forgot a password", answer_forgotten)
    kinds = (*messages, forgotten, *(kind for kind, _ in ROUNDS))
    app.extensions["work"] = work_of(kinds, {kind.name: rhythm for kind, rhythm in ROUNDS})
