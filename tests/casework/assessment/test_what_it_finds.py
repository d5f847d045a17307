"""What a worker finds reaches hand-off, service and outcome; what the desk heard reaches them."""

from journeys.test_whole_loop import book, hand_over
from support.html import address, read, words

from referral.access.permissions import Role

CASE = "/cases/[0-9a-f-]{36}"


def accepted(desk, **said) -> str:
    """Somebody in the cells wants help; the address of their booking."""
    booking = book(desk)
    yes = {"answer": "accepted", "contact": "yes", "outcome": "yes"}
    assert desk.submit(booking, yes | said).status_code == 303
    return booking


def case_of(worker) -> str:
    """The only case."""
    return address(worker.get("/cases").text, CASE)


def test_needs_that_the_desk_never_heard_of_are_handed_on_and_asked_after(desk, worker, as_role):
    accepted(desk)
    case = case_of(worker)
    found = {"severity_DRUG": "high", "wants_DRUG": "y", "severity_BEN": "some"}
    assert worker.submit(f"{case}/assessment", found | {"severity_ALC": "none"}).status_code == 303
    known = words(read(worker.get(case).text).select_one(".app-needs"))
    assert "Drugs High need, wants help Nobody" in known
    assert "Benefits Some need Nobody" in known
    assert "Say no now: Alcohol" in known
    offered = words(read(worker.get(f"{case}/hand-off").text).select_one("main"))
    assert "Needs: drugs (high need); benefits (some need)." in offered
    hand_over(worker)
    service = as_role(Role.SERVICE_WORKER)
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert "Needs: Drugs" in words(read(service.get(referral).text))  # the hub is for drugs alone
    for move in ("accept", "start"):
        service.submit(referral, {"move": move})
    ending = read(service.get(f"{referral}/end").text)
    assert {field["name"] for field in ending.select("[name^=change_]")} == {"change_DRUG"}


def test_the_assessment_shows_what_the_desk_heard_and_who_said_it(desk, worker):
    accepted(desk, needs=["MH"], dangers=["self_harm"])
    page = read(worker.get(f"{case_of(worker)}/assessment").text)
    mind = page.select_one("#severity_MH").find_parent("fieldset")
    assert "Known: said by the person" in words(mind)
    drugs = page.select_one("#severity_DRUG").find_parent("fieldset")
    assert "Known" not in words(drugs)
    assert page.select_one("#why_self_harm")
    assert not page.select_one("#why_pregnant")


def test_a_danger_that_stands_is_denied_with_a_reason_only(desk, worker):
    booking = accepted(desk, dangers=["overdose"])
    case = case_of(worker)
    no = {"severity_DRUG": "none", "danger_overdose": "no"}
    refused = worker.submit(f"{case}/assessment", no)
    assert refused.status_code == 422
    beside = words(read(refused.text).select_one("#why_overdose-error"))
    assert "Say why the danger does not apply any more" in beside
    right = no | {"why_overdose": "It was in 2019"}
    assert worker.submit(f"{case}/assessment", right).status_code == 303
    page = worker.get(case).text
    assert "At risk" not in page
    assert "does not apply any more, says a worker" in page
    assert "It was in 2019" in page
    assert "Tell someone now" not in desk.get("/custody/").text
    assert "It was in 2019" not in desk.get(booking).text


def test_who_did_not_want_to_say_takes_nothing_back(desk, worker):
    accepted(desk, needs=["MH"], dangers=["self_harm"])
    case = case_of(worker)
    said = {"severity_MH": "unsaid", "severity_DRUG": "some", "danger_self_harm": "declined"}
    done = worker.submit(f"{case}/assessment", said)
    assert done.status_code == 303
    assert "Mental health" not in worker.get(done.location).text
    page = worker.get(case).text
    assert "Mental health" in words(read(page).select_one(".app-needs"))
    assert "At risk:" in page


def test_a_worker_notes_a_danger_between_assessments_and_takes_it_off(desk, worker):
    accepted(desk)
    case = case_of(worker)
    page = f"{case}/danger"
    assert "tell custody healthcare yourself" in worker.get(page).text
    assert worker.submit(page, {"danger": "self_harm", "applies": "yes"}).status_code == 303
    assert "The desk does not know of self-harm" in worker.get(case).text
    refused = worker.submit(page, {"danger": "self_harm", "applies": "no"})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    why = {"danger": "self_harm", "applies": "no", "reason": "Spoke with the nurse"}
    assert worker.submit(page, why).status_code == 303
    assert "At risk:" not in worker.get(case).text
