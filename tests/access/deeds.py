"""Every act by everybody in every state of its record, whatever pages show; and what it answers.

What is sent is what the page of the act would send in the state in which it is offered. An answer
is "done", "nothing" where no event says that anything was done, the rule that refuses it, or a
number: 403, 401 and "door" of the guard, 404 of a query, 422 of the form, 410 of a link. Whom the
guard turns away is not asked in each state, but for one of them who is drawn.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import sample
from uuid import uuid4

from access import walking
from access.acts import ACTS, Act
from access.states import OBJECTS, put
from access.test_every_act_leaves_an_event import filled, unlock
from access.walking import BODIES, COLUMNS, FIXED, STRANGER, Site, rules, shown
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.routing import Rule

from referral.db import db
from referral.errors import RuleBroken

TABLE = Path(__file__).with_name("deeds.csv")
HEAD = ("address", "state", *COLUMNS)
OFFERED, ELSEWHERE = "as offered", "another place's"
DOOR = {"401", "403", "door"}  # whom the guard turns away, before it looks at any record
# what each name in an address stands for
NAMES: Mapping[str, Sequence[str]] = {
    "case_id": ["case"],
    "other_id": ["other case"],
    "referral_id": ["referral"],
    "appointment_id": ["appointment"],
    "booking_id": ["stay"],
    "stop_id": ["stop"],
    "user_id": ["account"],
    "joining_id": ["joining"],
    "token_id": ["key"],
    "alert_id": ["alert"],
    "job_id": ["work"],
    "change_id": ["address"],
    "message_id": ["message"],
    "left_id": ["family message"],
    "going_id": ["errand"],
    "point_id": ["time to ask"],
    "promise_id": ["promise"],
    "note_id": ["note"],
    "fact_id": ["fact"],
    "act_id": ["act"],
    "given_id": ["given"],
    "cover_id": ["cover"],
    "filter_id": ["filter"],
    "edition_id": ["edition"],
    "figure_id": ["figure"],
    "file_id": ["file"],
    "service_id": ["service"],
    "sheet_number": ["sheet"],
    "valid_from": ["code"],
}
# the same where the start of an endpoint's name decides
SPECIAL: Sequence[tuple[str, str, Sequence[str]]] = (
    ("by_link.", "text", ["link", "asked about"]),
    ("worth_it.", "text", ["link", "own case"]),
    ("", "text", ["link"]),
    ("directory.centre", "number", ["centre"]),
    ("directory.organisation", "number", ["organisation"]),
    ("", "number", ["service"]),
    ("own_page.", "", ["card", "own case"]),
    ("casefile.stop_card", "case_id", ["case", "card"]),
)


class Unknown(LookupError):
    """An address names something of which no state is written down in states.py."""


@dataclass(frozen=True)
class Deed:
    """One act: where it is sent, what is sent, and the records that its address names."""

    rule: Rule
    address: str
    sent: Mapping[str, object]
    records: Mapping[str, str]  # by the name in the address

    @property
    def name(self) -> str:
        """Its address, as the table writes it."""
        return shown(self.rule)

    @property
    def of(self) -> list[tuple[str, str]]:
        """What it is about, and the name in the address that says which."""
        names = [*self.records, ""]
        return [(what, name) for name in names for what in what_is(self.rule.endpoint, name)]


def what_is(endpoint: str, name: str) -> Sequence[str]:
    """What a name in an address of an endpoint stands for. Raises Unknown."""
    for start, special, found in SPECIAL:
        if endpoint.startswith(start) and name == special:
            return found
    if name and name not in NAMES:
        raise Unknown(f"{endpoint}: {name}")
    return NAMES.get(name, [])


def acts(site: Site) -> list[Rule]:
    """Each rule that takes a form or a body."""
    return [rule for rule in rules(site.app) if "POST" in (rule.methods or ())]


def record_of(site: Site, rule: Rule, name: str, of: str) -> str:
    """The record of a place that an act names."""
    act = ACTS.get(shown(rule))
    key = act.of.get(name) if act else None
    return site.places[of][key] if key else site.record(rule.endpoint, name, of)


def deeds(site: Site, only: str = "") -> list[Deed]:
    """Each act as its page sends it, or one; one code to a link was typed, another was not yet."""
    stranger, own = site.visitors[STRANGER], site.places["own"]
    before = dict(site.cookies[STRANGER])
    unlock(site, stranger, f"/a/{own['text-see']}", Act(STRANGER, proved=True))
    digits = unlock(site, stranger, f"/a/{own['text-answer']}", Act(STRANGER))
    proved = dict(stranger._cookies)
    site.rows.keep()
    site.cookies[STRANGER] = before
    found = [deed_of(site, rule, digits) for rule in acts(site) if only in {"", shown(rule)}]
    site.cookies[STRANGER] = proved
    return found


def deed_of(site: Site, rule: Rule, digits: str = "") -> Deed:
    """One act as its page sends it; `digits` of a code to a link that was not typed yet."""
    site.put_back()
    names = sorted(rule.arguments - FIXED.keys())
    records = {name: record_of(site, rule, name, "own") for name in names}
    act = ACTS.get(shown(rule))
    address, sent = filled(site, rule, act) if act else (site.address(rule, "own"), {})
    if rule.endpoint == "by_link.open_by_code":
        sent = {**sent, "code": digits}
    site.put_back()
    return Deed(rule, address, sent, records)


def walk(site: Site, only: str = "") -> list[list[str]]:
    """The table as the application answers now, of all acts or one, in the order of addresses."""
    found = deeds(site, only)
    with drawn_as_nothing():
        rows = dict(_as_offered(site, found))
        offered = {address: cells for (address, state), cells in rows.items() if state == OFFERED}
        rows |= _in_states(site, found, offered)
    return [[*key, *cells] for key, cells in sorted(rows.items(), key=in_order)]


def _as_offered(site: Site, found: Sequence[Deed]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Every act by everybody, and by those who may do it at all on what is another place's."""
    for deed in found:
        cells = answers(site, deed, deed.address, COLUMNS)
        yield (deed.name, OFFERED), cells
        for name, there in elsewhere(site, deed).items():
            yield (deed.name, name), answers(site, deed, there, let_in(deed, cells))


def _in_states(
    site: Site, found: Sequence[Deed], offered: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], list[str]]:
    """Every act in each state of what it is about; of whom the guard turns away, one is drawn."""
    rows = {}
    for (what, state), concerned in by_state(found).items():
        with stands(site, what, state, {number(site, what, *one) for one in concerned}):
            for deed, _ in concerned:
                before = offered[deed.name]
                row = answers(site, deed, deed.address, let_in(deed, before))
                rows[deed.name, f"{what}: {state}"] = row
                turned_away = [who for who in COLUMNS if before[COLUMNS.index(who)] in DOOR]
                for who in sample(turned_away, min(1, len(turned_away))):
                    said = answer(site, deed, who, deed.address)
                    assert said in DOOR, (deed.name, what, state, who, said)
    return rows


def in_order(row: tuple[tuple[str, str], list[str]]) -> tuple[str, int, str]:
    """By address; as offered first, then the states in their order."""
    (address, state), _ = row
    order = [OFFERED, *(f"{what}: {one}" for what in OBJECTS for one in OBJECTS[what])]
    return address, order.index(state) if state in order else len(order), state


def by_state(found: Sequence[Deed]) -> Mapping[tuple[str, str], list[tuple[Deed, str]]]:
    """Which acts are about something that can be in a state, and the name of it in the address."""
    acts: dict[tuple[str, str], list[tuple[Deed, str]]] = {}
    for deed in found:
        for what, name in deed.of:
            for state in OBJECTS[what]:
                acts.setdefault((what, state), []).append((deed, name))
    return acts


def let_in(deed: Deed, offered: Sequence[str]) -> list[str]:
    """Who is asked in each state: whom the guard lets in, and of who needs no sign-in, one."""
    if offered[COLUMNS.index(STRANGER)] not in DOOR:
        return [ACTS[deed.name].who if deed.name in ACTS else STRANGER]
    return [who for who, said in zip(COLUMNS, offered, strict=True) if said not in DOOR]


def elsewhere(site: Site, deed: Deed) -> Mapping[str, str]:
    """The same act on the records of another place, on all of them and on one of several."""
    theirs = {name: record_of(site, deed.rule, name, "foreign") for name in deed.records}
    found = {ELSEWHERE: site.address(deed.rule, "foreign", theirs)} if theirs else {}
    if len(theirs) > 1:
        for name, record in theirs.items():
            mixed = {**deed.records, name: record}
            found[f"{ELSEWHERE} {name}"] = site.address(deed.rule, "own", mixed)
    return found


def number(site: Site, what: str, deed: Deed, name: str) -> str:
    """Of what an act is about; whoever opened their own page has a case, and their cards."""
    own = what in {"own case", "card"}
    return site.places["own"]["case_id"] if own else deed.records[name]


@contextmanager
def stands(site: Site, what: str, state: str, numbers: Iterable[str]) -> Iterator[None]:
    """Meanwhile these records are in a state, and come back to it after each request."""
    site.put_back()
    with site.app.app_context():
        for number in sorted(numbers):
            put(what, state, number)
        db.session.commit()
    with site.rows.standing():
        yield


@contextmanager
def drawn_as_nothing() -> Iterator[None]:
    """Pages are empty meanwhile: how they look is asked elsewhere, and is most of the work."""
    render = Template.render
    Template.render = lambda self, *args, **named: ""
    try:
        yield
    finally:
        Template.render = render


def answers(site: Site, deed: Deed, address: str, asked: Collection[str]) -> list[str]:
    """What they are answered; nothing of whom nobody asked."""
    found = []
    for who in COLUMNS:
        found.append(answer(site, deed, who, address) if who in asked else "")
        site.put_back()
    return found


def answer(site: Site, deed: Deed, who: str, address: str) -> str:
    """What one is answered: done, nothing where no event says so, or why not."""
    browser = site.visitors[who]
    browser._cookies = dict(site.cookies[who])
    with broken() as rules_broken:
        sent = _send(site, deed, browser, who, address)
    did = bool(site.events())
    if sent.location in {"/sign-in", "/me"} and not did:
        return "door"
    assert sent.status_code < 500, (address, who, sent.text)
    assert sent.status_code != 400, (address, who, sent.text)
    if sent.status_code >= 400:
        return rules_broken[-1] if rules_broken else str(sent.status_code)
    return "done" if did else "nothing"


def _send(site: Site, deed: Deed, browser: FlaskClient, who: str, address: str):
    if deed.rule.endpoint in BODIES:
        return browser.post(address, json=deed.sent, headers={"Idempotency-Key": str(uuid4())})
    own = {"csrf_token": site.tokens[who], "submit_key": str(uuid4())}
    return FlaskClient.open(browser, address, method="POST", data={**deed.sent, **own})


@contextmanager
def broken() -> Iterator[list[str]]:
    """The names of the rules whose sentence is said meanwhile; what is only looked at says none."""
    found: list[str] = []
    said = RuleBroken.sentence

    def note(rule: RuleBroken) -> str:
        found.append(type(rule).__name__)
        return said.fget(rule)

    RuleBroken.sentence = property(note)
    try:
        yield found
    finally:
        RuleBroken.sentence = said


def read() -> list[list[str]]:
    """The table as it is kept."""
    return walking.read(TABLE, HEAD)


def write(rows: Sequence[Sequence[str]]) -> None:
    """Keep the table anew."""
    walking.write(rows, TABLE, HEAD)
