"""A person takes back what they stopped on their own page, or leaves it stopped after all."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Oneself
from referral.audit.trail import Tag, record
from referral.casework.cases.asked_actions import hear_again, stays_stopped, want_again
from referral.casework.cases.models import Case
from referral.casework.contact_plan.waiting_actions import go_on_after_no
from referral.consent.actions import Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import stands
from referral.contact.own_page.actions import WRITTEN, NotYours, SayHowFirst
from referral.contact.own_page.models import PersonCard
from referral.contact.own_page.queries import case_of, oneself
from referral.contact.own_page.stopped_queries import Stopped, stopped_here


@dataclass(frozen=True)
class BackDetails:
    """Which of their words they take back, and which text they were shown; None for a service."""

    said_id: UUID
    words_id: UUID | None = None


def take_back(card: PersonCard, details: BackDetails, at: datetime) -> None:
    """A yes is said anew to the text that stood there; a service is talked about first.

    No service is told anything by it. Raises NotYours where it may not be taken back any more or
    another text has come, SayHowFirst, NoWayToReach.
    """
    case = case_of(card.person_id)  # locked first: of two tabs the second finds nothing stopped
    found = [one for one in stopped_here(card.person, at) if one.answer.id == details.said_id]
    if not found:
        raise NotYours
    me = oneself(card)
    if found[0].referral_id:
        _want(case, found[0].referral_id, at)
    else:
        _say_yes(case, found[0], details, me, at)
    record(Tag.OWN_STOP_BACK, me, at, subject_id=card.person_id, record_id=details.said_id)


def _want(case: Case, referral_id: UUID, at: datetime) -> None:
    if not stands(case.person_id, Purpose.CONTACT, at):
        raise SayHowFirst
    want_again(case, referral_id, at)


def _say_yes(case: Case, stopped: Stopped, details: BackDetails, me: Oneself, at: datetime) -> None:
    if stopped.words is None or stopped.words.id != details.words_id:
        raise NotYours
    purpose = stopped.answer.purpose
    how = replace(WRITTEN, language=case.person.language)
    record_agreements(case.person, [Agreement(purpose, Answer.GRANTED)], how, me, at)
    if purpose is Purpose.CONTACT:
        go_on_after_no(case, stopped.answer.given_at, me, at)
        hear_again(case, case.id, at)


def leave_stopped(card: PersonCard, service_id: UUID, at: datetime) -> None:
    """They asked for a service again, and do not want it after all. Raises NotYours."""
    stopped = [one for one in stopped_here(card.person, at) if one.answer.service_id == service_id]
    about = [one.referral_id for one in stopped if one.referral_id]
    if not stays_stopped(case_of(card.person_id), about, at):
        raise NotYours
    number = stopped[0].answer.id
    record(Tag.OWN_STOP_STAYS, oneself(card), at, subject_id=card.person_id, record_id=number)
