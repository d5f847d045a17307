"""The work of the workers, its rhythm, and the carriers of messages."""

from datetime import timedelta

from flask import Flask

from referral.accounts.addresses.queries import FILLERS as TO_ADDRESSES
from referral.accounts.credentials.actions import FORGOTTEN, answer_forgotten
from referral.accounts.credentials.queries import FILLERS as TO_ACCOUNTS
from referral.casework.cases.given_queries import filled_given
from referral.casework.cover.queries import filled_cover
from referral.casework.doors.never_met_actions import close_never_met
from referral.casework.doors.queries import never_met_due
from referral.contact.messages.actions import FILLERS as TO_PEOPLE
from referral.contact.messages.actions import person_kind, remind, reminders_due
from referral.contact.worth_it.actions import ask_worth, worth_due
from referral.contact.worth_it.queries import filled_worth
from referral.editions.counting_actions import EDITIONS
from referral.handoff.by_link.actions import ask_what_became, asking_due
from referral.handoff.by_link.queries import FILLERS as TO_SERVICES
from referral.handoff.referrals.promise_actions import closed_due, note_closed
from referral.handoff.referrals.unmet_actions import count_unmet, unmet_due
from referral.handoff.withdrawals.running_out_actions import ask_again, tell_of_the_end
from referral.handoff.withdrawals.running_out_queries import asking_again_due, lapsed_due
from referral.jobs.kinds import JobKind, Round, work_of
from referral.jobs.rhythms import Rhythm, every, weekdays_at
from referral.journey.actions import make_those_before
from referral.journey.queries import facts_due
from referral.overdue.digests.actions import digests_due, write_digests
from referral.overdue.digests.queries import filled_digest
from referral.overdue.escalation.actions import escalate, escalation_due
from referral.post.messages.actions import message_kind
from referral.post.messages.channels import Channel
from referral.post.messages.post import MailboxFolder
from referral.post.messages.posts import posts_of
from referral.settings import Settings

ROUNDS: tuple[tuple[Round, Rhythm], ...] = (
    (
        Round("ask", "Ask services what became of somebody", asking_due, ask_what_became),
        weekdays_at(8),
    ),
    (Round("digest", "Send morning summaries", digests_due, write_digests), weekdays_at(8)),
    (
        Round("escalate", "Tell the next person what is overdue", escalation_due, escalate),
        every(timedelta(minutes=1)),
    ),
    (
        Round("remind", "Remind people of tomorrow’s appointments", reminders_due, remind),
        every(timedelta(minutes=15)),
    ),
    (
        Round("worth", "Ask people whether it was worth it", worth_due, ask_worth),
        every(timedelta(hours=1)),
    ),
    (
        Round("closed", "Hand on anew where a service has closed", closed_due, note_closed),
        every(timedelta(hours=1)),
    ),
    (
        Round("ask-again", "Ask again what people agreed to", asking_again_due, ask_again),
        every(timedelta(hours=1)),
    ),
    (
        Round("lapsed", "Tell services that a consent ran out", lapsed_due, tell_of_the_end),
        every(timedelta(minutes=15)),
    ),
    (
        Round("never-met", "Close what nobody met in time", never_met_due, close_never_met),
        every(timedelta(hours=1)),
    ),
    (
        Round("facts", "Make the facts that reports count", facts_due, make_those_before),
        every(timedelta(minutes=1)),
    ),
    (
        Round("unmet", "Count the needs that no service took on", unmet_due, count_unmet),
        every(timedelta(hours=1)),
    ),
)


# who fills the places of each message, by the name of its words
TO_TEAMS = {"digest": filled_digest, "cover": filled_cover, "given": filled_given}
TO_WORK = {**TO_SERVICES, **TO_ACCOUNTS, **TO_ADDRESSES, **TO_TEAMS}
TO_PERSONS = {**TO_PEOPLE, "worth": filled_worth}


def put_to_work(app: Flask, settings: Settings) -> None:
    """Tell the workers of this application what there is to do, and where messages go."""
    posts = posts_of(settings)
    stays = [post for post in posts.values() if isinstance(post, MailboxFolder)]
    app.extensions["mailbox"] = stays[0] if stays else posts[Channel.EMAIL]
    app.config["MAIL_STAYS_HERE"] = bool(stays)
    messages = message_kind(TO_WORK, posts), person_kind(TO_PERSONS, posts)
    forgotten = JobKind(FORGOTTEN, "Answer people who forgot their password", answer_forgotten)
    kinds: list[JobKind | Round] = [*messages, forgotten, EDITIONS, *(work for work, _ in ROUNDS)]
    app.extensions["work"] = work_of(kinds, {kind.name: rhythm for kind, rhythm in ROUNDS})
