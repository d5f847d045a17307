"""Make this release's databases, one for each engine: `make release-databases`.

The demo, smaller, and what does not happen in it: joinings that stand and that were parted after
more was said, a person who stopped everything by their own page, lists that somebody changed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from conftest import EMAILS
from flask_migrate import upgrade
from postgres import postgres_url
from releases.dumps import keep_postgres, keep_sqlite
from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.app import create_app
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement
from referral.consent.purposes import Answer, Purpose
from referral.contact.own_page.actions import code_for, say_word, stop
from referral.contact.own_page.queries import cards_of
from referral.custody.actions import BookingDetails, OfferDetails
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.demo import organisations as demo
from referral.demo.story import play
from referral.desk.actions import Arrival, StillTrue, arrive, confirm
from referral.handoff.referrals.models import Referral
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.parting.actions import PartDetails, part
from referral.people.identity import Identity
from referral.settings import Settings

BOOKINGS = 120
MINUTE = timedelta(minutes=1)


def fill(url: str) -> None:
    """Migrate an empty database and play everything in it."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        at = now()
        play(BOOKINGS, 1, at)
        staff = {role: actor(email) for role, email in EMAILS.items()}
        joined_and_parted(staff, at - timedelta(hours=1))
        said_again_between(staff, at - timedelta(hours=1))
        stopped_by_page(staff[Role.WORKER], at)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def actor(email: str) -> Actor:
    return db.session.scalars(select(User).filter_by(email=email)).one().actor


def joined_and_parted(staff: dict[Role, Actor], at: datetime) -> None:
    """One joining stands, with a later one on top; one was parted after more had been said."""
    lead, desk = staff[Role.TEAM_LEAD], staff[Role.CUSTODY_OFFICER]
    one, two, three, four, five = everybody(desk, "ABCDE", at)
    for number, stay in enumerate((one, two, three, four, five, two, one), 1):
        answer = (Answer.GRANTED, Answer.REFUSED)[number % 2]
        says(desk, stay, answer, at + number * MINUTE)
    join(JoinDetails(one.person_id, two.person_id), lead, at + 10 * MINUTE)
    says(desk, one, Answer.GRANTED, at + 11 * MINUTE)
    join(JoinDetails(three.person_id, one.person_id), lead, at + 12 * MINUTE)
    says(desk, three, Answer.REFUSED, at + 13 * MINUTE)
    confirm(three, StillTrue(phone="07700 900002"), desk, at + 14 * MINUTE)
    joining = join(JoinDetails(four.person_id, five.person_id), lead, at + 15 * MINUTE)
    says(desk, four, Answer.GRANTED, at + 16 * MINUTE)
    part(joining, PartDetails(joining.version), lead, at + 17 * MINUTE)


def said_again_between(staff: dict[Role, Actor], at: datetime) -> None:
    """Twice joined and parted, and each time the last word is said while the records are one."""
    lead, desk = staff[Role.TEAM_LEAD], staff[Role.CUSTODY_OFFICER]
    gil, may, fay = everybody(desk, "FGH", at)
    says(desk, fay, Answer.REFUSED, at)
    for number, other in enumerate((gil, may)):
        since = at + number * 10 * MINUTE
        if other is gil:
            says(desk, gil, Answer.GRANTED, since + 2 * MINUTE)
        joining = join(JoinDetails(fay.person_id, other.person_id), lead, since + 3 * MINUTE)
        says(desk, fay, (Answer.GRANTED, Answer.REFUSED)[number], since + 4 * MINUTE)
        part(joining, PartDetails(joining.version), lead, since + 5 * MINUTE)


def everybody(desk: Actor, letters: str, at: datetime) -> list[Booking]:
    """They come one after another, before this moment."""
    stays = []
    for number, letter in enumerate(letters, -len(letters)):
        who = Identity(f"Jo{letter}", "Reid", sex="F", phone="07700 900001")
        came = at + number * MINUTE
        stays.append(arrive(Arrival(BookingDetails(who, came)), desk, came))
    return stays


def says(desk: Actor, stay: Booking, answer: Answer, at: datetime) -> None:
    also: Sequence[Agreement] = [Agreement(Purpose.DESK, answer)]
    said = OfferDetails(OfferAnswer.ACCEPTED, stay.version, needs=frozenset({"DRUG"}))
    answer_offer(stay, said, also, PLAINLY, desk, at)


def stopped_by_page(worker: Actor, at: datetime) -> None:
    """Somebody says by their own page whether it helped, and then takes everything back."""
    wanted = select(Referral).join(Referral.case).where(Case.closed_at.is_(None))
    sent = wanted.where(Referral.sent_at.is_not(None), Referral.ended_at.is_(None))
    referral = db.session.scalars(sent.order_by(Referral.sent_at, Referral.id)).first()
    assert referral
    assert code_for(referral.person, referral.case.team_id, worker, at)
    db.session.flush()
    card = cards_of(referral.person_id, at)[0]
    say_word(card, referral.service_id, "partly", at)
    stop(card, None, at + MINUTE)


def main() -> None:
    """Write both dumps and the facts that must outlive every migration."""
    keep_sqlite(fill)
    with postgres_url() as server:
        if server is None:
            raise SystemExit("No PostgreSQL on this machine.")
        keep_postgres(fill, server)


if __name__ == "__main__":
    main()
