"""Keep a try to reach the person, whoever made it: the team, or a service that has them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.models import Attempt, ReviewPoint
from referral.db import db
from referral.directory.bounds import BOUNDS
from referral.directory.queries import must_be_listed
from referral.errors import RuleBroken


class InTheFuture(RuleBroken):
    """That time has not come yet. Choose a time that has passed."""

    fields = ("happened_at", "back_at")


class TooEarly(RuleBroken):
    """That is before the person was known to you. Check the date."""

    fields = ("happened_at", "back_at")


@dataclass(frozen=True)
class AttemptDetails:
    """One try to reach the person: by which channel, how it went, both by code, and when."""

    channel: str
    result: str
    happened_at: datetime


@dataclass(frozen=True)
class About:
    """The cause of a try, either a referral or a review point, and the person it is to reach.

    `known_since` is when the referral was sent, or the case began.
    """

    person_id: UUID
    known_since: datetime
    referral_id: UUID | None = None
    point: ReviewPoint | None = None


def check_past(given: datetime, known_since: datetime, at: datetime) -> None:
    """Raises InTheFuture, TooEarly."""
    if given > at:
        raise InTheFuture
    if BOUNDS["happened_at"].too_early(given, at, known_since):
        raise TooEarly


def log(about: About, details: AttemptDetails, by: Actor, at: datetime) -> Attempt:
    """Keep one try. What follows from it is for the chapter that made it.

    Raises InTheFuture, TooEarly, NotInList.
    """
    check_past(details.happened_at, about.known_since, at)
    must_be_listed(at, channel=details.channel, result=details.result)
    tried = Attempt(referral_id=about.referral_id, point=about.point)
    tried.channel, tried.result = details.channel, details.result
    tried.happened_at = details.happened_at
    tried.recorded_at = at
    tried.by_id, tried.by_name = by.user_id, by.name
    db.session.add(tried)
    db.session.flush()  # the audit names it by its number
    record(Tag.ATTEMPT_MADE, by, at, subject_id=about.person_id, record_id=tried.id)
    return tried
