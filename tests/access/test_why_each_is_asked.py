"""Beside each question of a booking, an assessment and the person's page stands why it is asked."""

import pytest
from access.walking import PERSON
from bs4 import Tag
from support.html import read

from referral.access.permissions import Role
from referral.oversight.reasons import AT_DESK, IN_ASSESSMENT, ON_OWN_PAGE, WHY

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DESK, WORKER = Role.CUSTODY_OFFICER.value, Role.WORKER.value
PAGES = (
    (DESK, "/custody/bookings/new"),
    (DESK, "/custody/bookings/{booking_id-back}"),
    (WORKER, "/cases/{case_id}/assessment"),
    (PERSON, "/me/page"),
    ("stranger", "/me"),
    ("stranger", "/w/{text-worth}"),
)
GROUP = ".app-step, .app-card, .app-note, details, form"  # what stands together on a page
# asked only of who was here before, and only of whom nothing else is asked about that stay
SELDOM = {"still", "helped"}
NO_QUESTION = {"name"}  # the search at the top of a worker's page


def asked(page: Tag) -> list[Tag]:
    """Every field that somebody is to fill in."""
    wanted = "main input[name]:not([type=hidden]), main select[name], main textarea[name]"
    return [field for field in page.select(wanted) if field["name"] not in NO_QUESTION]


def is_for(field: str, reason: str) -> bool:
    return any(
        field == name or (name.endswith("_") and field.startswith(name))
        for name in WHY[reason].fields
    )


def unexplained(page: Tag) -> set[str]:
    """The fields in whose group, or in that around it, no reason is for them."""
    found = set()
    for field in asked(page):
        groups = [one for one in field.parents if one.css.match(GROUP)]
        beside = [why["data-why"] for group in groups for why in group.select("[data-why]")]
        if not any(is_for(field["name"], reason) for reason in beside):
            found.add(field["name"])
    return found


@sqlite_alone
def test_beside_each_question_stands_why_it_is_asked(site):
    shown = set()
    for who, page in PAGES:
        browser = site.visitors[who]
        browser._cookies = dict(site.cookies[who])
        answer = browser.get(page.format_map(site.places["own"]))
        assert answer.status_code == 200, page
        drawn = read(answer.text)
        assert asked(drawn), page
        assert unexplained(drawn) == set(), page
        shown |= {one["data-why"] for one in drawn.select("[data-why]")}
    assert WHY.keys() - shown <= SELDOM


def test_a_question_has_one_reason_on_its_page():
    for reasons in (AT_DESK, IN_ASSESSMENT, ON_OWN_PAGE):
        fields = [name for reason in reasons.values() for name in reason.fields]
        assert len(fields) == len(set(fields))
    assert len(WHY) == len(AT_DESK) + len(IN_ASSESSMENT) + len(ON_OWN_PAGE)


def test_a_question_without_a_reason_is_noticed():
    page = read('<main><form><p data-why="home"></p><input name="surname"></form></main>')
    assert unexplained(page) == {"surname"}
    page = read('<main><form><p data-why="who"></p><input name="surname"></form></main>')
    assert unexplained(page) == set()
