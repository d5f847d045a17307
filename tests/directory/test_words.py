"""The words of the code lists are kept by a process, and never an old one where it matters."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from referral import clock
from referral.db import db
from referral.directory.models import Code
from referral.directory.queries import labels, words


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def label_of(code: str, list_name: str = "") -> str:
    """The word that stands on a page for a code, of one list or of any."""
    return words()[list_name].get(code, code)


def rename(label: str) -> None:
    row = db.session.get_one(Code, ("need", "DRUG", first_day()))
    row.label = label


def first_day():
    return db.session.scalar(db.select(Code.valid_from).filter_by(list_name="need", code="DRUG"))


def test_a_changed_word_is_seen_at_once_by_whoever_changes_it_and_then_by_all(inside):
    assert label_of("DRUG", "need") == label_of("DRUG") == labels("need")["DRUG"] == "Drugs"
    rename("Drug use")
    db.session.flush()
    assert label_of("DRUG", "need") == "Drug use"
    with db.session.begin_nested():
        db.session.execute(text("SELECT 1"))
    assert label_of("DRUG") == "Drug use"
    db.session.commit()
    assert label_of("DRUG") == labels("need")["DRUG"] == "Drug use"


def test_a_word_that_was_not_saved_after_all_is_not_kept(inside):
    rename("Drug use")
    db.session.flush()
    assert label_of("DRUG") == "Drug use"
    db.session.rollback()
    assert label_of("DRUG") == "Drugs"


def test_what_another_process_changes_is_seen_within_a_minute(inside, monkeypatch):
    at = clock.now()
    monkeypatch.setattr(clock, "source", lambda: at)
    assert label_of("DRUG") == "Drugs"
    db.session.rollback()
    elsewhere = update(Code).where(Code.code == "DRUG").values(label="Drug use")
    with db.engine.begin() as connection:
        connection.execute(elsewhere)
    assert label_of("DRUG") == "Drugs"
    monkeypatch.setattr(clock, "source", lambda: at + timedelta(minutes=1))
    assert label_of("DRUG") == "Drug use"
    db.session.rollback()


def test_a_code_that_no_list_knows_stands_for_itself(inside):
    assert label_of("NOT-A-CODE") == "NOT-A-CODE"
    assert labels("no-such-list") == {}
