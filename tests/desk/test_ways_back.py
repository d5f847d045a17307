"""Each act at the desk has its way back, and afterwards everything is as it was before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from crowd import actor
from sqlalchemy import select
from support.state import state
from support.stories import centre, moment

from referral.access.permissions import Role
from referral.acts.actions import Undone
from referral.acts.kinds import OFFICER_UNDOES, SUPERVISOR_UNDOES, ActKind
from referral.acts.queries import last_act
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import Ending
from referral.casework.contact_plan.actions import PlanDetails, make, withdraw
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, stands
from referral.contact.own_page.actions import CardEntry, code_for, enter
from referral.custody.actions import BookingDetails, ReleaseDetails
from referral.custody.leg_actions import TransferDetails, arrive_at_centre, transfer
from referral.custody.models import Booking
from referral.custody.places import Mistake
from referral.custody.queries import everybody_here, left_lately, reach
from referral.custody.stay_actions import (
    BeganWhen,
    LongAgo,
    MistakeAlready,
    MistakeDetails,
    SayWhyWrong,
    TimesDetails,
    TooLongAgo,
)
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.desk.mistake_actions import (
    AnswersHere,
    BookedSince,
    ServicesTold,
    bring_back,
    call_mistake,
)
from referral.desk.queries import last_time
from referral.desk.stay_actions import correct_began, undo
from referral.handoff.referrals.leaving_actions import (
    HereSince,
    NothingToUndo,
    ThereAlready,
    leave,
    leave_rightly,
    take_back_leaving,
)
from referral.journey.actions import keep_what_changed
from referral.people.correcting_actions import (
    Correction,
    NothingCorrected,
    WhyCorrected,
    correct,
    take_back,
)
from referral.people.identity import Identity
from referral.people.models import Person, PersonAlias
from referral.people.naming import SurnameNeeded
from referral.people.queries import also_called, recognised
from referral.published.periods import period_of
from referral.reports.queries import counts, in_councils

BOOKED = "2026-08-07 09:00 Ann booked at Govan"
ASKED = "2026-08-07 10:00 Ann agreed telling DRUG"
LEFT = moment("2026-08-07 15:00")
LATER = moment("2026-08-07 16:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def stay(stories):
    came = stories.play(f"{BOOKED}\n{ASKED}").came["Ann"]
    make(stories.case("Ann"), PlanDetails("call", "readback"), 0, stories.worker, LEFT - HOUR)
    return came


def here(stories, name="Govan", by=None):
    return replace(by or stories.officer, centre_id=centre(name).id)


def supervisor(stories):
    return here(stories, by=actor(Role.CUSTODY_SUPERVISOR))


def goes(stories, stay, route, at=LEFT, **said):
    details = ReleaseDetails(route, at, "has", stay.version, **said)
    return leave(stay, details, stories.officer, at)


WAYS_OUT = {
    "free": lambda s, stay: goes(s, stay, "UNDERTAKING"),
    "court": lambda s, stay: goes(s, stay, "COURT", expected_at=LEFT + HOUR),
    "prison": lambda s, stay: goes(s, stay, "REMAND"),
    "hospital": lambda s, stay: goes(s, stay, "HOSP"),
    "another centre": lambda s, stay: transfer(
        stay, TransferDetails(centre("Clydebank").id, LEFT, stay.version), s.officer, LEFT
    ),
}


@pytest.mark.parametrize("way", WAYS_OUT.values(), ids=WAYS_OUT)
def test_to_have_left_is_taken_back_and_all_is_as_before(stories, stay, way):
    before = state()
    way(stories, stay)
    assert state() != before
    take_back_leaving(stay, stay.version, "wrong row", here(stories), LATER)
    assert state() == before
    assert everybody_here(here(stories)) == [stay]


def test_a_release_is_corrected_in_one_go(stories, stay):
    goes(stories, stay, "UNDERTAKING")
    before = LEFT - HOUR
    details = ReleaseDetails("REMAND", before, "", stay.version)
    leave_rightly(stay, details, "wrong way out", here(stories), LATER)
    assert stay.released_at is None
    assert [leg.since for leg in stay.legs] == [stay.authorised_at, before]
    assert stay.naloxone is None


def test_what_cannot_be_taken_back_says_why(stories, stay):
    with pytest.raises(NothingToUndo):
        take_back_leaving(stay, stay.version, "", here(stories), LATER)
    away = here(stories, "Clydebank")
    transfer(stay, TransferDetails(away.centre_id, LEFT, stay.version), stories.officer, LEFT)
    arrive_at_centre(stay, away, LEFT)
    with pytest.raises(ThereAlready):
        take_back_leaving(stay, stay.version, "", here(stories), LATER)
    goes(stories, stay, "UNDERTAKING")
    stories.play("2026-08-07 15:30 Ann booked at Govan")
    with pytest.raises(HereSince):
        take_back_leaving(stay, stay.version, "", here(stories), LATER)


def test_an_officer_has_a_day_and_a_supervisor_four_weeks(stories, stay):
    goes(stories, stay, "UNDERTAKING")
    second = timedelta(seconds=1)
    with pytest.raises(LongAgo):
        take_back_leaving(stay, stay.version, "", here(stories), LEFT + OFFICER_UNDOES + second)
    boss = supervisor(stories)
    with pytest.raises(TooLongAgo):
        take_back_leaving(stay, stay.version, "", boss, LEFT + SUPERVISOR_UNDOES + second)
    take_back_leaving(stay, stay.version, "", boss, LEFT + SUPERVISOR_UNDOES)
    assert stay.released_at is None


def test_who_left_today_stands_in_a_list_of_their_own(stories, stay):
    goes(stories, stay, "UNDERTAKING")
    since = LEFT - HOUR
    assert left_lately(here(stories), since, 1).rows == [stay]
    assert not left_lately(here(stories), LEFT + HOUR, 1).rows
    assert not left_lately(here(stories, "Clydebank"), since, 1).rows


def numbers(stories):
    """Everything that is counted, and what the desk knows."""
    keep_what_changed(db.session())
    whole = counts(period_of("2026-Q3"), in_councils(("S12000049",)), LATER)
    return whole, reach(here(stories), moment("2026-08-01 00:00"))


def promises_of(stay):
    """How the promises ended that were made in a stay; None among them where one stands."""
    mine = select(Promise).join(Promise.case).where(Case.booking_id == stay.id)
    return {promise.ending for promise in db.session.scalars(mine.order_by(Promise.order))}


def test_a_booking_by_mistake_counts_nowhere(stories):
    before = state("booking", "stay_leg", "person", "person_traits", "offer", "consent",
                   "observation", "referral_case", "promise")  # fmt: skip
    counted = numbers(stories)
    stay = stories.play(f"{BOOKED}\n{ASKED}").came["Ann"]
    assert numbers(stories) != counted
    details = MistakeDetails(Mistake.NEVER, stay.version)
    call_mistake(stay, details, here(stories), LATER)
    assert numbers(stories) == counted
    assert not everybody_here(here(stories))
    assert left_lately(here(stories), LEFT, 1).rows == [stay]
    assert not latest_answers(stay.person_id)
    assert not stands(stay.person_id, Purpose.TALK, LATER)
    after = state("booking", "stay_leg", "person", "person_traits", "offer", "consent",
                  "observation", "referral_case", "promise")  # fmt: skip
    assert after == before
    assert promises_of(stay) == {Ending.DROPPED}
    with pytest.raises(MistakeAlready):
        call_mistake(stay, replace(details, seen_version=stay.version), here(stories), LATER)


def test_a_second_booking_by_mistake_leaves_the_person_and_their_case_as_they_were(stories, stay):
    goes(stories, stay, "UNDERTAKING")
    before = state("booking", "stay_leg", "offer", "consent", "safety_warning", "carried_over")
    said = [answer.id for answer in latest_answers(stay.person_id)]
    known = stay.person_id
    who = Identity("Anne", "Exemple", None, phone="07700 900777", postcode="G51 2AB")
    wrong = arrive(Arrival(BookingDetails(who, LATER, known)), here(stories), LATER)
    stories.came["Ann"] = wrong
    stories.play("2026-08-07 16:10 Ann agreed")
    assert stories.case("Ann").booking_id == wrong.id
    assert last_time(wrong) == stay.authorised_at
    at = LATER + HOUR
    call_mistake(wrong, MistakeDetails(Mistake.WRONG, wrong.version), here(stories), at)
    assert state("booking", "stay_leg", "offer", "consent", "safety_warning", "carried_over") == (
        before
    )
    assert [answer.id for answer in latest_answers(stay.person_id)] == said
    act = last_act(wrong.id, (ActKind.VOIDED,))
    bring_back(wrong, act, "no mistake", here(stories), at)
    assert wrong.voided_at is None
    assert stories.case("Ann").booking_id == wrong.id
    assert wrong.person.phone == "07700 900777"
    with pytest.raises(Undone):
        bring_back(wrong, act, "", here(stories), at)


def test_what_a_service_was_told_is_taken_back_before_the_booking(stories, stay):
    stories.play("2026-08-07 13:00 Ann referred to hub")
    with pytest.raises(ServicesTold):
        call_mistake(stay, MistakeDetails(Mistake.NEVER, stay.version), here(stories), LATER)


def test_of_two_bookings_the_one_with_the_answers_is_kept(stories, stay):
    other = Booking(
        person_id=stay.person_id, centre_id=stay.centre_id, authorised_at=LEFT, recorded_at=LEFT,
        version=1,
    )  # fmt: skip
    db.session.add(other)
    db.session.flush()
    with pytest.raises(AnswersHere):
        call_mistake(stay, MistakeDetails(Mistake.TWICE, stay.version), here(stories), LATER)


def test_who_was_booked_since_is_not_brought_back_beside_it(stories, stay):
    call_mistake(stay, MistakeDetails(Mistake.NEVER, stay.version), here(stories), LATER)
    stories.play("2026-08-07 16:30 Ann booked at Govan")
    with pytest.raises(BookedSince):
        bring_back(stay, last_act(stay.id, (ActKind.VOIDED,)), "", here(stories), LATER + HOUR)


RIGHT = Correction("Anna", "Exemple", "", date(1985, 5, 3), "F", "misheard")


def test_a_name_is_corrected_and_the_old_one_is_still_found(stories, stay):
    person = stay.person
    correct(person, RIGHT, stories.officer, LATER)
    assert (person.name, person.date_of_birth, person.sex) == (
        "Anna Exemple", date(1985, 5, 3), "F",
    )  # fmt: skip
    assert also_called(person.id) == ["Ann Example"]
    for who in (Identity("Ann", "Example", date(1985, 5, 3)), Identity("Anna", "Exemple", None)):
        assert person in [found.person for found in recognised(who)]


def test_a_correction_is_taken_back_and_all_is_as_before(stories, stay):
    before = state()
    act = correct(stay.person, RIGHT, stories.officer, LATER)
    take_back(stay.person, act, "it was right", stories.officer, LATER)
    assert state() == before


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"surname": ""}, SurnameNeeded),
        ({"why": ""}, WhyCorrected),
        ({"forename": "Ann", "surname": "Example", "date_of_birth": None, "sex": "U"},
         NothingCorrected),
    ],
)  # fmt: skip
def test_a_correction_says_what_and_why(stories, stay, changed, rule):
    with pytest.raises(rule):
        correct(stay.person, replace(RIGHT, **changed), stories.officer, LATER)


def test_the_card_opens_with_the_birth_date_before_and_after(stories, stay):
    correct(stay.person, RIGHT, stories.officer, LATER)
    code = code_for(stay.person, stories.case("Ann").team_id, stories.worker, LATER)
    again = replace(RIGHT, date_of_birth=date(1986, 5, 3))
    correct(stay.person, again, stories.officer, LATER)
    for born in (date(1985, 5, 3), date(1986, 5, 3)):
        assert enter(CardEntry(code, born, "127.0.0.1"), LATER)
    assert enter(CardEntry(code, date(1987, 5, 3), "127.0.0.1"), LATER) is None


def test_to_choose_a_record_never_renames_it(stories, stay):
    goes(stories, stay, "UNDERTAKING")
    who = Identity("Jim", "Mc Example", date(1985, 5, 3), sex="M")
    again = arrive(Arrival(BookingDetails(who, LATER, stay.person_id)), here(stories), LATER)
    assert again.person.name == "Ann Example"
    assert again.person.date_of_birth == date(1985, 5, 3)  # the record had none
    assert also_called(again.person_id) == ["Jim Mc Example"]
    assert len(db.session.scalars(select(PersonAlias)).all()) == 1
    assert len(db.session.scalars(select(Person).filter_by(surname="Mc Example")).all()) == 0


def test_the_time_of_the_authorisation_is_corrected_with_all_that_counts_from_it(stories, stay):
    case, before = stories.case("Ann"), state()
    began = stay.authorised_at - HOUR
    act = correct_began(stay, TimesDetails(began, "clock", stay.version), here(stories), LATER)
    assert stay.authorised_at == stay.legs[0].since == began
    assert case.window_ends == stories.see_by("Ann") == began + timedelta(hours=12)
    undo(stay, act, "", here(stories), LATER)
    assert state() == before
    for at, why, rule in ((LATER + HOUR, "x", BeganWhen), (began, "", SayWhyWrong)):
        with pytest.raises(rule):
            correct_began(stay, TimesDetails(at, why, stay.version), here(stories), LATER)


def test_nobody_goes_to_see_who_does_not_want_to_talk_any_more(stories, stay):
    case = stories.case("Ann")
    assert case.next_act == "see"
    withdraw(case, Purpose.TALK, stories.worker, LATER)
    assert (stories.see_by("Ann"), case.next_act) == (None, "review")
