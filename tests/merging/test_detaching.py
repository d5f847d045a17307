"""A stay on the wrong record leaves with exactly what it brought, before and after a hand-off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from support.state import state
from support.stories import centre, moment

from referral.consent.queries import latest_answers
from referral.custody.actions import BookingDetails
from referral.db import db
from referral.desk.actions import Arrival, StillTrue, arrive, confirm
from referral.merging.detaching.actions import (
    DetachDetails,
    OnlyTheirStay,
    detach,
)
from referral.merging.joining.actions import JoinDetails, JoinedSince, join
from referral.merging.parting.actions import PartDetails, part
from referral.people.identity import Identity
from referral.people.models import Person, ToldApart

KNOWN = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:00 Ann agreed telling DRUG
2026-08-03 13:00 Ann referred to homes
2026-08-03 20:00 Ann released
"""
AT = moment("2026-08-10 09:00")
WHO = Identity("Bea", "Other", date(1991, 2, 3), sex="F", phone="07700 900777", postcode="G51 2AB")


@pytest.fixture
def before(stories):
    """All that is there before the wrong record is chosen."""
    stories.play(KNOWN)
    return state(), stories.came["Ann"].person_id


def wrongly(stories):
    """Another woman comes, and Ann's record is chosen for her."""
    here = replace(stories.officer, centre_id=centre("Govan").id)
    known = stories.came["Ann"].person_id
    stories.came["Ann"] = arrive(Arrival(BookingDetails(WHO, AT, known)), here, AT)
    return stories.came["Ann"]


def somebody_else(stories, stay, hours=5):
    here = replace(stories.officer, centre_id=centre("Govan").id)
    return detach(stay, DetachDetails("her card", stay.version), here, AT + timedelta(hours=hours))


def test_a_number_that_was_confirmed_in_the_stay_goes_with_it(stories, before):
    rows, number = before
    stay = wrongly(stories)
    here = replace(stories.officer, centre_id=centre("Govan").id)
    confirm(stay, StillTrue(phone="07700 900888", language="pl"), here, AT + timedelta(hours=1))
    old = db.session.get_one(Person, number)
    assert (old.phone, old.language) == ("07700 900888", "pl")
    new = somebody_else(stories, stay)
    assert (new.phone, new.language) == ("07700 900888", "pl")
    assert of(number, state()) == of(number, rows)


def of(person_id, rows):
    """The rows that name a person, but the trail of what was shown and told apart."""
    mine = {t: [row for row in r if str(person_id) in row] for t, r in rows.items()}
    return {t: r for t, r in mine.items() if r and t not in {"told_apart", "suggestion"}}


@pytest.mark.parametrize(
    "since",
    ["", "2026-08-10 10:00 Ann declined", "2026-08-10 10:00 Ann agreed telling ALC",
     "2026-08-10 10:00 Ann agreed telling ALC\n2026-08-10 11:00 Ann referred to hub"],
)  # fmt: skip
def test_the_old_record_is_as_it_was_and_the_new_one_as_typed(stories, before, since):
    rows, ann = before
    stay = wrongly(stories)
    stories.play(since)
    bea = somebody_else(stories, stay)
    after = state()
    assert of(ann, after) == of(ann, rows)
    assert (bea.name, bea.date_of_birth, bea.phone) == ("Bea Other", WHO.date_of_birth, WHO.phone)
    assert stay.person_id == bea.id != ann
    apart = db.session.scalars(select(ToldApart)).one()
    assert {apart.one_id, apart.other_id} == {ann, bea.id}


def test_what_was_agreed_and_handed_on_in_the_stay_goes_along(stories, before):
    _, ann = before
    stay = wrongly(stories)
    stories.play("2026-08-10 10:00 Ann agreed telling ALC\n2026-08-10 11:00 Ann referred to hub")
    bea = somebody_else(stories, stay)
    case, referral = stories.case("Ann"), stories.referral("Ann", "hub")
    assert case.person_id == referral.person_id == bea.id
    assert referral.case_id == case.id
    assert case.booking_id == stay.id
    assert {answer.purpose for answer in latest_answers(bea.id)} >= {"talk", "contact", "share"}
    assert "hub" not in [one.service_id for one in latest_answers(ann)]
    assert db.session.get_one(Person, ann).name == "Ann Example"


def test_what_came_with_another_record_goes_only_when_the_two_are_parted(stories, before):
    _, ann = before
    wrong = wrongly(stories)
    stories.play("2026-08-10 10:00 Ann agreed telling ALC\n2026-08-10 11:00 Ann referred to hub")
    bob = stories.play("2026-08-10 09:00 Bob booked at Govan").came["Bob"].person_id
    joining = join(JoinDetails(bob, ann), stories.lead, AT + timedelta(hours=3))
    with pytest.raises(JoinedSince):
        somebody_else(stories, wrong)
    part(joining, PartDetails(joining.version), stories.lead, AT + timedelta(hours=4))
    bea = somebody_else(stories, wrong)
    referral = stories.referral("Ann", "hub")
    assert (referral.person_id, referral.case.person_id) == (bea.id, bea.id)
    assert referral.case.closed_at is None


def test_a_record_that_was_made_for_the_stay_is_corrected_and_not_left(stories):
    stay = stories.play("2026-08-10 09:00 Ann booked at Govan").came["Ann"]
    with pytest.raises(OnlyTheirStay):
        somebody_else(stories, stay)
