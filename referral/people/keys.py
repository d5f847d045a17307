"""The keys under which a person is found: what two records of one person are likely to share.

Each key is a hash of two or three things together (a birth date; both names by their sound; a name
and the day and month of birth), about fourteen for a person. A query looks under the same keys, so
that only those who share one are compared.
"""

from collections.abc import Iterator
from hashlib import blake2b

from referral.people.names import forms, sound
from referral.people.traits import Called, Traits

MOST_FORMS = 4  # of a short name that can stand for many, as Al


def keys_of(traits: Traits) -> frozenset[int]:
    """The keys under which a person with these traits is kept: 63 bits each, never 0."""
    return frozenset(_hashed(key) for key in _all(traits))


def keys_to_ask(traits: Traits) -> tuple[int, ...]:
    """The keys under which to look for a person with these traits, in order.

    They are the kept ones, and those of the full names that a short forename may stand for.
    """
    asked = dict.fromkeys(_hashed(key) for key in _all(traits))
    for name in traits.names:
        for full in sorted(forms(name.forename) - {name.forename})[:MOST_FORMS]:
            for key in _pairs(Called(full, "", name.surname)):
                asked.setdefault(_hashed(key))
    return tuple(asked)


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1 or 1


def _all(traits: Traits) -> Iterator[str]:
    for born in traits.births:
        yield f"b{_sorted_day(born)}"
    for name in traits.names:
        yield from _pairs(name)
        tokens = {sound(name.forename), *map(sound, _surnames(name))} - {""}
        for token in tokens:
            yield from _with_birth(token, traits)
            yield from (f"c{code}{token}" for code in traits.postcodes)
        for born in traits.births if name.middle else ():
            yield f"d{_sorted_day(born)[4:]}{sound(name.middle)}"
        initials = "".join(sorted(name.forename[:1] + name.surname[:1]))
        yield from (f"i{code}{initials}" for code in traits.postcodes)
    if traits.phone:
        yield f"p{traits.phone}"
    yield from _numbers(traits.s_number)


def _given(name: Called) -> list[str]:
    """Many go by their middle name."""
    return [part for part in (name.forename, name.middle) if part]


def _surnames(name: Called) -> set[str]:
    """The surname whole, and each half of a double one."""
    return {part for part in (name.surname, *name.surname.split("-")) if part}


def _pairs(name: Called) -> Iterator[str]:
    for given in _given(name):
        for surname in _surnames(name):
            yield "n" + " ".join(sorted((sound(given), sound(surname))))


def _with_birth(token: str, traits: Traits) -> Iterator[str]:
    """A name with two of the three parts of the birth date, so that the third may be wrong."""
    for born in traits.births:
        yield f"d{_sorted_day(born)[4:]}{token}"
        yield f"m{born[:6]}{token}"
        yield f"y{born[:4]}{born[6:]}{token}"


def _sorted_day(born: str) -> str:
    """The date with the lesser of day and month first: swapped, it is the same."""
    return born[:4] + min(born[4:6], born[6:]) + max(born[4:6], born[6:])


def _numbers(number: str) -> Iterator[str]:
    """An S-number whole and without each third of it: one wrong digit leaves one part whole."""
    if not number:
        return
    yield f"s{number}"
    if len(number) >= 7:
        first, second, rest = number[:4], number[4:7], number[7:]
        yield from (f"t{first}{second}", f"u{first}{rest}", f"v{second}{rest}")
