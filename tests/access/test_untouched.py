"""A form shows what it changes, and changes only what was touched.

By reflection: each form of each page that stands in endpoints.csv, with each record of the world
that its address may name, is sent back as it was shown. A new form is covered without being named.
"""

import pytest
from access.untouched import Found, Ledger, every_page, send
from access.walking import Site, lines, shown
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from referral.clock import today
from referral.db import db
from referral.directory.models import ChangedDay, Service

# what adds something of its own even where nothing was typed, and why
OF_ITS_OWN = {
    "/editions/new": "all is chosen before: what is asked for is the last quarter of Scotland",
    "/cases/<case_id>/assessment": "that somebody was asked is kept, also if they said nothing",
}
# forms of one page that each show something, so that to send one could lose what is typed in the
# other, and why they do not look like one
TOGETHER = {
    ("/custody/bookings/<booking_id>/who", "/custody/bookings/<booking_id>"): (
        "who it is comes first, in a card of its own; what was typed of the talk is kept as a draft"
    ),
    ("/me/worth", "/me/reach"): "each under its own heading, folded away until it is wanted",
}
# forms that no page of the walk shows as it is first opened
NOT_SHOWN = {
    "/a/<text>/again": "an old link",
    "/a/<text>/appointment": "behind the code to a link",
    "/a/<text>/end": "the same",
    "/a/<text>/open": "the same",
    "/a/<text>/try": "the same",
    "/cases/<case_id>/assessment/draft": "the assessment's own form, sent while it is typed",
    "/cases/give": "the list's own form, of which something is ticked",
    "/cases/<case_id>/spoken": "somebody who asked for help again",
    "/custody/bookings/likely": "the booking's own form, sent while it is typed",
    "/custody/drafts": "the same",
    "/custody/drafts/throw-away": "an officer who typed and did not save",
    "/editions/<edition_id>/take-back": "who makes editions, of one that goes out later",
    "/locked": "a browser that was locked",
    "/me/back": "a person who stopped something",
    "/me/stays": "a person who wants again what they had stopped",
    "/me/word": "a person who is not asked whether it was worth it",
    "/me/can": "a person who said that they cannot come",
    "/me/cannot": "a person with an appointment ahead",
    "/tour/on": "somebody whose first day in the demo runs",
    "/tour/stop": "the same",
    "/second-factor": "an account with an app",
    "/sign-in/code": "the same",
    "/sign-in/set-up": "the same",
}


@pytest.fixture
def ledger(site):
    ledger = Ledger(site.app)
    yield ledger
    ledger.close()


def test_a_form_that_is_sent_as_it_stands_changes_nothing(site, ledger):
    wrong, met, beside = [], set(), set()
    for page in every_page(site):
        met |= {form.rule for form in page}
        shown_here = [form for form in page if form.shows]
        if len(shown_here) > 1:
            beside.add(tuple(dict.fromkeys(form.rule for form in shown_here)))
        wrong += [found for form in shown_here for found in changed_by(site, ledger, form)]
    assert wrong == [], "\n".join(wrong)
    known = {shown(rule) for method, rule, _ in lines(site.app) if method == "POST"}
    assert {rule for rule in known - met if not rule.startswith("/api/")} == NOT_SHOWN.keys()
    assert OF_ITS_OWN.keys() <= met
    assert beside == TOGETHER.keys()


def changed_by(site: Site, ledger: Ledger, form: Found) -> list[str]:
    """What sending a form as it stands wrote down, but for one that adds something of its own."""
    if form.rule in OF_ITS_OWN:
        return []
    ledger.changes()  # what looking at the page wrote down
    answer = send(site, form)
    assert answer.status_code not in {400, 500}, form
    return [f"{form.rule} on {form.page} as {form.who}: {found}" for found in ledger.changes()]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_a_form_changes_is_noticed_and_a_version_is_no_change(app):
    """Else the walk would find nothing whatever was wrong."""
    ledger = Ledger(app)
    with app.app_context():
        flag_modified(db.session.scalars(select(Service)).first(), "name")
        db.session.commit()
    assert ledger.touched == {"service"}
    assert ledger.changes() == []
    with app.app_context():
        db.session.scalars(select(Service)).first().name = "Another"
        db.session.add(ChangedDay(day=today(), works=False, reason="Snow"))
        db.session.commit()
    assert ledger.changes() == ["changed_day +", "service.name"]
    ledger.close()
