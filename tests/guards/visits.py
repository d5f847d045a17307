"""Every page for every role that may enter it, every search, program, round and command, once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from browser.places import PAGES, add_what_the_demo_lacks, first, furnish, may_enter
from conftest import EMAILS, hidden_fields
from crowd import actor
from flask import Flask, request, request_started, url_for
from flask.testing import FlaskClient
from guards.plans import Statement
from sqlalchemy import event, select

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.clock import now
from referral.contact.own_page.actions import code_for
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.demo.story import play
from referral.handoff.referrals.models import Referral
from referral.jobs.runner import Halt, Worker
from referral.merging.joining.actions import JoinDetails, join
from referral.people.models import Person

STAYS = 40
# pages that only a moment of a story shows; what they read is read by the pages beside them
NOT_VISITED = {
    "addresses.prove": "an address that was typed for a service",
    "api-docs.openapi_json": "reads nothing",
    "lock.locked": "a browser that was locked",
    "second_factor.code": "the account that gave its password",
    "second_factor.set_up": "the same",
    "credentials.join": "an account by its invitation",
    "credentials.new_password": "the same by another link",
    "static": "reads nothing",
    "words.recording": "a recording that the installation has none of",
    "worth_it.page": "a review point by its link",
}
MORE = {  # pages that are no page to look at, and what fills their address
    "accounts.sign_in": {},
    "addresses.addresses": {},
    "alerts.hand_out": {"alert_id": "alert"},
    "api.reference": {},
    "credentials.forgotten": {},
    "cards.card": {"referral_id": "open"},
    "case_paper.summary": {"case_id": "measured"},
    "doors.earlier": {"case_id": "came"},
    "editions.file": {"edition_id": "out", "form": "form"},
    "healthz": {},
    "joining.compare": {"case_id": "case", "other_id": "other"},
    "letters.letter": {"referral_id": "open"},
    "outreach.group_list": {},
    "languages.sheet": {"language": "language"},
    "own_page.door": {},
    "parting.part": {"joining_id": "joining"},
    "oversight.guide_pdf": {},
    "oversight.seen": {"joining_id": "joining"},
    "contact_plan.back": {"case_id": "planned"},
    "readyz": {},
    "reports.outcomes_csv": {},
    "reports.outcomes_pdf": {},
}
LISTS = (
    (Role.WORKER, "/cases?tab=waiting"),
    (Role.WORKER, "/cases?tab=mine"),
    (Role.WORKER, "/cases?tab=overdue"),
    (Role.WORKER, "/cases?tab=team"),
    (Role.WORKER, "/cases?tab=closed"),
    (Role.CJS_ANALYST, "/editions?page=1"),
    (Role.CJS_ANALYST, "/editions?report=unmet"),
)


class Visits:
    """The application with invented weeks, and every statement once that its pages make."""

    def __init__(self, app: Flask) -> None:
        self.app, self.place = app, None
        self.found: dict[tuple[str, str], Statement] = {}
        self.endpoints: set[str] = set()

    def note(self, connection, cursor, statement, values, context, executemany) -> None:
        """Keep a statement with its values; the length of its lists makes it no other one."""
        if self.place is not None and statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            alike = re.sub(r"IN \([^()]*(\(\w+\)s[^()]*)*\)", "IN (...)", statement)
            kept = Statement(self.place, statement, values[0] if executemany else values)
            self.found.setdefault((self.place, alike), kept)

    def make(self) -> None:
        """Visit all there is."""
        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", self.note)
        request_started.connect(self._began, self.app)
        try:
            self._prepare()
            browsers = {role: self._signed_in(role) for role in Role}
            for role, browser in browsers.items():
                self._pages(role, browser)
            for role, path in LISTS:
                self._get(browsers[role], path)
            self._searches(browsers)
            self._programs()
            self._work()
            self._the_person()
            self._links()
        finally:
            request_started.disconnect(self._began, self.app)
            event.remove(engine, "before_cursor_execute", self.note)

    def _began(self, app: Flask, **_) -> None:
        self.endpoints.add(request.endpoint)
        if "?" not in (self.place or ""):
            self.place = request.endpoint

    @contextmanager
    def _inside(self, place: str | None) -> Iterator[None]:
        self.place = place
        with self.app.app_context():
            yield
            db.session.commit()

    def _prepare(self) -> None:
        with self._inside("work"):
            play(STAYS, 1, now())
            add_what_the_demo_lacks()
            self.place = None  # what follows are questions of this test
            lead, team = actor(Role.TEAM_LEAD), actor(Role.TEAM_LEAD).organisation_id
            closed = select(Case.person_id).where(Case.closed_at.is_not(None), Case.team_id == team)
            one, other, third, fourth = db.session.scalars(closed.distinct().limit(4))
            self.place = "work"
            self.joining = join(JoinDetails(one, other), lead, now()).id
            self.place = None
            left, right = (first(select(Case.id).filter_by(person_id=p)) for p in (third, fourth))
            self.pair = {"case": left, "other": right}
            sent = select(Referral.id).join(Referral.case).where(Case.team_id == team)
            sent = sent.where(Referral.ended_at.is_(None), Referral.sent_at.is_not(None))
            self.pair["open"] = first(sent.order_by(Referral.sent_at.desc(), Referral.id))
            self.records = {role: furnish(role) | {"joining": self.joining} for role in Role}

    def _signed_in(self, role: Role) -> FlaskClient:
        browser = self.app.test_client()
        said = {"email": EMAILS[role], "password": PASSWORD}
        self._post(browser, "/sign-in", said)
        return browser

    def _get(self, browser: FlaskClient, path: str, **more: object) -> str:
        self.place = path if "?" in path else ""
        answer = browser.get(path, **more)
        assert answer.status_code in {200, 302}, (path, answer.status_code)
        return answer.text if answer.mimetype.startswith("text/") else ""

    def _pages(self, role: Role, browser: FlaskClient) -> None:
        known = self.records[role]
        with self.app.test_request_context():
            for endpoint, wanted in {**PAGES, **MORE}.items():
                filled = known | self.pair if endpoint in MORE else known
                if endpoint in MORE and endpoint in self.endpoints:
                    continue  # papers take long, and every role reads the same for them
                public = not self.app.view_functions[endpoint].permission
                if (public or role in may_enter(self.app, endpoint)) and all(
                    filled.get(name) for name in wanted.values()
                ):
                    values = {k: str(filled[name]) for k, name in wanted.items()}
                    self._get(browser, url_for(endpoint, **values))

    def _searches(self, browsers) -> None:
        guardian, worker = browsers[Role.GUARDIAN], browsers[Role.WORKER]
        subject = str(self.records[Role.WORKER]["case"])
        dates = {"first": "2026-11-01", "last": "2026-11-02"}
        for sought in (
            {"record_id": subject}, {"email": EMAILS[Role.WORKER]}, {"tag": "case:altered"}, dates,
            {"as": "csv"}, {"as": "verify"}, {"record_id": subject, "email": EMAILS[Role.WORKER]},
        ):  # fmt: skip
            self._post(guardian, "/trail", sought)
        for sought in ({"name": "mc"}, {"need": "DRUG"}, {"council": "S12000049"}):
            self._post(worker, "/cases?tab=team", sought)
        desk = browsers[Role.CUSTODY_OFFICER]
        typed = {"surname": "McAlister", "forename": "Jim", "date_of_birth": "3 5 1985"}
        self._post(desk, "/custody/bookings/likely", typed)
        self._post(browsers[Role.ADMINISTRATOR], "/accounts", {"name": "a"})

    def _post(self, browser: FlaskClient, path: str, data: dict) -> None:
        self.place = None
        page = browser.get(path if path in {"/sign-in", "/me"} else "/access").text
        self.place = f"{path}? {' '.join(data)}"
        answer = browser.post(path, data=hidden_fields(page) | data)
        assert answer.status_code in {200, 303}, (self.place, answer.status_code)

    def _programs(self) -> None:
        with self._inside(None):
            maker = db.session.scalars(select(User).filter_by(email=EMAILS[Role.SERVICE_WORKER]))
            _, token = make_token(KeyDetails("case system", None), maker.one().actor, now())
        bearer = {"Authorization": f"Bearer {token}"}
        program, sent = self.app.test_client(), self.records[Role.SERVICE_WORKER]["sent"]
        self._get(program, "/api/v1/referrals", headers=bearer)
        self._get(program, f"/api/v1/referrals/{sent}", headers=bearer)

    def _work(self) -> None:
        for days in (0, 1, 29):
            with self._inside("work"):
                clock = partial(self._later, days)
                Worker(self.app.extensions["work"], clock).drain(Halt())
        runner = self.app.test_cli_runner()
        for words in ("referrals check --json", "audit verify", "mail list --json"):
            self.place = words
            assert runner.invoke(args=words.split()).exception is None, words

    def _later(self, days: int):
        return now() + timedelta(days=days)

    def _the_person(self) -> None:
        with self._inside(None):
            wanted = select(Referral).join(Referral.person).join(Referral.case)
            wanted = wanted.where(Person.date_of_birth.is_not(None), Case.closed_at.is_(None))
            referral = first(wanted.order_by(Referral.reference))
            by, person = actor(Role.WORKER), referral.person
            code = code_for(person, referral.case.team_id, by, now())
            born = f"{person.date_of_birth:%-d %-m %Y}"
        phone = self.app.test_client()
        self._post(phone, "/me", {"code": code, "born": born})
        self._get(phone, "/me/page")

    def _links(self) -> None:
        letters = self.app.extensions["mailbox"].letters()
        links = [m[1] for one in letters if (m := re.search(r"(/a/\S+)", one.body))]
        stranger = self.app.test_client()
        for link in links[:3]:
            self._get(stranger, link)
