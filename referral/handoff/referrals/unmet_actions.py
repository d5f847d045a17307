"""Needs that nobody could take: they count by themselves, once, until a service takes them on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.db import chunks, db
from referral.directory.deadlines import Deadlines, Kind
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.models import Referral, ReferralEvent, UnmetNeed
from referral.handoff.referrals.queries import referrals_with_events, turned_away, unmet_needs
from referral.handoff.referrals.states import ENDED_STATES, Move

NOT_A_GAP = "DUP"  # somebody has them already
BECAUSE: Mapping[str, str] = {
    "CAP": "full",
    "ELIG": "eligible",
    "AREA": "eligible",
    "RISK": "eligible",
}
DECLINED = "declined"
BY_MISTAKE = "ERR"  # a case that should never have been opened


@dataclass(frozen=True)
class Gap:
    """A need that no service has or has had, since the last one said no, and why that was."""

    need: str
    since: datetime
    reason: str


def asked_for(referral: Referral) -> set[str]:
    """The needs for which a service was asked: of those told, the ones that it is there for."""
    needs = set(referral.needs)
    theirs = {row.need for row in referral.service.needs}
    return needs & theirs or needs


def gaps_in(referrals: Sequence[Referral]) -> list[Gap]:
    """The needs of which a service said no and that no other one has, or has taken on."""
    had = {need for one in referrals if has_or_had(one) for need in asked_for(one)}
    found: dict[str, Gap] = {}
    for referral in referrals:
        if (no := turned_away_by(referral)) and no.reason != NOT_A_GAP:
            for need in asked_for(referral) - had:
                gap = Gap(need, no.recorded_at, BECAUSE.get(no.reason or "", DECLINED))
                found[need] = max(gap, found.get(need, gap), key=lambda each: each.since)
    return [found[need] for need in sorted(found)]


def has_or_had(referral: Referral) -> bool:
    """Whether a service has somebody, was asked and has not answered, or had taken them on."""
    accepted = any(event.move == Move.ACCEPT for event in referral.said)
    return accepted or referral.state not in ENDED_STATES


def turned_away_by(referral: Referral) -> ReferralEvent | None:
    """The answer of a service that could not take somebody; None where it gave none."""
    return next((event for event in referral.said if event.move == Move.REJECT), None)


def unmet_due(at: datetime) -> list[UUID]:
    """The cases with a need that nobody took within the time in which the team decides."""
    found = _uncounted(turned_away(), deadlines_at(at), at)
    return list(dict.fromkeys(case.id for case, _, _ in found))


def count_unmet(case_ids: Sequence[UUID], at: datetime) -> None:
    """Enter in the ledger the needs that nobody took on in these cases."""
    for case, gap, moment in list(_uncounted(turned_away(case_ids), deadlines_at(at), at)):
        _count(case, gap, moment, at)


def _uncounted(
    cases: Sequence[Case], deadlines: Deadlines, at: datetime
) -> Iterator[tuple[Case, Gap, datetime]]:
    """The gaps of these cases that are to be counted now, each with its moment."""
    for part in chunks(cases):
        ids = [case.id for case in part]
        stays = referrals_with_events(*ids)
        ledger = unmet_needs(*ids)
        for case in part:
            rows = [row for row in ledger if row.case_id == case.id]
            for gap in gaps_in([one for one in stays if one.case_id == case.id]):
                moment = deadlines.due(Kind.DECIDE, gap.since, case.booking)
                if moment <= at and _is_missing(case, gap, rows):
                    yield case, gap, moment


def count_at_end(case: Case, at: datetime) -> None:
    """A case ends: what nobody took will not be taken any more."""
    if case.close_reason != BY_MISTAKE:
        for gap in gaps_in(referrals_with_events(case.id)):
            _count(case, gap, at, at)


def _count(case: Case, gap: Gap, moment: datetime, at: datetime) -> None:
    """Count it in the week of the moment; not again what stands in the ledger for this stay."""
    rows = unmet_needs(case.id)
    if not _is_missing(case, gap, rows):
        return
    if known := _known(case, gap, rows):
        again = known[-1]
        again.met_at = None
        again.recorded_at = moment
        again.reason = gap.reason
    else:
        write_down(case, gap.need, gap.reason, None, moment)
    record(Tag.UNMET_NOTED, None, at, subject_id=case.person_id, record_id=case.id)


def _known(case: Case, gap: Gap, rows: Sequence[UnmetNeed]) -> list[UnmetNeed]:
    return [r for r in rows if (r.booking_id, r.need) == (case.booking_id, gap.need)]


def _is_missing(case: Case, gap: Gap, rows: Sequence[UnmetNeed]) -> bool:
    """Whether the ledger does not hold it for this stay, or as met before the gap opened anew."""
    known = _known(case, gap, rows)
    return not known or bool(known[-1].met_at and known[-1].met_at < gap.since)


def write_down(case: Case, need: str, reason: str, by: Actor | None, at: datetime) -> None:
    """One need that no service takes, for the ledger."""
    unmet = UnmetNeed(case_id=case.id, booking_id=case.booking_id, need=need, reason=reason)
    unmet.by_id = by.user_id if by else None
    unmet.recorded_at = at
    db.session.add(unmet)


def take_back(referral: Referral, at: datetime) -> None:
    """A service takes somebody on: what it is there for counts as unmet no more."""
    met = asked_for(referral)
    for row in unmet_needs(referral.case_id):
        if row.need in met and row.met_at is None:
            row.met_at = at
            subject, number = referral.person_id, row.id
            record(Tag.UNMET_MET, None, at, subject_id=subject, record_id=number)


def no_longer_turned_away(referral: Referral, since: datetime, at: datetime) -> None:
    """The service's no was a mistake: what was counted because of it counts no more."""
    asked = asked_for(referral)
    for row in unmet_needs(referral.case_id):
        by_itself = row.by_id is None and row.recorded_at >= since
        if by_itself and row.need in asked and row.met_at is None:
            row.met_at = at
            subject, number = referral.person_id, row.id
            record(Tag.UNMET_MET, None, at, subject_id=subject, record_id=number)
