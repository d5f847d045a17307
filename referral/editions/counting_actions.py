"""Count an edition beside everything that was published, and keep it or say why it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from referral.db import db
from referral.editions.keeping import kept, release_kept
from referral.editions.models import Edition
from referral.editions.queries import (
    earlier_of,
    edition_before,
    ever_frozen,
    relations,
    releases_before,
    wanted_by,
)
from referral.editions.states import EditionState
from referral.editions.trend import with_corrections, with_trend
from referral.editions.words import headline_of, second_of
from referral.jobs.kinds import Effect, JobKind, Task
from referral.locks import reading
from referral.published.cells import AtMost
from referral.published.register import (
    Contradicts,
    Release,
    release_of,
    to_withhold,
    too_little_changed,
)
from referral.published.tables import Told
from referral.published.telling import FEWEST_BOOKED, Counted, told_without
from referral.published.withholding import CannotBeHidden
from referral.reports.catalogue_queries import kind_of

KIND = "edition"
TOO_FEW = "Too few people came into custody in this area and period: nothing can be told."
FOLLOWS = (
    "From this edition and what is published already, a number could be worked out that stands "
    "for too few people: {}."
)
SMALL_CHANGE = (
    "Since the last edition these numbers changed by so few people that the change itself would "
    "point at them: {}. Wait until more has changed."
)
OTHERWISE = "This number was published as another one: {}. Publish a correction, and say why."


@dataclass(frozen=True)
class Found:
    """What came of a count: the report as it is told and registered, or why it is refused."""

    told: Told | None = None
    release: Release | None = None
    beside: int = 0
    refusal: str = ""
    ways_out: tuple[str, ...] = ()


def count(task: Task) -> Effect | None:
    """The work of a worker: count with no lock held, then keep what was found."""
    found: list[Found] = []

    def send() -> None:
        with reading():
            edition = db.session.get_one(Edition, task.about_id)
            if edition.state == EditionState.COUNTING:
                found.append(found_of(edition))

    def note(at: datetime) -> None:
        del at
        edition = db.session.get_one(Edition, task.about_id)
        if found and edition.state == EditionState.COUNTING:
            keep(edition, found[-1])

    return Effect(send, note)


EDITIONS = JobKind(KIND, "Count an edition", count)


def found_of(edition: Edition) -> Found:
    """Count an edition beside the register; nothing is written."""
    counted = without_tables(kind_of(edition.report).count(wanted_by(edition)), edition.left_out)
    if counted.counts[counted.people] < FEWEST_BOOKED:
        return Found(refusal=TOO_FEW)
    frozen_then = ever_frozen(edition.audience)
    register = releases_before(edition)
    changes = register.changed_by(counted)
    releases = register.beside(changes)
    if few := too_little_changed(changes, edition.audience):
        return Found(refusal=SMALL_CHANGE.format(", ".join(in_words(one.key) for one in few[:3])))
    try:
        gone = to_withhold(counted, releases, relations(counted, releases))
    except Contradicts as found:
        return Found(refusal=OTHERWISE.format(in_words(found.key)))
    except CannotBeHidden as found:
        ways = tuple(_ways_out(counted, releases))
        return Found(refusal=FOLLOWS.format(in_words(found.key)), ways_out=ways)
    told = with_trend(told_without(counted, gone), earlier_of(edition))
    seen = [one for one in changes if one.key not in gone]
    told = with_corrections(told, seen, [in_words(one.key) for one in seen])
    return Found(told, release_of(counted, gone), frozen_then)


def keep(edition: Edition, found: Found) -> None:
    """What was found is the edition's; its first words are made of its numbers."""
    if found.told is None or found.release is None:
        edition.is_refused(found.refusal, found.ways_out)
        return
    edition.is_counted(kept(found.told), release_kept(found.release), found.beside)
    if not edition.headline:
        before = edition_before(edition)
        words = headline_of(found.told), second_of(found.told, before)
        edition.says(*words, edition.contact, edition.next_on)


def _ways_out(counted: Counted, releases: Sequence[Release]) -> list[str]:
    """The tables of which each, left out, lets the rest go out."""
    found = []
    for table in counted.tables[1:]:
        rest = without_tables(counted, (table.code,))
        try:
            to_withhold(rest, releases, relations(rest, releases))
        except CannotBeHidden:
            continue
        found.append(table.code)
    return found


def without_tables(counted: Counted, codes: Sequence[str]) -> Counted:
    """The report without some of its tables, and without the counts that only they show."""
    if not codes:
        return counted
    rest = replace(counted, tables=tuple(one for one in counted.tables if one.code not in codes))
    stay = rest.shown | {counted.people}
    cut = [one for one in counted.sums if not {one.whole, *one.parts} <= stay]
    at_most = [AtMost(part, (one.whole,)) for one in cut for part in one.parts]
    return replace(
        rest,
        counts={key: count for key, count in counted.counts.items() if key in stay},
        sums=tuple(one for one in counted.sums if one not in cut),
        bounds=tuple(one for one in (*counted.bounds, *at_most) if {one.less, *one.more} <= stay),
        parents={key: of for key, of in counted.parents.items() if {key, of} <= stay},
    )


def in_words(key: object) -> str:
    """A cell by its name, as it can be read: never its number."""
    parts = [str(part) for part in key] if isinstance(key, tuple) else [str(key)]
    return ", ".join(part.replace("/", " ").replace("_", " ") for part in parts)
