"""Say who somebody is: a person already known, or a new one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from referral.db import db
from referral.errors import RuleBroken
from referral.people.models import Person, key_of


class NoSuchPerson(RuleBroken):
    """That earlier record is not there any more. Search again, or book a new person."""


@dataclass(frozen=True)
class Identity:
    """Who the person says they are, as typed at the desk."""

    forename: str
    surname: str
    date_of_birth: date | None = None
    born_about: int | None = None
    sex: str = "U"
    postcode: str = ""
    no_fixed_abode: bool = False
    council_code: str | None = None
    phone: str = ""
    s_number: str = ""
    language: str = "en"
    interpreter: bool = False


def identify(identity: Identity, same_as: UUID | None) -> Person:
    """The known person that the officer chose, brought up to date, or a new one.

    Nothing is ever joined without a person saying so. Raises NoSuchPerson.
    """
    if same_as is None:
        person = Person()
        db.session.add(person)
    elif (known := db.session.get(Person, same_as)) is None:
        raise NoSuchPerson
    else:
        person = known
    person.forename, person.surname = identity.forename, identity.surname
    person.forename_key, person.surname_key = key_of(identity.forename), key_of(identity.surname)
    person.date_of_birth = identity.date_of_birth or person.date_of_birth
    person.born_about = identity.born_about or person.born_about
    if identity.sex != "U" or person.sex is None:
        person.sex = identity.sex
    person.postcode = identity.postcode or person.postcode or ""
    person.no_fixed_abode = identity.no_fixed_abode
    person.council_code = identity.council_code or person.council_code
    person.phone = identity.phone or person.phone or ""
    person.s_number = identity.s_number or person.s_number or ""
    person.language, person.interpreter = identity.language, identity.interpreter
    db.session.flush()  # the booking needs the person's number
    return person
