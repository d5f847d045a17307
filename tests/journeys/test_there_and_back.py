"""One person's way through everything, walked by those who work it, and back three weeks later."""

from datetime import UTC, datetime, timedelta

import pytest
from support.html import address, hand_over, read, send

from referral import clock
from referral.access.permissions import Role

START = datetime(2026, 10, 6, 1, 30, tzinfo=UTC)
JIM = {
    "surname": "McAlister",
    "forename": "Jim",
    "date_of_birth": "3 5 1985",
    "sex": "M",
    "phone": "07700 900123",
}


@pytest.fixture
def at(monkeypatch):
    """Set the clock to so long after the start; returns the time as it is typed."""

    def travel(**after) -> str:
        moment = START + timedelta(**after)
        monkeypatch.setattr(clock, "source", lambda: moment)
        return moment.astimezone(clock.SCOTLAND).strftime("%Y-%m-%dT%H:%M")

    return travel


def levels_on(text: str) -> list[str]:
    return [one["name"] for one in read(text).select("[name^=level_]")]


def sent(answer) -> str:
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_person_goes_all_the_way_and_is_known_when_they_come_back(as_role, at):
    time = at()
    officer = as_role(Role.CUSTODY_OFFICER)
    booking = sent(officer.submit("/custody/bookings/new", JIM | {"authorised_at": time}))
    said = {
        "answer": "accepted",
        "contact": "yes",
        "channels": ["text"],
        "safe_times": "after six",
        "no_message": "y",
        "desk": "yes",
        "history": "yes",
        "outcome": "yes",
        "needs": ["DRUG", "HOUS"],
        "dangers": ["overdose"],
    }
    warning = sent(officer.submit(booking, said))
    assert warning.endswith("/warning")
    assert "Tell custody healthcare and the supervisor now" in officer.get(warning).text
    sent(officer.submit(warning, {"told": "both", "name": "Nurse Bell"}))
    assert "Tell someone now" not in officer.get("/custody/").text

    at(minutes=40)
    worker = as_role(Role.WORKER)
    case = address(worker.get("/cases?tab=cells").text, "/cases/[0-9a-f-]{36}")
    sent(send(worker, "/cases", "/cases/.*/take.*"))
    assert "overdose in the last 30 days" in worker.get(case).text
    offered = read(worker.get(f"{case}/hand-off").text).select("section h3")
    assert len(offered) == 2  # the hub for drugs, the housing service
    sent(hand_over(worker, f"{case}/hand-off", "summary", "contact"))
    assert "Chase the service" in worker.get(case).text

    time = at(hours=5)
    officer = as_role(Role.CUSTODY_OFFICER)
    released = {"route": "UNDERTAKING", "released_at": time, "naloxone": "supplied"}
    sent(officer.submit(f"{booking}/release", released))
    assert officer.get(booking).status_code == 404

    at(hours=9)
    service, worker = as_role(Role.SERVICE_WORKER), as_role(Role.WORKER)
    inbox = service.get("/inbox").text
    assert "1 to answer" in inbox  # its own, not the other service's
    referral = address(inbox, "/inbox/[0-9a-f-]{36}")
    shown = service.get(referral).text
    assert "leave no message" in shown
    assert "after six" in shown
    assert "1985" not in shown
    sent(service.submit(referral, {"move": "ask", "note": "Is a morning all right?"}))
    assert "Answer the service" in worker.get(case).text
    team_page = address(worker.get(case).text, "/referrals/[0-9a-f-]{36}")
    sent(worker.submit(team_page, {"move": "reply", "note": "Yes, he says."}))
    sent(service.submit(referral, {"move": "accept"}))
    offered = read(service.get(f"{referral}/handler").text)
    handler = offered.select_one("option:not([value=''])")["value"]
    sent(service.submit(f"{referral}/handler", {"handler": handler}))
    time = at(days=2)
    service = as_role(Role.SERVICE_WORKER)
    tried = {"channel": "text", "result": "reached", "happened_at": time}
    sent(service.submit(f"{referral}/attempts", tried))
    sent(service.submit(f"{referral}/appointments", {"starts_at": "2026-10-09T10:00"}))
    at(days=3, hours=10)
    service = as_role(Role.SERVICE_WORKER)
    sent(send(service, "/inbox", "/inbox/appointments/.*", came="yes"))
    assert "came." in service.get("/inbox").text  # in the place where the row stood

    time = at(days=21)
    officer, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    offered = officer.submit("/custody/bookings/new", JIM | {"authorised_at": time})
    known = read(offered.text).select_one("[name=same_as]")["value"]
    form = JIM | {"authorised_at": time, "same_as": known}
    again = sent(officer.submit("/custody/bookings/new", form))
    card = officer.get(again).text
    assert "<strong>Recovery hub</strong>: still open" in card
    assert "Go on with Recovery hub" in card
    sent(officer.submit(again, {"answer": "accepted", "needs": ["DRUG"]}))
    timeline = worker.get(f"{case}/timeline?show=everything").text
    for line in ("Came", "Reached the person", "they came", "Is a morning"):
        assert line in timeline, line
    assert timeline.count("Booked") == 2


def test_without_the_persons_word_nothing_comes_back(as_role, at):
    time = at()
    officer = as_role(Role.CUSTODY_OFFICER)
    booking = sent(officer.submit("/custody/bookings/new", JIM | {"authorised_at": time}))
    sent(officer.submit(booking, {"answer": "accepted", "desk": "no", "needs": ["DRUG"]}))
    worker = as_role(Role.WORKER)
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    sent(hand_over(worker, f"{case}/hand-off", "full"))
    assert "Known to us" not in officer.get(booking).text
    assert "Only this case is shown" in worker.get(f"{case}/timeline?show=everything").text
    service = as_role(Role.SERVICE_WORKER)
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    shown = service.get(referral).text
    assert "has not agreed to be contacted" in shown
    assert "07700" not in shown


def test_a_started_referral_never_ends_without_an_outcome(as_role, at):
    time = at()
    officer, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    service = as_role(Role.SERVICE_WORKER)
    booking = sent(officer.submit("/custody/bookings/new", JIM | {"authorised_at": time}))
    sent(officer.submit(booking, {"answer": "accepted", "outcome": "yes", "needs": ["DRUG"]}))
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    sent(hand_over(worker, f"{case}/hand-off", "summary"))
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    sent(service.submit(referral, {"move": "accept"}))
    bare = {"move": "complete", "reason": "complete:COMPL"}
    refused = service.submit(f"{referral}/end", bare)
    assert refused.status_code == 422
    assert "Say what changed" in refused.text
    assert service.submit(referral, bare).status_code == 422  # nor by the other page
    sent(service.submit(f"{referral}/end", bare | {"change_DRUG": "unknown"}))
    assert "Completed" in service.get("/inbox").text
    sent(worker.submit(f"{case}/close", {"reason": "DONE"}))
    assert "No case here" in worker.get("/cases?tab=team").text
