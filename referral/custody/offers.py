"""How an offer of arrest referral can end."""

from enum import StrEnum


class OfferAnswer(StrEnum):
    """How an offer of arrest referral ended, or why there was none."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_NOW = "not now"
    NOT_FIT = "not fit yet"
    NOT_ASKED = "not asked"


# Whoever answered, if only “not now”; who was not fit yet could not be asked, and still is to be.
ASKED = frozenset({OfferAnswer.ACCEPTED, OfferAnswer.DECLINED, OfferAnswer.NOT_NOW})
UNFIT = "UNFIT"  # in the list of reasons why somebody was not asked
