"""The supervisor's own view and the sheet for the next shift: nobody unasked, nothing untold."""

import pytest
from desk.test_board import HOUR, here  # noqa: F401 - a fixture
from support.html import read, words

from referral import clock
from referral.access.permissions import Role


@pytest.fixture
def supervisor(as_role):
    """The browser of a custody supervisor."""
    return as_role(Role.CUSTODY_SUPERVISOR)


def main_of(page: str) -> str:
    return words(read(page).main)


def test_who_was_not_asked_stands_there_with_the_reason(here, desk, supervisor):  # noqa: F811
    stay, _ = here("Reid", 2, "7")
    desk.submit(f"/custody/bookings/{stay}", {"answer": "not asked", "not_asked_reason": "NOSTAFF"})
    page = main_of(supervisor.get("/custody/shift").text)
    assert "1 not asked, with a reason" in page
    assert "A.R., cell 7 No staff time" in page
    assert "Reid" not in page


def test_a_danger_that_nobody_was_told_of_stands_on_top(here, supervisor):  # noqa: F811
    here("Reid", 1, "3", overdose=True)
    (line,) = read(supervisor.get("/custody/shift").text).select(".app-alert")
    assert "A.R., cell 3" in words(line)


def test_what_was_put_right_is_listed_with_who_and_why(here, desk, supervisor):  # noqa: F811
    stay, _ = here("Reid", 2)
    began = {"authorised_at": f"{clock.now() - 3 * HOUR:%Y-%m-%dT%H:%M}", "why": "misheard"}
    assert desk.submit(f"/custody/bookings/{stay}/began", began).status_code == 303
    page = main_of(supervisor.get("/custody/shift").text)
    assert "Kirsty Ross" in page
    assert "misheard" in page


def test_the_sheet_says_what_to_do_first_and_names_nobody(here, desk):  # noqa: F811
    here("Reid", 1, "3", overdose=True)
    here("Shaw", 2, "12")
    page = read(desk.get("/custody/handover").text)
    first, everybody = (words(table) for table in page.select(".app-sheet"))
    assert first.index("A danger is not told yet") < first.index("Not asked yet")
    assert "12 A.S." in everybody
    assert "Reid" not in words(page.main)
    assert "overdose" not in words(page.main).lower()


def test_the_view_is_the_supervisors(desk):
    assert desk.get("/custody/shift").status_code == 403


def test_the_sheet_leaves_nobody_out(here, desk):  # noqa: F811
    for number in range(52):
        here(f"Ray{chr(97 + number % 26)}", 1 + number / 60, str(number))
    everybody = read(desk.get("/custody/handover").text).select(".app-sheet")[-1]
    assert len(everybody.select("tbody tr")) == 52


def test_one_page_of_the_navigation_is_where_one_is(supervisor):
    for address, name in (("/custody/shift", "Supervisor"), ("/custody/handover", "Centre now")):
        bar = read(supervisor.get(address).text).select_one(".app-bar__nav")
        assert [words(link) for link in bar.select("[aria-current]")] == [name]
