"""Look for earlier records of a person."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from referral.db import db
from referral.people.actions import Identity
from referral.people.models import Person, key_of

MOST = 8


def candidates(identity: Identity) -> Sequence[Person]:
    """At most eight people who may be this one; it takes two things in common to be found.

    The full name, or the birth date with the beginning of either name.
    """
    forename, surname = key_of(identity.forename), key_of(identity.surname)
    same_name = and_(Person.surname_key == surname, Person.forename_key == forename)
    starts = or_(
        Person.surname_key.startswith(surname[:2], autoescape=True),
        Person.forename_key.startswith(forename[:2], autoescape=True),
    )
    born = and_(Person.date_of_birth == identity.date_of_birth, starts)
    known = or_(same_name, born) if identity.date_of_birth else same_name
    ordered = select(Person).where(known).order_by(Person.surname_key, Person.forename_key)
    return db.session.scalars(ordered.order_by(Person.id).limit(MOST)).all()
