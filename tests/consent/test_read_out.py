"""The words to be read out stand open, in the person's language, and what was shown is kept."""

import pytest
from sqlalchemy import select
from support.html import address, fields, form_of, words

from referral.consent.models import Consent, ConsentWords
from referral.db import db

NEW = "/custody/bookings/new"
CASE = "/cases/[0-9a-f-]{36}"
OLGA = {
    "surname": "Nowak",
    "forename": "Olga",
    "date_of_birth": "4 9 1990",
    "phone": "07700 900321",
    "authorised_at": "now",
    "language": "pl",
    "interpreter": "y",
}
QUESTION = "May we get in touch after you leave?"
UNTRANSLATED = "Not translated yet: use an interpreter."
# the form of each page on which somebody asks, told by one of its fields; the words on it
ASKS = {"{booking}": "contact", "{case}/agreements": "contact", "{case}/hand-off": "note"}


@pytest.fixture
def booking(desk):
    return desk.submit(NEW, OLGA).location


@pytest.fixture
def pages(desk, worker, booking):
    """The pages on which the person is asked, each with the browser of who asks."""
    desk.submit(booking, {"answer": "accepted"})
    case = address(worker.get("/cases").text, CASE)
    reader = {"{booking}": desk}
    return {
        page.format(booking=booking, case=case): (reader.get(page, worker), told_by)
        for page, told_by in ASKS.items()
    }


def translate(app, purpose, text):
    """Somebody who speaks Polish has translated one of the texts."""
    with app.app_context():
        db.session.add(
            ConsentWords(
                purpose=purpose,
                language="pl",
                number=2,
                text=text,
                valid_from=db.session.scalars(select(ConsentWords.valid_from)).first(),
            )
        )
        db.session.commit()


def test_each_page_that_asks_starts_in_the_language_of_the_record(pages):
    for page, (browser, told_by) in pages.items():
        form = form_of(browser.get(page).text, told_by)
        sent = fields(form)
        assert (sent["language"], sent["spoken"]) == ("pl", "pl"), page
        assert sent["interpreter_present"] == ["y"], page
        assert UNTRANSLATED in words(form), page


def test_the_questions_stand_open_in_the_words_that_are_read_out(desk, booking):
    form = form_of(desk.get(booking).text)
    asked = form.select_one("fieldset:has([name=contact]) legend")
    assert QUESTION in words(asked)
    assert asked.find_parent("details") is None
    assert asked.select_one("[lang]")["lang"] == "en"  # as long as nobody has translated it


def test_words_that_are_translated_are_shown_in_that_language(app, desk, booking):
    translate(app, "contact", "Czy możemy się z Tobą skontaktować?")
    assert "Czy możemy się z Tobą skontaktować?" in words(form_of(desk.get(booking).text))
    assert UNTRANSLATED in desk.get(booking).text  # the others are not


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_other_words_are_shown_and_nothing_typed_is_lost(desk, booking, language):
    typed = {"answer": "not now", "ask_again_at": "+2", "desk": "no", "safe_times": "after 12"}
    shown = desk.submit(booking, typed | {"language": language, "look": "words"})
    assert shown.status_code == 200
    assert "There is a problem" not in shown.text
    back = fields(form_of(shown.text))
    assert {name: back[name] for name in typed} == typed
    assert back["spoken"] == language
    assert (UNTRANSLATED in shown.text) is (language != "en")


def test_words_that_were_not_on_the_screen_are_not_kept_as_read_out(app, desk, booking):
    typed = {"answer": "accepted", "contact": "yes", "language": "en"}
    refused = desk.post(booking, data=fields(form_of(desk.get(booking).text)) | typed)
    assert refused.status_code == 422
    form = form_of(refused.text)
    assert "Read them out, then save" in words(form)
    assert UNTRANSLATED not in refused.text  # they stand there now
    with app.app_context():
        assert not db.session.scalars(select(Consent)).all()
    assert desk.post(booking, data=fields(form)).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(Consent)).all()
        assert {(row.words.language, row.interpreter) for row in kept} == {("en", True)}


def test_what_was_shown_is_kept_and_so_when_a_doubt_is_cleared(app, desk, worker, booking):
    form = fields(form_of(desk.get(booking).text))
    typed = {"answer": "accepted", "contact": "yes", "provisional": "y"}
    assert desk.post(booking, data=form | typed).status_code == 303
    case = address(worker.get("/cases").text, CASE)
    worker.submit(f"{case}/confirm-agreements", {}, page=case)
    worker.submit(f"{case}/withdraw/contact", {})
    with app.app_context():
        rows = db.session.scalars(select(Consent).order_by(Consent.order)).all()
        assert [row.words and row.words.language for row in rows] == ["pl"] * 4 + [None]
