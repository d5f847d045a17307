"""The timeline of a case: what happened to one person, and to nobody else."""

import pytest
from journeys.test_whole_loop import book
from support.html import addresses

from referral.access.permissions import Role

ANN = {"forename": "Ann", "surname": "Kerr", "date_of_birth": "9 9 1999", "sex": "F", "phone": ""}


@pytest.mark.parametrize("history", ["yes", "no"])
def test_a_timeline_tells_of_no_other_person(as_role, history):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    for more in ({}, ANN):
        said = {
            "answer": "accepted",
            "contact": "yes",
            "channels": ["person"],
            "history": history,
            "needs": ["DRUG"],
        }
        assert desk.submit(book(desk, **more), said).status_code == 303
    cases = set(addresses(worker.get("/cases").text, "/cases/[0-9a-f-]{36}"))
    assert len(cases) == 2
    for case in cases:
        shown = worker.get(f"{case}/timeline?show=everything").text
        assert ("Only this case is shown" in shown) is (history == "no")
        assert shown.count("<strong>Booked</strong>") == 1
