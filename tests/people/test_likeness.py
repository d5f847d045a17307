"""How two names, dates or numbers are alike, each word with its nearest misses."""

import pytest

from referral.people.likeness import Like, of_births, of_middles, of_numbers, of_postcodes
from referral.people.likeness import of_forenames as forenames
from referral.people.likeness import of_surnames as surnames


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("19800512", "19800512", Like.SAME),
        ("19800512", "19801205", Like.SWAPPED),
        ("19800512", "19811205", Like.OTHER),
        ("19800512", "19800513", Like.NEAR),
        ("19800512", "19910512", Like.YEAR),
        ("19800512", "19800523", Like.PART),
        ("19800512", "19801112", Like.PART),
        ("19800512", "19811123", Like.OTHER),
        ("19800131", "19820202", Like.LOOSE),
        ("19800131", "19830202", Like.OTHER),
        ("19800131", "19820203", Like.LOOSE),
        ("19800131", "19820204", Like.OTHER),
    ],
)
def test_two_birth_dates_are_as_alike_as_their_parts(one, other, like):
    assert of_births(one, other) is like
    assert of_births(other, one) is like


@pytest.mark.parametrize(
    ("compared", "one", "other", "like"),
    [
        (surnames, "", "smith", Like.UNKNOWN),
        (surnames, "smith", "smith", Like.SAME),
        (surnames, "smith-jones", "jones", Like.PART),
        (surnames, "macdonald", "kerr", Like.OTHER),
        (forenames, "", "ann", Like.UNKNOWN),
        (forenames, "james", "james", Like.SAME),
        (of_middles, "", "j", Like.UNKNOWN),
        (of_middles, "j", "james", Like.INITIAL),
        (of_middles, "k", "james", Like.OTHER),
        (of_postcodes, "G11AA", "G11AB", Like.NEAR),
        (of_postcodes, "G11AA", "G12BB", Like.DISTRICT),
        (of_postcodes, "KY11AA", "KY22BB", Like.OTHER),
        (of_numbers, "07700900123", "07700900123", Like.SAME),
        (of_numbers, "07700900123", "07700900124", Like.NEAR),
        (of_numbers, "07700900123", "07700900156", Like.OTHER),
    ],
)
def test_two_names_places_or_numbers_are_alike_from_either_side(compared, one, other, like):
    assert compared(one, other) is like
    assert compared(other, one) is like
