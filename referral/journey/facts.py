"""The facts that reports count, folded out of what was recorded of one person.

Each is a moment in whole seconds since 1970, a number or a code. No clock is asked: whether
something is still to come depends on when a report is made, and is the report's to say. What was
taken back, called a mistake or never sent has no facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from referral.clock import day_of
from referral.custody.doors import Door
from referral.custody.offers import ASKED, UNFIT, OfferAnswer
from referral.handoff.referrals.sight import WRITTEN_UP
from referral.handoff.referrals.states import Move, ReferralState
from referral.known.now import ANSWERED, NEAR_FATAL, About, Said, needs_of
from referral.people.ages import age_on

Facts = dict[str, Any]  # by column

FOREVER = 253_402_300_799  # the last second of the year 9999
REACHED = "reached"
NOT_KNOWN = "unknown"
BETTER = "better"
ANSWERS = frozenset({Move.ACCEPT, Move.REJECT, Move.ASK})
REFUSED = frozenset({ReferralState.REJECTED, ReferralState.CANCELLED})


@dataclass(frozen=True)
class Recorded:
    """All rows of one person that facts are made of, each kind in the order it was recorded."""

    stays: Sequence[Any]
    offers: Sequence[Any] = ()
    said: Sequence[Any] = ()
    assessments: Sequence[Any] = ()
    cases: Sequence[Any] = ()
    tries: Sequence[Any] = ()  # of the team, to reach them; with the stay
    referrals: Sequence[Any] = ()
    events: Sequence[Any] = ()
    meetings: Sequence[Any] = ()
    calls: Sequence[Any] = ()  # of a service
    outcomes: Sequence[Any] = ()


@dataclass(frozen=True)
class AllFacts:
    """The facts of one person: of each stay, each referral, each need of a stay.

    `booked` has the numbers of all stays, also of those that have no facts.
    """

    booked: list[UUID]
    stays: list[Facts]
    referrals: list[Facts]
    needs: list[Facts]


def whole_seconds(moment: datetime) -> int:
    """A moment as facts keep it; what is less than a second is cut off."""
    return int(moment.timestamp())


def seconds(moment: datetime | None) -> int | None:
    """The same where it may not have come."""
    return None if moment is None else whole_seconds(moment)


def facts_of(recorded: Recorded) -> AllFacts:
    """The facts of a person. A stay that was booked by mistake has none, nor what hangs on it."""
    counted = [stay for stay in recorded.stays if stay.voided_at is None]
    number = min((stay.order for stay in recorded.stays), default=0)
    ids = {stay.id for stay in counted}
    sent = [
        _referral(row, recorded, number)
        for row in recorded.referrals
        if row.sent_at and row.state != ReferralState.ENTERED_IN_ERROR and row.booking_id in ids
    ]
    stays, needs = [], []
    for stay in counted:
        mine = [facts for facts in sent if facts["booking_id"] == stay.id]
        told = _needs(stay, recorded, mine, number)
        needs += told
        stays.append(_stay(stay, recorded, mine, told) | {"person": number})
    return AllFacts([stay.id for stay in recorded.stays], stays, sent, needs)


def _stay(stay: Any, recorded: Recorded, sent: list[Facts], told: list[Facts]) -> Facts:
    age = age_on(stay.date_of_birth, stay.born_about, day_of(stay.authorised_at))
    return {
        "booking_id": stay.id,
        "centre_id": stay.centre_id,
        "door": stay.door,
        "home": stay.council_code,
        "sex": stay.sex,
        "language": stay.language,
        "age": age.years if age else None,
        "naloxone": stay.naloxone,
        "booked_at": seconds(stay.authorised_at),
        "released_at": seconds(stay.released_at),
        "sure_at": seconds(stay.sure_at),
        "next_at": _next(stay, recorded.stays),
        **_offers([row for row in recorded.offers if row.booking_id == stay.id]),
        **_said([row for row in recorded.said if row.booking_id == stay.id]),
        "needs": len(told),
        **_met(stay, recorded),
        **_handed_on(sent),
    }


def _next(stay: Any, stays: Iterable[Any]) -> int | None:
    later = (
        other.authorised_at
        for other in stays
        if other.authorised_at > stay.authorised_at
        and other.voided_at is None
        and other.door == Door.CUSTODY
    )
    return seconds(min(later, default=None))


def _offers(offers: list[Any]) -> Facts:
    asked = [row.asked_at for row in offers if row.answer in ASKED]
    agreed = [row for row in offers if row.answer == OfferAnswer.ACCEPTED]
    last = offers[-1] if offers else None
    return {
        "offers": len(offers),
        "asked_at": seconds(min(asked, default=None)),
        "agreed_at": seconds(min((row.asked_at for row in agreed), default=None)),
        "agreed_at_ask": min((row.number for row in agreed), default=None),
        "asker": last.asker if last else None,
        "answer": last.answer if last else None,
        "why_not": _why_not(last) if last else None,
    }


def _why_not(offer: Any) -> str | None:
    return UNFIT if offer.answer == OfferAnswer.NOT_FIT else offer.reason


def _said(said: list[Any]) -> Facts:
    heard = [r.happened_at for r in said if r.kind == About.NEED and r.answer in ANSWERED]
    flagged = [
        row.recorded_at
        for row in said
        if row.kind == About.DANGER and row.code in NEAR_FATAL and row.answer == Said.YES
    ]
    return {
        "heard_at": seconds(min(heard, default=None)),
        "flagged_at": seconds(min(flagged, default=None)),
    }


def _met(stay: Any, recorded: Recorded) -> Facts:
    done = [row for row in recorded.assessments if row.booking_id == stay.id]
    ids = {row.id for row in recorded.referrals if row.booking_id == stay.id}
    tries = [row for row in recorded.tries if row.booking_id == stay.id]
    tries += [row for row in recorded.calls if row.referral_id in ids]
    tried = [row.happened_at for row in tries]
    reached = [row.happened_at for row in tries if row.result == REACHED]
    return {
        "assessed_at": seconds(min((row.finished_at for row in done), default=None)),
        "ethnicity": _last_said(done, "ethnicity"),
        "disability": _last_said(done, "disability"),
        "tried_at": seconds(min(tried, default=None)),
        "reached_at": seconds(min(reached, default=None)),
        "case_closed_at": seconds(_closed(stay, recorded.cases)),
    }


def _last_said(done: list[Any], name: str) -> Any:
    return next((code for row in reversed(done) if (code := getattr(row, name))), None)


def _closed(stay: Any, cases: Iterable[Any]) -> datetime | None:
    """When the case was closed in which this stay is: the first that was open after it began."""
    mine = [c for c in cases if c.closed_at is None or c.closed_at >= stay.authorised_at]
    return mine[0].closed_at if mine else None


def _handed_on(sent: list[Facts]) -> Facts:
    """How far a stay came by all its referrals together; `nobody_at`: each service has said no."""
    refused = [facts["refused_at"] for facts in sent]
    over = [facts["over_at"] for facts in sent if facts["accepted_at"]]
    return {
        "referred_at": _first(sent, "sent_at"),
        "accepted_at": _first(sent, "accepted_at"),
        "contact_at": _first(sent, "contact_at"),
        "came_at": _first(sent, "came_at"),
        "unsaid_from": _first(sent, "unsaid_from"),
        "outcome_at": _first(sent, "outcome_at"),
        "nobody_at": max(refused) if refused and None not in refused else None,
        "over_at": max(over) if over and None not in over else None,
    }


def _first(facts: Iterable[Facts], name: str) -> int | None:
    return min((one[name] for one in facts if one[name] is not None), default=None)


def _needs(stay: Any, recorded: Recorded, sent: list[Facts], number: int) -> list[Facts]:
    said = [r for r in recorded.said if r.booking_id == stay.id and r.kind == About.NEED]
    found = []
    for code, need in needs_of(said).items():
        if need.counts:
            mine = [facts for facts in sent if code in facts["needs"]]
            found.append(
                {
                    "booking_id": stay.id,
                    "need": code,
                    "person": number,
                    "referred_at": _first(mine, "sent_at"),
                    "accepted_at": _first(mine, "accepted_at"),
                    "came_at": _first(mine, "came_at"),
                    "change": _best(recorded, mine, code),
                }
            )
    return found


def _best(recorded: Recorded, sent: list[Facts], code: str) -> str | None:
    """The best that a service said last of what changed in a need; None where none said it."""
    ids = [facts["referral_id"] for facts in sent]
    last = {r.referral_id: r.change for r in recorded.outcomes if r.need == code}
    said = [last[one] for one in ids if one in last]
    return min(
        said, key=lambda change: (change != BETTER, change == NOT_KNOWN, change), default=None
    )


def _referral(row: Any, recorded: Recorded, number: int) -> Facts:
    events = [e for e in recorded.events if e.referral_id == row.id and e.taken_back_at is None]
    meetings = [m for m in recorded.meetings if m.referral_id == row.id]
    calls = [c for c in recorded.calls if c.referral_id == row.id and c.result == REACHED]
    outcomes = [o for o in recorded.outcomes if o.referral_id == row.id and o.change != NOT_KNOWN]
    return {
        "referral_id": row.id,
        "booking_id": row.booking_id,
        "person": number,
        "service_id": row.service_id,
        "needs": row.needs,
        "urgent": row.urgent,
        "state": row.state,
        "sent_at": seconds(row.sent_at),
        "over_at": seconds(row.ended_at),
        "written_up_at": seconds(row.ended_at) if row.state in WRITTEN_UP else None,
        "outcome_at": seconds(min((o.recorded_at for o in outcomes), default=None)),
        **_answered(row, events),
        **_came(meetings, calls),
    }


def _answered(row: Any, events: list[Any]) -> Facts:
    by_service = [e.happened_at for e in events if e.move in ANSWERS]
    taken_on = [e.happened_at for e in events if e.state == ReferralState.ACCEPTED]
    refused = row.state in REFUSED and not taken_on
    return {
        "answered_at": seconds(min(by_service, default=None)),
        "accepted_at": seconds(min(taken_on, default=None)),
        "refused_at": seconds(row.ended_at) if refused else None,
        "why_not": next((e.reason for e in events if e.state in REFUSED), None),
    }


def _came(meetings: list[Any], calls: list[Any]) -> Facts:
    came = [m.starts_at for m in meetings if m.came]
    unsaid = [m.starts_at for m in meetings if m.came is None and m.took_place is not False]
    return {
        "contact_at": seconds(min([*came, *(c.happened_at for c in calls)], default=None)),
        "came_at": seconds(min(came, default=None)),
        "last_came_at": seconds(max(came, default=None)),
        "unsaid_from": seconds(min(unsaid, default=None)),
    }
