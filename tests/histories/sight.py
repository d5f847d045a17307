"""What a service may see at a moment, worked out from plain rows and from what was told.

The answers of a person and the words that left are read as they lie in the database; which of them
counts is said here anew.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from histories.told import ENDED, Sent
from sqlalchemy import select

from referral.clock import SCOTLAND
from referral.consent.models import Consent
from referral.db import db
from referral.handoff.referrals.models import Disclosure, Referral
from referral.handoff.referrals.sight import Seen
from referral.people.models import Person

WRITES_UP = timedelta(days=14)
LEVELS = ("contact", "summary", "full")
TOLD_ONCE = ("name", "language", "interpreter", "date_of_birth", "sex")
ADDED = ("needs", "help_now", "assessment")

Yes = Mapping[tuple[UUID, str, UUID | None], Mapping]


def yeses(now: datetime) -> Yes:
    """The last answer to each question, where it is a yes without a doubt and has not run out."""
    last = {}
    rows = db.session.execute(select(Consent.__table__).order_by(Consent.__table__.c.order))
    for row in rows.mappings():
        if row["mistaken_at"] is None:
            last[row["person_id"], str(row["purpose"]), row["service_id"]] = row
    today = now.astimezone(SCOTLAND).date()
    return {
        key: row
        for key, row in last.items()
        if row["answer"] == "granted" and not row["provisional"] and today < row["expires_on"]
    }


def words_that_left() -> dict[UUID, dict]:
    """Each thing that any service was told, by its number, as it lies there."""
    table = Disclosure.__table__
    found = db.session.execute(select(table).order_by(table.c.order)).mappings()
    return {row["id"]: dict(row) for row in found}


def people_now() -> dict[UUID, tuple[UUID, str]]:
    """The person of each referral, and their number now."""
    wanted = select(Referral.id, Person.id, Person.phone).join(
        Person, Person.id == Referral.person_id
    )
    return {number: (who, phone) for number, who, phone in db.session.execute(wanted)}


def in_its_time(one: Sent, who: UUID, said: Yes, now: datetime) -> str:
    """How much there may be to see: the person, its own notes, or a reference alone."""
    if not one.left or (who, "share", one.service) not in said:
        return "reference"
    if one.state not in ENDED:
        return "person"
    written_up = one.state in {"completed", "failed"} and now < one.ended_at + WRITES_UP
    return "outcome" if written_up else "reference"


def is_no_more_than_was_told(seen: Seen, rows: list[Mapping], one: Sent) -> None:
    """Nothing that is seen was not in the words that left, and no need that was not chosen."""
    told = [row["content"] for row in rows]
    assert set(seen.needs or ()) <= {n for part in told for n in part.get("needs") or ()}
    assert set(seen.needs or ()) <= one.chosen
    if seen.person is None:
        return
    for name in ADDED:
        shown = set(getattr(seen.person, name) or ())
        assert shown <= {each for part in told for each in part.get(name) or ()}, name
    for name in TOLD_ONCE:
        shown = getattr(seen.person, name)
        written = [str(part[name]) for part in told if part.get(name) is not None]
        assert shown in {None, ""} or str(shown) in written, name
    assert seen.person.phone in {"", *(part.get("phone", "") for part in told)}


def is_no_more_than_holds(seen: Seen, who: UUID, number: str, one: Sent, said: Yes) -> None:
    """Of that, no more than the person agrees to now: how much, and whether to be reached."""
    level = LEVELS.index(str(said[who, "share", one.service]["level"]))
    if level < LEVELS.index("summary"):
        assert not seen.needs
    if seen.person is None:
        return
    person = seen.person
    if level < LEVELS.index("full"):
        assert (person.date_of_birth, person.sex, person.assessment) == (None, None, ())
    rules = said.get((who, "contact", None))
    if rules is None:
        assert not person.phone
        assert person.rules is None
    elif person.phone:
        assert person.phone == number, "a number that is not theirs any more"
    if rules and person.rules:
        assert person.rules.no_message or not rules["no_message"]
