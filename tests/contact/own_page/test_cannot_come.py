"""Who cannot come says so beforehand on their own page, and the service agrees another time."""

from datetime import timedelta

import pytest
from contact.own_page.test_meeting import meets, words_of
from sqlalchemy import select
from support.html import read, words

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.contact.messages.queries import to_be_reminded
from referral.db import db
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral

SAYS = (Tag.APPOINTMENT_CANNOT, Tag.APPOINTMENT_CAN)
TOO = "I can come after all"


def button(phone):
    """The button below the next meeting: its words, and what it sends."""
    form = next(
        f for f in read(phone.look()).select("form") if f["action"].endswith(("can", "cannot"))
    )
    return form.button.text, form.button["value"]


def say(phone, cannot=True):
    """Press it; returns the answer."""
    return phone.press("cannot" if cannot else "can", meeting=button(phone)[1])


def row(site):
    """What the inbox of the service says of the referral."""
    page = read(site.as_role(Role.SERVICE_WORKER).get("/inbox").text)
    return next(words(part) for part in page.select("section") if "R-" in words(part))


def noted(app):
    with app.app_context():
        tags = select(AuditEvent.tag).order_by(AuditEvent.seq)
        return [tag for tag in db.session.scalars(tags) if tag in SAYS]


def test_who_cannot_come_says_so_and_their_service_is_asked_for_another_time(app, site, phone):
    meets(site, timedelta(days=3))
    assert say(phone).status_code == 303
    assert "You said that you cannot come" in phone.look()
    assert "They cannot come" in row(site)
    assert row(site).startswith("When do you expect them?")
    assert any(letter.subject.startswith("Another time is needed") for letter in site.post())
    assert "They said that they cannot come then" in site.worker.get(f"{site.case}/timeline").text
    assert noted(app) == [Tag.APPOINTMENT_CANNOT]


def test_its_link_leads_to_where_another_time_is_entered(site, phone):
    meets(site, timedelta(days=3))
    say(phone)
    assert site.as_role(Role.SERVICE_WORKER).get(site.link("Another time")).status_code == 200


def test_to_say_it_twice_is_to_say_it_once(app, site, phone):
    meets(site, timedelta(days=3))
    number = button(phone)[1]
    for _ in range(2):
        assert phone.press("cannot", meeting=number).status_code == 303
    assert noted(app) == [Tag.APPOINTMENT_CANNOT]
    assert len([one for one in site.post() if one.subject.startswith("Another time")]) == 1


def test_it_can_be_taken_back(app, site, phone):
    when, _ = meets(site, timedelta(days=3))
    say(phone)
    assert button(phone)[0] == TOO
    assert say(phone, cannot=False).status_code == 303
    assert f"You meet them {when}" in words_of(phone.look())
    assert "They cannot come" not in row(site)
    assert noted(app) == list(SAYS)


def test_another_time_takes_its_place_and_counts_as_moved_by_the_person(app, site, phone):
    meets(site, timedelta(days=3))
    say(phone)
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        at = clock.now()
        book(referral, AppointmentDetails(at + timedelta(days=5)), referral.handler.actor, at)
        db.session.commit()
        first, second = db.session.scalars(select(Appointment).order_by(Appointment.starts_at))
        assert (first.took_place, first.came, first.moved_by) == (False, None, "person")
        assert (second.said_at, second.cannot_since) == (None, None)
    assert "You said that you cannot come" not in phone.look()
    assert "You meet them" in phone.look()


@pytest.mark.parametrize("cannot", [True, False])
def test_nobody_is_reminded_of_what_they_cannot_come_to(app, site, phone, cannot):
    meets(site, timedelta(days=1))
    if cannot:
        say(phone)
    with app.app_context():
        assert bool(to_be_reminded(clock.now())) is not cannot


def test_what_is_over_or_somebody_elses_is_refused(app, site, phone, later):
    meets(site, timedelta(minutes=2))
    number = button(phone)[1]
    later(minutes=3)
    refused = phone.press("cannot", meeting=number)
    assert refused.status_code == 409
    assert "is over, or was changed" in words_of(refused.text)
    for other in ("", "nonsense", "00000000-0000-0000-0000-000000000001"):
        assert phone.press("cannot", meeting=other).status_code >= 400
    assert noted(app) == []
    assert "I can’t come then" not in phone.look()
