"""The assessment: drafted, resumed by a colleague, finished once, and read in its old words."""

import pytest
from conftest import hidden_fields
from journeys.test_whole_loop import accept, book
from support import html
from support.html import address, addresses, link

from referral.access.permissions import Role

FOUND = {
    "severity_DRUG": "high",
    "wants_DRUG": "y",
    "severity_HOUS": "urgent",
    "goal_1": "a place of my own",
    "strengths": "his sister",
    "substance_1": "HEROIN",
    "days_1": "20",
    "route_1": "SMOKE",
    "substance_2": "BENZO",
    "item_phq-2_0": "2",
    "item_phq-2_1": "1",
}


@pytest.fixture
def case(as_role) -> str:
    """The address of an open case."""
    desk = as_role(Role.CUSTODY_OFFICER)
    accept(desk, book(desk))
    return address(as_role(Role.WORKER).get("/cases").text, "/cases/[0-9a-f-]{36}")


def test_a_finished_assessment_shows_needs_goals_scores_and_the_words_that_were_asked(
    as_role, case
):
    worker = as_role(Role.WORKER)
    done = worker.submit(f"{case}/assessment", FOUND)
    assert done.status_code == 303, done.text
    page = worker.get(done.location).text
    for words in (
        "High need, wants help",
        "“a place of my own”",
        "20 of the last 28 days, smoked",
        "opioids together with alcohol or other depressants",
        "nowhere to sleep tonight",
        "Score 3.",
        "little interest or pleasure",
        "No permission required",
    ):
        assert words in page, words
    assert "Assessed" in worker.get(f"{case}/timeline").text


def test_a_draft_keeps_even_what_is_wrong_and_a_colleague_goes_on_with_it(as_role, case):
    worker = as_role(Role.WORKER)
    typed = FOUND | {"days_1": "many", "save": "draft"}
    assert worker.submit(f"{case}/assessment", typed).status_code == 303
    page = as_role(Role.TEAM_LEAD).get(f"{case}/assessment").text
    assert 'value="many"' in page
    assert "a place of my own" in page
    wrong = worker.submit(f"{case}/assessment", FOUND | {"days_1": "many"})
    assert wrong.status_code == 422
    assert "Type a whole number from 0 to 28" in wrong.text


def test_who_saves_an_older_draft_is_told_and_keeps_what_was_typed(as_role, case):
    worker, lead = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    old = hidden_fields(lead.get(f"{case}/assessment").text)
    saved = worker.submit(f"{case}/assessment", {"goal_1": "mine", "save": "draft"})
    assert saved.status_code == 303
    late = lead.post(f"{case}/assessment/draft", data=old | {"goal_1": "theirs"})
    assert late.status_code == 409
    finished = lead.post(f"{case}/assessment", data=old | FOUND | {"goal_1": "theirs"})
    assert finished.status_code == 409
    assert "Someone else changed this" in finished.text
    assert "theirs" in finished.text


def test_last_times_answers_are_offered_and_count_only_when_confirmed(as_role, case):
    worker = as_role(Role.WORKER)
    worker.submit(f"{case}/assessment", FOUND)
    page = worker.get(f"{case}/assessment").text
    assert "Last time: high need. Please confirm." in page
    nothing = worker.submit(f"{case}/assessment", {"goal_1": "work"})
    assert nothing.status_code == 422
    assert "Say how serious at least one need is" in nothing.text
    confirmed = worker.submit(f"{case}/assessment", {"same_DRUG": "y"})
    page = worker.get(confirmed.location).text
    assert "High need" in page
    assert "Needs help now" not in page


def test_the_assessment_goes_to_a_service_only_at_the_full_level(as_role, case):
    worker, service = as_role(Role.WORKER), as_role(Role.SERVICE_WORKER)
    worker.submit(f"{case}/assessment", FOUND)
    html.hand_over(worker, f"{case}/hand-off", "", "summary")  # housing comes first: it is urgent
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert "a place of my own" not in service.get(referral).text
    desk = as_role(Role.CUSTODY_OFFICER)
    accept(desk, book(desk, surname="Boyle", forename="Ann", date_of_birth="", sex="F"))
    other = link(worker.get("/cases").text, "Ann Boyle")
    worker.submit(f"{other}/assessment", FOUND)
    html.hand_over(worker, f"{other}/hand-off", "", "full")
    both = set(addresses(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}"))
    full = service.get((both - {referral}).pop()).text
    assert "a place of my own" in full
    assert "Drugs: high need, wants help" in full
    assert (
        "Housing or homelessness" not in full
    )  # the hub is not there for it, so it was not told of it


def test_a_shell_is_offered_only_after_an_administrator_named_a_licence(as_role, case):
    worker, administrator = as_role(Role.WORKER), as_role(Role.ADMINISTRATOR)
    assert "CORE-10" not in worker.get(f"{case}/assessment").text
    bare = administrator.submit("/instruments", {"instrument": "core-10"})
    assert bare.status_code == 422
    said = {"instrument": "core-10", "licence_reference": "CST 2026/7"}
    assert administrator.submit("/instruments", said).status_code == 303
    assert "CORE-10 (distress): total of the form" in worker.get(f"{case}/assessment").text
