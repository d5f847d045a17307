"""Who already wants one service is shared with it by the same save as the whole talk."""

from datetime import timedelta

import pytest
from desk.test_one_page import NEW, TALK, counts, typed_again
from sqlalchemy import func, select, update
from support.html import address, fields, read, words

from referral.access.permissions import Role
from referral.clock import today
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody.models import Booking
from referral.db import db
from referral.directory.models import CustodyCentre, Service
from referral.handoff.referrals.disclosure import read_back
from referral.handoff.referrals.models import Disclosure, Referral
from referral.handoff.referrals.states import ReferralState

HUB = "Recovery hub"
LIST = "/custody/"
TOLD = {"told": "healthcare"}


@pytest.fixture(autouse=True)
def no_worker_comes(app):
    with app.app_context():
        db.session.execute(update(CustodyCentre).values(access_model="remote"))
        db.session.commit()


@pytest.fixture
def wish(app) -> dict:
    """They want the recovery hub, and it may know what they need."""
    return {"service": number_of(app, HUB), "share": "summary"}


def number_of(app, name: str) -> str:
    with app.app_context():
        return str(db.session.scalars(select(Service.id).filter_by(name=name)).one())


def change(app, name: str, **values) -> None:
    with app.app_context():
        db.session.execute(update(Service).where(Service.name == name).values(**values))
        db.session.commit()


def sent(app) -> int:
    """How many referrals there are, each told and agreed to once."""
    with app.app_context():
        made, told = (
            db.session.scalar(select(func.count()).select_from(table))
            for table in (Referral, Disclosure)
        )
        asked = db.session.scalars(select(Consent).filter_by(purpose=Purpose.SHARE)).all()
        assert made == told == len(asked)
        return made


def part(page):
    """The part of a page in which the service is chosen."""
    [found] = read(page.text).select(".app-if--share")
    return found


def test_one_save_keeps_the_talk_and_hands_them_to_the_service_that_they_want(desk, app, wish):
    saved = desk.submit(NEW, TALK | wish)
    assert (saved.status_code, saved.location) == (303, LIST)
    said = words(read(desk.get(LIST).text).select_one(".app-said"))
    assert "They said yes." in said
    assert "Handed on. The service is told now" in said
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        assert (referral.service.name, referral.state) == (HUB, ReferralState.REQUESTED)
        assert list(referral.needs) == ["DRUG"]  # of the two, the one that it is there for
        [told] = db.session.scalars(select(Disclosure)).all()
        assert read_back([told.content]).needs == ("DRUG",)
        [yes] = db.session.scalars(select(Consent).filter_by(purpose=Purpose.SHARE)).all()
        assert (yes.answer, yes.level, yes.words.language) == (Answer.GRANTED, Level.SUMMARY, "en")
        assert yes.service_id == referral.service_id


def test_nothing_is_preset_and_the_part_stands_after_safety(desk):
    page = read(desk.get(NEW).text)
    steps = [words(step) for step in page.select(".app-step__name")]
    assert steps == ["Who", "Ask", "Agree", "Needs", "Safety", "Share"]
    [shown] = page.select(".app-if--share")
    assert shown.select("input[checked]") == []
    assert [one["value"] for one in shown.select("[name=share]")] == [*Level, "no"]
    assert shown.select("[name=service]")[0]["value"] == "nobody"
    assert [one["aria-keyshortcuts"] for one in shown.select("[name=service][aria-keyshortcuts]")]


def test_where_a_worker_comes_nobody_is_handed_on_at_the_desk(desk, app, wish):
    with app.app_context():
        db.session.execute(update(CustodyCentre).values(access_model="site"))
        db.session.commit()
    page = desk.get(NEW)
    assert read(page.text).select(".app-if--share") == []
    refused = desk.submit(NEW, TALK | wish)
    assert "A worker comes to this custody centre" in words(
        part(refused).select_one("#service-error")
    )
    assert counts(app) == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"contact": "no", "phone": "", "channels": []},
        {"phone": "", "number": "07700 900444"},
        {"sex": "X", "interpreter": "y", "safe_times": "after six"},
        {
            "naming": "unknown",
            "surname": "",
            "forename": "",
            "date_of_birth": "",
            "about_age": "40",
        },
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_words_that_are_shown_are_the_words_that_the_service_reads(
    desk, as_service, app, wish, level, more
):
    typed = {key: value for key, value in (TALK | wish | more).items() if value} | {"share": level}
    if more.get("contact") == "no":
        typed.pop("no_message")
    looked = desk.submit(NEW, typed | {"look": "told"})
    assert looked.status_code == 200
    [shown] = part(looked).select(f".app-told--{level}")
    promised = words(shown).split(": ", 1)[1]
    assert counts(app) == [0, 0, 0, 0, 0]
    saved = desk.post(NEW, data=typed_again(looked))
    assert saved.status_code == 303, words(read(saved.text).main)
    assert promised in as_service()


@pytest.fixture
def as_service(as_role):
    """What a service reads of the one person that it was sent, as one line of words."""

    def look() -> str:
        browser = as_role(Role.SERVICE_WORKER)
        page = browser.get(address(browser.get("/inbox").text, "/inbox/[0-9a-f-]{36}"))
        return words(read(page.text).main)

    return look


def test_a_double_click_makes_one_referral(desk, app, wish):
    form = fields(read(desk.get(NEW).text).select("main form")[-1]) | TALK | wish
    assert [desk.post(NEW, data=form).location for _ in range(2)] == [LIST, LIST]
    assert sent(app) == 1


def test_who_is_asked_again_is_not_shared_twice(desk, app, wish):
    desk.submit(NEW, TALK | wish)
    with app.app_context():
        booking = f"/custody/bookings/{db.session.scalars(select(Booking.id)).one()}"
    page = desk.get(booking)
    assert wish["service"] not in {one["value"] for one in part(page).select("[name=service]")}
    assert part(page).select("input[checked]") == []
    again = typed_again(page) | {"answer": "accepted"}
    assert desk.post(booking, data=again).status_code == 303
    assert sent(app) == 1
    second = desk.post(booking, data=typed_again(desk.get(booking)) | {"answer": "accepted"} | wish)
    assert "already has an open referral" in words(part(second).select_one("#service-error"))
    assert sent(app) == 1


def test_who_was_booked_before_is_asked_and_shared_on_their_own_page(desk, app, wish):
    who = {name: TALK[name] for name in ("surname", "forename", "authorised_at")}
    booking = desk.submit(NEW, who).location
    talk = {
        name: TALK[name]
        for name in TALK
        if name not in who and name not in {"sex", "date_of_birth"}
    }
    looked = desk.submit(booking, talk | wish | {"look": "told"})
    assert "Ann Reid, 07700 900123" in words(part(looked).select_one(".app-told--summary"))
    assert f"{HUB} is asked at once" in words(read(looked.text).select_one("#sends"))
    assert sent(app) == 0
    assert desk.post(booking, data=typed_again(looked)).status_code == 303
    assert sent(app) == 1


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"share": ""}, "share", "ask how much it may be told"),
        ({"answer": "not now", "ask_again_at": "+1"}, "service", "Only who accepts"),
        ({"service": "no number"}, "service", "on the list"),
        ({"service": "00000000-0000-4000-8000-000000000000"}, "service", "has closed"),
        ({"share": "everything"}, "share", "on the list"),
        ({"date_of_birth": "{young}"}, "service", "a worker decides"),
        ({"needs": ["MH"]}, "share", "none of the needs that they ticked"),
        ({"answer": ""}, "answer", "Choose how the offer was answered"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_refusal_stands_at_its_field_and_nothing_is_kept_or_lost(
    desk, app, wish, typed, field, says
):
    born = f"1 1 {today().year - 17}"
    given = {key: born if value == "{young}" else value for key, value in typed.items()}
    refused = desk.submit(NEW, TALK | wish | given)
    assert refused.status_code in {409, 422}
    assert says in words(read(refused.text).select_one(f"#{field}-error"))
    assert read(refused.text).select_one(f".govuk-error-summary a[href='#{field}']")
    assert read(refused.text).select_one(f"#{field}")
    assert counts(app) == [0, 0, 0, 0, 0]
    assert sent(app) == 0
    kept = typed_again(refused)
    assert (kept["surname"], kept["outcome"], kept["told"]) == ("Reid", "yes", "healthcare")
    if "service" not in given:
        assert kept["service"] == wish["service"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"closed_on": "yesterday"}, "This service has closed"),
        ({"confirmed": False}, "Nobody has asked this service yet"),
        ({"sexes": "M"}, "does not take somebody of their age, sex or area"),
        ({"minimum_age": 60}, "does not take somebody of their age, sex or area"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_service_that_does_not_take_them_is_said_to_be_so_before_and_at_the_save(
    desk, app, wish, values, says
):
    gone = today() - timedelta(days=1)
    change(app, HUB, **{k: gone if v == "yesterday" else v for k, v in values.items()})
    offered = {one["value"] for one in part(desk.get(NEW)).select("[name=service]")}
    assert (wish["service"] in offered) == (values.keys() <= {"sexes", "minimum_age"})
    refused = desk.submit(NEW, TALK | wish)
    assert says in words(part(refused).select_one("#service-error"))
    assert typed_again(refused)["service"] == wish["service"]
    assert (counts(app), sent(app)) == ([0, 0, 0, 0, 0], 0)


@pytest.mark.parametrize("answer", [{"share": "no"}, {"service": "nobody", "share": ""}])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_says_no_or_wants_nobody_now_is_told_of_to_no_service(desk, app, wish, answer):
    assert desk.submit(NEW, TALK | wish | answer).status_code == 303
    assert sent(app) == 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Booking)) == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, f"{HUB} is asked at once, and told: how to reach them, and what they need help with."),
        ({"share": "no"}, f"{HUB} is told nothing: they said no."),
        ({"share": ""}, f"{HUB} is told nothing: ask first how much it may be told."),
        ({"provisional": "y"}, f"{HUB} is told nothing before a worker has made sure"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_beside_the_save_key_stands_what_is_sent_to_whom(desk, wish, typed, says):
    looked = desk.submit(NEW, TALK | wish | typed | {"look": "told"})
    assert says in words(read(looked.text).select_one("#when-you-save #sends"))


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"provisional": "y", "capacity_note": "drowsy"}, ReferralState.ENTERED_IN_ERROR),
        ({}, ReferralState.REQUESTED),
    ],
)
def test_a_booking_called_a_mistake_takes_along_what_waits_and_stands_where_one_was_told(
    desk, app, wish, more, state
):
    assert desk.submit(NEW, TALK | wish | more).status_code == 303
    with app.app_context():
        stay = f"/custody/bookings/{db.session.scalars(select(Booking.id)).one()}"
    first = read(desk.get(f"{stay}/mistake").text).select_one("main [type=radio]")
    answer = desk.submit(f"{stay}/mistake", {first["name"]: first["value"], "note": "never"})
    assert answer.status_code == (303 if more else 409), words(read(answer.text).main)
    with app.app_context():
        assert db.session.scalars(select(Referral)).one().state == state
