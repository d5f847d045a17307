"""What pages and papers of a told report ask: numbers, codes, the period, the readers in words."""

from base64 import b64encode
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Mapping

from referral.drawings.draw import drawing_of
from referral.drawings.words import said
from referral.published.audiences import THRESHOLDS, Audience
from referral.published.periods import in_words
from referral.published.tables import MEANING, About, Code, Told

READERS: Mapping[Audience, str] = {
    Audience.PUBLIC: "For everybody: counts under {} are withheld.",
    Audience.PARTNER: "For partners: counts under {} are withheld. Do not publish.",
    Audience.OWN: "Exact counts, for those who work with these people. Do not publish.",
}


def place(number: float) -> str:
    """A place in a drawing, to a tenth of its unit: '12', '12.5'."""
    return f"{round(number, 1):g}"


def picture_address(svg: str) -> str:
    """A drawing as an address that holds all of it."""
    return f"data:image/svg+xml;base64,{b64encode(str(svg).encode()).decode()}"


def codes_of(told: Told) -> dict[Code, int]:
    """Each code that stands in the report, with how many of its cells have it."""
    counts = Counter(cell.code for cell in told.numbers)
    return {code: counts[code] for code in MEANING if counts[code]}


def meaning_of(code: Code) -> str:
    """What a code says."""
    return MEANING[code]


def readers_of(audience: Audience) -> str:
    """For whom the numbers are, and what that means for them."""
    return READERS[audience].format(THRESHOLDS[audience])


def period_of(about: About) -> str:
    """'July to September 2026', 'September 2026', '3 July 2026 to 9 August 2026'."""
    first = about.first
    last = about.last
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return in_words(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    begins = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"{begins} to {last:%B %Y}"


FOR_TEMPLATES: Mapping[str, Callable[..., object]] = {
    "as_picture_address": picture_address,
    "drawing": drawing_of,
    "place": place,
    "told_as": said,
    "told_codes": codes_of,
    "told_meaning": meaning_of,
    "told_period": period_of,
    "told_readers": readers_of,
}
