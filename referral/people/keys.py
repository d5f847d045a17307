"""The keys under which a person is found: what two records of one person are likely to share.

Each key is a hash of two or three things together (a birth date; both names by their sound; a name
and the day and month of birth), about fourteen for a person. A query looks under the same keys, so
that only those who share one are compared.
"""

from hashlib import blake2b

from referral.people.names import forms, sound
from referral.people.traits import Called, Traits

MOST_FORMS = 6  # of a short name that can stand for many, as Al
WORTH = {"p": 4, "s": 4, "t": 4, "u": 4, "v": 4, "n": 2}  # numbers and both names say more


def keys_of(traits: Traits) -> frozenset[int]:
    """The keys under which a person with these traits is kept: 63 bits each, never 0."""
    return frozenset(_hashed(key) for key in _all(traits))


def keys_to_ask(traits: Traits) -> dict[int, int]:
    """The keys under which to look for a person with these traits, each with its worth.

    They are the kept ones, and those of the full names that a short forename may stand for.
    """
    asked = {_hashed(key): WORTH.get(key[0], 1) for key in _all(traits)}
    for name in traits.names:
        for full in sorted(forms(name.forename) - {name.forename})[:MOST_FORMS]:
            for key in _pairs(Called(full, "", name.surname), _surnames(name)):
                asked.setdefault(_hashed(key), WORTH[key[0]])
    return asked


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1 or 1


def _all(traits: Traits) -> list[str]:
    keys = [f"b{born[:4]}{_sorted_day(born)}" for born in traits.births]
    births = [starts for born in traits.births for starts in _starts(born)]
    days = [f"d{_sorted_day(born)}" for born in traits.births]
    for name in traits.names:
        surnames = _surnames(name)
        keys += _pairs(name, surnames)
        tokens = {sound(part) for part in (name.forename, *surnames) if part}
        keys += [start + token for token in tokens for start in births]
        keys += [f"c{code}{token}" for token in tokens for code in traits.postcodes]
        if name.middle:
            keys += [day + sound(name.middle) for day in days]
        initials = "".join(sorted((name.forename[:1], name.surname[:1])))
        keys += [f"i{code}{initials}" for code in traits.postcodes if initials]
    keys += [f"p{phone}" for phone in traits.phones]
    return keys + [key for number in traits.s_numbers for key in _numbers(number)]


def _starts(born: str) -> tuple[str, str, str]:
    """Two of the three parts of the birth date, to go with a name: the third may be wrong."""
    return f"d{_sorted_day(born)}", f"m{born[:6]}", f"y{born[:4]}{born[6:]}"


def _sorted_day(born: str) -> str:
    """Month and day, the lesser first: changed round, they are the same."""
    month, day = born[4:6], born[6:]
    return month + day if month < day else day + month


def _surnames(name: Called) -> tuple[str, ...]:
    """The surname whole, and each half of a double one."""
    if "-" in name.surname:
        return (name.surname, *name.surname.split("-"))
    return (name.surname,)


def _pairs(name: Called, surnames: tuple[str, ...]) -> list[str]:
    """Both names by their sound in either order, since they are often changed round.

    Many go by their middle name, so that it stands for the forename too.
    """
    given = [sound(part) for part in (name.forename, name.middle) if part]
    last = [sound(part) for part in surnames if part]
    return [f"n{min(a, b)} {max(a, b)}" for a in given for b in last]


def _numbers(number: str) -> list[str]:
    """An S-number whole and without each third of it: one wrong digit leaves one part whole."""
    if len(number) < len("S123456"):
        return [f"s{number}"]
    first, second, rest = number[:4], number[4:7], number[7:]
    return [f"s{number}", f"t{first}{second}", f"u{first}{rest}", f"v{second}{rest}"]
