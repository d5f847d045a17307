"""The person reads their page in their language, as far as a translator confirmed its words."""

import csv
import io
import re
from pathlib import Path

import pytest
from conftest import hidden_fields
from contact.own_page.carried import BORN, Phone
from jinja2 import nodes
from sqlalchemy import select
from support.html import fields, form_to, read, words

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.clock import now
from referral.consent.queries import read_out
from referral.contact.own_page.catalogue import CALLED, NOT_WRITTEN, shipped
from referral.contact.own_page.models import OwnPageWords, PersonCard
from referral.db import db
from referral.people.models import Person
from referral.web.tongue import PLACE, places_in

PAGE = "/directory/languages"
PSEUDO = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒǵĥíĵķĺɱńóṕɋŕśŧúṽŵẋýźÁƁĆĐÉƑǴĤÍĴĶĹṀŃÓṔɊŔŚŦÚṼŴẊÝŹ",
)
TRANSLATOR = "An invented translator, 2 December 2026"


def accented(english: str) -> str:
    """The sentence in an invented language, with its places; no letter of it is a plain one."""
    parts = PLACE.split(english)
    said = [f"{{{p}}}" if i % 2 else p.translate(PSEUDO) for i, p in enumerate(parts)]
    return "".join(said)


def sheet(browser, language="pl") -> list[dict[str, str]]:
    """The sheet for a translator, line by line."""
    answer = browser.get(f"{PAGE}/{language}/sheet.csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def filed(lines) -> tuple[io.BytesIO, str]:
    """The sheet as a file to be sent."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["name", "english", "translation"])
    writer.writeheader()
    writer.writerows(lines)
    return io.BytesIO(out.getvalue().encode()), "sheet.csv"


def put_in(browser, lines, language="pl", translator=TRANSLATOR):
    """Send a sheet that was filled in; returns the answer."""
    said = {"language": language, "translator": translator, "file": filed(lines)}
    form = hidden_fields(browser.get(PAGE).text) | said
    return browser.post(PAGE, data=form, content_type="multipart/form-data")


def whole(browser, language="pl") -> None:
    """Every sentence is translated into the invented language."""
    lines = [line | {"translation": accented(line["english"])} for line in sheet(browser, language)]
    assert put_in(browser, lines, language).status_code == 303


@pytest.fixture
def admin(as_role):
    """Whoever keeps the directory."""
    return as_role(Role.ADMINISTRATOR)


def chosen(phone, language="pl"):
    """The page once a language was chosen on it."""
    assert phone.press("language", language=language).status_code == 303
    return phone.browser.get("/me/page")


def plain_words(html: str, given=()) -> list[str]:
    """Whatever a page says in plain letters, but for what is nobody's to translate."""
    page = read(html)
    for one in page.select("script, style, meta[charset], meta[name=viewport], meta[name=robots]"):
        one.decompose()
    languages = page.select("[lang]:not(html)")
    assert all(one["lang"] in CALLED for one in languages), languages
    for one in languages:
        one.decompose()
    said = [*page.stripped_strings, *(one["content"] for one in page.select("meta[content]"))]
    said += [one[name] for name in ("aria-label", "title", "alt", "placeholder")
             for one in page.select(f"[{name}]")]  # fmt: skip
    text = " ".join(said)
    for name in given:
        text = text.replace(name, "")
    return re.findall(r"[A-Za-z]+", text)


def test_what_ships_is_in_english_alone_and_says_so_in_the_languages_own_name(phone):
    page = read(phone.look())
    assert page.html["lang"] == "en-GB"
    assert "not translated yet" not in words(page)
    lacking = chosen(phone).text
    note = read(lacking).select_one(".app-note")
    assert (
        words(note)
        .replace(" :", ":")
        .startswith("Polski: what stands here in English is not translated yet")
    )
    assert "interpreter" in words(note)
    assert note.bdi["lang"] == "pl"
    assert read(lacking).html["lang"] == "en-GB"


def test_the_recorded_language_is_the_first_and_what_is_chosen_stays_with_the_card(
    app, site, phone, admin
):
    whole(admin)
    with app.app_context():
        db.session.scalars(select(Person).filter_by(surname="McAlister")).one().language = "pl"
        db.session.commit()
    assert read(phone.look()).html["lang"] == "pl"
    assert read(chosen(phone, "en").text).html["lang"] == "en-GB"
    assert phone.press("leave").location == "/me?in=en"
    again = Phone(app)
    again.enter(site.code())
    assert read(again.look()).html["lang"] == "en-GB"


def test_who_chooses_at_the_door_reads_the_page_so(app, site, admin):
    whole(admin)
    phone = Phone(app)
    door = read(phone.browser.get("/me?in=pl").text)
    assert door.html["lang"] == "pl"
    code = site.code()
    wrong = phone.browser.submit("/me?in=pl", {"code": code, "born": "99"})
    assert plain_words(wrong.text, ["Samaritans"]) == []
    assert phone.browser.submit("/me?in=pl", {"code": code, "born": BORN}).status_code == 303
    assert read(phone.look()).html["lang"] == "pl"
    with app.app_context():
        assert db.session.scalars(select(PersonCard.language)).all() == ["pl"]


@pytest.mark.parametrize("language", ["", "xx", "other", "bsl", "../x"])
def test_a_language_that_is_none_is_english(app, site, phone, language):
    answer = phone.press("language", language=language)
    listed = language in NOT_WRITTEN
    assert answer.status_code == (303 if listed else 422)
    assert read(phone.look()).html["lang"] == "en-GB"
    assert read(Phone(app).browser.get(f"/me?in={language}").text).html["lang"] == "en-GB"


def test_every_page_of_theirs_is_without_a_word_of_english(app, site, phone, admin, later):
    whole(admin)
    given = ["Recovery hub", "McAlister"]
    seen = [chosen(phone)]
    seen.append(phone.browser.get("/me?in=pl"))
    seen.append(phone.browser.submit("/me?in=pl", {"code": "2222 2222 2222", "born": BORN}))
    seen.append(phone.press("names"))
    seen.append(phone.press("stop", about="x", csrf_token="x"))
    seen.append(phone.press("word", about="x", helped="yes"))
    seen.append(phone.press("language", language="xx"))
    wrong = {"wanted": "", "phone": "07", "channels": "x", "safe_times": "x" * 101}
    seen.append(phone.press("reach", **wrong))
    shown = fields(form_to(phone.look(), "/me/reach")) | {"phone": "", "channels": ["call"]}
    seen.append(phone.browser.post("/me/reach", data=shown))
    for act, typed in (
        ("word", {"about": phone.about(), "helped": "partly"}),
        ("again", {}),
        ("reach", {"wanted": "no"}),
        ("again", {}),
        ("stop", {"about": phone.about()}),
    ):
        phone.press(act, **typed)
        seen.append(phone.browser.get("/me/page"))
    site.post()
    seen.append(phone.browser.get("/me/page"))
    assert phone.press("stop", about="").status_code == 303
    seen.append(phone.browser.get("/me/page"))
    assert len([answer for answer in seen if answer.status_code >= 400]) >= 5
    for answer in seen:
        assert plain_words(answer.text, given) == [], answer.request.path


def test_what_is_not_translated_stands_in_english_sentence_by_sentence(phone, admin):
    lines = sheet(admin)
    for line in lines:
        line["translation"] = "" if line["name"] == "choice" else accented(line["english"])
    put_in(admin, lines)
    page = read(chosen(phone).text)
    assert page.html["lang"] == "pl"
    [left] = page.select('main span[lang="en-GB"]')
    assert words(left) == shipped()["choice"]
    assert "Polski" in words(page.select_one(".app-note"))


def test_in_a_language_from_the_right_the_page_turns_and_numbers_do_not(phone, admin):
    whole(admin, "ar")
    page = read(chosen(phone, "ar").text)
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    numbers = {words(one) for one in page.select('bdi[dir="ltr"]')}
    assert "116 123" in numbers
    door = read(phone.browser.get("/me?in=ar").text)
    assert "3 5 1985" in {words(one) for one in door.select('bdi[dir="ltr"]')}
    assert words(page.select_one("a[href='tel:116123'] bdi[dir=ltr]")) == "116 123"


@pytest.mark.parametrize(
    ("name", "translation", "told"),
    [
        ("meet", "Ŷóú ɱééŧ ŧĥéɱ.", "the place {when} is missing"),
        ("meet", "{when} {who}", "the place {who} is not in the English"),
        ("choice", "{", "a place is a small word in braces"),
        ("meet", "{when} {0.__class__}", "a place is a small word in braces"),
    ],
)
def test_a_translation_that_lost_a_place_is_refused_whole(app, admin, name, translation, told):
    lines = [line | {"translation": accented(line["english"])} for line in sheet(admin)]
    for line in lines:
        line["translation"] = translation if line["name"] == name else line["translation"]
    answer = put_in(admin, lines)
    assert answer.status_code == 422
    assert f"{name}: {told}" in words(read(answer.text))
    with app.app_context():
        assert db.session.scalars(select(OwnPageWords)).all() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "no-such"}, "there is no sentence of this name"),
        ({"english": "Yess"}, "its English has changed since"),
        ({"translation": ""}, "No sentence is translated in it"),
    ],
)
def test_a_sheet_of_other_sentences_is_refused(admin, change, told):
    line = {"name": "yes", "english": "Yes", "translation": "Ẏéś"} | change
    answer = put_in(admin, [line])
    assert answer.status_code == 422
    assert told in words(read(answer.text))


def test_nothing_is_put_in_that_nobody_confirms_nor_twice(app, admin):
    line = {"name": "yes", "english": "Yes", "translation": "Ẏéś"}
    assert "Say who translated it" in put_in(admin, [line], translator=" ").text
    assert "it stands there twice" in put_in(admin, [line, line]).text
    assert put_in(admin, [line], language="en").status_code == 422
    for _ in range(2):
        assert put_in(admin, [line]).status_code == 303
    with app.app_context():
        [row] = db.session.scalars(select(OwnPageWords)).all()
        assert (row.number, row.translator) == (1, TRANSLATOR)
        put = db.session.scalars(select(AuditEvent).filter_by(tag="own-words:collected")).all()
        assert len(put) == 2
    assert TRANSLATOR in words(read(admin.get(PAGE).text))


def test_a_sentence_whose_english_changed_is_not_translated_any_more(app, phone, admin):
    whole(admin)
    with app.app_context():
        row = db.session.scalars(select(OwnPageWords).filter_by(name="choice")).one()
        row.english = "Another sentence."
        db.session.commit()
    assert "not translated yet" in accented_back(chosen(phone).text)


def accented_back(html: str) -> str:
    """A page in plain letters again."""
    return html.translate({ord(chr(b)): chr(a) for a, b in PSEUDO.items()})


def test_a_wrong_translation_is_taken_away_by_a_dash(app, phone, admin):
    whole(admin)
    lines = [line for line in sheet(admin) if line["name"] in {"choice", "consent-contact"}]
    put_in(admin, [line | {"translation": "-"} for line in lines])
    assert shipped()["choice"] in chosen(phone).text
    with app.app_context():
        assert not read_out("pl", now()).translated
    whole(admin)
    assert shipped()["choice"] not in phone.look()


def test_what_is_agreed_to_is_read_out_at_the_desk_in_the_words_that_were_put_in(app, admin):
    with app.app_context():
        assert not read_out("pl", now()).translated
    whole(admin)
    with app.app_context():
        shown = read_out("pl", now())
        assert shown.translated
        assert shown.texts["offer"] == accented(read_out("en", now()).texts["offer"])


def test_no_two_sentences_are_alike_and_each_place_has_a_name():
    assert len(set(shipped().values())) == len(shipped())
    for name, text in shipped().items():
        assert "{" not in PLACE.sub("", text), name
        assert len(set(places_in(text))) == len(places_in(text)), name


def test_only_words_of_the_page_stand_in_its_templates(app):
    """Nothing between tags but places; every name of a sentence is one, and each is said."""
    said, loose = set(), []
    folder = Path(app.template_folder or "") / "contact" / "own_page"
    for path in sorted(folder.glob("*.html")):
        if path.name == "languages.html":  # the administrator's
            continue
        tree = app.jinja_env.parse(path.read_text(encoding="utf-8"))
        text = " ".join(one.data for one in tree.find_all(nodes.TemplateData))
        loose += [(path.name, word) for word in read(text).stripped_strings if word.strip(":·. ")]
        for call in tree.find_all(nodes.Call):
            if getattr(call.node, "name", "") in {"say", "in_tongue"}:
                said |= {one.value for one in call.args[0].find_all(nodes.Const)}
                said |= {call.args[0].value} if isinstance(call.args[0], nodes.Const) else set()
        shown = [one.value for one in tree.find_all(nodes.Const) if isinstance(one.value, str)]
        loose += [(path.name, one) for one in shown if re.match(r"[A-Z][a-z]+ |[A-Z][a-z]+$", one)
                  and one not in said]  # fmt: skip
    assert loose == []
    assert said <= {*shipped(), *shipped().values()}
