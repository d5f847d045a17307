"""How an offer of arrest referral can end."""

from enum import StrEnum


class OfferAnswer(StrEnum):
    """How an offer of arrest referral ended, or why there was none."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_NOW = "not now"
    NOT_FIT = "not fit yet"
    NOT_ASKED = "not asked"
