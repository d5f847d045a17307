"""From every page a worker finds anybody of their team, and the answer survives a change of tab."""

import pytest
from overdue.escalation.seeded import arrive, named
from sqlalchemy import select
from support.html import fields, press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import OrganisationKind, Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.db import db
from referral.directory.models import Organisation

START = moment("2026-08-10 12:00")


@pytest.fixture
def cases(app, monkeypatch):
    """One open case of a colleague, one that is closed, and one of another team."""
    with app.app_context():
        mine, over, other = (arrive(number, START) for number in (1, 2, 3))
        mine.worker_id = named("Catriona Fox").id
        over.close("DONE", START)
        far = Organisation(name="Far team", kind=OrganisationKind.TEAM)
        db.session.add(far)
        db.session.flush()
        other.team_id = far.id
        db.session.commit()
        found = [case.person_id for case in (mine, over, other)]
    monkeypatch.setattr(clock, "source", lambda: START)
    return found


def find(worker, typed: str, page: str = "/leave"):
    """What the search in the head of a page answers."""
    form = read(worker.get(page).text).select_one("header form[role=search]")
    return worker.post(form["action"], data=fields(form) | {"name": typed})


def people(answer) -> list[str]:
    return [words(a) for a in read(answer.text).select(".app-item__who a:not(.app-key)")]


def noted(app) -> list[object]:
    with app.app_context():
        found = select(AuditEvent.subject_id).filter_by(tag=Tag.CASE_FOUND.value)
        return list(db.session.scalars(found.order_by(AuditEvent.seq)))


@pytest.mark.parametrize("typed", ["Sur1", "Fore1 sur1", "07700 900123"])
def test_an_open_case_of_a_colleague_is_found_from_any_page(cases, as_role, typed):
    assert "Fore1 Sur1" in find(as_role(Role.WORKER), typed).text


def test_closed_ones_are_found_as_well_and_another_teams_are_not(cases, as_role, app):
    worker = as_role(Role.WORKER)
    assert "Fore2 Sur2" in find(worker, "Sur2").text
    page = find(worker, "Sur3")
    assert "Nobody of your team fits" in page.text
    assert "Fore3" not in page.text
    assert noted(app) == [cases[1], None]


def test_what_was_typed_stays_in_the_head_and_goes_with_every_tab(cases, as_role):
    worker = as_role(Role.WORKER)
    page = find(worker, "07700 900123")
    assert read(page.text).select_one("#find")["value"] == "07700 900123"
    assert read(page.text).select_one("[aria-current=page].app-link-button")
    team = press(worker, page, "Team (1)")
    assert "Fore1 Sur1" in team.text
    assert "Fore2 Sur2" not in team.text
    assert read(team.text).select_one("#find")["value"] == "07700 900123"
    back = press(worker, team, "Everything (2)")
    assert "Fore2 Sur2" in back.text


def test_each_person_whom_an_answer_shows_is_noted_and_a_list_without_a_search_is_not(
    cases, as_role, app
):
    worker = as_role(Role.WORKER)
    worker.get("/cases?tab=all")
    assert noted(app) == []
    find(worker, "07700 900123")
    assert set(noted(app)) == {cases[0], cases[1]}


@pytest.mark.parametrize("role", [Role.PEER, Role.CUSTODY_OFFICER, Role.ADMINISTRATOR])
def test_who_works_no_cases_has_no_search_in_the_head(as_role, role):
    assert not read(as_role(role).get("/access").text).select("header form[role=search]")


def test_what_is_typed_never_stands_in_an_address(cases, as_role):
    form = read(as_role(Role.WORKER).get("/cases").text).select_one("header form[role=search]")
    assert (form["method"], form["action"]) == ("post", "/cases?tab=all")
