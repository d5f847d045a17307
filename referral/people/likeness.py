"""How two names, dates or numbers are alike, in words that a desk can read."""

from enum import StrEnum

from rapidfuzz.distance import OSA, JaroWinkler

from referral.people.names import akin, same_forename, sound
from referral.people.traits import outward

HEARD_SPELLING = 0.6  # beside one rough sound: Paul and Billy sound alike by the code alone
CLOSE_SPELLING = 0.9  # Jaro-Winkler, which forgives the end of a name more than its beginning
LOOSE_SPELLING = 0.8
MOST_SLIPS = 2  # in a forename; with more, it is another that sounds so
LONG_ENOUGH = 4  # letters; one letter makes another name of a shorter one
NEAR_YEARS = 2
GENERATION = 14  # years: who bears the same name at the same address may be father or son


class Like(StrEnum):
    """The outcomes of a comparison; each has its weight in `data/weights.json`."""

    UNKNOWN = "unknown"
    SAME = "same"
    FORM = "form"
    KIN = "kin"  # belongs together with it in some list, but people bear both by themselves
    NEAR = "near"
    USUAL = "usual"  # near, but both are usual names that sound apart
    LOOSE = "loose"
    OTHER = "other"
    SWAPPED = "swapped"
    YEAR = "year"
    FAR = "far"  # the same day and month, but a generation apart
    PART = "part"
    DISTRICT = "district"
    INITIAL = "initial"

    __hash__ = str.__hash__  # an Enum's own is written in Python, and asked a thousand times


def of_forenames(one: str, other: str) -> Like:
    """Same, a short form, near in spelling or sound, akin, loosely alike, or other."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other or _one_but_for_hyphens(one, other):
        return Like.SAME
    if same_forename(one, other):
        return Like.FORM
    like = _spelling(one, other)
    if like is Like.NEAR and OSA.distance(one, other) > MOST_SLIPS:  # Susan and Suzanne
        like = Like.LOOSE
    return Like.KIN if like is not Like.NEAR and akin(one, other) else like


def of_surnames(one: str, other: str) -> Like:
    """Same, one half of a double name, near in spelling or sound, loosely alike, or other."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other or _one_but_for_hyphens(one, other):
        return Like.SAME
    if "-" in one or "-" in other:
        halves = [(mine, theirs) for mine in one.split("-") for theirs in other.split("-")]
        if any(mine == theirs or _one_slip(mine, theirs) for mine, theirs in halves):
            return Like.PART
    return _spelling(one, other)


def _one_but_for_hyphens(one: str, other: str) -> bool:
    """Anne Marie, Annemarie and Anne-Marie are written for one name."""
    return "-" in one + other and one.replace("-", "") == other.replace("-", "")


def of_middles(one: str, other: str) -> Like:
    """Same, or near, an initial of the other, or other."""
    if not one or not other:
        return Like.UNKNOWN
    if one == other or same_forename(one, other) or _spelling(one, other) is Like.NEAR:
        return Like.SAME
    if 1 in (len(one), len(other)):
        return Like.INITIAL if one[0] == other[0] else Like.OTHER
    return Like.OTHER


def of_births(one: str, other: str) -> Like:
    """Same; day and month swapped; one slip; near (two parts of three, or days and years off).

    The same day and month a generation apart is not taken for one digit out.
    """
    if one == other:
        return Like.SAME
    if one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return Like.SWAPPED
    if one[4:] == other[4:] and abs(int(one[:4]) - int(other[:4])) >= GENERATION:
        return Like.FAR
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return Like.NEAR
    if one[4:] == other[4:]:
        return Like.YEAR
    if one[:4] == other[:4] and (one[4:6] == other[4:6] or one[6:] == other[6:]):
        return Like.PART
    return Like.LOOSE if _days_and_years_off(one, other) else Like.OTHER


def of_postcodes(one: str, other: str) -> Like:
    """Same, one slip, the same district, or other."""
    if one == other:
        return Like.SAME
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return Like.NEAR
    return Like.DISTRICT if outward(one) == outward(other) else Like.OTHER


def of_numbers(one: str, other: str) -> Like:
    """Same, one slip, or other: telephone and S-numbers."""
    if one == other:
        return Like.SAME
    return Like.NEAR if OSA.distance(one, other, score_cutoff=1) <= 1 else Like.OTHER


def _spelling(one: str, other: str) -> Like:
    alike = JaroWinkler.similarity(one, other, score_cutoff=HEARD_SPELLING)
    if not alike:
        return Like.NEAR if _one_slip(one, other) else Like.OTHER
    if alike >= CLOSE_SPELLING or sound(one) == sound(other) or _one_slip(one, other):
        return Like.NEAR
    return Like.LOOSE if alike >= LOOSE_SPELLING else Like.OTHER


def _one_slip(one: str, other: str) -> bool:
    """One letter too many, too few, wrong, or two changed about."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < LONG_ENOUGH:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _days_and_years_off(one: str, other: str) -> bool:
    near_year = abs(int(one[:4]) - int(other[:4])) <= NEAR_YEARS
    days = (int(one[4:6]) * 30 + int(one[6:])) - (int(other[4:6]) * 30 + int(other[6:]))
    return near_year and abs(days) <= 2
