"""To hand somebody to several services reads what is known of them once."""

import pytest
from crowd import _service, actor, agreed, hub
from guards.test_statements import counted

from referral.access.permissions import Role
from referral.clock import now
from referral.consent.purposes import Level
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.directory.actions import save_service
from referral.handoff.referrals.actions import HandOffDetails, hand_off
from referral.people.identity import Identity

ALONE, EACH_MORE = 80, 11


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other engine makes the same
def test_another_service_costs_what_is_written_for_it(app):
    with app.app_context():
        at, officer = now(), actor(Role.CUSTODY_OFFICER)
        admin, organisation = actor(Role.ADMINISTRATOR), hub().organisation_id
        services = [hub().id]
        services += [save_service(None, _service(organisation), 0, admin, at).id for _ in range(3)]
        db.session.commit()
        made = {}
        for number in (1, 4):
            who = Identity("Ann", f"Ray{number}", phone="07700 900123")
            case = agreed(open_booking(BookingDetails(who, at), officer, at), officer, at)
            db.session.commit()
            with counted(app) as seen:
                levels = dict.fromkeys(services[:number], Level.FULL)
                hand_off(case, HandOffDetails(levels), actor(Role.WORKER), at)
                db.session.commit()
            made[number] = len(seen)

    assert made[1] <= ALONE
    assert made[4] - made[1] <= 3 * EACH_MORE
