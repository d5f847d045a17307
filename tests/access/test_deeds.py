"""Every act by everybody in every state of its record: as deeds.csv says.

A new act needs its lines there, and so does every change of what is refused: `make access-table`
writes them, and whoever does it reads the difference.
"""

from contextlib import closing
from random import Random, randrange
from shutil import copy

import pytest
from access import deeds
from access.deeds import COLUMNS, Unknown, what_is
from access.drawn import drawn
from access.walking import Site
from access.world import build

from referral.app import create_app
from referral.casework.cases.models import Case
from referral.desk import actions as desk
from referral.errors import RuleBroken
from referral.handoff.followup import actions as followup
from referral.handoff.referrals.states import ReferralState
from referral.settings import Settings

# acts that forget their rule, and the line in which that shows
FORGETFUL = [
    (Case, "check_open", lambda self: None, "/cases/<case_id>/close", "case: closed"),
    (desk, "SITE", "", "/custody/bookings/<booking_id>/hand-off", "stay: a worker on site"),
    (followup, "TAKEN_ON", set(ReferralState), "/inbox/<referral_id>/appointments",
     "referral: rejected"),
]  # fmt: skip


@pytest.fixture(scope="module")
def walked(sqlite_model, tmp_path_factory):
    """One database for all, in which nothing is kept."""
    folder = tmp_path_factory.mktemp("deeds")
    copy(sqlite_model, folder / "deeds.db")
    url = f"sqlite:///{folder / 'deeds.db'}"
    app = create_app(Settings(database_url=url, mailbox=str(folder / "mailbox")))
    app.testing = True
    with app.app_context():
        places = build()
    with closing(Site(app, places)) as site:
        yield site


def different(found: list[list[str]], written: list[list[str]]) -> list[str]:
    """What is answered otherwise than the table says."""
    then, now = ({tuple(row[:2]): row[2:] for row in rows} for rows in (written, found))
    missing = [f"{line}: not in the table" for line in now.keys() - then.keys()]
    over = [f"{line}: in the table alone" for line in then.keys() - now.keys()]
    changed = [
        f"{', '.join(line)}: {who} is answered {said}, the table says {before}"
        for line in now.keys() & then.keys()
        for who, said, before in zip(COLUMNS, now[line], then[line], strict=True)
        if said != before
    ]
    return sorted(missing + over + changed)


def test_an_act_is_done_or_refused_as_the_table_says_whatever_pages_show(walked):
    found = different(deeds.walk(walked), deeds.read())
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(("of", "name", "forgets", "address", "state"), FORGETFUL)
def test_an_act_that_forgets_its_rule_is_noticed(
    walked, monkeypatch, of, name, forgets, address, state
):
    monkeypatch.setattr(of, name, forgets)
    written = [row for row in deeds.read() if row[0] == address]
    found = different(deeds.walk(walked, address), written)
    assert any(line.startswith(f"{address}, {state}: ") and "done" in line for line in found)


def test_an_act_that_is_not_in_the_table_is_noticed(walked):
    address = "/stops/<stop_id>/call"
    [first, *rest] = [row for row in deeds.read() if row[0] == address]
    assert different(deeds.walk(walked, address), rest) == [
        f"{(address, first[1])}: not in the table"
    ]


def test_an_address_with_a_name_of_which_no_state_is_known_is_noticed():
    with pytest.raises(Unknown):
        what_is("casefile.new_page", "thing_id")


def test_every_rule_of_the_table_is_one_of_the_product():
    names = {rule.__name__ for rule in _all(RuleBroken)}
    said = {cell for row in deeds.read() for cell in row[2:]}
    others = {"", "done", "nothing", "door", "401", "403", "404", "410", "422", "429"}
    assert said - others <= names
    assert len(said & names) > 20


def _all(rule: type) -> set[type]:
    below = rule.__subclasses__()
    return {rule, *below, *(one for sub in below for one in _all(sub))}


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)],
                         indirect=True)  # fmt: skip
def test_postgresql_answers_a_drawn_part_of_it_the_same(site):
    seed = randrange(2**32)
    wrong = drawn(site, Random(seed), 15)
    assert wrong == [], f"seed {seed}: {wrong}"
