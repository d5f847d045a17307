"""What the tests of the person's own page share: a printed card, and a phone to use it with."""

import io
import re

from conftest import Browser, hidden_fields
from journeys.test_whole_loop import accept, book, hand_over
from pypdf import PdfReader
from support.html import address, read

from referral import clock
from referral.access.permissions import Role
from referral.jobs.runner import Halt, Worker

BORN = "3 5 1985"
PERSON = ("McAlister", "Jim", "900123", "1985", "Drugs")


class Phone:
    """A browser of the person's, without any account."""

    def __init__(self, app) -> None:
        app.test_client_class = Browser
        self.browser = app.test_client()

    def enter(self, code: str, born: str = BORN):
        """Type the code and the birth date."""
        return self.browser.submit("/me", {"code": code, "born": born})

    def look(self, path: str = "/me/page") -> str:
        """The page as it is now."""
        return self.browser.get(path).text

    def press(self, act: str, **typed):
        """Send a form of the page; returns the answer."""
        return self.browser.post(f"/me/{act}", data=hidden_fields(self.look()) | typed)

    def about(self) -> str:
        """The number by which the forms of the page know the first of the contacts."""
        return read(self.look()).select_one("[name=about]:not([value=''])")["value"]


class Site:
    """A referral was sent to the recovery hub; its pages, its card, and the mailbox."""

    def __init__(self, app, as_role) -> None:
        self.app, self.as_role = app, as_role
        self.desk, self.worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
        accept(self.desk, book(self.desk))
        self.case, answer = hand_over(self.worker)
        assert answer.status_code == 303
        page = self.worker.get(self.case).text
        self.team = address(page, "/referrals/[0-9a-f-]{36}")

    def card(self) -> str:
        """The words of the printed card."""
        sheets = PdfReader(io.BytesIO(self.worker.get(f"{self.team}/card.pdf").data)).pages
        return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets))

    def code(self) -> str:
        """The code on it."""
        return re.search(r"Code ((?:[0-9A-Z]{4} ?){3}) and", self.card())[1]

    def post(self):
        """Let the workers work; all e-mails but the morning's digests."""
        with self.app.app_context():
            Worker(self.app.extensions["work"], clock.now).drain(Halt())
        letters = self.app.extensions["mailbox"].letters()
        return [letter for letter in letters if not letter.subject.startswith("Today")]

    def link(self, start: str) -> str:
        """The path of the link in the newest e-mail that begins so."""
        letter = next(one for one in self.post() if one.subject.startswith(start))
        return re.search(r"(/a/\S+)", letter.body)[1]
