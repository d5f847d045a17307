"""No message that goes out names a person, a need, a kind of service or where somebody was."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from conftest import hidden_fields
from contact.messages.reached import OUT, expected, reachable, taken_on, work
from crowd import actor
from journeys.test_whole_loop import JIM, accept, book, hand_over
from overdue.escalation.seeded import named
from sqlalchemy import select, update
from support.html import address

from referral import clock
from referral.access.permissions import Role
from referral.accounts.addresses.queries import FILLERS as TO_ADDRESSES
from referral.accounts.credentials.queries import FILLERS as TO_ACCOUNTS
from referral.casework.cases.give_actions import give_many
from referral.casework.cases.models import Case
from referral.casework.cover.actions import CoverDetails, arrange
from referral.contact.messages.actions import ask_to_ring
from referral.contact.messages.queries import CALLED
from referral.db import db
from referral.directory.models import Code, Organisation, Service
from referral.handoff.followup.actions import AppointmentDetails
from referral.handoff.followup.actions import book as book_at
from referral.handoff.followup.cannot_actions import cannot_come
from referral.handoff.referrals.models import Referral
from referral.jobs.runner import Halt, Worker
from referral.post.messages.actions import load_words
from referral.post.messages.models import MessageWords
from referral.post.messages.queries import words_of
from referral.post.messages.words import shipped_words
from referral.rounds import TO_PERSONS, TO_WORK

ONE_DAY = timedelta(days=1)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
PLACES = (  # "custody", "arrest", "police", "cell" and their like, in each language that is loaded
    "custody", "arrest", "police", "prison", "offence", "detain", "crime", "criminal", "court",
    "referral", "grèim", "poileas", "prìosan", "cùirt", "areszt", "policj", "więzien", "zatrzyma",
    "przestęp", "sąd", "arestat", "arest", "poliți", "închiso", "reținut", "infracți", "tribunal",
)  # fmt: skip
KINDS = (  # what a service may be for
    "drug", "alcohol", "recovery", "housing", "homeless", "mental", "health", "debt", "money",
    "benefit", "counsel", "wellbeing", "addict", "treatment", "rehab", "naloxone", "overdose",
)  # fmt: skip
MARK = "Zzyzx"


def betrayals(text: str) -> list[str]:
    """What a text gives away."""
    return [word for word in (*PLACES, *KINDS, MARK.lower()) if word in text.lower()]


@pytest.mark.parametrize("words", shipped_words(), ids=lambda w: f"{w.name}-{w.language}")
def test_no_words_betray_anybody_in_any_language(words):
    assert betrayals(words.subject + words.text) == []


def test_a_betrayal_is_noticed():
    assert betrayals("From CUSTODY to the Drug team") == ["custody", "drug"]
    assert betrayals(f"Dear {MARK}") == [MARK.lower()]


def test_every_message_that_a_chapter_fills_has_words_in_every_language():
    names = {words.name for words in shipped_words()}
    assert names == TO_WORK.keys() | TO_PERSONS.keys()  # whose places somebody fills
    languages = {words.language for words in shipped_words()}
    assert {(w.name, w.language) for w in shipped_words()} == {
        (name, language) for name in names for language in languages
    }
    own = {(w.name, w.language) for w in shipped_words() if not w.needs_translator}
    assert own == {(name, "en") for name in names} | {("reminder", "pl"), ("ring", "pl")}
    english = {w.name: w.text for w in shipped_words() if w.language == "en"}
    for words in shipped_words():
        assert words.needs_translator == (
            words.language != "en" and words.text == english[words.name]
        )


def test_new_words_are_a_new_version_and_loading_twice_adds_nothing(app):
    with app.app_context():
        before = len(db.session.scalars(select(MessageWords).order_by(MessageWords.id)).all())
        load_words(AT.date())
        db.session.flush()
        rows = db.session.scalars(select(MessageWords).order_by(MessageWords.id)).all()
        assert len(rows) == before
        new = MessageWords(name="code", language="en", number=4, subject="New", text="{code}")
        new.valid_from = AT.date()
        db.session.add(new)
        db.session.flush()
        assert words_of("code", "en", AT).subject == "New"
        assert words_of("code", "en", AT - timedelta(days=1)).subject == "Your code for {reference}"
        assert words_of("code", "pl", AT).number == 3
        assert words_of("code", "a language that nobody speaks", AT).subject == "New"


def begins(subject: str, words) -> bool:
    """Whether a subject is the one of these words."""
    return subject.startswith(words.subject.partition("{")[0].strip())


def mark(app) -> None:
    """Whatever a message could give away carries a mark: services, organisations and needs."""
    with app.app_context():
        db.session.execute(update(Service).values(name=Service.name + MARK, alert=MARK))
        db.session.execute(update(Organisation).values(name=Organisation.name + MARK))
        needs = update(Code).where(Code.list_name == "need")
        db.session.execute(needs.values(label=Code.label + MARK))
        db.session.commit()


def within_the_team(app) -> None:
    """A colleague is to cover, and another is given the cases; both are told."""
    with app.app_context():
        lead, at = named("Ruth Kerr"), clock.now()
        days = clock.today(), clock.today()
        arrange(CoverDetails(lead, named("Morag Sim"), *days), lead.actor, at)
        cases = db.session.scalars(select(Case).order_by(Case.order)).all()
        give_many({case.id: case.version for case in cases}, named("Catriona Fox"), lead.actor, at)
        db.session.commit()
        Worker(app.extensions["work"], clock.now).drain(Halt())


def test_nothing_marked_leaves_in_any_message_of_a_whole_loop(app, as_role, monkeypatch):
    mark(app)
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk, forename=MARK, surname=MARK, phone=f"{MARK} 07700 900123"))
    case, _ = hand_over(worker, level="full")
    team = address(worker.get(case).text, "/referrals/[0-9a-f-]{36}")
    stranger, box = app.test_client(), app.extensions["mailbox"]

    def arrive(start: str) -> str:
        with app.app_context():
            Worker(app.extensions["work"], clock.now).drain(Halt())
        found = next(letter for letter in box.letters() if letter.subject.startswith(start))
        return re.search(r"(/a/\S+)|$", found.body)[0]

    def press(link: str, act: str, **typed) -> None:
        fields = hidden_fields(stranger.get(link).text)
        assert stranger.post(f"{link}/{act}", data=fields | typed).status_code in {200, 303}

    link = arrive("Please")
    press(link, "answer", answer="ask", note=MARK)
    assert worker.submit(team, {"move": "reply", "note": MARK}).status_code == 303
    link = arrive("A reply")
    press(link, "code")
    arrive("Your code")
    press(link, "answer", answer="accept")
    arrive("Thank you")
    with app.app_context():
        at, service = clock.now(), actor(Role.SERVICE_WORKER)
        referral = db.session.scalars(select(Referral)).one()
        cannot_come(
            book_at(referral, AppointmentDetails(at + ONE_DAY, MARK), service, at), service, at
        )
        db.session.commit()
    arrive("Another time")
    for days, start, act in ((4, "Did they", "came"), (15, "Are they", "still")):
        shifted = timedelta(days=days)
        monkeypatch.setattr(clock, "source", lambda shifted=shifted: clock.system() + shifted)
        press(arrive(start), act, answer="yes", sure="y")
    worker = as_role(Role.WORKER)  # signed in again, for weeks have gone by
    asked = address(worker.get(case).text, "/referrals/.*withdraw-sharing")
    assert worker.submit(asked, {}).status_code == 303
    press(arrive("They changed"), "stopped", sure="y")
    within_the_team(app)
    left = box.letters()
    seen = {words.name for words in shipped_words() for x in left if begins(x.subject, words)}
    services = {words.name for words in shipped_words()} - CALLED.keys() - TO_ACCOUNTS.keys()
    services -= TO_ADDRESSES.keys()
    assert seen == services  # each message was among them
    for letter in left:
        check(letter, sender=True)
        assert JIM["surname"] not in letter.subject + letter.body


def check(letter, *, sender: bool = False) -> None:
    """Neither the words nor the addresses in them, which say a random number and nothing else.

    A service is told by its sender's own name, in a line by itself; nobody else is.
    """
    text = re.sub(r"http\S+", "", letter.subject + "\n" + letter.body)
    if sender and "Not sure that this is us?" in text:
        text, signed = re.subn(rf"^[^,]*{MARK}, 0141 496 0123$", "", text, flags=re.M)
        assert signed == 1
    assert betrayals(text) == []
    assert [betrayals(address) for address in letter.links] == [[]] * len(letter.links)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_nothing_marked_leaves_in_any_message_to_a_person(app):
    with app.app_context():
        case = reachable(1)
        case.person.forename = case.person.surname = MARK
        referral, asked = taken_on(case, OUT), OUT + timedelta(days=28, hours=2)
        expected(referral, OUT + timedelta(days=3), OUT).place = MARK
        db.session.commit()
        mark(app)
        work(app, OUT + timedelta(days=2, hours=-4))
        work(app, OUT + timedelta(days=2, hours=-2))
        ask_to_ring(case, named("Morag Sim").actor, asked)
        left = work(app, asked)
    assert {letter.subject for letter in left} == {"Tomorrow", "Could you ring us?", "One question"}
    for letter in left:
        check(letter)
