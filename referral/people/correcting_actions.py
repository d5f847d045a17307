"""Correct who somebody is: what the record said before stays findable."""

from dataclasses import dataclass
from datetime import date, datetime

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.errors import RuleBroken
from referral.people.actions import goes_by, reindex
from referral.people.models import Person, PersonAlias, key_of
from referral.people.queries import identity_of


class NothingCorrected(RuleBroken):
    """You changed nothing. Correct the name, the birth date or the sex."""


class NameNeeded(RuleBroken):
    """Enter the forename and the surname."""


class WhyCorrected(RuleBroken):
    """Say in a few words why you correct it."""


@dataclass(frozen=True)
class Correction:
    """Who the person is, and why the record was wrong."""

    forename: str
    surname: str
    middle: str
    date_of_birth: date | None
    sex: str
    why: str


def correct(person: Person, details: Correction, by: Actor, at: datetime) -> Act:
    """The record says from now on what is right; the name and birth date before are kept.

    Raises NameNeeded, NothingCorrected, WhyCorrected.
    """
    if not (details.forename and details.surname):
        raise NameNeeded
    if _as_it_is(person) == (*_name_of(details), details.date_of_birth, details.sex):
        raise NothingCorrected
    if not details.why:
        raise WhyCorrected
    before = f"{person.name} → {details.forename} {details.surname}"
    what = before if person.name != f"{details.forename} {details.surname}" else "Birth date or sex"
    with remembering(Remembered(ActKind.CORRECTED, person.id, what, details.why), by, at) as act:
        goes_by(person, identity_of(person), person.date_of_birth)
        person.forename, person.middle, person.surname = _name_of(details)
        person.forename_key = key_of(details.forename)
        person.surname_key = key_of(details.surname)
        person.date_of_birth = details.date_of_birth
        person.sex = details.sex
        reindex(person)
    record(Tag.PERSON_CORRECTED, by, at, subject_id=person.id, record_id=act.id)
    return act


def take_back(person: Person, act: Act, why: str, by: Actor, at: datetime) -> None:
    """The correction was wrong: the record is as it was before it. Raises Undone."""
    put_back(act, why, by, at, (PersonAlias,))
    reindex(person)
    record(Tag.PERSON_CORRECTED, by, at, subject_id=person.id, record_id=act.id)


def _name_of(details: Correction) -> tuple[str, str, str]:
    return details.forename, details.middle, details.surname


def _as_it_is(person: Person) -> tuple[object, ...]:
    return person.forename, person.middle, person.surname, person.date_of_birth, person.sex
