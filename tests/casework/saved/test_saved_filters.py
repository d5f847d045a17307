"""Saved filters: what the case list is narrowed to, kept by its worker, without anybody in it."""

from datetime import date

import pytest
from overdue.escalation.seeded import arrive, named
from sqlalchemy import func, select
from support.html import hidden_fields, press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.states import UserState
from referral.audit.models import AuditEvent
from referral.casework.saved.models import SavedFilter
from referral.db import db
from referral.directory.models import Code, CustodyCentre, team_centre

START = moment("2026-08-10 12:00")


@pytest.fixture
def govan(app, monkeypatch):
    """Two people from the cells in Govan with a need, one of a colleague; the number of Govan."""
    monkeypatch.setattr(clock, "source", lambda: START)
    with app.app_context():
        arrive(1, START)
        arrive(2, START).worker_id = named("Catriona Fox").id
        number = str(db.session.scalars(select(CustodyCentre).filter_by(name="Govan")).one().id)
        db.session.commit()
    return number


def save(worker, query: str, name: str = "Drugs in Govan", **typed):
    """Save what an address shows."""
    return worker.submit(f"/cases/saved/new?{query}", {"name": name, **typed})


def main(worker, address: str) -> str:
    return words(read(worker.get(address).text).main)


def count(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SavedFilter))


def test_what_is_shown_is_saved_by_a_name_and_opens_with_one_press(govan, worker, app):
    sought = worker.submit("/cases?tab=team", {"name": "Sur1", "centre": govan, "need": "DRUG"})
    assert "Fore1 Sur1" in sought.text
    assert "Fore2 Sur2" not in sought.text
    asked = press(worker, sought, "Save what is shown")
    told = words(read(asked.text).main)
    assert "It finds: Team, Govan, Drugs ." in told
    assert "or reference that you looked for is never kept in it" in told
    kept = press(worker, asked, "Save", name="Drugs in Govan")
    opened = worker.get(kept.location)
    assert "The filter is saved." in opened.text
    assert "Shown: Team, Govan, Drugs" in words(read(opened.text).main)
    assert {"Fore1 Sur1", "Fore2 Sur2"} <= set(people(opened))
    again = press(worker, worker.get("/cases?tab=closed"), "Drugs in Govan")
    assert people(again) == people(opened)
    assert "Sur1" not in str(vars(kept_row(app)))


def people(page) -> list[str]:
    return [words(a) for a in read(page.text).select(".app-item__who a")]


def kept_row(app) -> SavedFilter:
    with app.app_context():
        row = db.session.scalars(select(SavedFilter)).one()
        db.session.refresh(row)
        return row


def test_ones_own_day_alone_offers_nothing_to_save(govan, worker):
    assert "Save what is shown" not in worker.get("/cases").text
    assert "Save what is shown" in worker.get("/cases?tab=mine").text


def test_a_filter_goes_along_with_a_change_of_tab_and_an_act_in_a_row(govan, worker):
    kept = save(worker, f"tab=team&centre={govan}")
    opened = worker.get(kept.location)
    waiting = press(worker, opened, "Waiting (1)")
    assert people(waiting) == ["Fore1 Sur1"]
    assert "Shown: Waiting, Govan" in words(read(waiting.text).main)
    taken = press(worker, waiting, "Take the case of Fore1 Sur1")
    assert taken.status_code == 303
    assert kept.location.partition("?")[2] in taken.location
    assert "tab=waiting" in taken.location


def test_its_name_is_sealed_and_no_event_is_left_of_it(govan, worker, app):
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    save(worker, f"tab=team&centre={govan}")
    row = kept_row(app)
    assert "Drugs" not in row.sealed
    with app.app_context():
        assert row.name == "Drugs in Govan"
        assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


@pytest.mark.parametrize(
    "name",
    ["Fore1 Sur1", "Sur1, Fore1's", "Housing for fore1 sur1", "07700 900123", "+447700900123"],
)
def test_a_filter_is_not_called_by_somebody(govan, worker, app, name):
    refused = save(worker, "tab=team", name)
    assert refused.status_code == 422
    assert "Say what the filter finds instead" in refused.text
    assert read(refused.text).select_one("#name")["value"] == name
    assert count(app) == 0


def test_the_birth_date_of_somebody_is_no_name_of_a_filter_and_any_other_day_is(app, worker):
    with app.app_context():
        case = arrive(1, START)
        case.person.words += " 19710203"
        db.session.commit()
    assert save(worker, "tab=team", "Born 3.2.1971").status_code == 422
    assert save(worker, "tab=team", "Since 4.2.2026").status_code == 303


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name"),
        ("x" * 61, "Name of the filter can be up to 60 characters"),
        ("drugs IN govan", "You have a filter of this name"),
    ],
)
def test_a_name_is_short_and_ones_own_only_one(govan, worker, app, name, sentence):
    save(worker, "tab=team")
    refused = save(worker, "tab=waiting", name)
    assert refused.status_code == 422
    assert sentence in words(read(refused.text).main)
    assert count(app) == 1


def test_there_are_no_more_than_twenty(app, worker):
    for number in range(20):
        assert save(worker, "tab=team", f"Number {number}").status_code == 303
    assert "You have 20 saved filters already" in save(worker, "tab=team", "One more").text
    assert count(app) == 20


def test_a_form_that_is_sent_twice_makes_one(app, worker):
    typed = hidden_fields(worker.get("/cases/saved/new?tab=team").text) | {"name": "Team"}
    first, second = (worker.post("/cases/saved/new?tab=team", data=typed) for _ in range(2))
    assert first.location == second.location
    assert count(app) == 1


def test_cases_opens_with_the_one_that_was_chosen_and_a_tab_leads_out_of_it(govan, worker):
    first = save(worker, "tab=waiting", "Waiting", starts="y")
    assert worker.get("/cases").location == first.location
    second = save(worker, "tab=team", "Team", starts="y")
    assert worker.get("/cases").location == second.location
    assert worker.get("/cases?tab=day").status_code == 200
    listed = worker.get("/cases/saved")
    assert words(read(listed.text).main).count("Cases opens with it") == 1
    asked = press(worker, listed, "Change Team")
    assert read(asked.text).select_one("#starts").has_attr("checked")
    typed = hidden_fields(asked.text) | {"name": "All of us"}
    assert worker.post(asked.request.path, data=typed).status_code == 303
    assert worker.get("/cases").status_code == 200
    assert "All of us" in main(worker, "/cases")


def test_ones_own_is_removed_after_one_question(govan, worker, app):
    save(worker, "tab=team")
    asked = press(worker, worker.get("/cases/saved"), "Remove Drugs in Govan")
    assert "Remove the filter “Drugs in Govan”?" in words(read(asked.text).main)
    kept = kept_row(app).id
    removed = press(worker, asked, "Remove it")
    assert "You have saved no filter yet." in main(worker, removed.location)
    assert "That filter is not there any more" in main(worker, f"/cases?saved={kept}")


def test_nobody_else_sees_or_changes_it_until_a_lead_shares_theirs(govan, as_role, app):
    worker, lead = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    save(lead, "tab=waiting", "Waiting for us")
    kept = kept_row(app).id
    assert "Waiting for us" not in worker.get("/cases").text
    for page in ("", "/remove"):
        assert worker.get(f"/cases/saved/{kept}{page}").status_code == 404
        assert worker.submit(f"/cases/saved/{kept}{page}", {"name": "Mine"}).status_code == 404
    assert (
        lead.submit(f"/cases/saved/{kept}", {"name": "Waiting for us", "shared": "y"}).status_code
        == 303
    )
    opened = press(worker, worker.get("/cases"), "Waiting for us")
    assert people(opened) == ["Fore1 Sur1"]
    assert "Shared by" in main(worker, "/cases/saved")
    assert worker.get(f"/cases/saved/{kept}").status_code == 404
    save(worker, "tab=team", "For all", shared="y")
    assert "For all" not in lead.get("/cases").text


def test_a_shared_one_goes_with_the_account_of_its_lead(govan, as_role, app):
    worker, lead = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    save(lead, "tab=waiting", "Waiting for us", shared="y")
    with app.app_context():
        owner = db.session.get_one(SavedFilter, kept_row(app).id).owner
        owner.state = UserState.CLOSED
        db.session.commit()
    assert "Waiting for us" not in worker.get("/cases").text


def need_ends(app) -> None:
    for code in db.session.scalars(select(Code).filter_by(list_name="need", code="DRUG")):
        code.valid_to = date(2026, 8, 10)


def centre_goes(app) -> None:
    db.session.execute(team_centre.delete())


def colleague_goes(app) -> None:
    named("Catriona Fox").state = UserState.CLOSED


@pytest.mark.parametrize(
    ("narrowed", "goes", "sentence"),
    [
        ("need=DRUG", need_ends, "“Drugs” is not on the list of needs any more."),
        ("centre={govan}", centre_goes, "Your team does not cover Govan any more."),
        ("worker={fox}", colleague_goes, "Catriona Fox does not work in your team any more."),
    ],
)
def test_what_there_is_no_more_is_said_and_not_an_empty_list(
    govan, worker, app, narrowed, goes, sentence
):
    with app.app_context():
        fox = named("Catriona Fox").id
    kept = save(worker, "tab=closed&" + narrowed.format(govan=govan, fox=fox))
    assert "any more" not in main(worker, kept.location)
    with app.app_context():
        goes(app)
        db.session.commit()
    assert sentence in main(worker, kept.location)
    assert sentence in main(worker, "/cases/saved")
    assert "No case here fits the filter." in main(worker, kept.location)


def test_an_address_typed_by_hand_keeps_only_what_is_on_a_list(govan, worker, app):
    save(worker, "tab=none&need=NONE&council=0&centre=1&worker=2&name=Sur1")
    assert kept_row(app).narrowing.address == {"tab": "day"}
