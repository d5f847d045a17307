"""One page of a list, and the way to the others: what narrows the list always goes with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Row, Select, func, select
from wtforms import Form

from referral.db import db
from referral.web.forms import tidy

SIZE = 50
FEW = 10  # rows of a list that stands above or beside a longer one
LAST = 10_000  # a page number beyond it is nonsense

T = TypeVar("T")
U = TypeVar("U")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, which page of it they are, and whether another one follows."""

    rows: Sequence[T]
    number: int = 1
    more: bool = False

    def holding(self, rows: Sequence[U]) -> "Page[U]":
        """The same page of the same list, with what was made of its rows."""
        return Page(rows, self.number, self.more)

    @property
    def whole(self) -> bool:
        """Whether the list has no other page."""
        return self.number == 1 and not self.more

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def this_page(name: str = "page") -> int:
    """The page number that this request asks for, from 1; nonsense is page 1.

    A page with several lists has a name for each.
    """
    asked = request.args.get(name, "1")
    understood = asked.isascii() and asked.isdigit() and len(asked) < 6
    return int(asked) if understood else 1


def page_of(wanted: Select[T], asked: int, size: int = SIZE) -> Page[T]:
    """One page of what a query finds, in one statement; beyond the end, the last page."""
    return _page(
        lambda first, most: db.session.scalars(wanted.limit(most).offset(first)).all(),
        lambda: _count(wanted),
        asked,
        size,
    )


def page_of_rows(wanted: Select[*Columns], asked: int) -> Page[Row[*Columns]]:
    """The same for a query of several columns."""
    return _page(
        lambda first, most: db.session.execute(wanted.limit(most).offset(first)).all(),
        lambda: _count(wanted),
        asked,
        SIZE,
    )


def page_in(found: Sequence[T], asked: int, size: int = SIZE) -> Page[T]:
    """The same of a list that is at hand."""
    return _page(lambda first, most: found[first : first + most], lambda: len(found), asked, size)


def _page(
    read: Callable[[int, int], Sequence[T]], count: Callable[[], int], asked: int, size: int
) -> Page[T]:
    number = min(max(asked, 1), LAST)
    rows = read((number - 1) * size, size + 1)  # one more tells whether another page follows
    if not rows and number > 1:
        number = max(-(-count() // size), 1)
        rows = read((number - 1) * size, size + 1)
    return Page(rows[:size], number, len(rows) > size)


def _count(wanted: Select[*Columns]) -> int:
    counted = select(func.count()).select_from(wanted.order_by(None).subquery())
    return db.session.scalar(counted) or 0


def query_with(**changed: object) -> str:
    """The query of this address with some of it changed, as a link: '?tab=team&page=2'.

    What is None goes.
    """
    kept = [(name, said) for name, said in request.args.items(multi=True) if name not in changed]
    added = [(name, str(said)) for name, said in changed.items() if said is not None]
    return f"?{urlencode([*kept, *added])}"


def next_link(page: Page[Any]) -> dict[str, str]:
    """The header that leads a program to the next page with all that it asked for (RFC 8288)."""
    after = f'<{request.path}{query_with(page=page.number + 1)}>; rel="next"'
    return {"Link": after} if page.more else {}


def searched_for(form: Form) -> list[tuple[str, str]]:
    """Name and value of what was typed into a search, which its next page is asked for with.

    It is sent hidden again and never stands in an address: who is looked for stays out of logs.
    """
    typed = [
        (field.name, tidy(value))
        for field in form
        if field.type not in {"CSRFTokenField", "HiddenField"}
        for value in field.raw_data or ()
    ]
    return [(name, value) for name, value in typed if value]
