"""The words can be heard where somebody recorded these very words; nothing of it is shipped."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from support.html import read

from referral.access.permissions import Role
from referral.cli.selfcheck import FACTS
from referral.clock import now, today
from referral.consent.models import ConsentWords
from referral.consent.queries import recordable
from referral.db import db

NEW = "/custody/bookings/new"
SOUND = b"ID3" + bytes(range(256))


@pytest.fixture
def folder(app, tmp_path, monkeypatch) -> Path:
    place = tmp_path / "recordings"
    settings = replace(app.extensions["settings"], recordings=str(place))
    monkeypatch.setitem(app.extensions, "settings", settings)
    return place


def install(folder: Path, name: str) -> None:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(SOUND)


def players(browser, **typed) -> dict[str, str]:
    """Where each player of the page of a new booking plays from, by what it is called."""
    page = browser.submit(NEW, typed | {"look": "words"}) if typed else browser.get(NEW)
    return {one["src"]: one["aria-label"] for one in read(page.text).select("audio[controls]")}


def test_only_the_version_that_is_shown_is_played_and_by_the_browsers_own_buttons(desk, folder):
    assert players(desk) == {}
    for name in ("en/offer-2.mp3", "en/offer-0.mp3", "pl/offer-1.mp3", "en/offer-1.wav"):
        install(folder, name)
    assert players(desk) == {}
    install(folder, "en/offer-1.mp3")
    install(folder, "en/contact-1.mp3")
    shown = players(desk)
    assert [address.rsplit("/", 2)[1:] for address in shown] == [["offer", "1"], ["contact", "1"]]
    assert [label.split()[:3] for label in shown.values()] == [
        ["Play:", "You", "can"],
        ["Play:", "May", "we"],
    ]
    for address in shown:
        heard = desk.get(address)
        assert (heard.status_code, heard.mimetype, heard.data) == (200, "audio/mpeg", SOUND)
        assert desk.get(address, headers={"Range": "bytes=0-2"}).data == b"ID3"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_words_in_a_language_are_played_only_where_they_are_in_it(desk, folder, app):
    install(folder, "pl/offer-1.mp3")
    assert players(desk, language="pl") == {}  # the words are English still
    with app.app_context():
        theirs = update(ConsentWords).where(ConsentWords.language == "pl")
        db.session.execute(theirs.values(needs_translator=False))
        db.session.commit()
    assert list(players(desk, language="pl")) == ["/custody/words/pl/offer/1"]
    with app.app_context():
        newer = ConsentWords(purpose="offer", language="pl", number=2, text="Nowe")
        newer.valid_from = today()
        db.session.add(newer)
        db.session.commit()
    assert players(desk, language="pl") == {}
    assert desk.get("/custody/words/pl/offer/1").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "address",
    [
        "en/offer/2",
        "xx/offer/1",
        "../offer/1",
        "en/..%2F..%2Fsecret-1/1",
        "en/secret/1",
        "en/desk/1",
    ],
)
def test_nothing_else_of_the_machine_is_sent(desk, folder, address):
    for name in ("en/offer-1.mp3", "en/offer-2.mp3", "en/secret-1.mp3", "xx/offer-1.mp3"):
        install(folder, name)
    install(folder.parent, "secret-1.mp3")
    assert desk.get(f"/custody/words/{address}").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_a_desk_hears_them(app, as_role, folder):
    install(folder, "en/offer-1.mp3")
    heard = "/custody/words/en/offer/1"
    assert as_role(Role.CUSTODY_SUPERVISOR).get(heard).status_code == 200
    assert as_role(Role.SERVICE_WORKER).get(heard).status_code == 403
    assert app.test_client().get(heard).status_code == 302


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_check_names_recordings_of_no_words_that_are_shown(app, folder):
    with app.app_context():
        assert "no folder" in FACTS["recordings"]()
        install(folder, "en/offer-1.mp3")
        assert FACTS["recordings"]() == ""
        for name in ("en/offer-2.mp3", "pl/offer-1.mp3", "en/notes.txt"):
            install(folder, name)
        said = FACTS["recordings"]()
        assert "en/notes.txt, en/offer-2.mp3, pl/offer-1.mp3" in said
        assert "offer-1.mp3, en" not in said
        english = select(func.count()).select_from(ConsentWords).filter_by(language="en")
        assert len(recordable(now())) == db.session.scalar(english)
