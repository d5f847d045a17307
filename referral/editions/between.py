"""What holds between the counts of several editions: of areas, and of periods."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping

from referral.published.cells import AtMost, Sum
from referral.published.periods import Period, period_of
from referral.published.register import Relations
from referral.published.tables import Key
from referral.reports.laying import PEOPLE

HOME = "home:"


def between(keys: Iterable[Hashable], councils: Mapping[str, Collection[str]]) -> Relations:
    """All that holds between counts by their names; `councils` are those of each area by code."""
    named = [key for key in keys if isinstance(key, tuple)]
    sums, bounds = _of_periods(named)
    more = _of_areas(named, councils)
    return [*sums, *more], bounds


def _of_periods(keys: Collection[Key]) -> Relations:
    """Of one thing in one place: shorter periods that make up a longer one, or lie in it."""
    alike: dict[Key, dict[str, Period]] = defaultdict(dict)
    for key in keys:
        alike[key[:-1]][key[-1]] = period_of(key[-1])
    sums: list[Sum] = []
    bounds: list[AtMost] = []
    for what, periods in alike.items():
        for whole in periods.values():
            inside = [one for one in periods.values() if one != whole and _lies_in(one, whole)]
            bounds += [AtMost((*what, one.name), ((*what, whole.name),)) for one in inside]
            if parts := _that_make_up(whole, inside):
                together = tuple((*what, one.name) for one in parts)
                if what[1] == PEOPLE:  # one person may have come in several of them
                    bounds.append(AtMost((*what, whole.name), together))
                else:
                    sums.append(Sum((*what, whole.name), together))
    return sums, bounds


def _of_areas(keys: Collection[Key], councils: Mapping[str, Collection[str]]) -> list[Sum]:
    """Of one thing and period: the areas that are made of councils, by where people live."""
    alike: dict[Key, dict[str, Key]] = defaultdict(dict)
    for key in keys:
        measure, unit, place, period = key
        if place.startswith(HOME):
            alike[measure, unit, period][place.removeprefix(HOME)] = key
    sums = []
    for areas in alike.values():
        for code, key in areas.items():
            parts = councils.get(code, ())
            if code not in parts and parts and all(part in areas for part in parts):
                sums.append(Sum(key, tuple(areas[part] for part in parts)))
    return sums


def _lies_in(one: Period, whole: Period) -> bool:
    return whole.first <= one.first and one.last <= whole.last


def _that_make_up(whole: Period, inside: Iterable[Period]) -> list[Period]:
    """Periods that follow each other and make up the whole, the longest first; else none."""
    parts: list[Period] = []
    for one in sorted(inside, key=lambda period: (period.first, -period.last.toordinal())):
        follows = parts[-1].ends if parts else whole.starts
        if one.starts == follows:
            parts.append(one)
    return parts if parts and parts[-1].ends == whole.ends else []
