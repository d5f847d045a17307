"""The letter tells the service what its page tells; the card betrays nothing."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from journeys.test_whole_loop import accept, book, hand_over
from pypdf import PdfReader
from support.html import address, send
from support.stories import moment

from referral.access.permissions import Role
from referral.handoff.followup.letters import card_of
from referral.web.pdf import Refused, own_file

AT, HOUR = moment("2026-08-03 09:00"), timedelta(hours=1)
HUB = ("Recovery hub", "1 Some Street", "0141 496 0000")


@dataclass(frozen=True)
class Meeting:
    """An appointment as a card sees it."""

    starts_at: datetime
    place: str = ""
    said_at: datetime | None = None


@pytest.fixture
def sent(as_role) -> tuple[str, str]:
    """The team's page of a referral that was sent with what they need, and the case's page."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    case, _ = hand_over(worker)
    return address(worker.get(case).text, "/referrals/[0-9a-f-]{36}"), case


def text_of(answer) -> tuple[str, PdfReader]:
    pdf = PdfReader(io.BytesIO(answer.data))
    return " ".join(page.extract_text() for page in pdf.pages), pdf


def test_the_letter_says_what_the_page_says_at_the_level_agreed(as_role, sent):
    words, pdf = text_of(as_role(Role.WORKER).get(f"{sent[0]}/letter.pdf"))
    assert "Jim McAlister" in words
    assert "Drugs" in words
    assert "1985" not in words
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in pdf.trailer["/Root"]


def test_without_consent_there_is_no_letter(as_role, sent):
    worker = as_role(Role.WORKER)
    assert send(worker, sent[1], "/referrals/.*").status_code == 303
    assert worker.get(f"{sent[0]}/letter.pdf").status_code == 404


def test_nothing_on_the_card_betrays_an_arrest(as_role, sent):
    answer = as_role(Role.WORKER).get(f"{sent[0]}/card.pdf")
    words, pdf = text_of(answer)
    assert "Morag will be in touch" in words
    assert "It is your choice" in words
    told = f"{words} {pdf.metadata} {answer.headers['Content-Disposition']}".lower()
    for betrayal in ("arrest", "custody", "police", "offence", "sim ", "mcalister"):
        assert betrayal not in told, betrayal


def test_another_role_gets_no_letter(as_role, sent):
    assert as_role(Role.SERVICE_WORKER).get(f"{sent[0]}/letter.pdf").status_code == 403


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://own.invalid/../../app.py", "http://example.org/x.css"]
)
def test_a_document_can_fetch_nothing_but_our_own_files(url):
    with pytest.raises(Refused):
        own_file(url)


def test_our_own_style_is_found():
    assert own_file("http://own.invalid/print.css").name == "print.css"


PAST, NEXT = Meeting(AT - HOUR, "Too late"), Meeting(AT + HOUR, "Room 2")
MOVED = Meeting(AT + HOUR / 2, "Not there", said_at=AT)
AFTER, NOW, ANYWHERE = Meeting(AT + 9 * HOUR, "Room 9"), Meeting(AT, "Room 0"), Meeting(AT + HOUR)


@pytest.mark.parametrize(
    ("meetings", "starts_at", "place"),
    [
        ((), None, HUB[1]),
        ((PAST, MOVED), None, HUB[1]),
        ((PAST, MOVED, AFTER, NEXT), NEXT.starts_at, "Room 2"),
        ((NEXT, NOW), AT, "Room 0"),
        ((ANYWHERE,), ANYWHERE.starts_at, HUB[1]),
    ],
)
def test_the_card_names_the_next_meeting_that_is_still_to_come(meetings, starts_at, place):
    card = card_of("Ann", HUB, "R-25DHXP", meetings, AT)
    assert (card.starts_at, card.place) == (starts_at, place)
    assert (card.first_name, card.service, card.phone) == ("Ann", HUB[0], HUB[2])
