"""The ways in which the referrals to a service are divided, each with its definition.

In each division every referral of its whole stands in one part. What is asked only of some (whether
they were met, of those taken on) leaves the others out. Silence is a part of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case

from referral.journey.models import ReferralFacts
from referral.reports.lengths_queries import DAY, HOUR
from referral.reports.sent_queries import ANSWERS, answer
from referral.reports.steps import ENGAGED_WITHIN, ended_without_them

SENT = "referral"
TAKEN_ON = f"{SENT}/accepted"
ONE_DAY, THREE_DAYS = 24 * HOUR, 72 * HOUR
MEET_WITHIN = int(ENGAGED_WITHIN.total_seconds())
GOES_ON = 84 * DAY  # twelve weeks
CLOSED_BY = 56 * DAY  # eight weeks


@dataclass(frozen=True)
class Division:
    """One division: what it is of, its parts by code, and whose share of the rest is told."""

    code: str
    title: str
    about: str
    definition: str
    whole: str
    of: str
    parts: Mapping[str, str]
    share: str
    apart: str
    asks: str


def classes(at: Any) -> Mapping[str, ColumnElement[str]]:
    """By division the part in which a referral stands; "" where it is not asked of it."""
    taken_on = ReferralFacts.accepted_at <= at
    met = _met(at)
    return {
        "answer": answer(at),
        "acknowledged": _acknowledged(at),
        "contact": case((taken_on, _contact(at)), else_=""),
        "met": case((taken_on, met), else_=""),
        "kept": case((taken_on & (met == "reached"), _kept(at)), else_=""),
        "outcome": case((taken_on, _outcome(at)), else_=""),
        "loop": _loop(at),
    }


def _acknowledged(at: Any) -> ColumnElement[str]:
    facts = ReferralFacts
    answered = facts.answered_at <= at
    return case(
        (answered & (facts.answered_at <= facts.sent_at + ONE_DAY), "day"),
        (answered & (facts.answered_at <= facts.sent_at + THREE_DAYS), "three"),
        (answered, "later"),
        (facts.over_at <= at, "ended"),
        (facts.sent_at > at - THREE_DAYS, "not_yet"),
        else_="silent",
    )


def _contact(at: Any) -> ColumnElement[str]:
    facts = ReferralFacts
    had = facts.contact_at <= at
    return case(
        (had & (facts.contact_at <= facts.accepted_at + THREE_DAYS), "reached"),
        (had, "later"),
        (facts.accepted_at > at - THREE_DAYS, "not_yet"),
        else_="unknown",
    )


def _met(at: Any) -> ColumnElement[str]:
    facts = ReferralFacts
    came = facts.came_at <= at
    ended = ended_without_them(facts, at)
    return case(
        (came & (facts.came_at <= facts.sent_at + MEET_WITHIN), "reached"),
        (came | ended, "not_reached"),
        (facts.sent_at > at - MEET_WITHIN, "not_yet"),
        else_="unknown",
    )


def _kept(at: Any) -> ColumnElement[str]:
    facts = ReferralFacts
    return case(
        ((facts.last_came_at <= at) & (facts.last_came_at >= facts.sent_at + GOES_ON), "reached"),
        ((facts.over_at <= at) & (facts.over_at < facts.sent_at + GOES_ON), "not_reached"),
        (facts.sent_at > at - GOES_ON - MEET_WITHIN, "not_yet"),
        else_="unknown",
    )


def _outcome(at: Any) -> ColumnElement[str]:
    facts = ReferralFacts
    return case(
        (facts.outcome_at <= at, "known"),
        (facts.written_up_at <= at, "unknown"),
        (facts.over_at <= at, "withdrawn"),
        else_="not_yet",
    )


def _loop(at: Any) -> ColumnElement[str]:
    facts = ReferralFacts
    return case(
        (facts.sent_at > at - CLOSED_BY, "young"),
        ((facts.over_at <= at) | (facts.outcome_at <= at), "closed"),
        else_="open",
    )


STANDS = {
    "reached": "Yes",
    "not_reached": "No",
    "not_yet": "Not yet",
    "unknown": "Unknown",
}
DIVISIONS = (
    Division(
        "answer", "Yes, no, or no answer", "Referrals, by how the service answered.",
        "Taken on: accepted, whatever came later. Withdrawn before: the team or the person took it "
        "back before the service had said yes.",
        SENT, "Sent", ANSWERS, "accepted", "waiting", "Taken on, of those no longer waiting",
    ),
    Division(
        "acknowledged", "Answered in time", "Referrals, by how soon the service first answered.",
        "The first yes, no or question of the service, by the clock from when it was sent: "
        "weekends count. Nothing by now: three days are over without an answer.",
        SENT, "Sent",
        {"day": "Within a day", "three": "Within three days", "later": "Later",
         "ended": "Ended before", "not_yet": "Not yet", "silent": "Nothing by now"},
        "day", "not_yet", "Within a day, of those whose three days are over or answered",
    ),
    Division(
        "contact", "First contact", "Referrals taken on, by how soon they were reached or met.",
        "The person was reached or came to an appointment within 72 hours of being taken on. "
        "Unknown: 72 hours are over and nothing was written down.",
        TAKEN_ON, "Taken on",
        {"reached": "Within 72 hours", "later": "Later", "not_yet": "Not yet",
         "unknown": "Unknown"},
        "reached", "not_yet", "Within 72 hours, of those whose time is over",
    ),
    Division(
        "met", "Met within 28 days", "Referrals taken on, by whether the person came.",
        "They came to an appointment within 28 days of the referral. No: they came later, or it "
        "ended and of each appointment it was said that they did not come. Unknown: nobody said.",
        TAKEN_ON, "Taken on", STANDS, "reached", "not_yet", "Met, of those whose 28 days are over",
    ),
    Division(
        "kept", "Still there after 12 weeks", "Referrals of those met, by whether they still came.",
        "They came to an appointment twelve weeks or more after the referral. No: it ended before. "
        "Not yet: twelve weeks and another four for an appointment are not over.",
        f"{SENT}/met/reached", "Met", STANDS, "reached", "not_yet", "Still came, of those over",
    ),
    Division(
        "outcome", "What changed", "Referrals taken on, by whether it is known what changed.",
        "Known: the service said of a need that it is better, the same or worse. Unknown: it has "
        "ended it, and said of none. Withdrawn: it ended otherwise.",
        TAKEN_ON, "Taken on",
        {"known": "Known", "unknown": "Unknown", "withdrawn": "Withdrawn", "not_yet": "Going on"},
        "known", "not_yet", "Known, of those no longer going on",
    ),
    Division(
        "loop", "The loop closed", "Referrals, by whether the team has heard how it ended.",
        "Of referrals older than eight weeks: it has ended in any way, also because they did not "
        "come, or the service has said what changed. Open: neither.",
        SENT, "Sent",
        {"closed": "Closed", "open": "Open", "young": "Under eight weeks old"},
        "closed", "young", "Closed, of those older than eight weeks",
    ),
)  # fmt: skip
