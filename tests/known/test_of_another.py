"""What was said in a stay that was booked by mistake: of whom it counts, and of whom not."""

from datetime import timedelta

import pytest
from crowd import actor

from referral.access.permissions import Role
from referral.casework.cases.actions import answer_offer
from referral.casework.outreach.queries import whole_lane
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import BookingDetails, OfferDetails, open_booking, record_offer
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.custody.places import Mistake
from referral.custody.stay_actions import MistakeDetails
from referral.db import db
from referral.desk.mistake_actions import call_mistake
from referral.people.identity import Identity

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("why", "stands"), [(Mistake.TWICE, True), (Mistake.NEVER, True), (Mistake.WRONG, False)]
)
def test_a_danger_stands_with_who_said_it_and_with_nobody_they_were_confused_with(app, why, stands):
    with app.app_context():
        officer, at = actor(Role.CUSTODY_OFFICER), now()
        stay = open_booking(BookingDetails(Identity("Ann", "Ray"), at), officer, at)
        told = OfferDetails(
            OfferAnswer.NOT_NOW,
            stay.version,
            ask_again_at=at + HOUR,
            dangers=frozenset({"overdose", "self_harm"}),
        )
        record_offer(stay, told, officer, at)
        call_mistake(stay, MistakeDetails(why, stay.version), officer, at)
        back = open_booking(
            BookingDetails(Identity("Ann", "Ray"), at, stay.person_id), officer, at + HOUR
        )
        yes = [Agreement(Purpose.CONTACT, Answer.GRANTED, phone="07700 900123")]
        accepts = OfferDetails(OfferAnswer.ACCEPTED, back.version)
        answer_offer(back, accepts, yes, PLAINLY, officer, at + HOUR)
        db.session.commit()
        db.session.expire_all()
        again = db.session.get_one(Booking, back.id)
        assert again.dangers(at + HOUR) == (["overdose"] if stands else [])
        assert again.recent_overdose(at + HOUR) is stands
        assert len(whole_lane(actor(Role.WORKER), at + HOUR)) == stands
