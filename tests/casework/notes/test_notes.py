"""What a team notes of its talks: sealed, found again, corrected, taken back, for it alone."""

from datetime import timedelta

import pytest
from overdue.escalation.seeded import arrive, let_go, named, refer
from sqlalchemy import select, text
from support.html import fields, form_to, press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import PlanDetails, TryDetails, make, try_to_reach
from referral.casework.notes.actions import NoteDetails, NotYourNote, take_back, write
from referral.casework.notes.models import CaseNote
from referral.casework.notes.offence import about_an_offence
from referral.casework.notes.spoken import How, Whom, Why, Words
from referral.db import db
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side

START = moment("2026-08-10 12:00")
HOUR = timedelta(hours=1)
SAID = {"said": "Karen can keep them until Sunday", "whom": "family", "how": "rang"}


@pytest.fixture
def case(app, monkeypatch):
    """The address of a case of somebody who has left and is with a service."""
    with app.app_context():
        case = arrive(1, START)
        let_go(case, START)
        sent = refer(case, START)
        said = {"note": "Ian: on Monday", "happened_at": START + HOUR}
        rang = MoveDetails(Move.CHASE, sent.version, **said)
        move(sent, rang, Side.REQUESTER, named("Morag Sim").actor, START + HOUR)
        db.session.commit()
        number = case.id
    monkeypatch.setattr(clock, "source", lambda: START + 5 * HOUR)
    return f"/cases/{number}"


def jot(browser, case, **said):
    """The short form of the case, filled in and sent."""
    page = browser.get(case)
    form = form_to(page.text, f"{case}/notes/new", case)
    return browser.post(f"{case}/notes/new", data=fields(form) | SAID | said)


def log(page: str) -> list[str]:
    """The lines of the log on a page, the latest first."""
    return [words(line) for line in read(page).select(".app-log li")]


def rows():
    return db.session.scalars(select(CaseNote).order_by(CaseNote.order)).all()


def test_a_note_stands_in_one_order_of_time_with_the_tries_and_the_calls_to_services(
    app, case, worker
):
    with app.app_context():
        found = db.session.scalars(select(Case)).one()
        by, at = named("Morag Sim").actor, START + 2 * HOUR
        plan = make(found, PlanDetails("call", "rang", "07700 900123"), 0, by, at)
        try_to_reach(plan.planned[0], TryDetails("call", "NOANS", at), by, at)
        db.session.commit()
    assert jot(worker, case, spoken_to="Karen", happened_at="16:30").status_code == 303
    assert jot(worker, case, said="Early", whom="nobody", happened_at="13:10").status_code == 303
    page = worker.get(case).text
    lines = log(page)
    assert [line.split(",")[1].split()[0] for line in lines] == ["16:30", "14:00", "13:10", "13:00"]
    assert "Rang Karen, family or a friend. Karen can keep them until Sunday" in lines[0]
    assert "Tried to reach them, first contact: phone call" in lines[1]
    assert "Note. Early" in lines[2]
    assert "Rang Recovery hub" in lines[3]
    assert "Ian: on Monday" in lines[3]
    assert log(worker.get(f"{case}/notes").text) == lines


def test_the_database_alone_gives_no_word_of_it_away(app, case, worker):
    jot(worker, case, spoken_to="Karen")
    with app.app_context():
        kept = db.session.execute(text("SELECT * FROM case_note")).mappings().one()
        assert not any("Karen" in str(value) for value in kept.values())
        assert rows()[0].words == Words("Karen", SAID["said"])
        app.config.update(SECRET_KEY="another", DATA_KEYS=[], SECRET_KEY_FALLBACKS=[])
        assert rows()[0].words is None


@pytest.mark.parametrize(
    "who", sorted({*Role} - {Role.WORKER, Role.TEAM_LEAD}, key=lambda role: role.value)
)
def test_no_other_role_reads_or_writes_one(app, case, as_role, who):
    jot(as_role(Role.WORKER), case)
    browser = as_role(who)
    with app.app_context():
        note = rows()[0].id
    for page in ("", "/notes", "/notes/new", f"/notes/{note}/correct", f"/notes/{note}/take-back"):
        assert browser.get(case + page).status_code in {403, 404}


def test_what_was_said_is_found_by_words_in_any_order_that_stand_in_no_address(case, worker):
    jot(worker, case, spoken_to="Karen")
    jot(worker, case, said="Nobody there", whom="service", how="rung")
    page = worker.get(f"{case}/notes")
    found = press(worker, page, "Search", words="SUNDAY karen")
    assert "Sunday" not in found.request.full_path
    [line] = log(found.text)
    assert "Karen can keep them" in line
    assert "Nothing of 3 lines has “Friday”" in words(
        read(press(worker, page, "Search", words="Friday").text)
    )
    with worker.application.app_context():
        seen = select(AuditEvent).filter_by(tag=Tag.NOTES_SEEN.value)
        assert len(db.session.scalars(seen).all()) == 3


def test_words_about_an_offence_are_pointed_out_once_and_kept_on_the_second_press(
    app, case, worker
):
    said = "She was charged with theft. Rings on Friday"
    answer = jot(worker, case, said=said, spoken_to="Karen")
    assert answer.status_code == 200
    warned = read(answer.text)
    assert "“charged”, “theft”" in words(warned.select_one("[role=alert]"))
    assert warned.select_one("#said").text.strip() == said
    assert warned.select_one("#spoken_to")["value"] == "Karen"
    with app.app_context():
        assert rows() == []
    assert press(worker, answer, "Save once more, as it is").status_code == 303
    with app.app_context():
        assert [note.words.said for note in rows()] == [said]


@pytest.mark.parametrize(
    ("said", "pointed_out"),
    [
        ("Shoplifting again, says the shop", ["shoplifting"]),
        ("He wants housing, and to sleep", []),
        ("Accused by the Procurator Fiscal", ["accused", "procurator"]),
        ("Plays the charango, grapes for tea", []),
    ],
)
def test_a_word_that_may_be_about_an_offence_is_known(said, pointed_out):
    assert about_an_offence(said) == pointed_out


def test_a_second_note_corrects_and_the_first_stays_folded_under_it(app, case, as_role):
    worker, lead = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    jot(worker, case, spoken_to="Karen")
    page = press(lead, lead.get(case), "Correct the note of 10 Aug 2026, 17:00")
    assert read(page.text).select_one("#said").text.strip() == SAID["said"]
    assert press(lead, page, "Save", said="Until Saturday").status_code == 303
    lines = [line for line in log(lead.get(case).text) if "Karen" in line]
    assert "Until Saturday" in lines[0]
    assert "Corrects the note of 10 Aug 2026, 17:00" in lines[0]
    assert "corrected since" in lines[1]
    assert SAID["said"] in lines[1]


def test_only_who_wrote_it_takes_it_back_and_its_words_are_gone_for_good(app, case, as_role):
    worker, lead = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    jot(worker, case, spoken_to="Karen")
    assert "Take back" not in " ".join(log(lead.get(case).text))
    with app.app_context():
        number = rows()[0].id
    hidden = lead.get(f"{case}/notes/{number}/take-back")
    assert press(lead, hidden, "Take it back", why="offence").status_code == 403
    page = press(worker, worker.get(case), "Take back the note of 10 Aug 2026, 17:00")
    assert "Choose why it is taken back" in press(worker, page, "Take it back").text
    assert press(worker, page, "Take it back", why="offence").status_code == 303
    shown = worker.get(case).text
    assert "Karen" not in shown
    assert "Taken back: it is about an alleged offence" in " ".join(log(shown))
    with app.app_context():
        assert rows()[0].sealed == ""
    press(worker, page, "Take it back", why="twice")
    with app.app_context():
        assert rows()[0].why is Why.OFFENCE


def test_a_correction_that_is_taken_back_leaves_the_first_as_it_was(case, worker):
    jot(worker, case)
    page = press(worker, worker.get(case), "Correct the note of 10 Aug 2026, 17:00")
    saved = press(worker, page, "Save", said="Otherwise", happened_at="16:00")
    again = worker.get(saved.location)
    assert "corrected since" in again.text
    back = press(worker, again, "Take back the note of 10 Aug 2026, 16:00")
    press(worker, back, "Take it back", why="twice")
    assert "corrected since" not in worker.get(case).text


def test_in_a_closed_case_nothing_is_added_and_what_stands_is_put_right(app, case, worker):
    jot(worker, case)
    open_page = worker.get(f"{case}/notes/new")
    with app.app_context():
        found = db.session.scalars(select(Case)).one()
        found.close("DONE", START + 2 * HOUR)
        db.session.commit()
    assert press(worker, open_page, "Save", **SAID).status_code == 409
    page = worker.get(case)
    assert read(page.text).select("#said") == []
    correction = press(worker, page, "Correct the note of 10 Aug 2026, 17:00")
    assert press(worker, correction, "Save", said="Otherwise").status_code == 303
    with app.app_context():
        assert len(rows()) == 2


def test_one_form_sent_twice_makes_one_note(app, case, worker):
    page = worker.get(f"{case}/notes/new")
    for _ in range(2):
        assert press(worker, page, "Save", **SAID).status_code == 303
    with app.app_context():
        assert len(rows()) == 1


def test_who_did_not_write_it_cannot_take_it_back_by_hand(app, case):
    with app.app_context():
        found = db.session.scalars(select(Case)).one()
        said = NoteDetails(Whom.PERSON, How.MET, START, Words(said="Well"))
        note = write(found, said, named("Morag Sim").actor, START)
        with pytest.raises(NotYourNote):
            take_back(note, Why.TWICE, named("Ruth Kerr").actor, START)
