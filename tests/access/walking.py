"""Every page asked for by everybody, with real records, and what they are answered."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from access.rolled import rows_of
from conftest import EMAILS, Browser, hidden_fields
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from referral.access.permissions import Role
from referral.clock import now
from referral.demo.organisations import PASSWORD

TABLE = Path(__file__).with_name("endpoints.csv")
PROGRAM, PERSON, STRANGER = "program", "person", "stranger"
COLUMNS = (*(role.value for role in Role), PROGRAM, PERSON, STRANGER)
HEAD = ("address", "of", *COLUMNS)
BORN = "3 5 1985"
FIXED = {
    "state": "locked",
    "way": "call",
    "language": "pl",
    "purpose": "history",
    "move": "ask",
    "came": "yes",
    "now_known": "undone",
    "list_name": "need",
    "code": "DRUG",
    "version": "1",
    "kind": "decide",
    "name": "national",
    "form": "ods",
}
# which record fills an address where its name alone does not say it: the start of an endpoint's
# name, the name in the address, the record of the place
SPECIAL = (
    ("by_link.appointment", "text", "text-see"),
    ("contact_plan.fact", "case_id", "case_id-refused"),
    ("by_link.attempt", "text", "text-see"),
    ("by_link.came", "text", "text-came"),
    ("by_link.end", "text", "text-changed"),
    ("by_link.still", "text", "text-changed"),
    ("by_link.stopped", "text", "text-stopped"),
    ("by_link.", "text", "text-answer"),
    ("along.stop", "case_id", "case_id-met"),
    ("editions.sign", "edition_id", "edition_id-worded"),
    ("editions.freeze_it", "edition_id", "edition_id-signed"),
    ("editions.back", "edition_id", "edition_id-planned"),
    ("editions.edition", "edition_id", "edition_id-out"),
    ("editions.file", "edition_id", "edition_id-out"),
    ("doors.earlier", "case_id", "case_id-came"),
    ("doors.open_again", "case_id", "case_id-unmet"),
    ("doors.sure", "case_id", "case_id-called"),
    ("credentials.join", "text", "text-join"),
    ("credentials.new_password", "text", "text-password"),
    ("worth_it.", "text", "text-worth"),
    ("directory.organisation_confirmed", "number", "number-shipped"),
    ("directory.service_confirmed", "number", "number-shipped-service"),
    ("directory.centre", "number", "number-centre"),
    ("directory.organisation", "number", "number-organisation"),
    ("directory.", "number", "number-service"),
    ("handoff.still_with", "number", "number-service"),
    ("inbox.still", "referral_id", "referral_id-asked"),
    ("joining.", "case_id", "case_id-one"),
    ("stays.undo", "booking_id", "booking_id-left"),
    ("change.again", "point_id", "point_id-reached"),
    ("health.undo", "booking_id", "booking_id-tended"),
    ("health.undo", "act_id", "act_id-tended"),
)
BODIES: Mapping[str, Mapping[str, object]] = {
    "api.state": {"council": "S12000049", "stated_by": "Jo", "forename": "Ann", "talk": True},
    "api.reply": {"move": "ask", "version": 1, "note": "When?"},
    "api.end": {"move": "complete", "version": 1, "reason": "COMPL", "changes": {"every": "same"}},
    "api.book": {"starts_at": (now() + timedelta(days=1)).isoformat()},
    "api.attend": {"took_place": True, "came": True, "version": 1},
    "api.attempt": {"channel": "call", "result": "reached", "happened_at": now().isoformat()},
}


@dataclass
class Site:
    """The application on a database that a request may change and that is then as it was."""

    app: Flask
    places: Mapping[str, Mapping[str, str]]
    visitors: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, dict[object, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everybody comes in, and all that is known by then is kept."""
        self.app.test_client_class = Browser
        for name in COLUMNS:
            browser = self.visitors[name] = self._enter(name)
            self.cookies[name] = dict(browser._cookies)
        self.rows = rows_of(self.app)

    def keep(self) -> None:
        """From now on the database comes back to how it is now."""
        self.rows.keep()

    def _enter(self, name: str) -> FlaskClient:
        browser = self.app.test_client()
        browser.get("/sign-in")
        page = "/sign-in"
        if name in {role.value for role in Role}:
            said = {"email": EMAILS[Role(name)], "password": PASSWORD}
            assert browser.submit("/sign-in", said).status_code == 303
            page = "/access"
        elif name == PERSON:
            said = {"code": self.places["own"]["card"], "born": BORN}
            assert browser.submit("/me", said).status_code == 303
        elif name == PROGRAM:
            browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.places['own']['bearer']}"
        self.tokens[name] = hidden_fields(browser.get(page).text)["csrf_token"]
        return browser

    def close(self) -> None:
        """The application has its own database again."""
        self.rows.give_back()

    def put_back(self) -> None:
        """The database is as it was when everybody had come in."""
        self.rows.put_back()

    def events(self) -> list[str]:
        """The tags of everything that was noted since then."""
        return self.rows.events()

    def ask(self, who: str, rule: Rule, of: str) -> TestResponse:
        """One page, as somebody asks for it."""
        browser = self.visitors[who]
        browser._cookies = dict(self.cookies[who])
        return FlaskClient.open(browser, self.address(rule, of or "own"))

    def address(self, rule: Rule, of: str, others: Mapping[str, str] | None = None) -> str:
        """The address of a rule with the records of a place, some of them perhaps others."""
        values = {name: self.record(rule.endpoint, name, of) for name in rule.arguments}
        values |= {name: other for name, other in (others or {}).items() if name in values}
        with self.app.test_request_context():
            built = rule.build(values)
        assert built
        return built[1]

    def record(self, endpoint: str, name: str, of: str) -> str:
        """What fills a name in an address, of the records of a place."""
        if name in FIXED:
            return FIXED[name]
        special = (k for start, n, k in SPECIAL if endpoint.startswith(start) and n == name)
        key = next(special, name)
        if name == "text" and of == "foreign":  # whoever has a link may use it; this is altered
            return self.places["own"][key][:-2] + "xx"
        return self.places[of][key]


def rules(app: Flask) -> list[Rule]:
    """Every rule of the application but that of the static files, in the order of the table."""
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return sorted(found, key=shown)


def shown(rule: Rule) -> str:
    """A rule as the table writes it."""
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"<\1>", rule.rule)


def lines(app: Flask) -> Iterator[tuple[str, Rule, str]]:
    """Method, rule, and whose record: one for each line of the table."""
    for rule in rules(app):
        of = ("own", "foreign") if rule.arguments - FIXED.keys() - {"valid_from"} else ("",)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield from ((method, rule, whose) for whose in of)


def cell(answer: TestResponse) -> str:
    """What an answer comes to: let in, refused, not there, or sent to the door."""
    if answer.status_code in {401, 403, 404}:
        return str(answer.status_code)
    leaves = "Clear-Site-Data" in answer.headers
    if answer.location in {"/sign-in", "/me"} and not leaves:
        return "door"
    assert answer.status_code != 400, answer.text  # a form that lacks its token says nothing
    assert answer.status_code < 500, answer.text
    return "in"


def walk(site: Site) -> list[list[str]]:
    """The table as the application answers now."""
    return [
        [shown(rule), of, *(cell(site.ask(who, rule, of)) for who in COLUMNS)]
        for method, rule, of in lines(site.app)
        if method == "GET"
    ]


def read(table: Path = TABLE, head: Sequence[str] = HEAD) -> list[list[str]]:
    """The rows of a table as it is kept."""
    with table.open(encoding="utf-8", newline="") as file:
        first, *rows = csv.reader(file)
    assert tuple(first) == head
    return rows


def write(rows: Sequence[Sequence[str]], table: Path = TABLE, head: Sequence[str] = HEAD) -> None:
    """Keep a table anew; whoever does so reads the difference line by line."""
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
