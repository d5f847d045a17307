"""What an edition says first, whatever its numbers are."""

import pytest
from sheets.reports import about

from referral.editions.words import NOTHING, headline_of
from referral.published.tables import Code, Column, Number, Row, Table, Told

OF_ALL = Column("of_all", "Share of everybody booked", "%")
SHARE = Column("share", "Share that went on", "%")
HIDDEN = Number(None, Code.WITHHELD)


def told(referred: Number, met: Number) -> Told:
    """A ladder of two steps, with their shares."""
    rows = (
        Row("referred", "Referred", (referred, Number(None, Code.NONE))),
        Row("engaged", "Engaged", (Number(None, Code.NONE), met)),
    )
    return Told(
        about(), (Table("ladder", "The way", "", "step", (OF_ALL, SHARE), rows),), (), {}, ()
    )


@pytest.mark.parametrize(
    ("referred", "met", "says"),
    [
        (27, 56, "27 % of people booked into custody were referred to a service."
                 " 56 % of those taken on met the service within 28 days."),
        (10, 61, "One in ten people booked into custody were referred to a service."
                 " Six in ten of those taken on met the service within 28 days."),
        (None, 56, "56 % of those taken on met the service within 28 days."),
        (None, None, NOTHING),
    ],
)  # fmt: skip
def test_shares_are_said_as_people_say_them(referred, met, says):
    cells = [HIDDEN if share is None else Number(share) for share in (referred, met)]
    assert headline_of(told(*cells)) == says
