"""A little more than two pages of all that is listed: copies of rows made by the real actions."""

from datetime import date, timedelta
from types import SimpleNamespace

from conftest import EMAILS
from crowd import actor, copies, hub, walk
from editions.shelf import Shelf
from official.figures import figure, kept, stated
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import ApiToken, User
from referral.alerts.models import HarmAlert
from referral.audit.trail import Tag, record
from referral.casework.doors.models import FamilyMessage
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.spoken import Whom, Words
from referral.clock import now
from referral.contact.messages.models import PersonMessage
from referral.db import db
from referral.directory.models import ChangedDay, Code, CustodyCentre, Organisation
from referral.handoff.referrals.models import Stop
from referral.jobs.models import Job
from referral.known.now import About
from referral.merging.joining.models import Joining
from referral.official.actions import correct, enter
from referral.post.messages.post import Envelope

MANY = 107


def fill(app) -> dict[str, object]:
    """Everything; returns the numbers of the case and of the joining that are looked at."""
    at = now()
    manager = db.session.scalars(select(User).filter_by(email=EMAILS[Role.SERVICE_MANAGER])).one()
    manager.organisation_id = hub().organisation_id
    made = _cases(at)
    joined = _joinings(made, at)
    _messages(app, made.given.case_id, at)
    _of_family(at)
    _notes(made.given.case, at)
    _accounts(at)
    _directory(at)
    _editions(at)
    _figures(at)
    db.session.commit()
    return {"case": made.given.case_id, "joining": joined.id}


def _cases(at) -> SimpleNamespace:
    """Three times as many: in the cells with one worker, released with nobody's, closed."""
    given = walk(0, at - timedelta(hours=200))
    late = {"due_at": at - timedelta(days=1), "late_step": 3}  # a new due time is not late yet
    here, gone = (_people(given.person, name) for name in ("Moss", "Reid"))
    stays = copies(given.case.booking, 3 * MANY, lambda n: {
        "person_id": (here + gone + here)[n].id,
        "authorised_at": at - timedelta(hours=n),
        "released_at": None if n < MANY else at,
    })  # fmt: skip
    copies(given.case.booking.leg, 3 * MANY, lambda n: {
        "booking_id": stays[n].id,
        "until": None if n < MANY else at,
    })  # fmt: skip
    for said in given.case.booking.observations:
        copies(said, MANY if said.kind is About.DANGER else 3 * MANY, lambda n: {
            "booking_id": stays[n].id,
            "person_id": stays[n].person_id,
        })  # fmt: skip
    worker, closed = actor(Role.WORKER).user_id, {"closed_at": at, "close_reason": "COMPLETE"}
    cases = copies(given.case, 3 * MANY, lambda n: late | {
        "person_id": stays[n].person_id,
        "booking_id": stays[n].id,
        "worker_id": worker if n < MANY else None,
    } | (closed if n >= 2 * MANY else {}))  # fmt: skip
    referrals = copies(given, MANY, lambda n: late | {
        "person_id": cases[n].person_id,
        "case_id": cases[n].id,
        "booking_id": cases[n].booking_id,
        "reference": f"R-{n:06}",
    })  # fmt: skip
    _many(Stop, lambda n: {"referral_id": referrals[n].id}, asked_at=at, **late)
    return SimpleNamespace(given=given, here=here, gone=gone)


def _people(like, surname: str) -> list:
    def named(n: int) -> dict:
        key = f"{surname.lower()}{n}"
        return {"surname": f"{surname}{n}", "surname_key": key, "words": f" {key}"}

    return copies(like, MANY, named)


def _joinings(made: SimpleNamespace, at) -> Joining:
    lead, blank = actor(Role.TEAM_LEAD), {"survivor_before": {}, "absorbed_before": {}}
    first, *_ = _many(
        Joining,
        lambda n: {"survivor_id": made.here[n].id, "absorbed_id": made.gone[n].id},
        **blank,
        number=1,
        joined_as={},
        joined_at=at,
        joined_by_id=lead.user_id,
    )
    record(Tag.PERSON_JOINED, lead, at, subject_id=first.survivor_id, record_id=first.id)
    for _ in range(MANY):
        record(Tag.CASE_SEEN, lead, at, subject_id=first.survivor_id)
    return first


def _messages(app, case_id, at) -> None:
    ring = {"case_id": case_id, "about_id": case_id, "name": "ring", "made_at": at}
    _many(PersonMessage, lambda n: {"occasion": f"ring {n}"}, **ring)
    times = {"made_at": at, "wanted_at": at, "due_at": at, "ended_at": at}
    failed = {"kind": "message", "permission": "", "state": "failed"}
    _many(Job, lambda n: {"key": f"failed {n}"}, **times, **failed)
    for n in range(MANY):
        letter = Envelope(f"key{n}", "a@example.org", f"Letter {n}", "Hello", at)
        app.extensions["mailbox"].send(letter)


def _of_family(at) -> None:
    by = {"team_id": actor(Role.WORKER).organisation_id, "by_id": actor(Role.WORKER).user_id}
    said = {"caller": "Karen", "phone": "0141 496 0700", "words": "", "due_at": at, "late_step": 2}
    _many(FamilyMessage, lambda n: {"whom": f"Ann {n}"}, recorded_at=at, **said, **by)


def _notes(case, at) -> None:
    for n in range(MANY):
        said = Words(said=f"Note {n}")
        talk = NoteDetails(Whom.NOBODY, None, at - timedelta(minutes=n), said)
        write(case, talk, actor(Role.WORKER), at)


def _accounts(at) -> None:
    make_token(KeyDetails("Program", None), actor(Role.SERVICE_MANAGER), at)
    token = db.session.scalars(select(ApiToken)).one()
    copies(token, MANY - 1, lambda n: {"token_hash": f"hash {n}"})
    user = db.session.scalars(select(User).filter_by(email=EMAILS[Role.SERVICE_WORKER])).one()
    copies(user, MANY, lambda n: {"name": f"Zoe Quill {n}", "email": f"zoe.quill{n}@example.org"})


def _directory(at) -> None:
    warns = actor(Role.ADP_ANALYST)
    said = {"headline": "Take care", "text": "It is strong", "ends_on": date(2099, 1, 1)}
    by = {"by_id": warns.user_id, "organisation_id": warns.organisation_id, "posted_at": at}
    _many(HarmAlert, lambda n: {}, **said, **by)
    for kind in (CustodyCentre, Organisation):
        first = db.session.scalars(select(kind).order_by(kind.name)).first()
        copies(first, MANY, lambda n: {"name": f"Quay {n}"})
    copies(hub(), MANY, lambda n: {"name": f"Service {n}"})
    coded = {"list_name": "told", "label": "Somebody", "valid_from": at.date()}
    _many(Code, lambda n: {"code": f"C{n}", "position": n}, **coded)
    _many(ChangedDay, lambda n: {"day": date(2027, 1, 1) + timedelta(days=n)}, works=False)


def _editions(at) -> None:
    shelf = Shelf(at)
    for _ in range(MANY):
        shelf.begun()


def _figures(at) -> None:
    by = actor(Role.ADMINISTRATOR)
    for n in range(MANY):
        first = enter(figure("2023-24", n, f"Bulletin {n}"), by, at)
        correct(first, stated(n + 1), by, at)
        kept(f"{n}.csv", by, at)


def _many(table: type, differ, **same: object) -> list:
    rows = [table(**same, **differ(n)) for n in range(MANY)]
    db.session.add_all(rows)
    db.session.flush()
    return rows
