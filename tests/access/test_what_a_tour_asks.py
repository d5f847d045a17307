"""Each event that a first day asks for is one that its role may cause."""

from collections.abc import Mapping

import pytest
from access.acts import ACTS
from access.test_every_act_leaves_an_event import do
from access.walking import Site, shown
from werkzeug.routing import Rule

from referral.access.permissions import ROLES
from referral.audit.tags import Tag
from referral.demo.tour import TOURS

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
BOOKING = "/custody/bookings/<booking_id>"
# where each event that a tour asks for comes from; one that is no act of the table is a look
COMES_FROM: Mapping[Tag, str] = {
    Tag.SCREEN_LOCKED: "/lock",
    Tag.BOOKING_OPENED: "/custody/bookings/new",
    Tag.CASE_OPENED: BOOKING,
    Tag.WARNING_GIVEN: f"{BOOKING}/warning",
    Tag.CARD_SEEN: BOOKING,
    Tag.RELEASED: f"{BOOKING}/release",
    Tag.PERSON_CORRECTED: f"{BOOKING}/correct",
    Tag.DANGERS_SEEN: "/custody/healthcare",
    Tag.DANGER_KNOWN: f"{BOOKING}/healthcare/knows",
    Tag.NALOXONE_SAID: f"{BOOKING}/healthcare/naloxone",
    Tag.CASE_TAKEN: "/cases/<case_id>/take",
    Tag.CASE_SEEN_THEM: "/cases/<case_id>/seen",
    Tag.ASSESSED: "/cases/<case_id>/assessment",
    Tag.REFERRAL_SENT: "/cases/<case_id>/hand-off",
    Tag.NOTE_WRITTEN: "/cases/<case_id>/notes/new",
    Tag.PLAN_MADE: "/cases/<case_id>/plan",
    Tag.ALONG_SAID: "/along/<going_id>",
    Tag.CASE_GIVEN: "/cases/give",
    Tag.COVER_ARRANGED: "/leave",
    Tag.REFERRAL_MOVED: "/inbox/<referral_id>",
    Tag.APPOINTMENT_BOOKED: "/inbox/<referral_id>/appointments",
    Tag.ATTENDANCE_SAID: "/inbox/appointments/<appointment_id>/attendance",
    Tag.OUTCOME_WRITTEN_UP: "/inbox/<referral_id>/write-up",
    Tag.DIRECTORY_CHANGED: "/services/<number>",
    Tag.REPORT_SEEN: "/reports/outcomes",
    Tag.REPORT_TAKEN: "/reports/outcomes.csv",
    Tag.EDITION_MADE: "/editions/new",
    Tag.ALERT_POSTED: "/alerts",
    Tag.TRAIL_SEARCHED: "/trail",
    Tag.DIRECTORY_CONFIRMED: "/directory/services/<number>/confirm",
    Tag.USER_INVITED: "/accounts/invite",
    Tag.DEADLINE_CHANGED: "/directory/deadlines/<kind>",
}
LOOKS = {Tag.CARD_SEEN, Tag.DANGERS_SEEN, Tag.REPORT_SEEN, Tag.REPORT_TAKEN, Tag.TRAIL_SEARCHED}


def look(site: Site, tag: Tag, rule: Rule) -> None:
    """Open the page as the first role whose tour asks for it; of a card, that of who came back."""
    who = next(role for role, steps in TOURS.items() if tag in {step.proof for step in steps})
    browser = site.visitors[who.value]
    browser._cookies = dict(site.cookies[who.value])
    others = {"booking_id": site.places["own"]["booking_id-back"]}
    assert browser.get(site.address(rule, "own", others)).status_code == 200


@sqlite_alone
def test_each_event_that_a_tour_asks_for_is_one_that_its_role_can_cause(site):
    rules = {shown(rule): rule for rule in site.app.url_map.iter_rules()}
    asked = {step.proof for steps in TOURS.values() for step in steps if step.proof}
    assert COMES_FROM.keys() == asked
    for role, steps in TOURS.items():
        for tag in (step.proof for step in steps if step.proof):
            permission = site.app.view_functions[rules[COMES_FROM[tag]].endpoint].permission
            assert ROLES[role].may(permission), f"{role}: {tag}"
    for tag, address in COMES_FROM.items():
        site.put_back()
        if tag in LOOKS:
            look(site, tag, rules[address])
        else:
            do(site, rules[address], ACTS[address])
        assert tag.value in site.events(), tag
