"""Why somebody is suggested, in the words that the desk reads."""

from collections.abc import Iterator

from referral.people.comparison import Comparison, NameLikeness
from referral.people.likeness import Like

FORENAME = {
    Like.SAME: "same forename",
    Like.FORM: "a short form of the forename",
    Like.KIN: "forename goes back to the same name, but is one of its own",
    Like.NEAR: "forename sounds or is spelt alike",
    Like.USUAL: "forename nearly alike, but a different common name",
    Like.LOOSE: "forename a little alike",
    Like.OTHER: "different forename",
}
SURNAME = {
    Like.SAME: "same surname",
    Like.PART: "one half of a double surname",
    Like.NEAR: "surname sounds or is spelt alike",
    Like.USUAL: "surname nearly alike, but a different common name",
    Like.LOOSE: "surname a little alike",
    Like.OTHER: "different surname",
}
BIRTH = {
    Like.SAME: "same birth date",
    Like.SWAPPED: "birth date with day and month swapped",
    Like.NEAR: "birth date one digit out",
    Like.YEAR: "same day and month of birth, another year",
    Like.FAR: "same day and month of birth, a generation apart",
    Like.PART: "same year and part of the birth date",
    Like.LOOSE: "birth date a few days or years out",
    Like.OTHER: "different birth date",
}
POSTCODE = {
    Like.SAME: "same postcode",
    Like.NEAR: "postcode one letter out",
    Like.DISTRICT: "same district",
    Like.OTHER: "different address",
}
PHONE = {
    Like.SAME: "same phone number",
    Like.NEAR: "phone number one digit out",
    Like.OTHER: "different phone number",
}
S_NUMBER = {
    Like.SAME: "same S-number",
    Like.NEAR: "S-number one digit out",
    Like.OTHER: "different S-number",
}


def in_words(found: Comparison, shared_phone: bool = False) -> tuple[str, ...]:
    """The traits that agree and that differ, strongest first; unknown ones are left out."""
    return tuple(_said(found, shared_phone))


def _said(found: Comparison, shared_phone: bool) -> Iterator[str]:
    if found.s_number in S_NUMBER:
        yield S_NUMBER[found.s_number]
    if found.birth in BIRTH:
        yield BIRTH[found.birth]
    yield from _names(found.name)
    if found.phone is Like.SAME and shared_phone:
        yield "a phone number several people share"
    elif found.phone in PHONE:
        yield PHONE[found.phone]
    if found.postcode in POSTCODE:
        yield POSTCODE[found.postcode]
    if found.sex is Like.OTHER:
        yield "recorded with a different sex"


def _names(name: NameLikeness) -> Iterator[str]:
    if name.forename is Like.SAME and name.surname is Like.SAME:
        yield "same name"
    else:
        if name.surname in SURNAME:
            yield SURNAME[name.surname]
        if name.forename in FORENAME:
            yield FORENAME[name.forename]
    if name.swapped:
        yield "forename and surname swapped"
    if name.by_middle:
        yield "goes by their middle name"
    elif name.middle is Like.OTHER:
        yield "different middle name"
    if name.earlier:
        yield "a name they have used before"
