"""Who waits for an edition reads how far it is, in counted steps."""

import pytest
from editions.invented import counted_of
from editions.town import LAST, OF_THE_YEAR, YEAR, begin, details, out, town
from sqlalchemy import select
from support.html import read, words
from support.stories import staff

from referral import clock
from referral.access.permissions import Role
from referral.db import db
from referral.editions import counting_actions
from referral.editions.counting_actions import found_of
from referral.editions.keeping import titles_again
from referral.jobs.kinds import Progress
from referral.jobs.models import Job
from referral.jobs.queries import progress_of
from referral.jobs.runner import Halt, Worker
from referral.jobs.states import JobState
from referral.reports.catalogue_queries import Kind


def test_an_edition_is_counted_in_three_steps(stories, monkeypatch):
    town({LAST: 32}, monkeypatch)
    edition = begin(details(LAST), staff("Isla Gunn"), clock.now())
    told: list[Progress] = []
    assert found_of(edition, told.append).told
    assert [(one.done, one.steps) for one in told] == [(0, 3), (1, 3), (2, 3)]
    assert [one.doing for one in told] == [
        "Counting the report “National”.",
        "2 tables are counted. Reading what was published before.",
        "Looking for numbers that could be worked out, beside 0 editions.",
    ]


def test_of_a_refused_one_each_table_that_may_be_left_out_is_a_step_and_has_its_title(
    stories, monkeypatch
):
    *earlier, last = OF_THE_YEAR
    town(dict.fromkeys(earlier, 20) | {last: 4, YEAR: 64}, monkeypatch)
    now = f"{clock.now():%Y-%m-%d %H:%M}"
    for period in (*earlier, YEAR):
        out(period, now)
    edition = begin(details(last), staff("Isla Gunn"), clock.now())
    told: list[Progress] = []
    found = found_of(edition, told.append)
    assert "“Referrals”, Number, number" in found.refusal
    assert found.titles["indicator"] == "Referrals"
    way = Progress("Looking for a way out: whether all but “Referrals” may go out.", 0, 1)
    assert told[-1] == way
    counting_actions.keep(edition, found)
    assert titles_again(edition.titles) == {"ladder": "Booked", "indicator": "Referrals"}


@pytest.fixture
def maker(as_role):
    """Who makes editions."""
    return as_role(Role.CJS_ANALYST)


def test_how_far_it_is_stands_on_the_page_while_a_worker_counts(app, maker, monkeypatch):
    seen = []

    def look(wanted):
        seen.append(read(maker.get(page).text).select_one("[data-waits]"))
        return counted_of(wanted, {LAST: 32}, {LAST: 96})

    kind = Kind("national", "National", "", look)
    monkeypatch.setattr(counting_actions, "kind_of", lambda name: kind)
    form = read(maker.get("/editions/new").text).select("main form")[-1]
    typed = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    said = {"report": "national", "period": LAST, "area": "S92000003", "audience": "public"}
    page = maker.post("/editions/new", data=typed | said).location
    waits = read(maker.get(page).text).select_one("[data-waits]")
    assert "This waits for its turn." in words(waits)
    assert not waits.select("progress")
    with app.app_context():
        Worker(app.extensions["work"], clock.now).drain(Halt())
    (at,) = seen
    assert "Step 1 of 3: Counting the report “National”." in words(at)
    bar = at.select_one("progress")
    assert (bar["value"], bar["max"], bar["aria-labelledby"]) == ("0", "3", "doing")
    assert "Passed" in maker.get(page).text


@pytest.mark.parametrize(
    ("state", "failures", "says"),
    [
        (JobState.WAITING, 0, "waits for its turn"),
        (JobState.WAITING, 1, "tried again"),
        (JobState.FAILED, 3, "Tell your administrator"),
    ],
)
def test_work_that_does_not_go_on_says_so(stories, state, failures, says):
    edition = begin(details(LAST), staff("Isla Gunn"), clock.now())
    job = db.session.scalars(select(Job).filter_by(key=edition.count_key)).one()
    job.state, job.failures = state, failures
    if state is JobState.FAILED:
        job.ended_at = clock.now()
    assert says in progress_of(edition.count_key).doing
    assert progress_of("edition:none:1").doing == "This went wrong. Tell your administrator."
