"""How many SQL statements each page makes: the same for three records as for sixty.

Lists have sixty rows, which is more than a page of them; the one case that is looked at has three
and then a dozen of whatever a case can have many of.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import EMAILS
from crowd import eldest, gather
from sqlalchemy import event, select

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token, note_token
from referral.accounts.users.models import User
from referral.casework.assessment.models import Assessment
from referral.clock import now
from referral.db import db
from referral.handoff.followup.models import Appointment

FEW, MANY = 3, 60
# who, page, and the most statements that it may make; the sign-in is one of them
PAGES = (
    (Role.CUSTODY_OFFICER, "/custody/", 17),
    (Role.CUSTODY_SUPERVISOR, "/custody/shift", 20),
    (Role.CUSTODY_OFFICER, "/custody/handover", 20),
    (Role.HEALTHCARE, "/custody/healthcare", 20),
    (Role.CUSTODY_OFFICER, "/custody/bookings/new", 6),
    (Role.CUSTODY_OFFICER, "/custody/bookings/{booking}", 29),
    (Role.WORKER, "/cases?tab=cells", 24),
    (Role.WORKER, "/cases?tab=team", 24),
    (Role.WORKER, "/cases?tab=day", 24),
    (Role.WORKER, "/cases?tab=closed", 17),
    (Role.WORKER, "/cases/{case}", 57),
    (Role.TEAM_LEAD, "/cases/team", 7),
    (Role.TEAM_LEAD, "/cases?tab=team", 25),
    (Role.WORKER, "/cases/saved", 9),
    (Role.WORKER, "/news", 12),
    (Role.TEAM_LEAD, "/leave", 6),
    (Role.WORKER, "/calendar", 14),
    (Role.TEAM_LEAD, "/calendar?of=team", 14),
    (Role.WORKER, "/cases/{case}/give", 8),
    (Role.WORKER, "/cases/{case}/hand-off", 26),
    (Role.WORKER, "/cases/{case}/assessment", 25),
    (Role.WORKER, "/cases/{case}/timeline", 41),
    (Role.WORKER, "/assessments/{assessment}", 18),
    (Role.WORKER, "/referrals/{referral}", 25),
    (Role.WORKER, "/referrals/{referral}/letter.pdf", 18),
    (Role.WORKER, "/referrals/{referral}/card.pdf", 15),
    (Role.SERVICE_WORKER, "/inbox", 16),
    (Role.SERVICE_WORKER, "/inbox/{referral}", 28),
    (Role.SERVICE_WORKER, "/inbox/{referral}/handler", 5),
    (Role.SERVICE_MANAGER, "/tokens", 4),
    (Role.SERVICE_MANAGER, "/services", 5),
    (Role.CJS_ANALYST, "/reports/outcomes", 10),
    (Role.TEAM_LEAD, "/reports/outcomes?period=2026", 26),
    (Role.ADMINISTRATOR, "/directory", 9),
    (Role.ADMINISTRATOR, "/directory/codes/need", 4),
    (Role.ADMINISTRATOR, "/accounts", 5),
    (Role.ADMINISTRATOR, "/instruments", 4),
    (Role.GUARDIAN, "/trail", 8),
)
API = (("/api/v1/referrals", 8), ("/api/v1/referrals/{referral}", 18))


@contextmanager
def counted(app) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile; what opens a transaction is none."""
    seen: list[str] = []

    def note(connection, cursor, statement, *_):
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def places(app) -> dict[str, object]:
    """The records of the person who has most of everything."""
    with app.app_context():
        referral = eldest()
        of_case = select(Assessment).filter_by(case_id=referral.case_id)
        meetings = select(Appointment).filter_by(referral_id=referral.id)
        return {
            "booking": referral.case.booking_id,
            "case": referral.case_id,
            "referral": referral.id,
            "assessment": db.session.scalars(of_case.order_by(Assessment.id)).first().id,
            "appointment": db.session.scalars(meetings.order_by(Appointment.id)).first().id,
        }


@pytest.fixture
def measure(app, as_role):
    """Count the statements of every page of the table."""
    browsers = {role: as_role(role) for role, _, _ in PAGES}
    app.extensions["is_demo"] = False  # the demo asks once more, for the bar of a first day
    with app.app_context():
        maker = db.session.scalars(select(User).filter_by(email=EMAILS[Role.SERVICE_WORKER])).one()
        key, token = make_token(KeyDetails("case system", None), maker.actor, now())
        note_token(key, now())  # that it was used is written once an hour, whatever is read
        db.session.commit()
    program, bearer = app.test_client(), {"Authorization": f"Bearer {token}"}

    def all_pages() -> dict[tuple[str, str], int]:
        known, found = places(app), {}
        visits = [(role.value, browsers[role], page, {}) for role, page, _ in PAGES]
        visits += [("program", program, page, bearer) for page, _ in API]
        for who, browser, page, headers in visits:
            browser.get("/access", headers=headers)  # which notes that the sign-in is alive
            app.extensions.get("kept", {}).clear()  # a page is counted as if it were the first
            with counted(app) as seen:
                answer = browser.get(page.format(**known), headers=headers)
            assert answer.status_code == 200, page
            found[who, page] = len(seen)
        return found

    return all_pages


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other engine makes the same
def test_no_page_makes_more_statements_for_sixty_records_than_for_three(app, as_role, measure):
    with app.app_context():
        gather(0, FEW)
    few = measure()
    with app.app_context():
        gather(FEW, MANY)
    many = measure()
    grown = {page: (few[page], n) for page, n in many.items() if few[page] < n}
    assert grown == {}
    most = {(role.value, page): number for role, page, number in PAGES}
    most |= {("program", page): number for page, number in API}
    worst = {page: max(few[page], n) for page, n in many.items()}
    assert {page: n for page, n in worst.items() if n > most[page]} == {}
