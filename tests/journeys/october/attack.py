"""The case is closed. Everything that can be posted about it is posted by hand, as in an open one.

What a form would carry is made up from the fields of the product's own forms, so that nothing is
refused only because it was typed badly: each version is the present one.
"""

import re
from collections.abc import Iterator

from conftest import EMAILS, Browser, hidden_fields
from journeys.october.cast import Cast
from sqlalchemy import select
from support.state import state

from referral.access.permissions import Role
from referral.casework.contact_plan.models import ReviewPoint
from referral.casework.facts.models import SaidFact
from referral.db import Model, db
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral

REFUSED = {403, 404, 405, 409, 410, 422}
# No attack is what a person may do at any time, or a worker for them: take an answer back, stop
# what was told or printed; nor what the hub may until 9 November, write up what came of it; nor to
# look, or to keep a filter of one's own, which is about nobody.
NO_ATTACK = (
    "casefile.withdraw", "casefile.stop_links", "card_of_case.stop_card", "history.timeline",
    "owner.take_case", "owner.give_case", "followup.write_up", "followup.handler",
    "notes.log", "saved.new",
)  # fmt: skip
TYPED = {
    "move": "accept", "answer": "accept", "reason": "DONE", "why": "by hand", "note": "by hand",
    "channel": "call", "result": "reached", "happened_at": "now", "starts_at": "now", "came": "yes",
    "danger": "overdose", "applies": "yes", "unmet": "DRUG", "severity_DRUG": "urgent",
    "route": "UNDERTAKING", "released_at": "now", "best_way": "call", "number_confirmed": "rang",
    "phone": "07700 900999", "contact": "yes", "history": "yes", "agrees": "y", "reach": "y",
    "level": "full", "change_DRUG": "worse", "worth_it": "no", "text": "by hand",
    "name": "reminder", "spoken_to": "Moira", "took_place": "yes", "said": "accept",
}  # fmt: skip


def nobody_sees_or_changes_anything(cast: Cast) -> None:
    """By the worker, by who answers for the hub, and by the house that said no with its link."""
    cast.at("26 12:00")
    with cast.app.app_context():
        numbers = _numbers(cast)
    for role, begins in (
        (Role.WORKER, ("/cases/", "/referrals/")),
        (Role.SERVICE_WORKER, "/inbox/"),
    ):
        browser = _enter(cast, EMAILS[role])
        for endpoint, path in sorted(set(_addresses(cast, numbers, begins))):
            _is_refused(cast, browser, endpoint, path)
    for act in ("answer", "came", "appointment", "try", "end", "still", "open"):
        path = f"{cast.known['link homes']}/{act}"
        assert "McAlister" not in _changes_nothing(cast, _enter(cast, ""), "by_link", path).text
    _nothing_is_seen(cast)


def _nothing_is_seen(cast: Cast) -> None:
    """The hub has a reference and its own notes, and the house nothing."""
    for when in ("26 12:00", "31 12:00"):
        cast.at(when)
        service = _enter(cast, EMAILS[Role.SERVICE_WORKER])
        for path in (cast.known["at hub"], "/inbox", cast.known["link homes"]):
            page = service.get(path).text
            assert not re.search("McAlister|900456|900123|ousing or", page), path


def _numbers(cast: Cast) -> list[dict[str, str]]:
    """Everything of the case that an address could name: a case, and each thing in it."""
    case = cast.known["case"].rpartition("/")[2]
    found = [{"case_id": case, "purpose": "talk", "now_known": "sure", "how": "drop"}]
    for name, kind in (
        ("referral_id", Referral),
        ("appointment_id", Appointment),
        ("fact_id", SaidFact),
        ("point_id", ReviewPoint),
    ):
        rows = db.session.scalars(select(kind.id).order_by(kind.id)).all()
        found += [found[0] | {name: str(row)} for row in rows]
    return found


def _addresses(
    cast: Cast, numbers: list[dict[str, str]], begins: str | tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Each address that takes a post about the case, by reflection, with the numbers put in."""
    adapter = cast.app.url_map.bind("127.0.0.1")
    for rule in cast.app.url_map.iter_rules():
        if "POST" not in rule.methods or not str(rule.rule).startswith(begins):
            continue
        if rule.endpoint.startswith(NO_ATTACK):
            continue
        for known in numbers:
            if rule.arguments <= known.keys():
                values = {name: known[name] for name in rule.arguments}
                yield rule.endpoint, adapter.build(rule.endpoint, values, method="POST")


def _is_refused(cast: Cast, browser: Browser, endpoint: str, path: str) -> None:
    answer = _changes_nothing(cast, browser, endpoint, path)
    assert answer.status_code in REFUSED, f"{endpoint} {path}: {answer.status_code}"


def _changes_nothing(cast: Cast, browser: Browser, endpoint: str, path: str):
    carried = hidden_fields(browser.get("/access" if browser.entered else "/sign-in").text)
    with cast.app.app_context():
        before = state("sign_in")
        versions = _versions()
    for version in versions:
        answer = browser.post(path, data=carried | TYPED | {"version": str(version)})
        if answer.status_code != 409:
            break
    with cast.app.app_context():
        after = state("sign_in")
    changed = [table for table in before if before[table] != after[table]]
    assert changed == [], f"{endpoint} {path} changed {changed}: {answer.status_code}"
    return answer


def _versions() -> list[int]:
    """Every version that any record has, and so the present one of what an address is about."""
    kept = [table.c.version for table in Model.metadata.sorted_tables if "version" in table.c]
    return sorted({1}.union(*(db.session.scalars(select(version)) for version in kept)))


def _enter(cast: Cast, email: str) -> Browser:
    cast.app.test_client_class = Browser
    browser = cast.app.test_client()
    browser.entered = bool(email)
    if email:
        browser.enter(email)
    return browser
