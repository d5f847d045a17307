"""What somebody says where it does not matter to whom: nobody of the staff wrote it down."""

from uuid import uuid4

from support.stories import moment

from referral.access.actor import Oneself
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn

AT = moment("2026-08-07 09:00")
HEARD = Heard(HeardIn.BOOKING, Oneself(uuid4(), "The person themselves", uuid4()), AT)
