"""A team lead joins two records of one person and parts them again; a guardian reads who looked."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import hidden_fields
from sqlalchemy import func, select, text
from support.html import address, addresses, fields, hand_over, read, send, words

from referral.access.permissions import Role
from referral.audit import trail
from referral.audit.models import AuditEvent
from referral.casework.cases.models import Case
from referral.clock import today
from referral.consent.models import Consent
from referral.custody.models import Booking
from referral.db import db
from referral.directory.models import Organisation
from referral.handoff.referrals.models import Referral
from referral.merging.joining.queries import STAYS, places
from referral.people.models import Person
from referral.web.filters import day

NEW = "/custody/bookings/new"
ONE = {"surname": "Nowak", "forename": "Ewa", "date_of_birth": "7 2 1988", "sex": "F"}
OTHER = ONE | {"surname": "Novak", "phone": "07700 900777"}
WHEN = {"authorised_at": "yesterday 10:00"}
OWNED = (Booking, Case, Consent, Referral)


@pytest.fixture
def people(as_role):
    """Browsers of those who take part, and two records of one person, each with an open case."""
    staff = {role: as_role(role) for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.TEAM_LEAD)}
    staff[Role.GUARDIAN] = as_role(Role.GUARDIAN)
    desk = staff[Role.CUSTODY_OFFICER]
    staff["bookings"] = [accepted(desk, ONE), accepted(desk, OTHER, same_as="new")]
    return staff


def accepted(desk, who, **more) -> str:
    said = who | WHEN | more
    booking = desk.submit(NEW, said)
    assert booking.status_code == 303, booking.text
    answer = {"answer": "accepted", "contact": "yes", "channels": ["person"], "needs": ["DRUG"]}
    assert desk.submit(booking.location, answer).status_code == 303
    return booking.location


def forget_that_they_were_told_apart(app):
    """At the desk, "none of these" was true as far as the officer knew."""
    with app.app_context():
        db.session.execute(text("DELETE FROM told_apart"))
        db.session.commit()


def pair(lead) -> str:
    return address(lead.get("/duplicates").text, "/cases/[0-9a-f-]{36}/same-as/[0-9a-f-]{36}")


def keep(page: str, name: str) -> dict:
    labels = [one for one in read(page).select("label") if words(one).endswith(f": {name}")]
    return {"kept": read(page).select_one(f"[name=kept]#{labels[0]['for']}")["value"]}


def join(lead, name="Ewa Nowak") -> None:
    page = pair(lead)
    joined = lead.submit(page, keep(lead.get(page).text, name))
    assert joined.status_code == 303, joined.text


def owners(app) -> dict:
    with app.app_context():
        names = {person.id: person.surname for person in db.session.scalars(select(Person))}
        return {
            (kind.__tablename__, row.id): names[row.person_id]
            for kind in OWNED
            for row in db.session.scalars(select(kind).order_by(kind.id))
        }


def test_two_open_cases_become_one_and_two_again(app, people):
    lead, worker = people[Role.TEAM_LEAD], people[Role.WORKER]
    assert "No two records look alike" in lead.get("/duplicates").text
    forget_that_they_were_told_apart(app)
    before = owners(app)
    preview = lead.get(pair(lead)).text
    assert preview.count(">differs<") == 2
    for told in ("07700 900777", "not known", "7 Feb 1988", "Female", "Glasgow City", "English"):
        assert told in preview, told
    join(lead)
    assert set(owners(app).values()) == {"Nowak"}
    listed = worker.get("/cases?tab=team").text
    assert len(addresses(listed, "/cases/[0-9a-f-]{36}")) == 1
    closed = worker.get("/cases?tab=closed").text
    case = address(closed, "/cases/[0-9a-f-]{36}")
    assert "Goes on in the case of the same person" in worker.get(case).text
    search = hidden_fields(worker.get("/cases").text) | {"name": "Novak"}
    assert "Ewa Nowak" in worker.post("/cases?tab=team", data=search).text
    with app.app_context():
        phone = db.session.scalars(select(Person.phone).filter_by(surname="Nowak")).one()
        assert phone == "07700 900777"
    part = address(lead.get("/duplicates").text, "/joinings/[0-9a-f-]{36}/part")
    assert "Nothing came since" in lead.get(part).text
    assert lead.submit(part, {}).status_code == 303
    assert owners(app) == before
    listed = worker.get("/cases?tab=team").text
    assert len(addresses(listed, "/cases/[0-9a-f-]{36}")) == 2
    with app.app_context():
        phone = db.session.scalars(select(Person.phone).filter_by(surname="Nowak")).one()
        assert phone == ""
        assert trail.verify() is None
    assert "No two records look alike" in lead.get("/duplicates").text
    assert lead.get(part).status_code == 404


def test_what_came_since_goes_to_whom_the_lead_says(app, people):
    lead, desk = people[Role.TEAM_LEAD], people[Role.CUSTODY_OFFICER]
    forget_that_they_were_told_apart(app)
    join(lead)
    again = ONE | {"surname": "Novak", "authorised_at": "now"}
    offered = desk.submit(NEW, again).text
    known = [one["value"] for one in read(offered).select("[name=same_as]:not([value=new])")]
    assert len(known) == 1
    assert "Ewa Nowak" in offered
    chosen = again | {"same_as": known[0], "already": "ended"}
    booking = desk.submit(NEW, chosen).location
    assert desk.submit(booking, {"answer": "accepted", "desk": "yes"}).status_code == 303
    part = address(lead.get("/duplicates").text, "/joinings/[0-9a-f-]{36}/part")
    page = lead.get(part).text
    came = [one["value"] for one in read(page).select("[name=of_the_other]")]
    assert len(came) == 1
    assert f"Booked at Govan, {day(today())}" in page
    assert lead.submit(part, {"of_the_other": came}).status_code == 303
    with app.app_context():
        number = booking.rsplit("/", 1)[1]
        stay = next(b for b in db.session.scalars(select(Booking)) if str(b.id) == number)
        assert stay.person.surname == "Novak"
        case = db.session.scalars(select(Case).filter_by(person_id=stay.person_id)).one()
        assert (case.booking_id, case.closed_at) == (stay.id, None)
        desk_yes = db.session.scalars(select(Consent).filter_by(purpose="desk")).one()
        assert desk_yes.person_id == stay.person_id


def test_the_guardian_reads_who_saw_the_joined_record_and_nobody_is_named(app, people):
    lead, worker, guardian = people[Role.TEAM_LEAD], people[Role.WORKER], people[Role.GUARDIAN]
    forget_that_they_were_told_apart(app)
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    join(lead)
    for page in (case, f"{case}/timeline?show=everything"):
        assert worker.get(page).status_code == 200
    part = address(lead.get("/duplicates").text, "/joinings/[0-9a-f-]{36}/part")
    assert lead.submit(part, {}).status_code == 303
    worker.get(case)
    assert "Not looked at yet" in guardian.get("/joinings").text
    seen = address(guardian.get("/joinings").text, "/joinings/[0-9a-f-]{36}/seen")
    page = guardian.get(seen).text
    assert page.count("Read: case") == 1
    assert page.count("Read: timeline") == 1
    assert page.count("Morag Sim") == 2
    assert "Ewa" not in page
    assert "Not looked at yet" not in guardian.get("/joinings").text
    with app.app_context():
        tags = select(func.count()).select_from(AuditEvent)
        assert db.session.scalar(tags.where(AuditEvent.tag == "person:combined")) == 2
        assert db.session.scalar(tags.where(AuditEvent.tag == "person:separated")) == 2


def test_people_of_another_team_are_not_the_leads_to_join(app, people):
    forget_that_they_were_told_apart(app)
    lead = people[Role.TEAM_LEAD]
    page = pair(lead)
    with app.app_context():
        case = db.session.scalars(select(Case).order_by(Case.id)).first()
        elsewhere = select(Organisation.id).where(Organisation.id != case.team_id)
        case.team_id = db.session.scalars(elsewhere.order_by(Organisation.name)).first()
        db.session.commit()
    assert "No two records look alike" in lead.get("/duplicates").text
    assert lead.get(page).status_code == 404


def test_two_people_said_by_the_lead_leave_the_queue(app, people):
    forget_that_they_were_told_apart(app)
    lead = people[Role.TEAM_LEAD]
    assert send(lead, "/duplicates", ".*not-same-as.*").status_code == 303
    assert "No two records look alike" in lead.get("/duplicates").text


def test_both_with_one_service_is_settled_first(app, people):
    forget_that_they_were_told_apart(app)
    worker, lead = people[Role.WORKER], people[Role.TEAM_LEAD]
    for case in set(addresses(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")):
        assert hand_over(worker, f"{case}/hand-off", "contact").status_code == 303
    page = pair(lead)
    refused = lead.submit(page, keep(lead.get(page).text, "Ewa Nowak"))
    assert refused.status_code == 422
    assert "End one of the two referrals first" in refused.text
    assert set(owners(app).values()) == {"Nowak", "Novak"}


def test_who_joins_at_once_and_who_writes_meanwhile_lose_nothing(app, people, as_role):
    """Two leads join the same pair in opposite directions while the desk asks both people again."""
    forget_that_they_were_told_apart(app)
    leads = [people[Role.TEAM_LEAD], as_role(Role.TEAM_LEAD)]
    desks = [people[Role.CUSTODY_OFFICER], as_role(Role.CUSTODY_OFFICER)]
    page = pair(leads[0])
    names = ("Ewa Nowak", "Ewa Novak")
    shown = [lead.get(page).text for lead in leads]
    forms = [
        hidden_fields(text) | keep(text, name) for text, name in zip(shown, names, strict=True)
    ]
    asked = [
        desk.get(booking).text for desk, booking in zip(desks, people["bookings"], strict=True)
    ]
    said = {"answer": "accepted", "history": "yes", "outcome": "yes", "needs": ["DRUG"]}
    answers = [fields(read(shown).select_one("form[data-talk]")) | said for shown in asked]
    deeds = [lambda n=n: leads[n].post(page, data=forms[n]) for n in (0, 1)]
    deeds += [lambda n=n: desks[n].post(people["bookings"][n], data=answers[n]) for n in (0, 1)]
    with ThreadPoolExecutor(4) as threads:
        statuses = [done.status_code for done in threads.map(lambda deed: deed(), deeds)]
    assert sorted(statuses[:2]) in ([303, 404], [303, 409])
    assert set(statuses[2:]) <= {303, 409, 503}  # the last: busy, nothing written, try again
    with app.app_context():
        absorbed = db.session.scalars(
            select(Person.id).where(Person.merged_into_id.is_not(None))
        ).one()
        for kind in OWNED:
            assert db.session.scalars(select(kind).filter_by(person_id=absorbed)).all() == []
        open_cases = select(func.count()).select_from(Case).filter_by(closed_at=None)
        assert db.session.scalar(open_cases) == 1
        history = select(func.count()).select_from(Consent).filter_by(purpose="history")
        assert db.session.scalar(history) == statuses[2:].count(303)


def test_each_table_that_points_at_a_person_moves_or_is_known_to_stay():
    """A new table has to be thought of: it moves by itself if its rows have a number."""
    moving = {table.name for table, _ in places()}
    assert {"booking", "consent", "person", "referral", "referral_case"} <= moving
    pointing = {
        table.name
        for table in Person.metadata.tables.values()
        if any(key.target_fullname == "person.id" for key in table.foreign_keys)
    }
    assert pointing - moving <= STAYS
