"""A stay in which somebody said yes to dangers, without a database."""

from datetime import datetime

from referral.custody.models import Booking
from referral.known.models import Observation
from referral.known.now import About, Said, SaidIn
from referral.people.sources import Source


def in_danger(at: datetime, *codes: str, **stay: object) -> Booking:
    """Of these the person said yes at the desk, at that moment."""
    said = [
        Observation(
            order=number,
            kind=About.DANGER,
            code=code,
            answer=Said.YES,
            said_by=Source.PERSON,
            act=SaidIn.OFFER,
            happened_at=at,
        )
        for number, code in enumerate(codes)
    ]
    return Booking(observations=said, **stay)
