"""Correct who somebody is: what the record said before stays findable."""

from dataclasses import dataclass
from datetime import date, datetime

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.errors import RuleBroken
from referral.people.actions import call, goes_by, reindex
from referral.people.models import Person, PersonAlias
from referral.people.naming import NAMELESS, Named, Naming, must_be_named
from referral.people.queries import identity_of


class NothingCorrected(RuleBroken):
    """You changed nothing. Correct the name, the birth date or the sex."""


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
    naming: Naming = Naming.FULL


def correct(person: Person, details: Correction, by: Actor, at: datetime) -> Act:
    """The record says from now on what is right; the name and birth date before are kept.

    The stay is the same one. Raises NothingCorrected, WhyCorrected, and what `must_be_named` does.
    """
    must_be_named(details)
    if _as_it_is(person) == (
        *_name_of(details),
        details.date_of_birth,
        details.sex,
        details.naming,
    ):
        raise NothingCorrected
    if not details.why:
        raise WhyCorrected
    called = NAMELESS.get(details.naming) or f"{details.forename} {details.surname}".strip()
    what = f"{person.name} → {called}" if person.name != called else "Birth date or sex"
    with remembering(Remembered(ActKind.CORRECTED, person.id, what, details.why), by, at) as act:
        if person.naming not in NAMELESS:
            goes_by(person, identity_of(person), person.date_of_birth)
        call(person, details)
        person.middle = details.middle
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


def _name_of(of: Named) -> tuple[str, str, str]:
    return of.forename, of.middle, of.surname


def _as_it_is(person: Person) -> tuple[object, ...]:
    return *_name_of(person), person.date_of_birth, person.sex, person.naming
