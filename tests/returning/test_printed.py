"""The page that is printed of a case has what the person agreed to share, on one page, recorded."""

import io

import pytest
from pypdf import PdfReader
from returning.test_ten import text_of
from sqlalchemy import select
from support.stories import Stories, moment

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.spoken import How, Whom, Words
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.db import db

TWO = """
2026-07-06 09:00 Ann booked at Govan
2026-07-06 09:30 Ann agreed telling DRUG HOUS
2026-07-06 13:00 Ann referred to hub homes
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 09:30 Ann turned-away by homes because CAP
2026-07-07 10:00 Ann expected by hub 2026-07-20 10:00
"""
NOW = moment("2026-07-08 10:00")


@pytest.fixture
def says(app, monkeypatch):
    """Plays the story, with what she says afterwards; the address of the page."""
    monkeypatch.setattr(clock, "source", lambda: NOW)

    def play(*said: tuple[Purpose, Answer]) -> str:
        with app.app_context():
            stories = Stories().play(TWO)
            case = stories.case("Ann")
            note = NoteDetails(Whom.FAMILY, How.RUNG, NOW, Words("Karen", "Sleeps at hers"))
            write(case, note, stories.worker, NOW)
            answers = [Agreement(Purpose.OUTCOME, Answer.GRANTED)]
            for one in [*answers, *(Agreement(*each) for each in said)]:
                record_agreements(case.person, [one], PLAINLY, stories.worker, NOW)
            db.session.commit()
            return f"/cases/{case.id}/summary.pdf"

    return play


def test_it_says_who_knows_them_what_for_and_when_they_meet(app, says, worker):
    answer = worker.get(says())
    page = text_of(answer)
    assert "Recovery hub" in page
    assert "Drugs" in page
    assert "They meet 20 Jul 2026, 10:00" in page
    assert "07700 900123" in page
    for hidden in ("Housing first", "Karen", "Sleeps", "Govan"):
        assert hidden not in page, hidden
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 1
    with app.app_context():
        taken = select(AuditEvent).filter_by(tag=Tag.SUMMARY_TAKEN.value)
        assert len(db.session.scalars(taken).all()) == 1


def test_without_their_yes_to_it_each_part_is_missing(says, worker):
    taken_back = [(each, Answer.WITHDRAWN) for each in (Purpose.CONTACT, Purpose.OUTCOME)]
    page = text_of(worker.get(says(*taken_back)))
    assert "Recovery hub" in page
    assert "They meet" not in page
    assert "07700" not in page
    assert "How to reach them" not in page


def test_nothing_is_printed_for_who_wants_no_worker_any_more(says, worker, as_role):
    address = says((Purpose.TALK, Answer.WITHDRAWN))
    assert worker.get(address).status_code == 404
    assert as_role(Role.CUSTODY_OFFICER).get(address).status_code == 403
    assert as_role(Role.PEER).get(address).status_code == 403
