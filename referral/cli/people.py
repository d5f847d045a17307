"""Commands that load another register and answer questions about it from a file."""

import gzip
import json
import sys
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO

import click
from flask.cli import AppGroup

from referral.audit.trail import Tag, record
from referral.clock import now
from referral.db import db
from referral.locks import reading
from referral.people.loading_actions import known_references, sweep
from referral.people.loading_actions import load as load_register
from referral.people.queries import candidates, identity_asked
from referral.people.register import COLUMNS, NotTheRegister, Unreadable, entries, only_people
from referral.web.filters import counted

GZIPPED = b"\x1f\x8b"
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)

people = AppGroup("people", help="Look for people who have been here before.")


@people.command("load")
@click.argument("register", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_people(register: Path) -> None:
    """Add the people of another register's file; what cannot be read is reported by line."""
    left_out: list[Unreadable] = []
    try:
        with _progress(register) as lines:
            entered = only_people(entries(lines, known_references()), left_out)
            loaded = load_register(entered, now())
    except NotTheRegister:
        said = f"Its first line must be, with tabs between: {' '.join(COLUMNS)}"
        raise click.ClickException(said) from None
    except DAMAGED:
        said = "The file cannot be read to its end. Nobody is loaded. Have it sent again."
        raise click.ClickException(said) from None
    record(Tag.REGISTER_LOADED, None, now())
    db.session.commit()
    sweep()
    for line in left_out:
        click.echo(f"line {line.line} is left out: {line.why}", err=True)
    people_loaded = counted(loaded, "person", "people")
    click.echo(f"{people_loaded} loaded, {counted(len(left_out), 'line')} left out")


@people.command("recognise")
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def recognise(questions: Path, out: Path) -> None:
    """Answer each line of a file of questions: who may this be, why, and in how many ms."""
    number = 0
    # the desks that write meanwhile are not waited for
    with reading(), _progress(questions) as lines, out.open("w", encoding="utf-8") as answers:
        for line in lines:
            number += 1
            answers.write(json.dumps(_answer(json.loads(line))) + "\n")
            db.session.rollback()  # each question as the desk asks it, in a transaction of its own
    record(Tag.REGISTER_ASKED, None, now())
    db.session.commit()
    click.echo(f"{number} questions answered in {out}")


@contextmanager
def _progress(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, packed or not, with a bar of how far we are in it."""
    size = path.stat().st_size
    with (
        path.open("rb") as raw,
        _plain(raw) as lines,
        click.progressbar(length=size, label=path.name, file=sys.stderr) as bar,
    ):

        def each() -> Iterator[bytes]:
            for number, line in enumerate(lines):
                yield line
                if number % 1000 == 0:
                    bar.update(raw.tell() - bar.pos)
            bar.update(size - bar.pos)

        yield each()


@contextmanager
def _plain(raw: BinaryIO) -> Iterator[Iterable[bytes]]:
    """The lines in UTF-8: unpacked, and out of UTF-16, by how the file begins, not by its name."""
    begins = raw.read(2)
    raw.seek(0)
    with gzip.open(raw) if begins == GZIPPED else raw as bytes_:
        begins = bytes_.peek(2)[:2] if isinstance(bytes_, gzip.GzipFile) else begins
        wide = begins in {BOM_UTF16_LE, BOM_UTF16_BE}
        yield _in_utf8(bytes_) if wide else bytes_


def _in_utf8(wide: Any) -> Iterator[bytes]:
    with TextIOWrapper(wide, "utf-16", errors="replace", newline="\n") as text:
        for line in text:
            yield line.encode()


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    begun = perf_counter()
    found = candidates(identity_asked(question["q"]))
    ms = (perf_counter() - begun) * 1000
    return {
        "qid": question["qid"],
        "confident": bool(found) and found[0].confident,
        "candidates": [
            {"ref": one.person.reference, "score": round(one.score, 2), "why": one.why}
            for one in found
        ],
        "ms": round(ms, 3),
    }
