"""Look for earlier records of a person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    TextualSelect,
    bindparam,
    column,
    select,
    text,
)

from referral.db import db
from referral.people.apart_queries import apart, stands_alone
from referral.people.certainty import Namesakes
from referral.people.identity import Identity
from referral.people.keys import keys_to_ask
from referral.people.matching import MOST, Kept, judge
from referral.people.models import Person, PersonAlias, PersonTraits, key_of
from referral.people.traits import Called, Traits, traits

# The limits stand in the text: an engine that knows them plans the same way every time.
UNDER_A_KEY = (
    "SELECT number, CAST(:worth0 AS INTEGER) AS worth FROM"
    " (SELECT number FROM person_key WHERE key = :key0 ORDER BY number LIMIT 300) AS under0"
)
UNDER_EACH_KEY = (  # one text for any number of keys, so that PostgreSQL plans it once
    "SELECT under.number, asked.worth"
    " FROM unnest(CAST(:keys AS BIGINT[]), CAST(:worths AS INTEGER[])) AS asked(key, worth)"
    " CROSS JOIN LATERAL"
    " (SELECT number FROM person_key WHERE key = asked.key ORDER BY number LIMIT 300) AS under"
)
COMPARED = (
    "WITH best AS (SELECT number, SUM(worth) AS worth FROM (HITS) AS hit"
    " GROUP BY number ORDER BY SUM(worth) DESC, number LIMIT 150)"
    " SELECT best.number, best.worth, person_traits.line FROM best"
    " JOIN person_traits ON person_traits.number = best.number"
    " ORDER BY best.worth DESC, best.number"
)

BEARERS = text(
    "SELECT COUNT(*) FROM (SELECT 1 FROM person WHERE surname_key = :surname"
    " AND forename_key = :forename LIMIT 2000) AS bearers"
)
KNOWN = select(PersonTraits.number).order_by(PersonTraits.number.desc()).limit(1)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person at the desk, and why."""

    person: Person
    score: float
    confident: bool  # may be offered as the same person; otherwise a suggestion
    why: tuple[str, ...]  # in plain words


def candidates(identity: Identity, besides: UUID | None = None) -> Sequence[Candidate]:
    """At most ten people who may be this one, the likeliest first; at most one is confident.

    `besides` is the record for which they are sought, where there is one.
    """
    asked = traits_asked(identity)
    kept = _sharing_keys(asked)
    if besides:
        own = db.session.scalar(select(PersonTraits.number).filter_by(person_id=besides))
        kept = [one for one in kept if one.number != own]
    found = judge(asked, kept, _namesakes)
    people, alone = _people([judgement.number for judgement in found])
    alike = [Candidate(people[j.number], j.score, j.confident, j.why) for j in found]
    if alike and alike[0].confident and found[0].number not in alone and _has_a_double(alike):
        alike[0] = replace(alike[0], confident=False)
    return alike


def _has_a_double(alike: Sequence[Candidate]) -> bool:
    """Whether somebody said that the first is not another of these: either may be at the desk."""
    first, *others = (one.person.merged_into_id or one.person.id for one in alike)
    return any(first in pair for pair in apart({first, *others}))


def identity_asked(said: Mapping[str, str | None]) -> Identity:
    """The identity in one line of a file of questions; an impossible date counts as not given."""
    known = {name: value or "" for name, value in said.items()}
    try:
        born = date.fromisoformat(known.get("dob", ""))
    except ValueError:
        born = None
    return Identity(
        forename=known.get("forename", ""),
        middle=known.get("middle", ""),
        surname=known.get("surname", ""),
        date_of_birth=born,
        sex=known.get("sex") or "U",
        postcode=known.get("postcode", ""),
        phone=known.get("phone", ""),
        s_number=known.get("s_number", ""),
    )


def traits_asked(identity: Identity) -> Traits:
    """The traits to recognise a person by, from what was typed."""
    return traits(
        [(identity.forename, identity.middle, identity.surname)],
        [identity.date_of_birth],
        identity.sex,
        [identity.postcode],
        [(identity.phone, identity.s_number), (identity.number, "")],
    )


def _sharing_keys(asked: Traits) -> list[Kept]:
    """Those who share most keys with the person asked for."""
    keys = keys_to_ask(asked)
    if not keys:
        return []
    if db.session.connection().dialect.name == "sqlite":
        hits = _under_keys(len(keys))
        bound = _bound_one_by_one(keys)
    else:
        hits = UNDER_EACH_KEY
        bound = _bound_as_arrays(keys)
    rows = db.session.execute(_order_by_worth(hits), bound).all()
    return list(map(Kept._make, rows))


def _bound_as_arrays(keys: Mapping[int, int]) -> dict[str, object]:
    return {"keys": list(keys), "worths": list(keys.values())}


def _bound_one_by_one(keys: Mapping[int, int]) -> dict[str, object]:
    found = {f"key{place}": key for place, key in enumerate(keys)}
    return {**found, **{f"worth{place}": worth for place, worth in enumerate(keys.values())}}


@cache
def _under_keys(number: int) -> str:
    each = (re.sub(r"(key|under|worth)0", rf"\g<1>{place}", UNDER_A_KEY) for place in range(number))
    return " UNION ALL ".join(each)


@cache
def _order_by_worth(hits: str) -> TextualSelect:
    """One statement: for each key a short range of the covering index, whatever the statistics.

    A list of keys in one condition would leave it to the database's guess of their frequency
    whether it walks the index or the whole table; a limited look-up for each cannot go wrong, and
    no key, however frequent, costs more than its limit.
    """
    return text(COMPARED.replace("HITS", hits)).columns(
        column("number", Integer), column("worth", Integer), column("line", String)
    )


def _namesakes(name: Called) -> Namesakes:
    """How many people on record have both names, besides one of them."""
    names = {"forename": key_of(name.forename), "surname": key_of(name.surname)}
    bearers = db.session.scalar(BEARERS, names) or 0
    return Namesakes(max(bearers - 1, 0), db.session.scalar(KNOWN) or 0)


@cache
def _order_by_number() -> Select[int, Person, bool]:
    """People by their numbers: as many places as are ever shown, so that it is one statement."""
    places: list[BindParameter[int]] = [bindparam(f"n{place}") for place in range(MOST)]
    these = select(PersonTraits.number, Person, stands_alone().label("alone"))
    of_numbers = these.join(Person, Person.id == PersonTraits.person_id)
    return of_numbers.where(PersonTraits.number.in_(places)).order_by(PersonTraits.number)


def _people(numbers: Sequence[int]) -> tuple[dict[int, Person], set[int]]:
    """By their numbers, and the numbers of those who stand alone."""
    places = dict.fromkeys(f"n{place}" for place in range(MOST))
    places |= {f"n{place}": number for place, number in enumerate(numbers)}
    rows = db.session.execute(_order_by_number(), places).all()
    return {row.number: row.Person for row in rows}, {row.number for row in rows if row.alone}


WORTH_A_LOOK = 8  # bits of evidence; below, hardly anybody is who was meant


def recognised(identity: Identity, besides: UUID | None = None) -> list[Candidate]:
    """The people who may be meant, best first; a joined record stands for the one it joined."""
    found: dict[UUID, Candidate] = {}
    for candidate in candidates(identity, besides):
        if candidate.score < WORTH_A_LOOK:
            break  # best first: the rest share less still
        survivor = candidate.person.merged_into_id
        if survivor:
            candidate = replace(candidate, person=db.session.get_one(Person, survivor))
        found.setdefault(candidate.person.id, candidate)
    return list(found.values())


def standing_record(person_id: UUID) -> Person | None:
    """The record that a number stands for now, locked, so that nobody joins it meanwhile."""
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None or person.merged_into_id is None:
        return person
    return standing_record(person.merged_into_id)


def identity_of(person: Person) -> Identity:
    """The recorded identity of a person, as if it had been typed now."""
    return Identity(
        forename=person.forename,
        middle=person.middle,
        surname=person.surname,
        date_of_birth=person.date_of_birth,
        born_about=person.born_about,
        sex=person.sex,
        postcode=person.postcode,
        no_fixed_abode=person.no_fixed_abode,
        council_code=person.council_code,
        phone=person.phone,
        s_number=person.s_number,
        language=person.language,
        interpreter=person.interpreter,
        naming=person.naming,
    )


def also_called(person_id: UUID) -> list[str]:
    """The other names that a person goes by or was recorded with, by name."""
    wanted = select(PersonAlias).filter_by(person_id=person_id)
    rows = db.session.scalars(wanted.order_by(PersonAlias.surname, PersonAlias.forename))
    person = db.session.get_one(Person, person_id)
    return list(dict.fromkeys(row.name for row in rows if row.name != person.name))


def ever_called(people: Iterable[Person]) -> dict[UUID, set[str]]:
    """Each name that these people have or go by, also in a record joined to theirs."""
    found: dict[UUID, set[str]] = {person.id: {person.name} for person in people}
    whose = {person: person for person in found}  # each record, and whose it is now
    into = set(whose)
    while into:
        wanted = select(Person).where(Person.merged_into_id.in_(into)).order_by(Person.id)
        nearer = [row for row in db.session.scalars(wanted) if row.id not in whose]
        for row in nearer:
            whose[row.id] = whose[row.merged_into_id] if row.merged_into_id else row.id
            found[whose[row.id]].add(row.name)
        into = {row.id for row in nearer}
    for alias in db.session.scalars(
        select(PersonAlias).where(PersonAlias.person_id.in_(whose)).order_by(PersonAlias.id)
    ):
        found[whose[alias.person_id]].add(alias.name)
    return found


def birth_dates(person: Person) -> set[date]:
    """Each birth date that a person has or was recorded with, also in a record joined to it."""
    records = {person.id, *(row.id for row in _joined_into(person.id))}
    own = select(Person.date_of_birth).where(Person.id.in_(records)).order_by(Person.id)
    theirs = select(PersonAlias.date_of_birth).where(PersonAlias.person_id.in_(records))
    found = [*db.session.scalars(own), *db.session.scalars(theirs.order_by(PersonAlias.id))]
    return {born for born in found if born is not None}


def _joined_into(person_id: UUID) -> list[Person]:
    nearest = db.session.scalars(
        select(Person).filter_by(merged_into_id=person_id).order_by(Person.id)
    ).all()
    return [*nearest, *(far for near in nearest for far in _joined_into(near.id))]
