"""No page grows beyond what a slow line brings in a moment, however long its lists are."""

import pytest
from browser.places import PAGES, furnish, may_enter
from conftest import EMAILS
from flask import url_for
from web.long import MANY, fill

from referral.access.permissions import Role

MOST = 60_000  # bytes of HTML, with fifty rows of each list
ALSO = {
    "accounts.tokens": MOST + 10_000,  # two lists: all services to choose from, fifty tokens
    "joining.queue": MOST + 10_000,  # two lists of fifty
    "escalation.late": MOST + 10_000,  # three lists of fifty
    "oversight.styles": MOST + 60_000,  # every drawing, each for a wide and for a narrow place
    # everybody in the cells at once, since nobody may be missed: so much for each of them
    "health.here": 2_000 * (MANY + 1),
    "stays.handover": 1_000 * (MANY + 1),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_page_with_full_lists_is_heavy(app, as_role):
    with app.app_context():
        fill(app)
    sizes = {}
    for role in EMAILS:
        with app.app_context():
            records = furnish(role)
        browser = as_role(role)
        for endpoint, wanted in PAGES.items():
            known = all(records[record] for record in wanted.values())
            if endpoint in sizes or role not in may_enter(app, endpoint) or not known:
                continue
            with app.test_request_context():
                address = url_for(endpoint, **{k: str(records[v]) for k, v in wanted.items()})
            sizes[endpoint] = len(browser.get(address).data)
    assert len(sizes) > 100
    heavy = {one: size for one, size in sizes.items() if size > ALSO.get(one, MOST)}
    assert heavy == {}
    assert all(sizes[one] > MOST for one in ALSO), "take out what is light by now"


def test_a_page_is_sent_without_the_indentation_of_its_template(as_role):
    page = as_role(Role.CUSTODY_OFFICER).get("/custody/").text
    assert not [line for line in page.splitlines() if line.startswith(" ")]
