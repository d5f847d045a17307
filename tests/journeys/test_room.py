"""A service says its places from the inbox; the hand-off follows; what nobody takes is counted."""

from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import select
from support.html import fields, form_to, read, words

from referral import clock
from referral.access.permissions import Role
from referral.db import db
from referral.directory.models import Service
from referral.directory.queries import every_service, places_said
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails, book, say
from referral.handoff.referrals.actions import move, note_unmet
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.queries import rooms
from referral.handoff.referrals.states import Move, Side
from referral.reports.queries import became_of

START = datetime(2026, 10, 5, 8, tzinfo=UTC)  # a Monday


def say_places(browser, name: str, places: str):
    form = form_to(browser.get("/inbox").text, "/inbox/places")
    [label] = [one for one in form.select("label") if words(one) == name]
    field = form.select_one(f"#{label['for']}")["name"]
    return browser.post(form["action"], data=fields(form) | {field: places})


def test_places_are_said_in_one_step_shown_as_stale_later_and_used_up_by_referrals(
    app, as_role, monkeypatch
):
    monkeypatch.setattr(clock, "source", lambda: START)
    service = as_role(Role.SERVICE_WORKER)
    assert "not said yet" in service.get("/inbox").text
    assert say_places(service, "Recovery hub", "1").status_code == 303
    assert "said 09:00" in service.get("/inbox").text
    with app.app_context():
        case = open_case(1, START + timedelta(hours=1))
        refer(case, START + timedelta(hours=10))
        waiting = f"/cases/{open_case(2, START + timedelta(hours=11)).id}/hand-off"
        db.session.commit()
        known = {s.name: room for s in every_service() for room in [rooms([s], clock.now())[s.id]]}
        assert known["Recovery hub"].left == 1  # as it stood in the morning
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(hours=20))
    page = as_role(Role.WORKER).get(waiting).text
    assert "Nobody has room for: <strong>drugs" in page
    assert ">Full</strong>" in page
    [full] = [one for one in read(page).select(".app-svc__room") if "Full" in words(one)]
    assert "Has" not in words(full)  # the older word on places would say another thing
    assert words(full).startswith("Full this week, said")
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(days=8))
    assert "out of date" in as_role(Role.SERVICE_WORKER).get("/inbox").text
    assert "Places not said this week" in as_role(Role.WORKER).get(waiting).text


def test_who_owes_this_weeks_places_is_asked_first_and_who_is_not_asked_keeps_theirs(as_role):
    service = as_role(Role.SERVICE_WORKER)

    def asked():
        form = form_to(service.get("/inbox").text, "/inbox/places")
        return [words(label) for label in form.select("label")]

    assert asked() == ["Open door counselling", "Recovery hub"]
    assert say_places(service, "Open door counselling", "2").status_code == 303
    assert asked() == ["Recovery hub", "Open door counselling"]
    form = fields(form_to(service.get("/inbox").text, "/inbox/places"))
    first, _ = (name for name in form if "places_" in name)
    alone = {name: said for name, said in form.items() if not name.startswith("places_")}
    assert service.post("/inbox/places", data=alone | {first: "3"}).status_code == 303
    page = read(service.get("/inbox").text)
    assert [one["value"] for one in page.select(".app-places__one input")] == ["2", "3"]


def test_nobody_says_places_of_another_organisation(app, as_role):
    with app.app_context():
        other = db.session.scalars(select(Service).filter_by(name="Housing first")).one().id
    service = as_role(Role.SERVICE_WORKER)
    form = fields(form_to(service.get("/inbox").text, "/inbox/places"))
    foreign = {f"places_{other.hex}": "9", next(n for n in form if "places_" in n): "2"}
    assert service.post("/inbox/places", data=form | foreign).status_code == 303
    with app.app_context():
        assert other not in places_said([other])


def test_unmet_needs_are_counted_for_the_own_team_alone_and_others_read_editions(
    app, as_role, monkeypatch
):
    with app.app_context():
        worker = named("Morag Sim").actor
        for number in range(3):
            case = open_case(number, START)
            note_unmet(case, ["DRUG"], "full", worker, START + timedelta(hours=9))
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(days=2))
    outside = as_role(Role.ADP_ANALYST).get("/reports/unmet?area=S12000049").text
    assert "<td" not in outside
    assert "No edition is out yet" in outside
    assert ">3</td>" in as_role(Role.TEAM_LEAD).get("/reports/unmet").text


def test_a_custody_team_sees_what_became_of_those_it_asked_but_never_a_few(
    app, as_role, monkeypatch
):
    with app.app_context():
        centre = named("Kirsty Ross").centre_id
        service = named("Ian Low").actor
        for number in range(6):
            refer(open_case(number, START), START + timedelta(hours=9), taken=False)
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(days=31))
    few = as_role(Role.CUSTODY_OFFICER).get("/custody/").text
    assert "too few to show" in few
    with app.app_context():
        from_all(service)
        db.session.commit()
        told = became_of(centre, clock.now())
        assert {step: shown.value for step, shown in told.items()} == {
            "asked": 5,
            "met": 5,
            "engaged": 5,
        }
    assert as_role(Role.CUSTODY_OFFICER).get("/custody/").text.count("too few to show") == 1
    later = START + timedelta(days=31, minutes=10)
    monkeypatch.setattr(clock, "source", lambda: later)
    shown = as_role(Role.CUSTODY_OFFICER).get("/custody/").text
    assert "about 5 met a worker and about 5 started with a service" in shown


def from_all(service) -> None:
    """Everybody who was handed on comes to a first appointment."""
    at = START + timedelta(days=3)
    for referral in db.session.scalars(select(Referral).order_by(Referral.id)):
        move(referral, MoveDetails(Move.ACCEPT, referral.version), Side.TARGET, service, at)
        meeting = book(referral, AppointmentDetails(at), service, at)
        say(meeting, AttendanceDetails(True, meeting.version, came=True), service, at)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter how many places"),
        ("-3", "Type a whole number from 0 to 99"),
        ("abc", "Type a whole number from 0 to 99"),
        ("100", "Type a whole number from 0 to 99"),
    ],
)
def test_what_is_no_number_of_places_is_refused_at_its_field(as_role, typed, sentence):
    service = as_role(Role.SERVICE_WORKER)
    assert say_places(service, "Recovery hub", "4").status_code == 303
    refused = say_places(service, "Recovery hub", typed)
    assert refused.status_code == 422
    page = read(refused.text)
    assert page.title.text.startswith("Error:")
    wrong = page.select_one(".app-places .govuk-form-group--error")
    assert "Recovery hub" in words(wrong)
    assert sentence in words(wrong)
    field = wrong.select_one("input")
    assert field["value"] == typed
    assert page.select_one(f".govuk-error-summary a[href='#{field['id']}']")
    kept = read(service.get("/inbox").text).select(".app-places input")
    assert "4" in [one["value"] for one in kept]
