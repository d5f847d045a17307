"""Ten who come back: desk, case, printed page and letter say what is true of them, or nothing.

The stories are played through the real actions, and the pages are read as their readers have them.
"""

import io
from collections.abc import Iterable

import pytest
from pypdf import PdfReader
from returning.stories import STORIES
from returning.truth import TRUTH
from sqlalchemy import select
from support.html import read, words
from support.stories import Stories, moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.queries import open_case_of
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.custody.models import Booking
from referral.db import db
from referral.handoff.referrals.models import Referral

BACK = "2026-09-01 09:00 Ann booked at Govan"
SAYS_YES = "2026-09-01 09:20 Ann agreed telling DRUG"
HANDED_ON = "2026-09-01 09:40 Ann referred to advice"
LOOKED = (Purpose.DESK, Purpose.HISTORY, Purpose.OUTCOME)
QUESTIONS = ("Engaged", "Worthwhile", "Still on", "Offer now")
NEVER = ("engaged", "worthwhile", "never met", "recovery hub", "housing first", "again")


class Returned:
    """One of the ten: what happens to her next, and what each reader reads."""

    def __init__(self, app, as_role) -> None:
        self.app, self.as_role, self.stay = app, as_role, None

    def play(self, lines: str, said: Iterable[Answer] = ()) -> None:
        """The lines happen, and then she says this of who may look."""
        with self.app.app_context():
            stories = Stories()
            if self.stay:
                stories.came["Ann"] = db.session.get_one(Booking, self.stay)
            stories.play(lines)
            stay, then = stories.came["Ann"], moment("2026-08-25 10:00")
            for answer in said:
                answers = [Agreement(purpose, answer) for purpose in LOOKED]
                record_agreements(stay.person, answers, PLAINLY, stories.worker, then)
            db.session.commit()
            self.stay, case = stay.id, open_case_of(stay.person_id)
            self.case = f"/cases/{case.id}" if case else ""
            sent = select(Referral.id).filter_by(person_id=stay.person_id)
            self.sent = db.session.scalars(sent.order_by(Referral.order.desc()).limit(1)).first()

    def desk(self) -> list[str]:
        """The card of who is known, line by line."""
        page = self.as_role(Role.CUSTODY_OFFICER).get(f"/custody/bookings/{self.stay}").text
        return [words(line).replace(" :", ":") for line in read(page).select(".app-card--known li")]

    def answers(self) -> list[str]:
        """The four answers at the top of the case."""
        page = self.as_role(Role.WORKER).get(self.case).text
        return [words(one) for one in read(page).select(".app-answer__four dd > strong")]

    def printed(self) -> str:
        """The summary of the case, as text."""
        return text_of(self.as_role(Role.WORKER).get(f"{self.case}/summary.pdf"))

    def letter(self) -> str:
        """The letter of the latest hand-off, as text in small letters."""
        letter = self.as_role(Role.WORKER).get(f"/referrals/{self.sent}/letter.pdf")
        return text_of(letter).lower()


def text_of(answer) -> str:
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def ann(app, as_role, monkeypatch):
    """Somebody of whom nothing is known yet."""
    monkeypatch.setattr(clock, "source", lambda: moment("2026-09-01 10:00"))
    return Returned(app, as_role)


def test_there_is_a_truth_for_each_story_and_no_other():
    assert STORIES.keys() == TRUTH.keys()
    assert len(STORIES) == 10


@pytest.mark.parametrize("name", STORIES)
def test_each_reader_reads_what_is_true(ann, name):
    answers, known = TRUTH[name]
    ann.play(STORIES[name], [Answer.GRANTED])
    ann.play(BACK)
    at_desk = [line for line in ann.desk() if not line.startswith(("Asked", "Continue"))]
    assert at_desk == known
    ann.play(SAYS_YES)
    assert tuple(ann.answers()) == answers
    printed = ann.printed()
    for question, answer in zip(QUESTIONS, answers, strict=True):
        assert f"{question}: {answer}." in printed
    ann.play(HANDED_ON)
    letter = ann.letter()
    assert "money and rights advice" in letter
    assert [word for word in NEVER if word in letter] == []


@pytest.mark.parametrize("said", [Answer.WITHDRAWN, Answer.REFUSED])
@pytest.mark.parametrize("name", STORIES)
def test_without_their_consent_no_reader_reads_any(ann, name, said):
    ann.play(STORIES[name], [Answer.GRANTED, said])
    ann.play(BACK)
    assert ann.desk() == []
    ann.play(SAYS_YES)
    assert ann.answers() == []
    assert "What happened before" not in ann.printed()
    ann.play(HANDED_ON)
    assert [word for word in NEVER if word in ann.letter()] == []
