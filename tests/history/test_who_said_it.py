"""A case says who gave a phone, an address and a language, when, and what it was before."""

import pytest
from journeys.test_whole_loop import book
from support.html import address, read, words

from referral.access.permissions import Role

ANN = {
    "forename": "Ann",
    "surname": "Kerr",
    "date_of_birth": "9 9 1999",
    "sex": "F",
    "phone": "07700 900123",
    "postcode": "G51 2AB",
    "language": "pl",
}


@pytest.fixture
def case(as_role):
    """The browser of a worker, and the page of a case whose number has changed."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    said = {"answer": "accepted", "contact": "yes", "channels": ["call"]}
    book(desk, **ANN, spoken="pl", **said)
    booking = address(desk.get("/custody/").text, "/custody/bookings/[0-9a-f-]{36}")
    assert desk.submit(booking, said | {"phone": "07700 900456"}).status_code == 303
    return worker, address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")


def about(page: str) -> dict[str, str]:
    """What the page says about the person, by the words before it."""
    facts = read(page).select_one(".app-facts")
    return {words(term): words(term.find_next("dd")) for term in facts.select("dt")}


def test_beside_what_counts_stands_who_said_it_and_whether_it_was_another(case):
    worker, page = case
    found = about(worker.get(page).text)
    assert found["How to reach them"].startswith("07700 900456")
    assert "Said with what they agreed to" in found["How to reach them"]
    assert "another one before" in found["How to reach them"]
    assert found["Where they live"].startswith("G51 2AB")
    assert "Said at the desk" in found["Where they live"]
    assert "another" not in found["Where they live"]
    assert "Said at the desk" in found["Language"]


def test_the_timeline_has_the_number_before_too_and_nothing_when_they_want_no_contact(case):
    worker, page = case
    shown = worker.get(f"{page}/timeline?show=everything").text
    assert "Phone number: 07700 900123, said at the desk, Kirsty Ross" in words(read(shown))
    assert "Phone number: 07700 900456, said with what they agreed to" in words(read(shown))
    refused = worker.submit(f"{page}/withdraw/contact", {})
    assert refused.status_code == 303
    assert "07700" not in worker.get(f"{page}/timeline?show=everything").text
    found = about(worker.get(page).text)
    assert "Where they live" not in found
    assert "Said" not in found["How to reach them"]
