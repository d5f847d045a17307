"""Tell a service what the person agreed to, and write down for good what it was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.fact_actions import is_right
from referral.consent.actions import PLAINLY, Agreement, Circumstances, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.queries import for_services
from referral.db import db
from referral.directory.models import Service
from referral.errors import StaleEdit
from referral.handoff.referrals.disclosure import (
    Disclosed,
    Why,
    is_more,
    new_name,
    read_back,
    written,
)
from referral.handoff.referrals.models import Disclosure, Referral
from referral.handoff.referrals.needs import KnownNeed, preset
from referral.handoff.referrals.needs_queries import urgency_of
from referral.handoff.referrals.refusals import (
    IllegalMove,
    NoConsent,
    NoNumber,
    NothingNew,
    UnknownNeed,
)
from referral.handoff.referrals.sight_queries import Tellable, disclosures_of, tellable
from referral.handoff.referrals.states import ReferralState
from referral.handoff.referrals.telling_actions import ask_by_link
from referral.post.links.purposes import LinkPurpose


@dataclass(frozen=True)
class MoreDetails:
    """What else a service is told, as the person agrees now: name, how to reach them, needs."""

    seen_version: int
    level: Level
    reach: bool = False
    needs: tuple[str, ...] = ()
    how: Circumstances = PLAINLY
    name: bool = False


def chosen_needs(
    known: Sequence[KnownNeed], service_id: UUID, chosen: Sequence[str] | None
) -> tuple[str, ...]:
    """The needs for which a service is asked, of those that are known and in their order.

    Where nobody chose, those that it is there for. Raises UnknownNeed.
    """
    if chosen is None:
        service = db.session.get_one(Service, service_id)
        return preset(known, [row.need for row in service.needs])
    if not set(chosen) <= {need.code for need in known}:
        raise UnknownNeed
    return tuple(need.code for need in known if need.code in chosen)


def disclose(referrals: Sequence[Referral], by: Actor, at: datetime) -> None:
    """A case is handed on: what each service is told is written down. Raises NoConsent."""
    case = referrals[0].case
    yeses = for_services(Purpose.SHARE, [case.person_id], at)
    could = tellable(case, by, at)
    for referral in referrals:
        yes = yeses.get((case.person_id, referral.service_id))
        if yes is None or yes.level is None:
            raise NoConsent
        told = could.told(yes.level, referral.needs)
        _write_down(referral, told, Why.SENT, yes.level, by, at)


def tell_more(referral: Referral, details: MoreDetails, by: Actor, at: datetime) -> None:
    """The person agrees that the service learns one thing more: it is told, and written down.

    Raises StaleEdit, IllegalMove, NoConsent where they may not be able to decide, NothingNew,
    NoNumber.
    """
    _check(referral, details)
    level, service = details.level, referral.service
    before = disclosures_of([referral.id])[referral.id]
    more = tuple(need for need in details.needs if need not in referral.needs)
    yes = Agreement(Purpose.SHARE, Answer.GRANTED, service.id, level)
    record_agreements(referral.person, [yes], details.how, by, at)
    referral.ask_for(more, urgent=bool(more and urgency_of(referral.case, at).why(more)))
    parts = _parts(referral, details, more, before, tellable(referral.case, by, at))
    if Why.REACH in parts:
        is_right(referral.case, parts[Why.REACH].phone, by, at)
    for why, told in parts.items():
        row = _write_down(referral, told, why, level, by, at)
        subject, to = referral.person_id, service.organisation_id
        tag = Tag.REFERRAL_TOLD_MORE
        record(tag, by, at, subject_id=subject, record_id=row.id, recipient_id=to)
    waiting = referral.state == ReferralState.REQUESTED
    purpose = LinkPurpose.ANSWER if waiting else LinkPurpose.SEE
    ask_by_link(referral, purpose, f"told{len(before)}", at)


def _parts(
    referral: Referral,
    details: MoreDetails,
    more: Sequence[str],
    before: Sequence[Disclosure],
    could: Tellable,
) -> dict[Why, Disclosed]:
    """What is told more, thing by thing. Raises NothingNew, NoNumber."""
    parts: dict[Why, Disclosed] = {}
    if is_more(details.level, [row.level for row in before]):
        parts[Why.LEVEL] = could.told(details.level, referral.needs)
    if more and details.level is not Level.CONTACT:
        parts[Why.NEEDS] = could.told(details.level, more)
    if details.name and new_name(could.person, read_back(row.content for row in before).name):
        parts[Why.NAME] = could.told(details.level, ())
    if details.reach:
        if could.rules is None:
            raise NoNumber
        parts[Why.REACH] = could.reach()
    if not parts:
        raise NothingNew
    return parts


def _check(referral: Referral, details: MoreDetails) -> None:
    if referral.version != details.seen_version:
        raise StaleEdit
    if referral.sent_at is None or referral.ended_at:
        raise IllegalMove
    if details.how.provisional:
        raise NoConsent


def _write_down(
    referral: Referral, told: Disclosed, why: Why, level: Level, by: Actor, at: datetime
) -> Disclosure:
    row = Disclosure(referral_id=referral.id, why=why, level=level, content=written(told, why))
    row.by_id = by.user_id
    row.by_name = by.name
    row.told_at = at
    db.session.add(row)
    db.session.flush()  # the audit names it by its number
    return row
