"""Eight desks book people while eight others look for them: nothing fails, everybody is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from people.test_keys import kept, rebuilt
from sqlalchemy import func, select
from support.said import HEARD

from referral.db import db
from referral.locks import reading
from referral.people.actions import identify
from referral.people.identity import Identity
from referral.people.models import Person
from referral.people.queries import candidates

DESKS, TURNS = 8, 15


def somebody(desk: int, turn: int) -> Identity:
    """A person of a desk's own, with a birth date and surname that some others have too."""
    born = date(1980, 1, 2) + timedelta(days=turn % 5)
    return Identity(f"{'ABCDEFGH'[desk]}l{'aeiou'[turn % 5]}nor", f"Mac{turn}", born, sex="F")


@pytest.fixture
def known(app) -> list[Identity]:
    """Some who were there before."""
    with app.app_context():
        people = [somebody(desk, turn + TURNS) for desk in range(DESKS) for turn in range(3)]
        for person in people:
            identify(person, None, HEARD)
        db.session.commit()
    return people


def test_desks_that_book_and_desks_that_look_do_not_disturb_each_other(app, known):
    def book(desk: int) -> None:
        for turn in range(TURNS):
            with app.app_context():
                identify(somebody(desk, turn), None, HEARD)
                db.session.commit()

    def look(desk: int) -> int:
        hits = 0
        for turn in range(TURNS):
            wanted = known[(desk * TURNS + turn) % len(known)]
            with app.app_context(), reading():
                found = candidates(wanted)
                hits += any(one.person.surname == wanted.surname for one in found)
        return hits

    with ThreadPoolExecutor(2 * DESKS) as desks:
        booking = [desks.submit(book, desk) for desk in range(DESKS)]
        looking = [desks.submit(look, desk) for desk in range(DESKS)]
        assert [done.result() for done in looking] == [TURNS] * DESKS
        for done in booking:
            done.result()
    with app.app_context():
        count = db.session.scalar(select(func.count()).select_from(Person))
        assert count == len(known) + DESKS * TURNS
        assert kept() == rebuilt()
