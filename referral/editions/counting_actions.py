"""Count an edition beside everything that was published, and keep it or say why it is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from referral.db import db
from referral.editions.keeping import kept, release_kept, titles_kept
from referral.editions.models import Edition
from referral.editions.naming import named, titles_of
from referral.editions.queries import (
    earlier_of,
    edition_before,
    ever_frozen,
    relations,
    releases_before,
    wanted_by,
)
from referral.editions.states import KIND, EditionState
from referral.editions.trend import with_corrections, with_trend
from referral.editions.words import headline_of, second_of
from referral.jobs.actions import tell_progress
from referral.jobs.kinds import Effect, JobKind, Progress, Task
from referral.locks import reading, writing
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
from referral.web.filters import counted as counted_words

TOO_FEW = "Too few people came into custody in this area and period: nothing can be told."
FOLLOWS = (
    "From this edition and what is published already, a number could be worked out that stands "
    "for too few people: {}."
)
SMALL_CHANGE = (
    "Since the last edition these numbers changed by so few people that the change itself would "
    "point at them: {}. Wait until more has changed."
)
WITHOUT = "Looking for a way out: whether all but “{}” may go out."
STEPS = 3  # the report is counted, what was published is read, attacks are looked for
OTHERWISE = "This number was published as another one: {}. Publish a correction, and say why."


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Found:
    """What came of a count: the report as it is told and registered, or why it is refused.

    `titles` are those of all tables that were counted, by their codes.
    """

    told: Told | None = None
    release: Release | None = None
    beside: int = 0
    refusal: str = ""
    ways_out: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def count(task: Task) -> Effect | None:
    """The work of a worker: count with no lock held, then keep what was found."""
    found: list[Found] = []

    def tell(progress: Progress) -> None:
        try:
            with writing():
                tell_progress(task.job_id, progress)
        except DBAPIError:
            return  # others write just now: the count goes on, and the next step is told

    def send() -> None:
        with reading():
            edition = db.session.get_one(Edition, task.about_id)
            if edition.state == EditionState.COUNTING:
                found.append(found_of(edition, tell))

    def note(at: datetime) -> None:
        del at
        edition = db.session.get_one(Edition, task.about_id)
        if found and edition.state == EditionState.COUNTING:
            keep(edition, found[-1])

    return Effect(send, note)


EDITIONS = JobKind(KIND, "Count an edition", count)


def _unheard(progress: Progress) -> None:
    """Nobody waits for it."""
    del progress


def found_of(edition: Edition, tell: Tell = _unheard) -> Found:
    """Count an edition beside the register; of the edition and the register nothing is written.

    How many were ever frozen is read first: who freezes meanwhile makes this count too old.
    """
    beside = ever_frozen(edition.audience)
    kind = kind_of(edition.report)
    tell(Progress(f"Counting the report “{kind.title}”.", 0, STEPS))
    every = kind.count(wanted_by(edition))
    counted = without_tables(every, edition.left_out)
    found = _beside(edition, counted, tell)
    return replace(found, beside=beside, titles=titles_of(every))


def _beside(edition: Edition, counted: Counted, tell: Tell) -> Found:
    """What a count may tell beside everything that was published."""
    if counted.counts[counted.people] < FEWEST_BOOKED:
        return Found(refusal=TOO_FEW)
    tell(Progress(f"{_tables(counted)} counted. Reading what was published before.", 1, STEPS))
    register = releases_before(edition)
    changes = register.changed_by(counted)
    releases = register.beside(changes)
    names = [named(counted, one.key) for one in changes]
    if few := too_little_changed(changes, edition.audience):
        too_few = "; ".join(named(counted, one.key) for one in few[:3])
        return Found(refusal=SMALL_CHANGE.format(too_few))
    others = counted_words(len(releases), "edition")
    tell(Progress(f"Looking for numbers that could be worked out, beside {others}.", 2, STEPS))
    try:
        gone = to_withhold(counted, releases, relations(counted, releases))
    except Contradicts as found:
        return Found(refusal=OTHERWISE.format(named(counted, found.key)))
    except CannotBeHidden as found:
        ways = tuple(_ways_out(counted, releases, tell))
        return Found(refusal=FOLLOWS.format(named(counted, found.key)), ways_out=ways)
    told = with_trend(told_without(counted, gone), earlier_of(edition))
    seen = [(one, name) for one, name in zip(changes, names, strict=True) if one.key not in gone]
    told = with_corrections(told, [one for one, _ in seen], [name for _, name in seen])
    return Found(told, release_of(counted, gone))


def keep(edition: Edition, found: Found) -> None:
    """What was found is the edition's; its first words are made of its numbers."""
    edition.has_tables(titles_kept(found.titles))
    if found.told is None or found.release is None:
        edition.is_refused(found.refusal, found.ways_out)
        return
    edition.is_counted(kept(found.told), release_kept(found.release), found.beside)
    if not edition.headline:
        before = edition_before(edition)
        words = headline_of(found.told), second_of(found.told, before)
        edition.says(*words, edition.contact, edition.next_on)


def _tables(counted: Counted) -> str:
    one = len(counted.tables) == 1
    return counted_words(len(counted.tables), "table") + (" is" if one else " are")


def _ways_out(counted: Counted, releases: Sequence[Release], tell: Tell) -> list[str]:
    """The tables of which each, left out, lets the rest go out."""
    found = []
    tables = counted.tables[1:]
    for done, table in enumerate(tables):
        tell(Progress(WITHOUT.format(table.title), done, len(tables)))
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
