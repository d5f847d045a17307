"""The guardian reads what happened in words, not in the codes that the trail keeps."""

from referral.audit.trail import Tag
from referral.oversight.names import NAMES


def test_every_event_has_a_name_of_its_own():
    assert set(NAMES) == set(Tag)
    assert len(set(NAMES.values())) == len(NAMES)
