"""Invented figures and files of others. Every number here is invented, and of no real source."""

from datetime import date, datetime
from io import BytesIO

from sqlalchemy import select
from support.html import fields, read

from referral.access.actor import Actor
from referral.db import db
from referral.official import daisy_actions
from referral.official.actions import FigureDetails, correct, enter
from referral.official.daisy import Cell, Numbering
from referral.official.files import Sent
from referral.official.models import OfficialFile, Throughput
from referral.official.places import Place
from referral.official.spans import span_of
from referral.official.throughput import Part, Stated

SCOTLAND = Place("Scotland", "Scotland", "S92000003")
TODAY = date(2026, 11, 24)
THROUGHPUT = "Period,Area,Count,Definition,Source,Published on,Read on,Web address"
DAISY = (
    "Quarter,HB,HBQF,HBName,ADPName,ADPNameQF,ServiceType,SubstanceType,Measure,"
    "CriminalJustice,CriminalJusticeQF,Health"
)


def stated(number: int, day: date = date(2025, 6, 1)) -> Stated:
    """What an invented source says."""
    return Stated(number, day, None)


def part(period: str, number: int, source: str = "Invented bulletin", of: str = "stays") -> Part:
    """A figure of a period."""
    return Part(span_of(period, TODAY), of, source, stated(number))


def figure(period: str, number: int, source: str = "Invented bulletin") -> FigureDetails:
    """The same of Scotland."""
    return FigureDetails(SCOTLAND, part(period, number, source))


def line(count: object = 100, period: str = "2023-24", area: str = "S92000003", **more: str) -> str:
    """One line of a file of throughput."""
    said = {"source": "Invented bulletin", "published": "2024-06-01", "read": "", "url": ""} | more
    words = [period, area, f'"{count}"', "stays", said["source"], said["published"]]
    return ",".join([*words, said["read"], said["url"]])


def counts(*lines: str) -> bytes:
    """An invented file of Source of Referrals."""
    return "\n".join([DAISY, *lines]).encode()


def daisy(
    value: object, code: str = "", quarter: str = "2024Q3", adp: str = "Glasgow City ADP",
    service: str = "Community-based", substance: str = "Alcohol", measure: str = "Number",
) -> str:  # fmt: skip
    """One line of it."""
    board = "S08000031,,NHS Greater Glasgow and Clyde"
    return f"{quarter},{board},{adp},,{service},{substance},{measure},{value},{code},9"


def kept(name: str, by: Actor, at: datetime) -> OfficialFile:
    """An invented file that was taken in."""
    cell = Cell("S11000015", date(2024, 7, 1), "Community-based", "Alcohol", 4)
    return daisy_actions.take_in(Sent(name, name.encode()), [cell], Numbering.CALENDAR, by, at)


# where its pages stand, with the name of what fills their addresses
PLACES = {
    "official.front": {},
    "official.enter": {},
    "official.correct": {"figure_id": "figure"},
    "official.take_back": {"figure_id": "figure"},
    "official.throughput": {},
    "official.daisy": {},
    "official.take_back_file": {"file_id": "file"},
}


def hold(by: Actor, at: datetime) -> None:
    """One of each, and a correction, to be looked at."""
    first = enter(figure("2023-24", 102), by, at)
    correct(first, stated(100), by, at)
    enter(figure("2023-24", 99, "Another invented bulletin"), by, at)
    kept("invented.csv", by, at)


def held() -> dict[str, object]:
    """Their numbers."""
    figures = select(Throughput.id).where(Throughput.ended_at.is_(None))
    files = select(OfficialFile.id).order_by(OfficialFile.order)
    return {
        "figure": db.session.scalars(figures.order_by(Throughput.order)).first(),
        "file": db.session.scalars(files).first(),
    }


class Again(BytesIO):
    """A file that can be sent again and again."""

    name = "invented.csv"

    def close(self) -> None:
        """The next one reads it from its beginning."""
        self.seek(0)


A_FILE_OF_FIGURES = Again("\n".join([THROUGHPUT, line(7, "2021-22")]).encode())
A_DAISY_FILE = Again(counts(daisy(5)))


def send(browser, page: str, content: bytes, **typed: str):
    """Take a file in by a page."""
    form = fields(read(browser.get(page).text).select("main form")[-1])
    form.pop("file")
    sent = {"file": (BytesIO(content), "invented.csv")}
    return browser.post(page, data=form | typed | sent, content_type="multipart/form-data")
