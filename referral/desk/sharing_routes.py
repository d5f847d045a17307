"""The part of both pages of the desk in which the person names one service that they want."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from referral.access.guard import acting
from referral.clock import now, today
from referral.consent.actions import Agreement
from referral.consent.purposes import Purpose
from referral.custody.models import Booking
from referral.custody.queries import desk_of
from referral.db import db
from referral.desk.already import Already
from referral.desk.forms import ArrivalForm, DeskForm, TalkForm
from referral.desk.queries import hands_on
from referral.desk.saving import sends
from referral.desk.sharing import Choice, Sharing, once_saved
from referral.desk.sharing_actions import Talk, check_takes, would_be_told
from referral.desk.sharing_queries import choices_for, one_choice, wanted_of, with_whom
from referral.desk.suggestions import Suggested
from referral.errors import RuleBroken
from referral.handoff.referrals.matching import Wanted
from referral.handoff.referrals.needs import KnownNeed
from referral.handoff.referrals.refusals import AWorkerDecides
from referral.handoff.referrals.who_is_who import by_need
from referral.known.ticks import LAST
from referral.people.ages import age_on
from referral.people.detail_queries import number_told
from referral.people.models import Person
from referral.people.queries import identity_of
from referral.web.forms import number_in


def sharing_on_arrival(form: ArrivalForm, known: Sequence[Suggested]) -> Sharing | None:
    """The part for somebody who comes in; None where a worker hands people on."""
    centre = desk_of(acting())
    if not (hands_on(acting(), centre) or form.service.data):
        return None
    return _sharing(form, _typed(form, known), centre.council_code if centre else None)


def sharing_in_stay(form: DeskForm, booking: Booking) -> Sharing | None:
    """The same for somebody who is here; None for who is young as well: a worker decides."""
    here = booking.leg.centre
    offered = hands_on(acting(), here) and not booking.person.young_on(today())
    if not (offered or form.service.data):
        return None
    return _sharing(form, _said(form, booking), here.council_code if here else None)


def _typed(form: ArrivalForm, known: Sequence[Suggested]) -> Talk:
    """Who came in as typed; what is not typed, as the record has it that was chosen."""
    contact = _contact(form)
    typed = form.identity
    if contact:
        typed = replace(typed, phone=typed.phone or typed.number)
    offered = {str(one.number) for one in known}
    chosen = form.same_as.data if form.says_already is not Already.SOMEBODY_ELSE else None
    person = db.session.get(Person, UUID(chosen)) if chosen in offered else None
    if person:
        return Talk(once_saved(typed, identity_of(person)), person.id, _needs(form), contact)
    return Talk(typed, None, _needs(form), contact)


def _said(form: DeskForm, booking: Booking) -> Talk:
    """Who is here, with what they say now of what was kept."""
    contact = _contact(form)
    still = form.still_true()
    changed: dict[str, Any] = dict(still.changed) if still else {}
    identity = replace(identity_of(booking.person), **changed)
    if contact:
        given = contact.phone or number_told(booking.person_id, booking.recorded_at)
        silent = contact.phone is None
        identity = replace(identity, phone=given or (identity.phone if silent else ""))
    shown = _boxes(form)
    kept = [code for code in booking.needs_at_desk if code not in shown]
    return Talk(identity, booking.person_id, [*_needs(form), *kept], contact)


def _contact(form: TalkForm) -> Agreement | None:
    said = (one for one in form.agreements() if one.purpose is Purpose.CONTACT)
    return next(said, None)


def _boxes(form: TalkForm) -> list[str]:
    """The needs that the page asks about, by code."""
    shown: Any = form.needs.choices
    return [one.value for one in shown[: -len(LAST)]]


def _needs(form: TalkForm) -> list[str]:
    return [code for code in _boxes(form) if code in (form.needs.data or ())]


def _sharing(form: TalkForm, talk: Talk, home: str | None) -> Sharing:
    wanted = wanted_of(talk.identity, home, now())
    number = number_in(form.service.data or "")
    chosen = one_choice(number) if number else None
    found = choices_for(wanted, with_whom(talk.person_id), now())
    if chosen and number not in {one.fit.service.id for one in found}:
        found.append(chosen)  # what was chosen does not vanish; why it cannot be, is said beside it
    groups = by_need(found, [KnownNeed(code) for code in _boxes(form)])
    if chosen is None:
        return Sharing(groups, None, {}, "", "")
    service = chosen.fit.service
    told = would_be_told(talk, service, now())
    level = form.wish.level if form.wish else None
    will = sends(service.name, level, asked=bool(form.share.data), sure=not form.provisional.data)
    return Sharing(groups, chosen, told, _hurdle(chosen, talk, wanted), will)


def _hurdle(chosen: Choice, talk: Talk, wanted: Wanted) -> str:
    """Why the chosen service cannot be asked for them; empty where it can."""
    age = age_on(talk.identity.date_of_birth, talk.identity.born_about, today())
    if age and age.young:
        return AWorkerDecides().sentence
    try:
        check_takes(chosen.fit.service.id, wanted, now())
    except RuleBroken as broken:
        return broken.sentence
    return ""
