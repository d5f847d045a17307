"""Work of which the next piece is made in a process of its own while one is being used."""

import gc
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from referral.demo.nation.scribe import Book, Scribe


class ScribeLost(RuntimeError):
    """The process that made the books ended before the last one; what it said stands above."""


def books_of(scribe: Scribe) -> Iterator[Book]:
    """The books of a scribe who writes in another process, the same as if they were made here."""
    started = multiprocessing.get_context("spawn")
    ours, theirs = started.Pipe(duplex=False)
    other = started.Process(target=_write, args=(scribe, theirs), daemon=True)
    other.start()
    theirs.close()
    try:
        while (book := _next(ours)) is not None:
            yield book
    finally:
        ours.close()
        other.terminate()
        other.join()


@contextmanager
def nothing_swept() -> Iterator[None]:
    """Millions of rows come and go, and none of them in a circle that would have to be found."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _next(ours: "Connection") -> Book | None:
    try:
        book: Book | None = ours.recv()
    except EOFError:
        raise ScribeLost from None
    return book


def _write(scribe: Scribe, theirs: "Connection") -> None:
    """Runs there: each book is handed over as soon as the one before is taken."""
    with nothing_swept():
        for book in scribe.books():
            theirs.send(book)
    theirs.send(None)
