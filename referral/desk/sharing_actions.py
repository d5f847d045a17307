"""Tell the one service that somebody already wants, and say before what it would read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.facts.queries import facts_of
from referral.clock import day_of
from referral.consent.actions import Agreement, Circumstances, ContactRules, rules_before
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.queries import for_services
from referral.db import db
from referral.desk.actions import hand_off_here
from referral.desk.sharing import Wish
from referral.directory.models import Service
from referral.errors import RuleBroken
from referral.handoff.referrals.actions import HandOffDetails
from referral.handoff.referrals.disclosure import Disclosed, Ways, ways
from referral.handoff.referrals.matching import Wanted, fitting
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.needs import KnownNeed, preset
from referral.handoff.referrals.needs_queries import known_needs
from referral.handoff.referrals.refusals import ServiceClosed
from referral.handoff.referrals.sight_queries import Tellable
from referral.handoff.referrals.young_queries import wanted_for
from referral.people.identity import Identity


class OnlyWhoAccepts(RuleBroken):
    """Only who accepts is handed to a service here. Choose “Accepted”, or tell “Nobody now”."""

    fields = ("service",)


class AskHowMuch(RuleBroken):
    """Read out what this service would be told, and ask how much it may be told, or nothing."""

    fields = ("share",)


class NotForThem(RuleBroken):
    """This service does not take somebody of their age, sex or area. Choose another, or nobody."""

    fields = ("service",)


class NoNeedOfTheirs(RuleBroken):
    """This service is there for none of the needs that they ticked. Tell it only how to reach them.

    Or tick the need.
    """

    fields = ("share",)


@dataclass(frozen=True)
class Talk:
    """What a page of the desk says of somebody, as it would stand once saved.

    `contact` is their answer in it on being contacted; None where they were not asked again.
    """

    identity: Identity
    person_id: UUID | None
    needs: Sequence[str]
    contact: Agreement | None


def share(
    case: Case | None, wish: Wish, how: Circumstances, by: Actor, at: datetime
) -> list[Referral]:
    """Hand who has just accepted to the one service that they want.

    Raises OnlyWhoAccepts, AskHowMuch, ServiceClosed, NotForThem, NoNeedOfTheirs, and what
    `hand_off_here` raises.
    """
    if case is None:
        raise OnlyWhoAccepts
    if wish.level is None:
        raise AskHowMuch
    wanted = wanted_for(case.person, (), day_of(at))
    service = check_takes(wish.service_id, wanted, at)
    known = known_needs(case, by)
    if wish.level is not Level.CONTACT and known and not preset(known, _needs_of(service)):
        raise NoNeedOfTheirs
    return hand_off_here(case, HandOffDetails({service.id: wish.level}, how=how), by, at)


def check_takes(service_id: UUID, wanted: Wanted, at: datetime) -> Service:
    """The service, which is open and takes such a person; how young they are is asked elsewhere.

    Raises ServiceClosed, NotForThem.
    """
    service = db.session.get(Service, service_id)
    if service is None or not service.is_open(day_of(at)):
        raise ServiceClosed
    if not fitting([service], replace(wanted, young=None), at):
        raise NotForThem
    return service


def would_be_told(talk: Talk, service: Service, at: datetime) -> Mapping[Level, Disclosed]:
    """What a service would read at each level, were the page saved as it stands."""
    known = [KnownNeed(code) for code in talk.needs]
    facts = facts_of(talk.person_id) if talk.person_id else ()
    could = Tellable(talk.identity, known, _reached(talk, at), None, facts)
    chosen = preset(known, _needs_of(service))
    return {level: could.told(level, chosen) for level in Level}


def _needs_of(service: Service) -> list[str]:
    return [row.need for row in service.needs]


def _reached(talk: Talk, at: datetime) -> Ways | None:
    """How they may be reached: as they say now, else as they said and it stands."""
    number = talk.person_id
    if talk.contact is None:
        yeses = for_services(Purpose.CONTACT, [number], at) if number else {}
        return ways(yeses.get((number, None))) if number else None
    if talk.contact.answer is not Answer.GRANTED:
        return None
    before = rules_before(number) if number else ContactRules()
    return ways(talk.contact.rules.after(before))
