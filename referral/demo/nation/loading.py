"""Fill an empty database with a nation."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random

from sqlalchemy import func, inspect, select

from referral.audit.trail import chaining, forget, waiting
from referral.db import Model, Numbered, db
from referral.demo.nation.aside import books_of, nothing_swept
from referral.demo.nation.copies import Counters, Event, as_event
from referral.demo.nation.regions import Land, settle
from referral.demo.nation.rehearsal import Life, lives, numbered, plain
from referral.demo.nation.scores import Score, Staff, score
from referral.demo.nation.scribe import Book, Scribe
from referral.demo.nation.turns import moment_of
from referral.demo.nation.writing import Press, cells_here, go_on_counting
from referral.demo.story import last_day
from referral.people.models import PersonTraits

BOOKS = 5  # in a transaction
ALONE = 20_000  # bookings: of more, the books are made beside


def rehearsed(bookings: int) -> int:
    """How many bookings are rehearsed for so many: more make it less alike, and take longer."""
    return max(80, min(400, bookings // 250))


def scribe_of(bookings: int, seed: int, now: datetime) -> Scribe:
    """Who writes so many bookings of ten years for the organisations of the demo."""
    dice = Random(f"nation {seed}")  # noqa: S311 - invented lives, not secrets
    now = now.replace(microsecond=0)
    played = lives(rehearsed(bookings), seed, now)
    with numbered(dice):
        land = settle(dice)
    return Scribe(bookings, score_all(played, land), land, cells_here(), _counters(), dice, now)


def populate(scribe: Scribe, held: list[Event]) -> Iterator[int]:
    """Add all that a scribe writes.

    It stops after some bookings, and says how many these are, for the caller to commit them. What
    happened so lately that the last day comes in between is left in `held` at the end.
    """
    books = books_of(scribe) if scribe.bookings > ALONE else scribe.books()
    with nothing_swept():
        while many := _put(books, held):
            yield many


def _put(books: Iterator[Book], held: list[Event]) -> int:
    """Some books; how many bookings they have."""
    many = 0
    with chaining() as chain:
        press = Press(db.session.connection())
        for _, book in zip(range(BOOKS), books, strict=False):
            press.put(book, chain)
            go_on_counting(book.orders, book.traits)
            held += book.held
            many += book.bookings
    return many


def end(seed: int, now: datetime, held: Sequence[Event]) -> None:
    """The last day of the small demo, which happens once, among what the nation did meanwhile."""
    dice = Random(f"last day {seed}")  # noqa: S311 - invented lives, not secrets
    with numbered(dice):
        last_day(dice, now)
    events = [*held, *(as_event(plain(entry)) for entry in waiting())]
    forget()
    with chaining() as chain:
        Press(db.session.connection()).hang(sorted(events, key=moment_of), chain)


def score_all(played: Sequence[Life], land: Land) -> list[Score]:
    """Each rehearsed life, read for copying."""
    numbers = frozenset(one for region in land.regions.values() for one in region.numbers)
    words = frozenset(one for region in land.regions.values() for one in region.words)
    officers = {desk.number: (desk.officer, desk.officer_name) for desk in land.desks}
    tables = [table.name for table in Model.metadata.sorted_tables]
    return [score(life, Staff(officers, numbers, words), tables) for life in played]


def _counters() -> Counters:
    """Above what is there: of each table in SQLite, of all together in PostgreSQL."""
    kinds = [m.class_ for m in Model.registry.mappers if issubclass(m.class_, Numbered)]
    last = {
        inspect(kind).local_table.name: db.session.scalar(select(func.max(kind.order))) or 0
        for kind in kinds
    }
    if db.engine.dialect.name == "postgresql":
        last = dict.fromkeys(last, max(last.values()))
    traits = db.session.scalar(select(func.max(PersonTraits.number))) or 0
    return Counters(last, traits=traits)
