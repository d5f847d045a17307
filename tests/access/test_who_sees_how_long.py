"""What a service sees of somebody, by state, time and the person's word; by each way to read it.

The ways are found by reflection: whatever a service, its program or a link can fetch of a referral
is fetched in each situation, and so is what the team prints for it.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
from access.marked import by_email, service, tell
from access.seen import words
from conftest import Browser, hidden_fields
from crowd import actor
from flask.testing import FlaskClient
from sqlalchemy import select

from referral.access.permissions import Permission, Role
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.states import ENDED_STATES, Move, ReferralState
from referral.post.links.actions import make_link
from referral.post.links.models import LinkCode
from referral.post.links.purposes import LinkPurpose
from referral.post.links.signing import digits_of, text_of

REFERENCE, TEAMS = "R-HUBHUB", {"letters.letter", "cards.card"}
MARKS = {
    "name": "Quillfeather",
    "phone": "900 ?555",
    "born": "3 Feb 1971|1971-02-03",
    "found": "goldcrest|stonechat",
    "need": '(?i)dragonfly|"DRUG"|change_DRUG',
    "note": "nuthatch to Recovery",
    "talk": "avocet at Recovery|redstart to Recovery|nightjar",
    "own": "plover, Recovery|Tries to reach",
    "reference": REFERENCE,
    "why": 'Could not reach them|"reason": ?"REACH"',
}
# what each way can show at all; a link and a letter show nothing of it once it is over
WAYS = {
    "page": set(MARKS),
    "program": set(MARKS) - {"note"},
    "link": set(MARKS) - {"reference", "why", "own"},
    "paper": set(MARKS) - {"reference", "why", "own", "talk"},
}
SEEN = """
                name phone born found need note talk own reference why
open full       x    x     x    x     x    x    x    x   x         -
open summary    x    x     -    -     x    x    x    x   x         -
open contact    x    x     -    -     -    x    x    x   x         -
due full        -    -     -    -     x    -    -    x   x         x
due summary     -    -     -    -     x    -    -    x   x         x
due contact     -    -     -    -     -    -    -    x   x         x
over            -    -     -    -     -    -    -    -   x         x
no              -    -     -    -     -    -    -    -   x         -
"""
DAYS = timedelta(days=14)
AGES = {"now": timedelta(minutes=1), "due": DAYS - timedelta(hours=1), "gone": DAYS}
STATES = [state for state in ReferralState if state != "draft"]
LEVELS = [*Level, None]


def row_of(state: str, age: str, level: Level | None) -> str:
    """Which line of the table holds."""
    if state not in ENDED_STATES:
        return f"open {level}" if level else "no"
    due = state in {"completed", "failed"} and age != "gone"
    return f"due {level}" if due and level else "over"


def expected() -> dict[str, set[str]]:
    """For each line of the table, the marks that are seen."""
    head, *rows = SEEN.strip("\n").splitlines()
    cells = {row[:16].strip(): row[16:].split() for row in rows}
    return {
        name: {m for m, cell in zip(head.split(), row, strict=True) if cell == "x"}
        for name, row in cells.items()
    }


class Site:
    """The hub's referral, and everybody who can read of it."""

    def __init__(self, app) -> None:
        app.test_client_class = Browser
        self.app = app
        with app.app_context():
            token = tell()
            self.number = self.referral().id
            self.meeting = db.session.scalars(
                select(Appointment.id).filter_by(referral_id=self.number)
            ).one()
            emails = [by_email(start).email for start in ("service.worker", "arrest.referral.w")]
        self.service, self.worker = (self._enter(email) for email in emails)
        self.program = app.test_client()
        self.program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        self.links = [self._proved(purpose, state) for purpose, state in OPENS.items()]

    def referral(self) -> Referral:
        return db.session.scalars(select(Referral).filter_by(reference=REFERENCE)).one()

    def _enter(self, email: str) -> FlaskClient:
        browser = self.app.test_client()
        said = {"email": email, "password": PASSWORD}
        assert browser.submit("/sign-in", said).status_code == 303
        return browser

    def _proved(self, purpose: LinkPurpose, state: ReferralState) -> tuple[FlaskClient, str]:
        """A link of which the code was typed, while its question was open, and in which browser."""
        stranger = self.app.test_client()
        self.put(state, timedelta(0), Level.FULL)
        with self.app.app_context():
            link = make_link(purpose, self.number, f"{uuid4()}", now())
            path = f"/a/{text_of(link.id, self.app.config['SECRET_KEY'])}"
            db.session.commit()
        stranger.post(f"{path}/code", data=hidden_fields(stranger.get(path).text))
        with self.app.app_context():
            code = db.session.scalars(select(LinkCode).filter_by(link_id=link.id)).one()
            digits = digits_of(code.id, self.app.config["SECRET_KEY"])
        typed = {"submit_key": str(uuid4()), "code": digits}
        assert stranger.post(f"{path}/open", data=typed).status_code == 303
        return stranger, path

    def put(self, state: ReferralState, age: timedelta, level: Level | None) -> None:
        """The referral came into a state so long ago, and the person agrees to so much now."""
        with self.app.app_context():
            referral, at = self.referral(), now()
            ended = state in ENDED_STATES
            referral.state, referral.ended_at = state, at - age if ended else None
            if ended and referral.events[-1].reason != "REACH":
                referral.events.append(_last(referral, at))
            answer = Answer.GRANTED if level else Answer.WITHDRAWN
            said = Agreement(
                Purpose.SHARE, answer, service("Recovery hub").id, level or Level.CONTACT
            )
            record_agreements(referral.person, [said], PLAINLY, actor(Role.WORKER), at)
            db.session.commit()

    def read(self) -> dict[str, str]:
        """All that is given now, way by way."""
        given: dict[str, list[str]] = {way: [] for way in WAYS}
        for way, browser, path in self._paths():
            answer = FlaskClient.open(browser, path)
            if answer.status_code == 200:
                given[way].append(words(answer))
        return {way: "\n".join(pages) for way, pages in given.items()}

    def _paths(self) -> Iterator[tuple[str, FlaskClient, str]]:
        theirs = {Permission.SEE_INBOX, Permission.ANSWER_REFERRALS}
        for rule in self.app.url_map.iter_rules():
            permission = getattr(self.app.view_functions[rule.endpoint], "permission", None)
            if "GET" not in rule.methods or not rule.arguments <= KNOWN:
                continue
            values = {"referral_id": self.number, "appointment_id": self.meeting}
            with self.app.test_request_context():
                _, path = rule.build({k: str(values[k]) for k in rule.arguments})
            if permission in theirs:
                program = rule.rule.startswith("/api/")
                yield ("program", self.program, path) if program else ("page", self.service, path)
            elif rule.endpoint in TEAMS:
                yield "paper", self.worker, path
        yield from (("link", *link) for link in self.links)


KNOWN = {"referral_id", "appointment_id"}
OPENS = {
    LinkPurpose.ANSWER: ReferralState.REQUESTED,
    LinkPurpose.SEE: ReferralState.ACCEPTED,
    LinkPurpose.CHANGED: ReferralState.IN_PROGRESS,
}


def _last(referral: Referral, at: datetime) -> ReferralEvent:
    """The move with which it ended, with a reason and some words."""
    event = ReferralEvent(
        number=len(referral.events) + 1, move=Move.FAIL, state=referral.state, reason="REACH",
        note="note of a nightjar", by_name="Ian", happened_at=at, recorded_at=at,
    )  # fmt: skip
    event.by_id = referral.person_id
    return event


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the rule knows no engine
def test_a_service_sees_of_a_referral_just_what_the_table_says(app):
    site, wrong = Site(app), []
    situations = [
        one for one in product(STATES, AGES, LEVELS) if one[0] in ENDED_STATES or one[1] == "now"
    ]
    for state, age, level in sorted(situations, key=lambda one: one[0] in ENDED_STATES):
        site.put(state, AGES[age], level)
        row = row_of(state, age, level)
        for way, text in site.read().items():
            found = {mark for mark in WAYS[way] if re.search(MARKS[mark], text)}
            over = way in {"link", "paper"} and not row.startswith("open")
            should = set() if over else expected()[row] & WAYS[way]
            wrong += [f"{way}, {state} {age} {level}: {found ^ should}"] if found != should else []
    assert wrong == [], "\n".join(wrong)
