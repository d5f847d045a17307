"""Healthcare in custody: the dangers of who is here, its answers to them, and nothing else."""

from datetime import timedelta

import pytest
from crowd import actor
from desk.test_board import HOUR, here  # noqa: F401 - a fixture
from support.html import press, read, words

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.casework.cases.actions import note_danger
from referral.casework.cases.queries import open_case_of
from referral.custody.actions import OfferDetails, record_offer
from referral.custody.health_actions import acknowledge
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.known.actions import Saying
from referral.known.now import About

PAGE = "/custody/healthcare"


@pytest.fixture
def nurse(as_role):
    """The browser of custody healthcare."""
    return as_role(Role.HEALTHCARE)


def of(page: str, initials: str = "A.R."):
    """What the page has of one person."""
    [row] = [row for row in read(page).select(".app-tend__one") if initials in words(row.h3)]
    return row


def answers(browser, label: str, initials: str = "A.R."):
    """Press a button in the row of a person, and come back to the list."""
    form = next(f for f in of(browser.get(PAGE).text, initials).select("form") if label in words(f))
    button = next(b for b in form.select("button") if words(b).startswith(label))
    sent = {field["name"]: field["value"] for field in form.select("input")}
    if button.get("name"):
        sent[button["name"]] = button["value"]
    return browser.post(form["action"], data=sent)


def test_healthcare_sees_each_danger_with_who_said_it_when_and_whom_the_desk_told(
    here,  # noqa: F811
    nurse,
    desk,
):
    stay, _ = here("Reid", 1, "3", overdose=True)
    here("Shaw", 2, "4")
    row = words(of(nurse.get(PAGE).text))
    assert row.startswith("cell 3 A.R.")
    assert "says the person" in row
    assert "The desk has told nobody yet." in row
    assert "Reid" not in nurse.get(PAGE).text
    assert "Ann Reid" in words(of(nurse.get(f"{PAGE}?names=yes").text, "Ann Reid"))
    warning = f"/custody/bookings/{stay}/warning"
    assert "said yes to a safety question" in desk.get(warning).text
    assert desk.submit(warning, {"told": "supervisor"}).status_code == 303
    assert "nothing to tell" in desk.get(warning).text
    assert "Desk told" in words(of(nurse.get(PAGE).text))
    assert not of(nurse.get(PAGE).text, "A.S.").select(".app-tend__dangers li")


def test_desk_and_supervisor_see_that_healthcare_knows_and_that_it_was_taken_back(
    here,  # noqa: F811
    nurse,
    desk,
    as_role,
):
    stay, _ = here("Reid", 1, "3", overdose=True)
    supervisor = as_role(Role.CUSTODY_SUPERVISOR)
    assert "Tell someone now" in desk.get("/custody/").text
    assert answers(nurse, "Healthcare knows").status_code == 303
    said = nurse.get(PAGE)
    assert "A.R. It is recorded that healthcare knows." in words(read(said.text).main)
    assert "Tell someone now" not in desk.get("/custody/").text
    for page in ("/custody/", f"/custody/bookings/{stay}", "/custody/shift"):
        shown = (supervisor if page.endswith("shift") else desk).get(page).text
        assert "healthcare knows, " in words(read(shown).main).lower(), page
    asked = press(nurse, said, "Z Undo")
    assert press(nurse, asked, "Take it back").status_code == 303
    assert "Tell someone now" in desk.get("/custody/").text
    assert "nobody has been told" in words(read(supervisor.get("/custody/shift").text).main)


def test_healthcare_knows_of_what_stood_on_its_screen_and_of_no_more(here, app):  # noqa: F811
    number, _ = here("Reid", 1, overdose=True)
    with app.app_context():
        stay, at = db.session.get_one(Booking, number), clock.now()
        said = OfferDetails(OfferAnswer.ACCEPTED, stay.version, dangers=frozenset({"injecting"}))
        record_offer(stay, said, actor(Role.CUSTODY_OFFICER), at)
        acknowledge(stay, ["overdose"], actor(Role.HEALTHCARE), at)
        assert stay.known_to_healthcare(at) == {"overdose": at}
        assert stay.healthcare_knows(at) is None
        assert stay.untold(at) == ["injecting"]
        later = at + HOUR
        acknowledge(stay, ["overdose", "injecting"], actor(Role.HEALTHCARE), later)
        assert stay.healthcare_knows(later) == later
        assert stay.known_to_healthcare(later)["overdose"] == at


def test_a_danger_that_is_said_again_is_to_be_answered_again(here, app):  # noqa: F811
    number, _ = here("Reid", 1, overdose=True)
    with app.app_context():
        stay, at = db.session.get_one(Booking, number), clock.now()
        acknowledge(stay, ["overdose"], actor(Role.HEALTHCARE), at)
        said = OfferDetails(OfferAnswer.ACCEPTED, stay.version, dangers=frozenset({"overdose"}))
        record_offer(stay, said, actor(Role.CUSTODY_OFFICER), at + HOUR)
        assert stay.healthcare_knows(at + HOUR) is None
        assert stay.known_to_healthcare(at + timedelta(days=31)) == {}


def test_a_danger_that_was_lifted_by_mistake_stands_again(here, nurse, desk, app):  # noqa: F811
    number, _ = here("Reid", 1, overdose=True)
    page = f"/custody/bookings/{number}/healthcare/lift"
    assert nurse.submit(page, {"danger": "overdose"}).status_code == 422
    sent = {"danger": "overdose", "reason": "It was his brother"}
    assert nurse.submit(page, sent).status_code == 303
    row = of(nurse.get(PAGE).text)
    assert not row.select(".app-tend__dangers li")
    with app.app_context():
        stay = db.session.get_one(Booking, number)
        assert stay.dangers_at_desk(clock.now()) == []
        assert [one.reason for one in stay.observations if one.reason] == ["It was his brother"]
    [back] = [one for one in row.select("a") if words(one).startswith("Undo")]
    assert nurse.submit(back["href"], {}).status_code == 303
    with app.app_context():
        stay = db.session.get_one(Booking, number)
        assert stay.dangers_at_desk(clock.now()) == ["overdose"]
        assert len([one for one in stay.observations if one.code == "overdose"]) == 3
    assert nurse.submit(back["href"], {}).status_code == 409


def test_what_healthcare_said_of_naloxone_is_asked_at_the_desk_no_more(here, nurse, desk, app):  # noqa: F811
    number, _ = here("Reid", 1, overdose=True)
    assert answers(nurse, "Supplied").status_code == 303
    leaves = read(desk.get(f"/custody/bookings/{number}/release").text)
    assert leaves.select_one("[name=naloxone][checked]")["value"] == "supplied"
    [back] = [one for one in of(nurse.get(PAGE).text).select("a") if "Undo" in words(one)]
    assert nurse.submit(back["href"], {}).status_code == 303
    with app.app_context():
        assert db.session.get_one(Booking, number).naloxone is None


def test_what_was_told_to_a_worker_alone_is_not_there(here, nurse, app):  # noqa: F811
    _, person = here("Reid", 1, overdose=True)
    with app.app_context():
        case = open_case_of(person, to_change=True)
        worker = actor(Role.WORKER)
        note_danger(case, Saying(About.DANGER, "injecting"), worker, clock.now())
        db.session.commit()
    row = of(nurse.get(PAGE).text)
    assert len(row.select(".app-tend__dangers li")) == 1
    assert "inject" not in words(row).lower()


def test_each_look_at_somebodys_dangers_is_kept_and_nobody_elses(here, nurse, app):  # noqa: F811
    _, person = here("Reid", 1, overdose=True)
    here("Shaw", 2)
    nurse.get(PAGE)
    with app.app_context():
        seen = db.session.query(AuditEvent).filter_by(tag="danger:consulted").all()
        assert [one.subject_id for one in seen] == [person]


def test_healthcare_opens_nothing_else(here, nurse):  # noqa: F811
    number, _ = here("Reid", 1, overdose=True)
    for page in (
        *("/custody/", "/custody/left", "/custody/shift", "/custody/handover", "/cases", "/inbox"),
        *(f"/custody/bookings/{number}", f"/custody/bookings/{number}/stay"),
        *("/custody/bookings/new", f"/custody/bookings/{number}/release", "/reports/outcomes"),
    ):
        assert nurse.get(page).status_code == 403, page
    page = words(read(nurse.get(PAGE).text).main)
    for word in ("housing", "agreed", "worker", "said yes"):
        assert word not in page.lower()
