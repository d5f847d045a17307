"""The person who acts on what is theirs holds no role, and so no permission of anybody here."""

from uuid import uuid4

from referral.access.actor import Oneself
from referral.access.permissions import Permission


def test_a_person_acts_in_nobodys_role_and_may_do_nothing_by_permission():
    person = Oneself(uuid4(), "The person themselves", uuid4())
    assert person.role is None
    assert not [permission for permission in Permission if person.may(permission)]
