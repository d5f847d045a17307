"""Who comes back is offered, told apart, confirmed by an officer, and goes on where they were."""

import re
from datetime import timedelta

from conftest import hidden_fields
from sqlalchemy import select
from support.html import address, read

from referral.access.permissions import Role
from referral.clock import now
from referral.db import db
from referral.desk.models import Suggestion
from referral.people.models import Person, ToldApart
from referral.web.filters import month

NEW = "/custody/bookings/new"
ANN = {
    "surname": "Docherty",
    "forename": "Ann",
    "date_of_birth": "4 9 1990",
    "sex": "F",
    "phone": "07700 900321",
    "postcode": "G51 2AB",
    "authorised_at": "yesterday 10:00",
}
YESTERDAY = month(now() - timedelta(days=1))  # its month
AGAIN = {"surname": "Docherty", "forename": "Ann", "date_of_birth": "4 9 1990"}
LATER = {"authorised_at": "now"}
TWIN = AGAIN | LATER | {"forename": "Moira"}


def book(desk, who, **more) -> str:
    """Open a booking; returns its address."""
    answer = desk.submit(NEW, who | more)
    assert answer.status_code == 303, answer.text
    return answer.location


def choose(desk, who, pick) -> str:
    """Open a booking of somebody who is offered; `pick` finds the choice on the page."""
    offered = desk.submit(NEW, who)
    assert offered.status_code == 422, offered.text
    chosen = who | {"same_as": pick(offered.text), "already": "ended"}
    answer = desk.post(NEW, data=hidden_fields(offered.text) | chosen)
    assert answer.status_code == 303, answer.text
    return answer.location


def first(page: str) -> str:
    return read(page).select_one("[name=same_as]")["value"]


def nobody(page: str) -> str:
    assert 'value="new"' in page
    return "new"


def test_before_anybody_confirms_a_record_shows_only_what_tells_people_apart(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    booking = book(desk, ANN)
    said = {"answer": "declined", "declined_reason": "TRUST", "needs": ["DRUG"]}
    assert desk.submit(booking, said).status_code == 303
    page = desk.submit(NEW, AGAIN | LATER).text
    assert "Looks like someone we know" in page
    card = str(read(page).select_one("[data-known]"))
    assert f"Ann Docherty · 1990 · G51 · last here {YESTERDAY}, Govan" in card
    assert "ame birth date" in card
    for hidden in ("07700", "2AB", "eclined", "rug", "4 9", "4 Sep", " checked"):
        assert hidden not in card, hidden


def test_a_middle_name_is_recorded_and_told_apart_by(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    book(desk, ANN, middle="Bridget")
    with app.app_context():
        assert db.session.scalars(select(Person.middle)).one() == "Bridget"
    assert (
        "goes by their middle name"
        in desk.submit(NEW, AGAIN | LATER | {"forename": "Bridget"}).text
    )
    assert "different middle name" in desk.submit(NEW, AGAIN | LATER | {"middle": "Carol"}).text


def test_a_twin_is_offered_never_preselected_and_remembered_as_somebody_else(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    book(desk, ANN)
    offered = desk.submit(NEW, TWIN).text
    assert "Ann Docherty" in offered
    assert "Looks like someone we know" not in offered
    assert not read(offered).select("[name=same_as][checked]")
    choose(desk, TWIN, nobody)
    with app.app_context():
        ann, moira = (
            db.session.scalars(select(Person.id).filter_by(forename=name)).one()
            for name in ("Ann", "Moira")
        )
        apart = db.session.scalars(select(ToldApart)).one()
        assert {apart.one_id, apart.other_id} == {ann, moira}
        row = db.session.scalars(select(Suggestion)).one()
        assert (row.person_id, row.confident, row.chosen) == (ann, False, False)
        assert row.why
    again = desk.submit(NEW, TWIN).text
    assert again.index("Moira Docherty") < again.index("Ann Docherty")
    assert "told apart from another of these before" in again[again.index("Ann Docherty") :]


def test_none_of_these_counts_only_for_those_who_were_on_the_screen(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    book(desk, ANN)
    said = hidden_fields(desk.get(NEW).text) | TWIN | {"same_as": "new"}
    unseen = desk.post(NEW, data=said | {"shown": "00000000-0000-4000-8000-000000000000"})
    assert unseen.status_code == 422
    assert "Ann Docherty" in unseen.text


def test_the_choice_is_kept_with_who_made_it(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    book(desk, ANN)
    choose(desk, AGAIN | LATER, first)
    with app.app_context():
        row = db.session.scalars(select(Suggestion)).one()
        assert row.chosen
        assert row.by_id
        assert db.session.scalars(select(Person)).one()


def test_what_is_kept_from_last_time_is_marked_until_the_person_confirms_it(app, as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    booking = book(desk, ANN, language="pl", interpreter="y")
    assert "From last time" not in desk.get(booking).text
    yes = {"answer": "accepted", "contact": "yes", "outcome": "no"}  # on the number from above
    assert desk.submit(booking, yes).status_code == 303
    again = choose(desk, AGAIN | LATER, first)
    page = desk.get(again).text
    assert f"From last time, {YESTERDAY}: is it still true?" in page
    for kept in ("07700 900321", "G51 2AB", 'value="pl" selected', 'value="F" checked'):
        assert kept in page, kept
    assert desk.submit(again, {"answer": "accepted"}).status_code == 303
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    unsure = "not confirmed in this stay: sex, address, phone number, language, interpreter"
    assert unsure in worker.get(case).text
    said = {"kept_sex": "F", "kept_phone": "07700 900999", "kept_language": "pl"}
    said |= {"kept_postcode": "g41 1aa"}  # the interpreter is not needed any more
    said |= {"answer": "accepted", "all_right": "y"}
    assert desk.submit(again, said).status_code == 303
    assert "From last time" not in desk.get(again).text
    assert "not confirmed" not in worker.get(case).text
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        assert (person.phone, person.postcode) == ("07700 900999", "G41 1AA")
        assert (person.language, person.interpreter) == ("pl", False)


def test_an_open_case_goes_on_and_the_desk_is_told_only_if_the_person_lets_it(as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    booking = book(desk, ANN)
    assert desk.submit(booking, {"answer": "accepted", "desk": "no"}).status_code == 303
    released = {"route": "UNDERTAKING", "released_at": "now", "naloxone": "has"}
    assert desk.submit(f"{booking}/release", released).status_code == 303
    assert "Ann Docherty" not in worker.get("/cases?tab=cells").text
    again = choose(desk, AGAIN | LATER, first)
    assert "Ann Docherty" in worker.get("/cases?tab=cells").text
    page = desk.get(again).text
    assert "Continue" not in page
    assert "Asked" not in page[: page.index("step-ask")]
    assert (
        desk.submit(again, {"answer": "not now", "ask_again_at": "+2", "desk": "yes"}).status_code
        == 303
    )
    assert desk.submit(f"{again}/release", released | {"released_at": "now"})
    third = choose(desk, AGAIN | {"authorised_at": "now"}, first)
    page = desk.get(third).text
    assert "Continue:" in page
    assert "This stay has been added to it" in page
    assert "Asked twice before:" in page
    assert re.search(r"accepted, \w+ \d+, Govan; not now", page)


def test_a_refusal_is_told_so_that_nobody_asks_the_same_way(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    booking = book(desk, ANN)
    said = {"answer": "declined", "declined_reason": "TRUST", "desk": "yes"}
    assert desk.submit(booking, said).status_code == 303
    page = desk.get(choose(desk, AGAIN | LATER, first)).text
    assert "Asked once before:" in page
    assert re.search(r"declined \([^)]+\), \w+ \d{4}, Govan", page)
    assert "Ask in another way than last time" in page
    assert "Known to us" not in page


def test_who_declines_this_time_is_not_called_to_the_cells(as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    assert desk.submit(book(desk, ANN), {"answer": "accepted"}).status_code == 303
    again = choose(desk, AGAIN | LATER, first)
    assert "See them" in worker.get("/cases").text
    assert desk.submit(again, {"answer": "declined"}).status_code == 303
    assert "See them" not in worker.get("/cases").text
    assert "hand to a service yourself" not in desk.get(again).text
