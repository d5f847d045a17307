"""What no form of tests/access/acts.py notes by itself: the act that notes it."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pyotp
import pytest
from access.test_every_act_leaves_an_event import ELSEWHERE, NOT_ASKED
from access.world import BORN, build
from conftest import EMAILS
from crowd import hub
from rules.house import at_the_door
from rules.links import link
from rules.scene import Scene
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.addresses import actions as addresses
from referral.accounts.addresses.queries import open_change
from referral.accounts.credentials import actions as credentials
from referral.accounts.credentials.models import PasswordAsked
from referral.accounts.second_factor import actions as entry
from referral.accounts.second_factor.totp import new_secret
from referral.accounts.users import actions as accounts
from referral.accounts.users import lock_actions
from referral.accounts.users.models import SecondFactor, User
from referral.audit.trail import PENDING, Tag, change_key
from referral.casefile.actions import note_found
from referral.casework.cases.models import Case
from referral.casework.contact_plan.fact_actions import confirm, learn
from referral.casework.facts.actions import Said
from referral.casework.facts.queries import facts_of
from referral.consent.actions import Agreement, Circumstances, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.contact.own_page import actions as own
from referral.contact.own_page.actions import code_for
from referral.contact.own_page.queries import card_with
from referral.contact.own_page.stopped_actions import BackDetails, leave_stopped, take_back
from referral.contact.own_page.stopped_queries import stopped_here
from referral.custody.actions import BookingDetails
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.desk.actions import Arrival, arrive
from referral.directory.actions import CapacityDetails, say_capacity
from referral.handoff.followup.cannot_actions import can_come, cannot_come
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.states import Move, Side
from referral.jobs.kinds import Task
from referral.people.identity import Identity
from referral.post.links import actions as links


def knock(s: Scene, password: str) -> None:
    said = accounts.Knock(EMAILS[Role.WORKER], password, "192.0.2.0")
    accounts.sign_in(said, False, s.at)


def knock_with_a_factor(s: Scene) -> None:
    user = s.user(Role.WORKER)
    db.session.add(SecondFactor(user_id=user.id, secret="x", last_step=0, set_up_at=s.at))
    db.session.flush()
    knock(s, PASSWORD)


def set_up(s: Scene):
    row, secret = at_the_door(s), new_secret()
    details = entry.SetUpDetails(secret, pyotp.TOTP(secret).at(s.at), PASSWORD)
    return row, entry.set_up(row, details, s.at)[1]


def type_codes(s: Scene, wrong: bool) -> None:
    row, codes = set_up(s)
    entry.answer(row, "none of them" if wrong else codes[0], "192.0.2.0", s.at)


def come_back(s: Scene) -> None:
    known = s.own(Case, "case_id").person
    details = BookingDetails(Identity(known.forename, known.surname, BORN), s.at, known.id)
    arrive(Arrival(details), s.officer, s.at)


def agree_again(s: Scene) -> None:
    case = s.own(Stop, "stop_id").referral.case
    handoff.hand_off(case, handoff.HandOffDetails({hub().id: Level.FULL}), s.worker, s.at)


def lose_the_address(s: Scene) -> None:
    kept = hub()
    say_capacity(kept, CapacityDetails("capacity"), kept.version, s.service, s.at)


def type_an_address(s: Scene) -> None:
    kept = hub()
    said = CapacityDetails("capacity", email="new.hub@example.org")
    say_capacity(kept, said, kept.version, s.admin, s.at)


def mistype_an_address(s: Scene) -> None:
    type_an_address(s)
    change = open_change(hub().id)
    addresses.prove(change, "12", s.service, s.at)


def take_an_answer_back(s: Scene) -> None:
    links.use(link(s), "yes", s.service, s.at)
    links.unuse(link(s), s.service, s.at)


def go_on_at_the_desk(s: Scene) -> None:
    row = at_the_door(s)
    lock_actions.lock(row, s.at)
    lock_actions.unlock(row, PASSWORD, "192.0.2.0", s.at)


def mistype(s: Scene) -> None:
    links.send_code(link(s), "hub@example.org", s.service, s.at)
    links.prove(link(s), "no digits", s.service, s.at)


def print_a_card(s: Scene) -> None:
    case = s.own(Case, "case_id-waiting")
    code_for(case.person, case.team_id, s.worker, s.at)


def want_a_service_again(s: Scene) -> Referral:
    referral = s.own(Referral, "referral_id-requested")
    card = card_with(code_for(referral.person, referral.case.team_id, s.worker, s.at))
    yes = [Agreement(Purpose.CONTACT, Answer.GRANTED)]
    record_agreements(referral.person, yes, Circumstances(), s.worker, s.at)
    own.stop(card, referral.service_id, s.at)
    [stopped] = stopped_here(referral.person, s.at)
    take_back(card, BackDetails(stopped.answer.id), s.at)
    return referral


def leave_it_stopped(s: Scene) -> None:
    referral = want_a_service_again(s)
    card = card_with(code_for(referral.person, referral.case.team_id, s.worker, s.at))
    leave_stopped(card, referral.service_id, s.at)


def take_a_need_on(s: Scene) -> None:
    referral = s.own(Referral, "referral_id-requested")
    handoff.note_unmet(referral.case, ["DRUG"], "none", s.worker, s.at - timedelta(hours=1))
    yes = handoff.MoveDetails(Move.ACCEPT, referral.version)
    handoff.move(referral, yes, Side.TARGET, s.service, s.at)


def hear_of_a_death(s: Scene) -> Case:
    case = s.own(Case, "case_id")
    learn(case, Said("close", "DIED", sure=False), s.service, s.at)
    return case


def be_sure_of_it(s: Scene) -> None:
    case = hear_of_a_death(s)
    confirm(case, facts_of(case.person_id)[0], s.worker, s.at)


def cannot_come_tomorrow(s: Scene) -> Appointment:
    meeting = s.own(Appointment, "appointment_id")
    meeting.starts_at = s.at + timedelta(days=1)
    cannot_come(meeting, s.worker, s.at)
    return meeting


def can_come_after_all(s: Scene) -> None:
    can_come(cannot_come_tomorrow(s), s.worker, s.at)


def confirm_the_reset(s: Scene) -> None:
    credentials.vouch(s.own(User, "user_id-vouched"), "met", s.admin, s.at)


def forget_a_password(s: Scene) -> None:
    credentials.ask_for_password(EMAILS[Role.WORKER], "192.0.2.0", s.at)
    asked = db.session.scalars(select(PasswordAsked)).one()
    credentials.answer_forgotten(Task(asked.id, "forgotten", asked.id, s.at))


def recover(s: Scene) -> None:
    credentials.recover(EMAILS[Role.WORKER], s.at, app_too=False)


def change_the_key(s: Scene) -> None:
    config = s.app.config
    before = config["AUDIT_KEY"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(config, "AUDIT_KEY", "another" * 6)
        patch.setitem(config, "AUDIT_KEY_FALLBACKS", (before,))
        change_key(None, s.at)


ACTS: Mapping[Tag, Callable[[Scene], object]] = {
    Tag.SIGN_IN_REFUSED: lambda s: knock(s, "not mine"),
    Tag.PASSWORD_RIGHT: knock_with_a_factor,
    Tag.FACTOR_REFUSED: lambda s: type_codes(s, wrong=True),
    Tag.FACTOR_SET_UP: set_up,
    Tag.FACTOR_REMOVED: lambda s: entry.remove(s.user(Role.WORKER), PASSWORD, s.at),
    Tag.FACTOR_RESET: confirm_the_reset,
    Tag.PASSWORD_ASKED: forget_a_password,
    Tag.RECOVERY_MADE: recover,
    Tag.KEY_CHANGED: change_the_key,
    Tag.RECOVERY_CODES_MADE: set_up,
    Tag.RECOVERY_CODE_USED: lambda s: type_codes(s, wrong=False),
    Tag.SCREEN_UNLOCKED: go_on_at_the_desk,
    Tag.PERSON_RECOGNISED: come_back,
    Tag.CASE_FOUND: lambda s: note_found([], s.worker, s.at),
    Tag.CASE_CONTINUED: come_back,
    Tag.FACT_SAID: hear_of_a_death,
    Tag.FACT_SURE: be_sure_of_it,
    Tag.STOP_LIFTED: agree_again,
    Tag.STOP_LOST: lose_the_address,
    Tag.ADDRESS_TYPED: type_an_address,
    Tag.ADDRESS_REFUSED: mistype_an_address,
    Tag.LINK_UNUSED: take_an_answer_back,
    Tag.LINK_CODE_REFUSED: mistype,
    Tag.OWN_CARD_MADE: print_a_card,
    Tag.OWN_STOP_BACK: want_a_service_again,
    Tag.OWN_STOP_STAYS: leave_it_stopped,
    Tag.APPOINTMENT_CANNOT: cannot_come_tomorrow,
    Tag.APPOINTMENT_CAN: can_come_after_all,
    Tag.UNMET_MET: take_a_need_on,
}


@pytest.fixture
def scene(app):
    with app.app_context():
        yield Scene(app, build())
        db.session.rollback()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the chain has tests on both
def test_each_act_notes_its_tag_of_whoever_it_is_about(scene):
    db.session.commit()
    for tag, act in ACTS.items():
        act(scene)
        noted = [event.tag for event in db.session.info.get(PENDING, ())]
        assert tag.value in noted, tag.name
        db.session.rollback()


def test_no_tag_is_forgotten():
    assert set(ELSEWHERE) == set(ACTS) | set(NOT_ASKED)
    assert not set(ACTS) & set(NOT_ASKED)
