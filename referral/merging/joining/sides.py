"""Two records side by side: what they say, what the joined one says, how it is written down."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from referral.people.details import CALLED
from referral.people.naming import CHOICES, NAMELESS

FIELDS: Mapping[str, str] = {
    "forename": "Forename",
    "surname": "Surname",
    "naming": "Their name",
    "date_of_birth": "Date of birth",
    "born_about": "Born about",
    "sex": "Sex",
    **{str(detail): name for detail, name in CALLED.items()},
}
FILLED = ("date_of_birth", "born_about")
OF_A_NAME = ("naming", "forename", "surname", "forename_key", "surname_key")
NOT_SAID = (None, "", "U")


def in_words(name: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    """One value of a record as a person reads it; codes are named by the lists of that field."""
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if name == "naming":
        return CHOICES[value].lower()
    if value in (None, ""):
        return "not known"
    return names.get(name, {}).get(value, str(value))


def filled(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the kept record lacks and the other has; nothing is overwritten.

    Of what people say again and again the last word of both counts, which goes along as a row.
    """
    gaps = {name: other[name] for name in FILLED if not kept[name] and other[name]}
    if kept["naming"] in NAMELESS and other["naming"] not in NAMELESS:
        gaps |= {name: other[name] for name in OF_A_NAME}
    if kept["sex"] in NOT_SAID and other["sex"] not in NOT_SAID:
        gaps["sex"] = other["sex"]
    return gaps


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names of the fields in which two states of a record differ."""
    return [name for name in FIELDS if one.get(name) != other.get(name)]
