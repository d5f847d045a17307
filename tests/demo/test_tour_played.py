"""An officer, a worker and a service go through their first day by the forms of their own pages."""

from desk.test_one_page import ANN, LIST, NEW, TALK
from support.html import address, hand_over, press, read, send, words

from referral.access.permissions import Role
from referral.demo.organisations import PASSWORD
from referral.demo.tour import TOURS

CASE, REFERRAL, STAY = "/cases/[0-9a-f-]{36}", "/inbox/[0-9a-f-]{36}", "/custody/bookings/[^/]{36}"
AGAIN = ANN | {"answer": "", "already": "ended"}
FREE = {"route": "NOCHARGE", "naloxone": "has", "released_at": "now"}
NOTE = {"said": "Rings again on Friday", "whom": "person", "how": "met", "happened_at": "now"}


def begun(as_role, role: Role):
    """A browser in which the first day of a role was begun."""
    browser = as_role(role)
    press(browser, browser.get("/guide"), "Begin: five minutes")
    return browser


def due(browser) -> str:
    """The title of the step that is due now; empty when all are behind."""
    said = words(read(browser.get("/guide").text).select_one(".app-tour p"))
    steps = {step.title for steps in TOURS.values() for step in steps}
    return next((title for title in sorted(steps) if f" {title}. " in said), "")


def sent(answer):
    """The same, of a form that was taken."""
    assert answer.status_code == 303, words(read(answer.text).main)
    return answer


def the_worker(as_role) -> None:
    worker = begun(as_role, Role.WORKER)
    assert due(worker) == "Who is in a cell now"
    sent(press(worker, worker.get("/cases"), "Next step"))
    case = address(worker.get("/cases").text, CASE)
    assert due(worker) == "Take a case"
    sent(send(worker, case, f"{CASE}/take"))
    assert due(worker) == "See them"
    sent(send(worker, case, f"{CASE}/seen"))
    assert due(worker) == "Assess"
    sent(worker.submit(f"{case}/assessment", {"severity_DRUG": "high", "wants_DRUG": "y"}))
    assert due(worker) == "Hand to a service"
    sent(hand_over(worker, f"{case}/hand-off", "summary"))
    assert due(worker) == "Note a call"
    sent(worker.submit(f"{case}/notes/new", NOTE))
    assert due(worker) == "Plan to stay in touch"
    sent(worker.submit(f"{case}/plan", {"best_way": "call", "number_confirmed": "rang"}))
    assert due(worker) == "Lock the screen"
    sent(send(worker, case, "/lock"))
    sent(worker.submit("/locked", {"password": PASSWORD}))
    assert "You left out" not in words(read(worker.get("/guide").text).select_one(".app-tour"))
    assert due(worker) == ""


def the_service(as_role) -> None:
    service = begun(as_role, Role.SERVICE_WORKER)
    sent(press(service, service.get("/inbox"), "Next step"))
    referral = address(service.get("/inbox").text, REFERRAL)
    assert due(service) == "Answer"
    sent(service.submit(referral, {"move": "accept"}))
    assert due(service) == "Say when you meet"
    sent(service.submit(f"{referral}/appointments", {"starts_at": "now", "place": "Hub"}))
    assert due(service) == "Say whether they came"
    sent(send(service, "/inbox", "/inbox/appointments/.*/attendance", came="yes"))
    assert due(service) == "Write up what came of it"
    changed = {"change_DRUG": "better"}
    ending = changed | {"move": "complete", "reason": "complete:COMPL"}
    sent(service.submit(f"{referral}/end", ending))
    sent(service.submit(f"{referral}/write-up", changed))
    assert due(service) == "Lock the screen"
    sent(send(service, "/inbox", "/lock"))
    sent(service.submit("/locked", {"password": PASSWORD}))
    assert due(service) == ""


def test_the_day_of_an_officer_a_worker_and_a_service_each_to_its_last_step(as_role):
    desk = begun(as_role, Role.CUSTODY_OFFICER)
    assert due(desk) == "Who to ask first"
    sent(press(desk, desk.get(LIST), "Next step"))
    assert due(desk) == "Book somebody invented"
    sent(desk.submit(NEW, TALK | {"desk": "yes"}))  # booked, asked, and told of: three steps
    assert due(desk) == "What became of the last referral"
    stay = address(desk.get(LIST).text, STAY)
    the_worker(as_role)
    the_service(as_role)
    sent(desk.submit(f"{stay}/release", FREE))
    assert due(desk) == "What became of the last referral"
    known = read(desk.submit(NEW, AGAIN).text).select_one("[name=same_as]")["value"]
    back = sent(desk.submit(NEW, AGAIN | {"same_as": known})).location
    assert "Recovery hub" in desk.get(back).text
    assert due(desk) == "Who left"  # they left before
    sent(press(desk, desk.get("/custody/left"), "Next step"))
    assert due(desk) == "Lock the screen"
    sent(send(desk, LIST, "/lock"))
    sent(desk.submit("/locked", {"password": PASSWORD}))
    assert due(desk) == ""
