"""What an officer does a hundred times a day, as presses of keys, and what is kept of it then.

A task is a line of steps: the name of a key is pressed, and one that ends with `>` opens a page;
what stands in quotes is typed (names, dates, numbers) and counted apart; `?` waits until somebody
is suggested, or the words stand there that a service would read.
"""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crowd import actor, agreed, let_go
from playwright.sync_api import Page, Response
from sqlalchemy import select

from referral.access.permissions import Role
from referral.clock import now
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.custody.actions import BookingDetails, ReleaseDetails, open_booking
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.models import CarriedOver
from referral.directory.models import CustodyCentre
from referral.handoff.referrals.models import Referral
from referral.known.models import Observation
from referral.known.now import About
from referral.people.identity import Identity
from referral.people.models import Person

LIST = "/custody/"
KEYS = {"Up": "ArrowUp", "Down": "ArrowDown", "Right": "ArrowRight"}
# a page gives the focus to its first field a moment after it has come, sooner than anybody types
FOCUSED = "!document.querySelector('[autofocus]') || document.activeElement.matches('[autofocus]')"
AGREED = frozenset({Purpose.TALK, Purpose.CONTACT, Purpose.DESK, Purpose.HISTORY, Purpose.OUTCOME})
SPOKE = frozenset({About.NEED, About.DANGER})


@dataclass(frozen=True)
class Kept:
    """What the database holds of a stay: each is an answer that somebody gave in it."""

    answer: str
    sex: str
    asked: frozenset[Purpose] = AGREED
    spoke: frozenset[About] = SPOKE
    told: bool = False
    services: int = 0
    confirmed: bool = False


@dataclass(frozen=True)
class Task:
    """Its name, its steps, the goals in presses and pages, whose stay it is, and what is kept."""

    name: str
    steps: str
    presses: int
    pages: int
    surname: str
    kept: Kept


@dataclass(frozen=True)
class Counted:
    """Presses, letters typed, and pages opened between the list and the list."""

    presses: int
    letters: int
    pages: int


NO = Kept(OfferAnswer.DECLINED, "F", frozenset({Purpose.TALK}), frozenset({About.DANGER}))
TASKS = (
    Task(
        "New person declines, no key known",
        "Enter> 'Lowe' Tab 'Ann' Tab '3 5 1985' Tab Right"
        " Tab Tab Tab Tab Tab Right Tab Tab Space Enter>",
        *(15, 1, "Lowe", NO),
    ),
    Task(
        "The same, keys known, with Caps Lock",
        "N> 'KIDD' Tab 'MARY' Tab '1 6 1979' Tab F D - Enter>",
        *(8, 1, "KIDD", NO),
    ),
    Task(
        "New person accepts, contact, two needs, one danger told, one service",
        "n> 'Petrie' Tab 'Jordan' Tab '19 2 1998' Tab m a y '07700 900142' Tab c n y y"
        " 1 4 8 h g e ? Enter>",
        *(24, 1, "Petrie"),
        Kept(OfferAnswer.ACCEPTED, "M", AGREED | {Purpose.SHARE}, told=True, services=1),
    ),
    Task(
        "Returning person accepts, confirms what is still true",
        "n> 'McAlister' Tab 'Jim' Tab '3 5 1985' ? Down Enter>"
        " = a y Tab y y y 1 4 - Enter>",
        *(20, 2, "McAlister", Kept(OfferAnswer.ACCEPTED, "M", confirmed=True)),
    ),
    Task(
        "Not fit yet, asked later, accepts",
        "n> 'Boyle' Tab 'Ross' Tab '4 4 1990' Tab m u '+2' Tab 6 8 h n k '4' Enter>"
        " 4> a y '07700 900143' Tab c y y y 1 Enter>",
        *(24, 2, "Boyle"),
        Kept(OfferAnswer.ACCEPTED, "M", AGREED | {Purpose.GROUP}, told=True),
    ),
)  # fmt: skip


def prepare() -> None:
    """No worker comes to the centre, and Jim was there a month ago; keep it afterwards."""
    db.session.scalars(select(CustodyCentre).filter_by(name="Govan")).one().access_model = "remote"
    officer, at = actor(Role.CUSTODY_OFFICER), now() - timedelta(days=30)
    jim = Identity("Jim", "McAlister", date(1985, 5, 3), sex="M", phone="07700 900018")
    stay = open_booking(BookingDetails(jim, at), officer, at)
    agreed(stay, officer, at)
    let_go(stay, ReleaseDetails("UNDERTAKING", at, "has", stay.version), officer, at)


def play(page: Page, site: str, task: Task, look: Callable[[], object] = bool) -> Counted:
    """Play a task from the list to the list, by keyboard alone; `look` before each page turns."""
    opened: list[str] = []

    def came(answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.status == 200:
            opened.append(answer.url.removeprefix(site).split("?")[0])

    page.goto(site + LIST)
    page.wait_for_function(FOCUSED)
    page.on("response", came)
    steps = [*shlex.split(task.steps, posix=False)]
    for step in steps:
        if step.endswith(">"):
            look()
        _take(page, step)
    look()
    page.remove_listener("response", came)
    assert opened[-1] == LIST, (task.name, opened)
    typed = [step for step in steps if step.startswith("'")]
    presses = len(steps) - len(typed) - steps.count("?")
    return Counted(presses, sum(len(one) - 2 for one in typed), len(opened) - opened.count(LIST))


def _take(page: Page, step: str) -> None:
    if step == "?":
        page.locator("#likely [data-known], .app-told:visible").first.wait_for()
    elif step.startswith("'"):
        page.keyboard.type(step.strip("'"))
    elif step.endswith(">"):
        with page.expect_navigation():
            _press(page, step.removesuffix(">"))
        page.wait_for_function(FOCUSED)
    else:
        _press(page, step)


def _press(page: Page, key: str) -> None:
    page.keyboard.press(KEYS.get(key, key))


def kept_of(surname: str) -> Kept:
    """What is kept of the last stay of somebody."""
    by_name = select(Booking).join(Person, Person.id == Booking.person_id)
    found = by_name.where(Person.surname == surname).order_by(Booking.order.desc())
    stay = db.session.scalars(found).first()
    assert stay, surname
    said = select(Consent).where(
        Consent.person_id == stay.person_id, Consent.given_at >= stay.recorded_at
    )
    carried = db.session.get(CarriedOver, stay.id)
    return Kept(
        answer=stay.last_offer.answer if stay.last_offer else "",
        sex=stay.person.sex,
        asked=frozenset(answer.purpose for answer in db.session.scalars(said)),
        spoke=frozenset(db.session.scalars(select(Observation.kind).filter_by(booking_id=stay.id))),
        told=bool(stay.warnings) and not stay.untold(now()),
        services=len(db.session.scalars(select(Referral).filter_by(booking_id=stay.id)).all()),
        confirmed=carried is not None and carried.confirmed_at is not None,
    )


def missed(task: Task, counted: Counted, kept: Kept) -> Iterator[str]:
    """Each goal that was missed, in words."""
    if counted.presses > task.presses:
        yield f"{counted.presses} keys, the goal is {task.presses}"
    if counted.pages > task.pages:
        yield f"{counted.pages} pages, the goal is {task.pages}"
    if kept != task.kept:
        yield f"kept is {kept}, and should be {task.kept}"
