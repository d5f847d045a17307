"""Over any history each thing that was said is still there, and what counts follows from all."""

import os
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.stories import moment

from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import answer_offer, note_danger
from referral.casework.cases.queries import open_case_of
from referral.consent.actions import PLAINLY
from referral.custody.actions import OfferDetails
from referral.custody.health_actions import lift
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.known.actions import Saying
from referral.known.models import Observation
from referral.known.now import NEAR_FATAL, About, Said, dangers_of, needs_of
from referral.known.queries import lately_near_death, needs_now, needs_told

START = moment("2026-06-01 12:00")
NEEDS = ("DRUG", "MH", "BEN")
DANGERS = ("overdose", "self_harm")
SAID = st.dictionaries(st.sampled_from(NEEDS + DANGERS), st.sampled_from(Said), max_size=3)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["offer", "assess", "note", "lift", "come back"]),
        SAID,
        st.sampled_from([timedelta(hours=1), timedelta(days=16), timedelta(days=31)]),
    ),
    min_size=1,
    max_size=8,
)


def sayings(said: dict[str, Said]) -> list[Saying]:
    """These answers, each about what its code is of."""
    about = dict.fromkeys(NEEDS, About.NEED) | dict.fromkeys(DANGERS, About.DANGER)
    return [Saying(about[code], code, answer, reason="Looked") for code, answer in said.items()]


def rows() -> dict[object, dict]:
    """Everything that was ever said, as the database has it."""
    db.session.flush()
    table = Observation.__table__
    found = db.session.execute(select(table).order_by(table.c.order)).mappings()
    return {row["id"]: dict(row) for row in found}


class History:
    """One person at a desk and with a worker, for as long as an example lasts."""

    def __init__(self, stories) -> None:
        self.stories, self.at = stories, START
        stories.play("2026-06-01 12:00 Ann booked at Govan\n2026-06-01 12:00 Ann agreed")

    @property
    def stay(self) -> Booking:
        return self.stories.came["Ann"]

    def do(self, act: str, said: dict[str, Said], later: timedelta) -> None:
        """One thing happens, so much later."""
        self.at += later
        case = open_case_of(self.stay.person_id)
        if act == "offer":
            answers = OfferDetails(OfferAnswer.ACCEPTED, self.stay.version, otherwise=sayings(said))
            answer_offer(self.stay, answers, [], PLAINLY, self.stories.officer, self.at)
        elif act == "assess":
            needs = [Need(code, "some", True) for code in said if code in NEEDS]
            dangers = [one for one in sayings(said) if one.kind is About.DANGER]
            done = AssessmentDetails(0, needs=needs or [Need("MH", "none", False)], dangers=dangers)
            finish(case, done, self.stories.worker, self.at)
        elif act == "note":
            for one in sayings({code: said[code] for code in said if code in DANGERS}):
                note_danger(case, one, self.stories.worker, self.at)
        elif act == "lift" and (standing := self.stay.dangers_at_desk(self.at)):
            lift(self.stay, standing[0], "Looked", self.stories.officer, self.at)
        elif act == "come back":
            self.stories._released("Ann", self.at)
            self.stories._booked("Ann", self.at, "Govan")
            self.stories._agreed("Ann", self.at)


def is_worked_out_from_all_that_was_said(stay: Booking, at) -> None:
    """Row by row in Python, and by the engine, and as the stay has it in its hands."""
    mine = select(Observation).filter_by(booking_id=stay.id).order_by(Observation.order)
    words = db.session.scalars(mine).all()
    counts = {code for code, need in needs_of(words).items() if need.counts}
    everywhere = select(Observation).filter_by(person_id=stay.person_id)
    near = everywhere.where(Observation.code.in_(NEAR_FATAL)).order_by(Observation.order)
    lately = dangers_of(db.session.scalars(near), at)
    assert set(stay.needs) == counts == needs_now(stay.person_id, [stay.id]).keys()
    told = needs_told().where(Observation.booking_id == stay.id)
    assert {code for _, code in db.session.execute(told.order_by(Observation.order))} == counts
    recent = any(danger.stands for danger in lately.values())
    assert stay.recent_overdose(at) is recent
    assert (stay.person_id in set(db.session.scalars(lately_near_death(at)))) is recent


@settings(
    max_examples=int(os.environ.get("HISTORIES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_what_was_said_is_never_touched_and_what_counts_follows_from_it(stories, acts):
    history, before = History(type(stories)()), {}  # who came in another example is gone
    for act in acts:
        history.do(*act)
        after = rows()
        assert {number: after[number] for number in before} == before
        before = after
        is_worked_out_from_all_that_was_said(history.stay, history.at)
        db.session.expire_all()
        is_worked_out_from_all_that_was_said(history.stay, history.at)
    db.session.rollback()
