"""A worker asks a peer mentor to meet somebody; the mentor says what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.audit.trail import Tag, record
from referral.casework.along.goings import Became, Errand
from referral.casework.along.models import Going
from referral.casework.along.refusals import AlongOver, AskThemFirst, MeetWhen, NoMentor
from referral.casework.cases.actions import found
from referral.casework.cases.models import Case
from referral.consent.purposes import Purpose
from referral.consent.queries import stands
from referral.db import db
from referral.directory.bounds import HELD, THIS_MINUTE


@dataclass(frozen=True)
class GoingDetails:
    """Which mentor, for what, where and when; and that the person agrees to it."""

    mentor_id: UUID | None
    errand: Errand
    place: str
    starts_at: datetime | None
    agrees: bool


def ask_mentor(case: Case, details: GoingDetails, by: Actor, at: datetime) -> Going:
    """A mentor is to meet the person, and is told a first name, a place and a time.

    Raises CaseClosed, NotMet, AskThemFirst, NoMentor, MeetWhen.
    """
    case.check_to_agree()
    if not details.agrees or not stands(case.person_id, Purpose.TALK, at):
        raise AskThemFirst
    mentor = db.session.get(User, details.mentor_id) if details.mentor_id else None
    if mentor is None or not _mentors_there(mentor, case):
        raise NoMentor
    when = details.starts_at
    if when is None or not at - THIS_MINUTE <= when <= at + HELD:
        raise MeetWhen
    going = Going(case=case, mentor=mentor, errand=details.errand, place=details.place)
    going.starts_at = when
    going.asked_by_id = by.user_id
    going.recorded_at = at
    db.session.add(going)
    db.session.flush()  # the audit names it by its number
    record(Tag.ALONG_ASKED, by, at, subject_id=case.person_id, record_id=going.id)
    return going


def _mentors_there(mentor: User, case: Case) -> bool:
    here = mentor.organisation_id == case.team_id and mentor.state == UserState.ACTIVE
    return here and mentor.actor.may(Permission.GO_ALONG)


def say_along(going: Going | None, became: Became, by: Actor, at: datetime) -> None:
    """The mentor says what came of it. Who was met has been found; a worker has not seen them yet.

    It is no first contact of a service, and counts as none. Raises AlongOver.
    """
    if going is None:
        raise AlongOver
    going.say(became, at)
    if became is Became.MET:
        found(going.case, "A mentor met them", at)
    record(Tag.ALONG_SAID, by, at, subject_id=going.case.person_id, record_id=going.id)


def call_off(going: Going, by: Actor, at: datetime) -> None:
    """The mentor need not go. Raises AlongOver."""
    if going.stopped_at or going.became:
        raise AlongOver
    going.stop(at)
    record(Tag.ALONG_STOPPED, by, at, subject_id=going.case.person_id, record_id=going.id)
