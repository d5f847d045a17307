"""Make an edition: choose, check, say it in words, sign twice, freeze."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.audit.trail import Tag, record
from referral.db import db
from referral.directory.bounds import BOUNDS
from referral.editions.keeping import fingerprint, told_again
from referral.editions.models import Edition
from referral.editions.queries import (
    edition_before,
    ever_frozen,
    hold_the_register,
    latest_frozen,
    who_may_sign_second,
)
from referral.editions.refusals import (
    DraftTooOld,
    NeedsASecond,
    NothingToCorrect,
    NotThatFar,
    NumberWithoutACell,
    OutAlready,
    PeriodRuns,
    PublishedAlready,
    RegisterMovedOn,
    ReleaseBeforeFreeze,
    ReleaseTooFar,
    SignedAlready,
    SomebodyElseSigns,
)
from referral.editions.states import KIND, EditionState
from referral.editions.words import without_a_number
from referral.errors import StaleEdit
from referral.jobs.actions import enqueue
from referral.jobs.kinds import Owner
from referral.published.audiences import Audience
from referral.published.periods import period_of
from referral.reports.catalogue_queries import kind_of


@dataclass(frozen=True)
class EditionDetails:
    """Which report of which period and area, for whom, and when it is to go out; None: at once."""

    report: str
    period: str
    area: str
    audience: Audience
    release_at: datetime | None = None
    why_revised: str = ""


@dataclass(frozen=True)
class Words:
    """The sentences of an edition, whom to ask about it, and when the next comes."""

    headline: str
    second: str
    contact: str
    next_on: date | None


def begin(details: EditionDetails, by: Actor, at: datetime) -> Edition:
    """Ask for the counts of an edition; a worker makes them, and holds no lock meanwhile.

    Raises NoSuchReport, NoSuchPeriod, PeriodRuns, PublishedAlready, NothingToCorrect,
    ReleaseBeforeFreeze, ReleaseTooFar.
    """
    _check_wanted(details, at)
    edition = Edition(
        report=details.report,
        period=period_of(details.period).name,
        area=details.area,
        audience=details.audience,
        as_at=at,
        made_at=at,
        by_id=by.user_id,
        release_at=details.release_at,
        why_revised=details.why_revised,
    )
    db.session.add(edition)
    db.session.flush()  # the work and the event name it by its number
    _ask_for_counts(edition, by, at)
    record(Tag.EDITION_MADE, by, at, record_id=edition.id)
    return edition


def _check_wanted(details: EditionDetails, at: datetime) -> None:
    kind_of(details.report)
    period = period_of(details.period)
    if period.ends > at:
        raise PeriodRuns
    _check_release(details.release_at, at)
    _check_is_new(replace(details, period=period.name))


def _check_is_new(wanted: EditionDetails | Edition) -> None:
    """Whether nothing of it is published; of a correction, whether something is."""
    out = latest_frozen(wanted.report, wanted.period, wanted.area, wanted.audience)
    if out and not wanted.why_revised:
        raise PublishedAlready
    if wanted.why_revised and not out:
        raise NothingToCorrect


def check_again(edition: Edition, leave_out: str, seen: int, by: Actor, at: datetime) -> None:
    """Count anew beside what is published by now, with one more table left out, or with none.

    Raises NotThatFar, DraftTooOld, StaleEdit.
    """
    _check_open(edition, seen, at)
    if leave_out and leave_out not in edition.ways_out:
        raise NotThatFar
    edition.is_counted_again(leave_out)
    _ask_for_counts(edition, by, at)
    record(Tag.EDITION_CHANGED, by, at, record_id=edition.id)


def looked_at(edition: Edition, seen: int, by: Actor, at: datetime) -> None:
    """Somebody has looked at what the checks say. Raises NotThatFar, DraftTooOld, StaleEdit."""
    _check_draft(edition, seen, at)
    edition.was_looked_at(at)
    record(Tag.EDITION_CHANGED, by, at, record_id=edition.id)


def say(edition: Edition, words: Words, seen: int, by: Actor, at: datetime) -> None:
    """Set the words; a change takes both signatures away.

    Raises NotThatFar, DraftTooOld, StaleEdit, NumberWithoutACell.
    """
    _check_draft(edition, seen, at)
    _check_words(edition, words.headline, words.second)
    if edition.says(words.headline, words.second, words.contact, words.next_on):
        record(Tag.EDITION_CHANGED, by, at, record_id=edition.id)


def _check_words(edition: Edition, headline: str, second: str) -> None:
    told = told_again(edition.told)
    before = edition_before(edition)
    for name, text in (("headline", headline), ("second", second)):
        for number in without_a_number(text, told, before):
            raise NumberWithoutACell(name, number)


def sign_first(edition: Edition, second: User | None, seen: int, by: Actor, at: datetime) -> None:
    """Who made it signs, and asks a colleague; partners need no second signature.

    Raises NotThatFar, DraftTooOld, StaleEdit, NumberWithoutACell, SignedAlready, NeedsASecond,
    SomebodyElseSigns.
    """
    _check_draft(edition, seen, at)
    if edition.looked_at is None or not edition.headline:
        raise NotThatFar
    _check_words(edition, edition.headline, edition.second)  # its numbers may be others by now
    if edition.signed_at:
        raise SignedAlready
    if edition.by_id != by.user_id:
        raise SomebodyElseSigns
    if edition.audience == Audience.PUBLIC:
        if second is None or second not in who_may_sign_second(edition):
            raise NeedsASecond
    else:
        second = None
    edition.is_signed(second.id if second else None, at)
    record(Tag.EDITION_SIGNED, by, at, record_id=edition.id)


def sign_second(edition: Edition, seen: int, by: Actor, at: datetime) -> None:
    """The colleague who was asked signs the same numbers and words.

    Raises NotThatFar, DraftTooOld, StaleEdit, SignedAlready, SomebodyElseSigns.
    """
    _check_draft(edition, seen, at)
    if edition.signed_at is None:
        raise NotThatFar
    if edition.second_id != by.user_id:
        raise SomebodyElseSigns
    if edition.second_signed_at:
        raise SignedAlready
    edition.is_signed_too(at)
    record(Tag.EDITION_SIGNED, by, at, record_id=edition.id)


def freeze(edition: Edition, seen: int, by: Actor, at: datetime) -> None:
    """Nothing in it changes any more, and it stands in the register.

    Raises NotThatFar, DraftTooOld, StaleEdit, RegisterMovedOn, PublishedAlready, NothingToCorrect.
    """
    _check_draft(edition, seen, at)
    if not edition.is_signed_by_all:
        raise NotThatFar
    hold_the_register()
    if ever_frozen(edition.audience) != edition.beside:
        raise RegisterMovedOn
    _check_is_new(edition)
    edition.is_frozen(fingerprint(edition.told + edition.headline + edition.second), at)
    record(Tag.EDITION_FROZEN, by, at, record_id=edition.id)


def take_back(edition: Edition, seen: int, by: Actor, at: datetime) -> None:
    """It does not go out, and stands in no register. Raises NotThatFar, OutAlready, StaleEdit."""
    if edition.version != seen:
        raise StaleEdit
    if edition.state != EditionState.FROZEN:
        raise NotThatFar
    if edition.is_out(at):
        raise OutAlready
    edition.is_taken_back(at)
    record(Tag.EDITION_TAKEN_BACK, by, at, record_id=edition.id)


def _check_release(release_at: datetime | None, at: datetime) -> None:
    if release_at is None:
        return
    if BOUNDS["release_at"].too_early(release_at, at):
        raise ReleaseBeforeFreeze
    if BOUNDS["release_at"].too_late(release_at, at):
        raise ReleaseTooFar


def _ask_for_counts(edition: Edition, by: Actor, at: datetime) -> None:
    owner = Owner(by.organisation_id, Permission.MAKE_EDITIONS)
    enqueue(KIND, edition.count_key, at, about_id=edition.id, owner=owner, title=edition.period)


def _check_draft(edition: Edition, seen: int, at: datetime) -> None:
    _check_open(edition, seen, at)
    if edition.state != EditionState.DRAFT:
        raise NotThatFar


def _check_open(edition: Edition, seen: int, at: datetime) -> None:
    if edition.version != seen:
        raise StaleEdit
    if edition.state in {EditionState.FROZEN, EditionState.TAKEN_BACK}:
        raise NotThatFar
    if edition.is_too_old(at):
        raise DraftTooOld
