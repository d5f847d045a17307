"""The letter tells the service what its page tells; the card betrays nothing."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import segno
from journeys.test_whole_loop import accept, book, hand_over
from pypdf import PdfReader
from pypdf.generic import ContentStream
from sqlalchemy import select
from support.html import address, confirm, fields, read
from support.stories import moment

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.db import db
from referral.directory.models import Organisation
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
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split()), pdf


def test_the_letter_says_what_the_page_says_at_the_level_agreed(as_role, sent):
    words, pdf = text_of(as_role(Role.WORKER).get(f"{sent[0]}/letter.pdf"))
    assert "Jim McAlister" in words
    assert "Drugs" in words
    assert "1985" not in words
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in pdf.trailer["/Root"]


def test_without_consent_there_is_no_letter(as_role, sent):
    worker = as_role(Role.WORKER)
    assert confirm(worker, sent[1], "/referrals/.*withdraw-sharing").status_code == 303
    assert worker.get(f"{sent[0]}/letter.pdf").status_code == 404


def test_nothing_on_the_card_betrays_an_arrest(as_role, sent):
    answer = as_role(Role.WORKER).get(f"{sent[0]}/card.pdf")
    words, pdf = text_of(answer)
    assert "will be in touch with a day and a time" in words
    assert "It is your choice" in words
    assert "tell Morag, 0141 496 0123, who gave you this card" in words
    assert words.count("Morag") == 1  # who prints it does not meet them
    told = f"{words} {pdf.metadata} {answer.headers['Content-Disposition']}".lower()
    for betrayal in ("arrest", "custody", "police", "offence", "sim ", "mcalister"):
        assert betrayal not in told, betrayal


def test_the_card_fits_a_pocket_and_leads_to_the_persons_own_page(as_role, sent):
    words, pdf = text_of(as_role(Role.WORKER).get(f"{sent[0]}/card.pdf"))
    a6 = [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]]
    assert (a6, len(pdf.pages)) == ([105, 148], 2)
    assert "http://127.0.0.1:8000/me" in words


def squares(page) -> set[tuple[int, int]]:
    """Which squares of the picture on a page are dark, by row and column.

    The picture is one path of lines a square thick, each of them to the right.
    """
    found, at = set(), (0.0, 0.0)
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"m":
            at = float(operands[0]), float(operands[1])
        elif operator == b"l" and float(operands[1]) == at[1]:
            row = int(at[1])
            found |= {(row, column) for column in range(int(at[0]), int(operands[0]))}
            at = float(operands[0]), at[1]
    return found


def test_the_picture_on_the_card_reads_as_the_address_of_their_own_page(as_role, sent):
    _, pdf = text_of(as_role(Role.WORKER).get(f"{sent[0]}/card.pdf"))
    code = segno.make("http://127.0.0.1:8000/me", error="m", micro=False)
    dark = {
        (row, column)
        for row, line in enumerate(code.matrix)
        for column, square in enumerate(line)
        if square
    }
    side = len(code.matrix)
    drawn = squares(pdf.pages[1])
    assert {(row, column) for row, column in drawn if row < side and column < side} == dark


def test_the_letter_says_who_sends_it_and_where_the_form_goes(as_role, app, sent):
    words, _ = text_of(as_role(Role.WORKER).get(f"{sent[0]}/letter.pdf"))
    with app.app_context():
        team = db.session.scalars(select(User).filter_by(name="Morag Sim")).one().organisation
        assert words.startswith(team.name)
        assert f"Send this form to: {team.name}, 1 Invented Street" in words
    assert "Morag Sim, arrest referral, 0141 496 0123" in words
    assert words.count("1 Invented Street, Glasgow") == 2
    assert "Or ring 0141 496 0123" in words


def test_saving_an_organisation_untouched_keeps_its_number_and_address(as_role, app):
    admin = as_role(Role.ADMINISTRATOR)
    with app.app_context():
        team = db.session.scalars(select(Organisation).where(Organisation.phone != "")).first()
    page = f"/directory/organisations/{team.id}"
    whole_form = read(admin.get(page).text).select_one("main form")
    kept = fields(whole_form) | {
        name: [one["value"] for one in whole_form.select(f"input[name={name}][checked]")]
        for name in ("centres", "councils")
    }
    assert admin.post(page, data=kept).status_code == 303
    with app.app_context():
        again = db.session.get_one(Organisation, team.id)
        assert (again.phone, again.address) == (team.phone, team.address) != ("", "")


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
    card = card_of("Ann Low", HUB, ("R-25DHXP", "Morag Baird", ""), meetings, AT)
    assert (card.starts_at, card.place) == (starts_at, place)
    assert (card.meets, card.given_by) == ("Ann", "Morag")
    assert (card.service, card.phone) == (HUB[0], HUB[2])
