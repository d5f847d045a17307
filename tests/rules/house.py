"""What is refused about accounts, the directory, warnings and reports."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from importlib.abc import MetaPathFinder
from uuid import uuid4

import pytest
from conftest import EMAILS
from rules.scene import Breaks, Scene
from rules.shipped import confirm, confirm_without_needs
from sqlalchemy import delete, event
from sqlalchemy.engine import make_url

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind, Role
from referral.accounts.addresses.actions import CodeOver, NotTheSecond, prove
from referral.accounts.addresses.models import AddressChange
from referral.accounts.credentials import actions as credentials
from referral.accounts.credentials import refusals as ways
from referral.accounts.credentials import routes as pages
from referral.accounts.second_factor import actions as entry
from referral.accounts.second_factor.totp import new_secret
from referral.accounts.users import actions as accounts
from referral.accounts.users import refusals
from referral.accounts.users.models import SignIn, User
from referral.alerts import actions as alerts
from referral.audit import trail
from referral.clock import today
from referral.contact.own_page import actions as own
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.directory import actions as directory
from referral.directory import code_actions as codes
from referral.directory import confirming_actions as confirming
from referral.directory.areas import NoSuchArea, area_of
from referral.directory.models import Code, CustodyCentre, Organisation, Service
from referral.errors import StaleEdit
from referral.locks import Busy, writing
from referral.published.periods import NoSuchPeriod, period_of
from referral.reports.queries import areas_for
from referral.web import submit_keys
from referral.web.pdf import NoPdf, as_pdf

DAY = timedelta(days=1)


def details(s: Scene, role: Role, of: Role | None = None, centre=None) -> accounts.UserDetails:
    """Somebody of a role, in the organisation of that role or of another."""
    where = s.user(of or role).organisation_id
    return accounts.UserDetails("Ann Ray", role, where, centre)


def invite(s: Scene, role: Role, email: str = "ann@example.org", of: Role | None = None):
    """A new account."""
    return credentials.invite(email, details(s, role, of), s.admin, s.at)


def invite_who_was_closed(s: Scene):
    """Their account is closed for good."""
    s.user(Role.WORKER).state = "closed"
    return invite(s, Role.WORKER, EMAILS[Role.WORKER])


def prove_too_late(s: Scene):
    """Three days have gone by."""
    change = s.own(AddressChange, "change_id")
    return prove(change, "1", s.user(Role.SERVICE_MANAGER).actor, s.at + timedelta(days=3))


def unlock_who_was_closed(s: Scene):
    """The hidden form of an account that was closed a moment ago."""
    user = s.user(Role.WORKER)
    user.state = "closed"
    return accounts.set_state(user, "active", s.admin, s.at)


def open_page(s: Scene, path: str, view: Callable[[str], object]):
    """A page behind a link, by a text that was never sent."""
    with s.app.test_request_context(path):
        return view("none")


def forget_many_passwords(s: Scene):
    """One network address asks for one account after another."""
    for number in range(credentials.MOST_OF_A_SOURCE + 1):
        credentials.ask_for_password(f"{number}@example.org", "192.0.2.0", s.at)


def recover_who_is_locked(s: Scene):
    """By the command on the machine."""
    s.user(Role.WORKER).state = "locked"
    return credentials.recover(EMAILS[Role.WORKER], s.at, app_too=True)


def vouch(s: Scene, user: User, by: Actor):
    """That it is this user who lost their app."""
    return credentials.vouch(user, "met", by, s.at)


def change_a_key_that_is_gone(s: Scene):
    """The trail bears a key that no setting names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(s.app.config, "AUDIT_KEY", "another" * 6)
        return trail.change_key(None, s.at)


def change(s: Scene, seen: int):
    """An account as somebody saw it who was slower."""
    user = s.own(User, "user_id")
    return accounts.change_user(user, details(s, Role.SERVICE_WORKER), seen, s.admin, s.at)


def lock_the_last(s: Scene):
    """The one administrator."""
    return accounts.set_state(s.user(Role.ADMINISTRATOR), "locked", s.admin, s.at)


def password(s: Scene, old: str, new: str):
    """One's own password."""
    return accounts.change_password(s.user(Role.WORKER), old, new, s.at)


def at_the_door(s: Scene) -> SignIn:
    """The worker, signed in."""
    user = s.user(Role.WORKER)
    row = SignIn(user_id=user.id, user=user, started_at=s.at, seen_at=s.at, token_hash="x")
    row.stage = "open"
    db.session.add(row)
    db.session.flush()
    return row


def set_up(s: Scene, code: str, typed: str = PASSWORD):
    """A second factor with a code."""
    return entry.set_up(at_the_door(s), entry.SetUpDetails(new_secret(), code, typed), s.at)


def set_up_twice(s: Scene):
    """There is one already."""
    user = s.user(Role.WORKER)
    db.session.add(entry.SecondFactor(user_id=user.id, secret="x", last_step=0, set_up_at=s.at))
    db.session.flush()
    return set_up(s, "000000")


def refused_code(s: Scene) -> str:
    """After the right password, a code that is none."""
    user = s.user(Role.TEAM_LEAD)
    db.session.add(entry.SecondFactor(user_id=user.id, secret="x", last_step=0, set_up_at=s.at))
    db.session.commit()
    said = {"email": EMAILS[Role.TEAM_LEAD], "password": PASSWORD}
    assert s.browser.submit("/sign-in", said).location == "/sign-in/code"
    return s.browser.submit("/sign-in/code", {"code": "123456"}).text


def centre(
    s: Scene, opens: date | None, closes: date | None, name: str = "Elsewhere", seen: int = 0
):
    """A custody centre."""
    kept = s.own(CustodyCentre, "number-centre") if seen else None
    made = directory.CentreDetails(name, "S12000049", "A", "site", True, opens, closes)
    return directory.save_centre(kept, made, seen, s.admin, s.at)


def organisation(s: Scene):
    """A second one by a name that there is."""
    name = s.own(Organisation, "number-organisation").name
    made = directory.OrganisationDetails(name, OrganisationKind.PROVIDER)
    return directory.save_organisation(None, made, 0, s.admin, s.at)


def service(s: Scene, low: int, high: int):
    """A service for people of some ages."""
    says, of = directory.CapacityDetails("capacity"), s.service.organisation_id
    made = directory.ServiceDetails(of, "New", [], [], "", low, high, "", "", None, says)
    return directory.save_service(None, made, 0, s.admin, s.at)


def capacity(s: Scene):
    """What a service says of itself, as somebody saw it who was slower."""
    kept = s.own(Service, "number-service")
    says = directory.CapacityDetails("capacity", email=kept.email)
    return directory.say_capacity(kept, says, kept.version + 1, s.service, s.at)


def end_a_code_twice(s: Scene):
    """It ended today."""
    row = db.session.query(Code).filter_by(list_name="need", code="GAMB").one()
    codes.change_code(row, None, s.admin, s.at)
    return codes.change_code(row, "Drugs", s.admin, s.at)


def add_code(s: Scene, list_name: str, code: str, label: str):
    """One more code of a list."""
    return codes.add_code(list_name, code, label, s.admin, s.at)


def call(s: Scene, list_name: str, code: str, label: str | None):
    """A code gets another name, or none."""
    row = db.session.query(Code).filter_by(list_name=list_name, code=code).one()
    return codes.change_code(row, label, s.admin, s.at)


def warn(s: Scene, ends_on: date, councils=("S12000049",)):
    """A warning until a day."""
    said = alerts.AlertDetails("Strong", "Very", councils, ends_on)
    return alerts.post(said, s.analyst, s.at)


def while_another_writes(s: Scene) -> str:
    """Another program holds the one lock for longer than anybody waits."""

    def hurry(connection, record, proxy):
        connection.execute("PRAGMA busy_timeout=50")

    event.listen(db.engine, "checkout", hurry)
    path = make_url(s.app.config["SQLALCHEMY_DATABASE_URI"]).database
    with closing(sqlite3.connect(str(path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = {"email": EMAILS[Role.PEER], "password": PASSWORD}
        told = s.browser.submit("/sign-in", said).text
    event.remove(db.engine, "checkout", hurry)
    db.engine.dispose()  # whoever comes next waits as long as ever
    return told


class NoPango(MetaPathFinder):
    """As on a machine without the system's libraries."""

    def find_spec(self, name, path=None, target=None):
        """The import of WeasyPrint fails as it does there."""
        if name == "weasyprint":
            raise OSError("cannot load library 'pango-1.0-0'")


def print_without_pango(s: Scene):
    """A PDF where none can be made."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
            patch.delitem(sys.modules, name)
        patch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
        return as_pdf("<p></p>")


def use_a_key_twice(s: Scene) -> None:
    key = str(uuid4())
    try:
        for sent in ("one write", "another"):
            with s.app.test_request_context(), writing():
                submit_keys.claim_key(key, s.admin.user_id, sent)
    finally:
        with writing():
            db.session.execute(delete(submit_keys.SubmitKey))


BREAKS: Breaks = [
    (refusals.EmailTaken, lambda s: invite(s, Role.WORKER, EMAILS[Role.WORKER].upper())),
    (refusals.RoleDoesNotFit, lambda s: invite(s, Role.WORKER, of=Role.SERVICE_WORKER)),
    (refusals.CentreNeeded, lambda s: invite(s, Role.CUSTODY_OFFICER)),
    (refusals.EmailInvited, lambda s: invite(s, Role.WORKER, "own@example.org")),
    (refusals.EmailClosed, invite_who_was_closed),
    (refusals.ClosedForGood, unlock_who_was_closed),
    (NotTheSecond, lambda s: prove(s.own(AddressChange, "change_id"), "1", s.admin, s.at)),
    (CodeOver, prove_too_late),
    (ways.InvitationOver, lambda s: open_page(s, "/join/none", pages.join)),
    (ways.PasswordLinkOver, lambda s: open_page(s, "/password/new/none", pages.new_password)),
    (ways.NothingToInviteTo, lambda s: credentials.invite_again(
        s.user(Role.WORKER), s.admin, s.at)),
    (ways.AskedTooOften, forget_many_passwords),
    (ways.NobodyThere, lambda s: credentials.recover("x@example.org", s.at, app_too=False)),
    (ways.LockedOut, recover_who_is_locked),
    (ways.AccountsInUse, lambda s: credentials.first_administrator(
        credentials.Founder("x@example.org", "Ann Ray", "The office"), s.at)),
    (ways.NotForYourself, lambda s: vouch(s, s.user(Role.ADMINISTRATOR), s.admin)),
    (ways.AnotherMustConfirm, lambda s: vouch(s, s.own(User, "user_id-vouched"), s.lead)),
    (ways.NoAppToReset, lambda s: vouch(s, s.user(Role.WORKER), s.admin)),
    (trail.KeyInUse, lambda s: trail.change_key(None, s.at)),
    (trail.KeyBeforeMissing, change_a_key_that_is_gone),
    (refusals.WeakPassword, lambda s: password(s, PASSWORD, "password1234")),
    (refusals.WrongPassword, lambda s: password(s, "not mine", "correct horse battery")),
    (refusals.WrongPassword, lambda s: entry.remove(s.user(Role.WORKER), "not mine", s.at)),
    (refusals.LastAdministrator, lock_the_last),
    (StaleEdit, lambda s: change(s, 99)),
    (entry.SetUpAlready, set_up_twice),
    (entry.NotSetUp, lambda s: set_up(s, "abcdef")),
    (directory.ClosesBeforeOpening, lambda s: centre(s, today(), today() - DAY)),
    (directory.NameTaken, lambda s: centre(s, None, None, "Govan")),
    (directory.NameTaken, organisation),
    (StaleEdit, lambda s: centre(s, None, None, "Govan", 99)),
    (StaleEdit, capacity),
    (confirming.ConfirmedAlready, lambda s: confirm(s, "number-service")),
    (confirming.OrganisationFirst, lambda s: confirm(s, asked=False)),
    (confirming.NothingToMeet, confirm_without_needs),
    (StaleEdit, lambda s: confirm(s, seen=1)),
    (directory.AgesCrossed, lambda s: service(s, 18, 17)),
    (codes.NoSuchCode, end_a_code_twice),
    (codes.CodeExists, lambda s: add_code(s, "need", "drug", "Something else")),
    (codes.CalledAlready, lambda s: add_code(s, "attempt", "DEAD", "died")),
    (codes.CalledAlready, lambda s: call(s, "attempt", "NOANS", "Died")),
    (codes.RulesHangOnIt, lambda s: call(s, "attempt", "DECEASED", None)),
    (codes.ListIsClosed, lambda s: add_code(s, "contact_channel", "FAX", "Fax")),
    (codes.NotANeed, lambda s: add_code(s, "desk_need", "PETS", "A dog at home")),
    (codes.CodeExists, lambda s: codes.add_code("need", "DRUG", "Drugs", s.admin, s.at)),
    (alerts.EndsWhen, lambda s: warn(s, today() - DAY)),
    (alerts.EndsWhen, lambda s: warn(s, today() + 93 * DAY)),
    (alerts.NoArea, lambda s: warn(s, today(), ())),
    (alerts.AnotherArea, lambda s: warn(s, today(), ("S12000047",))),
    (NoSuchArea, lambda s: area_of("S00000000", areas_for(None))),
    (NoSuchPeriod, lambda s: period_of("2026-13")),
    (NoPdf, print_without_pango),
    (submit_keys.KeyUsedBefore, use_a_key_twice),
]  # fmt: skip
# what is said of a refusal that is kept, so that it is counted
SHOWN = [
    (refusals.SignInRefused, lambda s: s.browser.submit(
        "/sign-in", {"email": EMAILS[Role.WORKER], "password": "not mine"}).text),
    (entry.CodeRefused, refused_code),
    (Busy, while_another_writes),
    (own.NotTogether, lambda s: s.browser.submit(
        "/me", {"code": "0" * 12, "born": "3 5 1985"}).text),
]  # fmt: skip
