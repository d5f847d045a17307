"""A row of the case list says of needs and dangers what the stay itself says."""

from datetime import timedelta

from overdue.escalation.seeded import arrive, let_go, named
from support.stories import moment

from referral.casefile.row_queries import listed
from referral.casework.cases.queries import Sought
from referral.casework.cases.tabs import Tab
from referral.custody.models import Booking, Mistake
from referral.db import db
from referral.known.now import About

START = moment("2026-08-10 12:00")
LATER = START + timedelta(hours=2)


def rows(app) -> dict[str, tuple[list[str], list[str]]]:
    """What each row says, by surname, once it was compared with the stay."""
    with app.app_context():
        found = listed(named("Morag Sim").actor, Tab.TEAM, Sought(), 1, LATER)["rows"]
        for row in found:
            stay = row.case.booking
            assert (row.needs, row.dangers) == (stay.needs, stay.dangers(LATER))
        return {row.case.person.surname: (row.needs, row.dangers) for row in found}


def test_a_danger_of_an_earlier_stay_stands_in_the_row_until_that_was_another_person(app):
    with app.app_context():
        before, here = arrive(1, START, overdose=True), arrive(2, START)
        let_go(before, START + timedelta(hours=1))
        for word in before.booking.observations:
            if word.kind is About.DANGER:
                word.person_id = here.person_id
        db.session.commit()
        earlier = before.booking_id
    assert rows(app)["Sur2"] == (["DRUG"], ["overdose"])
    with app.app_context():
        stay = db.session.get_one(Booking, earlier)
        stay.void(Mistake.WRONG, named("Kirsty Ross").id, LATER)
        db.session.commit()
    assert rows(app)["Sur2"] == (["DRUG"], [])
