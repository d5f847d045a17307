"""Many cases are given at once: each its event, the receiver one message, and a way back."""

from datetime import timedelta
from uuid import UUID

import pytest
from overdue.escalation.seeded import arrive, let_go, named
from sqlalchemy import func, select
from support.html import fields, press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.states import UserState
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.casework.cases.given_queries import filled_given
from referral.casework.cases.models import Case
from referral.db import db
from referral.post.messages.models import Message

START = moment("2026-08-10 12:00")


@pytest.fixture
def cases(app, monkeypatch):
    """Three cases of the team: of Catriona Fox, of Morag Sim, and of nobody yet."""
    with app.app_context():
        found = [arrive(number, START) for number in (1, 2, 3)]
        for case, name in zip(found, ("Catriona Fox", "Morag Sim"), strict=False):
            case.worker_id = named(name).id
        db.session.flush()
        for case in found:
            let_go(case, START + timedelta(minutes=1))
        db.session.commit()
        numbers = [case.id for case in found]
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(hours=2))
    return numbers


def ticked(lead, *numbers: UUID, to: str) -> dict[str, object]:
    """What the list sends once these cases are ticked and somebody is chosen."""
    page = read(lead.get("/cases?tab=team").text)
    boxes = [box["value"] for box in page.select("input[name=cases]")]
    chosen = [one for one in boxes if UUID(one.split(".")[0]) in numbers]
    who = {words(o): o["value"] for o in page.select("#worker option")}
    return fields(page.select_one("#give")) | {"cases": chosen, "worker": who[to]}


def owners(app) -> dict[str, str]:
    with app.app_context():
        found = db.session.scalars(select(Case).order_by(Case.order))
        return {c.person.forename: c.worker.name if c.worker else "" for c in found}


def given(app) -> int:
    with app.app_context():
        events = select(func.count()).where(AuditEvent.tag == Tag.CASE_GIVEN.value)
        return db.session.scalar(events)


def told(app) -> list[str]:
    with app.app_context():
        found = db.session.scalars(select(Message).filter_by(name="given")).all()
        return [f"{one.to} {filled_given(one.about_id, START)['number']}" for one in found]


def test_the_ticked_are_given_one_event_each_and_one_message(cases, app, as_role):
    lead = as_role(Role.TEAM_LEAD)
    done = lead.post("/cases/give", data=ticked(lead, cases[0], cases[2], to="Morag Sim"))
    page = read(lead.get(done.location).text)
    assert words(page.h1) == "2 cases given to Morag Sim"
    assert owners(app) == dict.fromkeys(("Fore1", "Fore2", "Fore3"), "Morag Sim")
    assert given(app) == 2
    assert told(app) == ["arrest.referral.worker@example.org 2"]


def test_a_double_click_gives_once(cases, app, as_role):
    lead = as_role(Role.TEAM_LEAD)
    sent = ticked(lead, *cases, to="Ruth Kerr")
    first, second = (lead.post("/cases/give", data=sent) for _ in range(2))
    assert first.location == second.location
    assert given(app) == 3
    assert told(app) == []  # who gives to themselves need not be told


def test_what_may_not_be_given_is_named_with_the_reason_and_the_rest_is_given(cases, app, as_role):
    lead = as_role(Role.TEAM_LEAD)
    sent = ticked(lead, *cases, to="Morag Sim")
    with app.app_context():
        db.session.get_one(Case, cases[0]).close("DONE", clock.now())
        db.session.commit()
    page = read(lead.get(lead.post("/cases/give", data=sent).location).text)
    assert words(page.h1) == "1 case given to Morag Sim"
    refused = [words(one) for one in page.select("h2 + ul")[0].select("li")]
    assert "Fore1 Sur1 : This case is closed" in refused[0]
    assert refused[1] == "Fore2 Sur2 : They have this case already."
    assert owners(app)["Fore1"] == "Catriona Fox"


def test_who_changed_it_meanwhile_is_not_overwritten(cases, app, as_role):
    lead, worker = as_role(Role.TEAM_LEAD), as_role(Role.WORKER)
    sent = ticked(lead, cases[2], to="Catriona Fox")
    press(worker, worker.get("/cases?tab=waiting"), "Take the case of Fore3 Sur3")
    page = lead.post("/cases/give", data=sent)
    assert page.status_code == 409
    assert "None of these cases can be given" in page.text
    assert owners(app)["Fore3"] == "Morag Sim"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"worker": ""}, "Choose who gets them"), ({"cases": []}, "Choose at least one case"),
     ({"cases": ["x", "7.1"]}, "Tick those that are on the list"),
     ({"worker": "00000000-0000-4000-8000-000000000000"}, "Choose one that is on the list")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field_and_the_ticks_stay(cases, as_role, change, sentence):
    lead = as_role(Role.TEAM_LEAD)
    sent = ticked(lead, cases[0], to="Morag Sim")
    page = lead.post("/cases/give", data=sent | change)
    assert page.status_code == 422
    assert sentence in words(read(page.text).select_one(".govuk-error-message"))
    boxes = read(page.text).select("input[name=cases][checked]")
    assert [box["value"] for box in boxes] == ([] if "cases" in change else sent["cases"])


def test_it_is_taken_back_and_goes_to_whom_it_was_taken_from(cases, app, as_role):
    lead = as_role(Role.TEAM_LEAD)
    before = owners(app)
    page = lead.get(lead.post("/cases/give", data=ticked(lead, *cases, to="Ruth Kerr")).location)
    other_tab = lead.get(page.request.path)
    after = press(lead, page, "Undo giving these cases")
    assert owners(app) == before
    assert "Taken back" in lead.get(after.location).text
    again = press(lead, other_tab, "Undo giving these cases")
    assert again.status_code == 409


def test_what_was_given_on_since_stays_there_and_a_locked_colleague_gets_nothing(
    cases, app, as_role
):
    lead = as_role(Role.TEAM_LEAD)
    page = lead.get(lead.post("/cases/give", data=ticked(lead, *cases, to="Ruth Kerr")).location)
    with app.app_context():
        db.session.get_one(Case, cases[2]).worker_id = named("Morag Sim").id
        named("Catriona Fox").state = UserState.LOCKED
        db.session.commit()
    press(lead, page, "Undo giving these cases")
    assert owners(app) == {"Fore1": "", "Fore2": "Morag Sim", "Fore3": "Morag Sim"}


def test_the_message_does_not_go_once_it_is_taken_back(cases, app, as_role):
    lead = as_role(Role.TEAM_LEAD)
    sent = ticked(lead, cases[0], to="Morag Sim")
    press(lead, lead.get(lead.post("/cases/give", data=sent).location), "Undo giving these cases")
    with app.app_context():
        [message] = db.session.scalars(select(Message).filter_by(name="given")).all()
        assert filled_given(message.about_id, START) is None


def test_the_team_lead_sees_how_many_each_has_and_opens_just_those(cases, as_role):
    lead = as_role(Role.TEAM_LEAD)
    rows = [words(row) for row in read(lead.get("/cases/team").text).select("tbody tr")]
    assert rows[0].startswith("Nobody yet 1")
    assert [row for row in rows if row.startswith("Catriona Fox 1")]
    link = read(lead.get("/cases/team").text).find("a", string="Catriona Fox")["href"]
    page = read(lead.get(link).text)
    assert "Fore1 Sur1" in words(page.select_one(".app-items"))
    assert "Only what Catriona Fox has." in words(page.main)
    assert len(page.select(".app-item")) == 1


def test_a_worker_ticks_nothing(cases, as_role):
    worker = as_role(Role.WORKER)
    page = read(worker.get("/cases?tab=team").text)
    assert not page.select("input[name=cases]")
    assert not page.select("#give")
