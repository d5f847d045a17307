"""A service that gets another address, or closes: its old links open nothing from then on."""

from datetime import timedelta

import pytest
from conftest import hidden_fields
from crowd import hub
from handoff.by_link.mail import PERSON, newest, path_in, press, unlock
from overdue.escalation.seeded import named
from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.addresses.actions import prove
from referral.accounts.addresses.models import AddressChange
from referral.accounts.addresses.queries import digits_to, open_change
from referral.accounts.users.models import User
from referral.audit.models import AuditEvent
from referral.clock import now, today
from referral.db import db
from referral.directory.actions import CapacityDetails, ServiceDetails, save_service
from referral.directory.models import Service
from referral.handoff.referrals.actions import withdraw_sharing
from referral.handoff.referrals.models import Referral, Stop
from referral.jobs.models import Job
from referral.post.links.models import Link
from referral.post.messages.models import Message

NEW = "new.hub@example.org"
YES = {"answer": "accept"}


def prove_if_new(service: Service) -> None:
    """Somebody who signs in for the service types in the code that was sent to the new address."""
    if typed := open_change(service.id):
        assert prove(typed, digits_to(typed), second_of(service), now())


def second_of(service: Service) -> Actor:
    """Who signs in for a service."""
    people = select(User).filter_by(organisation_id=service.organisation_id)
    return db.session.scalars(people.order_by(User.name).limit(1)).one().actor


@pytest.fixture
def change(app):
    """The administrator saves the hub with another address, or closed from a day on; the address
    is proved by who signs in for it."""

    def save(email: str = NEW, closed_on=None) -> None:
        with app.app_context():
            hub = db.session.scalars(select(Service).filter_by(name="Recovery hub")).one()
            details = ServiceDetails(
                hub.organisation_id, hub.name, [need.need for need in hub.needs],
                [council.code for council in hub.councils], hub.sexes, None, None, hub.phone,
                hub.address, closed_on, CapacityDetails(hub.capacity, email=email),
            )  # fmt: skip
            save_service(hub, details, hub.version, named("Neil Rae").actor, now())
            prove_if_new(hub)
            db.session.commit()

    return save


def test_pages_open_by_the_old_link_refuse_at_the_next_request_and_show_nothing(
    sent, stranger, post, change
):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    opened = stranger.get(link).text
    assert "McAlister" in opened
    change()
    for answer in (
        stranger.post(f"{link}/answer", data=hidden_fields(opened) | YES),
        stranger.post(f"{link}/code", data=hidden_fields(opened)),
        stranger.get(link),
    ):
        assert answer.status_code == 410
        assert not any(word in answer.text for word in PERSON)
    assert "Waiting for the service" in sent.worker.get(sent.case).text


def test_what_is_open_is_sent_to_the_new_address_once_with_one_job_and_is_in_the_trail(
    app, sent, stranger, post, change
):
    before = len(post())
    change()
    fresh, *_ = post()
    assert (fresh.to, len(post())) == (NEW, before + 1)
    assert press(stranger, path_in(fresh), "answer", answer="accept").status_code == 303
    with app.app_context():
        old, new = db.session.scalars(
            select(Link).filter_by(purpose="answer").order_by(Link.made_at)
        )
        messages = select(Message.id).filter_by(about_id=new.id)
        jobs = select(Job.key).where(Job.about_id.in_(messages)).order_by(Job.key)
        assert len(db.session.scalars(jobs).all()) == 1
        revoked = select(AuditEvent).filter_by(tag="link:altered-by-revoking", record_id=old.id)
        assert db.session.scalars(revoked).one().actor_id == second_of(hub()).user_id


def test_a_service_that_took_somebody_on_can_go_on_by_the_new_address(sent, stranger, post, change):
    press(stranger, path_in(post()[0]), "answer", answer="accept")
    see = path_in(newest(post(), "Thank you"))
    change()
    assert stranger.get(see).status_code == 410
    fresh = newest(post(), "Thank you")
    assert fresh.to == NEW
    unlock(stranger, path_in(fresh), post)
    assert "McAlister" in stranger.get(path_in(fresh)).text


def test_a_message_and_a_code_on_their_way_to_the_old_address_do_not_leave(
    app, sent, stranger, post, change
):
    link = path_in(post()[0])
    press(stranger, link, "code")
    change()
    change("newer.hub@example.org")
    assert [letter.to for letter in post()[:-1]] == ["newer.hub@example.org"]


def test_saving_a_service_at_the_same_address_leaves_its_links_alone(sent, stranger, post, change):
    link = path_in(post()[0])
    change("recovery.hub@example.org")
    assert stranger.get(link).status_code == 200
    assert len(post()) == 1


def test_the_services_own_manager_stops_the_old_links_too(app, as_role, sent, stranger, post):
    link = path_in(post()[0])
    with app.app_context():
        hub = db.session.scalars(select(Service).filter_by(name="Recovery hub")).one()
        hub.organisation_id, path = named("Eva Dow").organisation_id, f"/services/{hub.id}"
        db.session.commit()
    said = {"capacity": "capacity", "email": NEW}
    assert as_role(Role.SERVICE_MANAGER).submit(path, said).status_code == 303
    assert stranger.get(link).status_code == 200  # until it is proved
    with app.app_context():
        typed = db.session.scalars(select(AddressChange)).one()
        typed.asked_by_id = named("Neil Rae").id  # so that she is the second
        assert prove(typed, digits_to(typed), named("Eva Dow").actor, now())
        db.session.commit()
    assert stranger.get(link).status_code == 410
    assert post()[0].to == NEW


@pytest.mark.parametrize("days", [0, 3])
def test_a_service_that_closes_opens_nothing_from_that_day_on(
    app, sent, stranger, post, change, later, days
):
    link = path_in(post()[0])
    change("recovery.hub@example.org", closed_on=today() + timedelta(days=days))
    assert stranger.get(link).status_code == (200 if days else 410)
    later(days=days)
    assert stranger.get(link).status_code == 410
    assert len(post(days=days)) == 1
    with app.app_context():
        assert db.session.scalars(select(Referral)).one().state == "requested"  # still somebody's


@pytest.mark.parametrize(("email", "state"), [(NEW, "told"), ("", "to tell")])
def test_who_must_still_confirm_is_told_anew_or_must_be_rung(
    app, sent, stranger, post, change, email, state
):
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        withdraw_sharing(referral, named("Morag Sim").actor, now())
        db.session.commit()
    old = path_in(newest(post(), "They changed"))
    change(email)
    page = stranger.get(old)
    assert page.status_code == 410
    with app.app_context():
        stop = db.session.scalars(select(Stop)).one()
        assert stop.state == state
        lost = select(AuditEvent.tag).filter_by(
            record_id=stop.id, tag="stop:altered-by-losing-the-address"
        )
        assert len(db.session.scalars(lost.order_by(AuditEvent.seq)).all()) == 1
    told = [letter.to for letter in post() if letter.subject.startswith("They changed")]
    assert told == ([NEW] if email else []) + ["recovery.hub@example.org"]


def test_a_service_that_had_no_address_is_sent_what_is_open_when_it_gets_one(
    app, sent, stranger, post, change
):
    change("")
    assert post() == []
    change()
    assert post()[0].to == NEW
    assert stranger.get(path_in(post()[0])).status_code == 200
