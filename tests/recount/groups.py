"""Who people are, who comes back, who asked, by which door they came: by hand."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

from recount.asked_for import HERE, Asked, Cells, interval, ladder_cells, percent
from recount.custody import group
from recount.losses import why_no
from recount.national import division_of
from recount.recorded import Stay
from recount.way import BY_DOORS, DAY, NO, STEPS, YES, Crowd, Tally, way_of

AGES = {"55-more": 55, "45-54": 45, "35-44": 35, "25-34": 25, "18-24": 18, "under-18": 0}
GROUPS = {
    "booked": "unae",
    "unasked": "u",
    "offered": "nae",
    "declined": "n",
    "agreed": "ae",
    "unengaged": "a",
    "engaged": "e",
}
FAR = ("referred", "accepted", "engaged", "outcome")


def equity(asked: Asked) -> Cells:
    """Every number of the report of who people are."""
    crowd = asked.crowd()
    cuts = {
        "sex": lambda stay: stay.who.sex if stay.who.sex != "U" else None,
        "age": age_of,
        "ethnicity": ethnicity_of,
        "disability": lambda stay: last_said(stay, "disability"),
        "language": lambda stay: stay.who.language,
        "home": lambda stay: home_of(asked, stay),
    }
    told = {
        f"{cut}:{code or 'unknown'}": tally
        for cut, said in cuts.items()
        for code, tally in crowd.by_first(said).items()
    }
    cells: Cells = {}
    for before, step in pairwise(STEPS):
        for row, tally in ({"all": crowd.everybody} | told).items():
            assert tally.adds_up()
            cells |= group(step, row, tally, before, step)
    return cells


def age_of(stay: Stay) -> str | None:
    """The band of the age on the day on which a stay began."""
    day = datetime.fromtimestamp(stay.began, UTC).astimezone(HERE).date()
    born = stay.who.date_of_birth
    if born:
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    elif stay.who.born_about:
        years = day.year - stay.who.born_about
    else:
        return None
    return next(code for code, least in AGES.items() if years >= least)


def last_said(stay: Stay, name: str) -> str | None:
    """What they said last in an assessment of the stay."""
    said = [getattr(one, name) for one in stay.assessed if getattr(one, name)]
    return said[-1] if said else None


def ethnicity_of(stay: Stay) -> str | None:
    """The group of the census: how a code begins, before the dash."""
    code = last_said(stay, "ethnicity")
    return code.partition("-")[0] if code else None


def home_of(asked: Asked, stay: Stay) -> str | None:
    """Where they live beside the council of the custody centre."""
    home = stay.who.council_code
    if home is None:
        return None
    if home == asked.held_in(stay):
        return "same"
    mine = [one.division_letter for one in asked.rows["council"] if one.code == home]
    return "near" if mine == [division_of(asked, stay)] else "away"


def returned(asked: Asked) -> Cells:
    """Every number of the report of who comes back: each by their first stay."""
    crowd = asked.crowd()
    cells: Cells = {}
    for days in (30, 90, 180):
        many = Counter(
            (how_far(one, crowd.at), back(one, crowd.at, days))
            for one in (min(stays, key=lambda s: s.began) for stays in crowd.people.values())
        )
        for row, letters in GROUPS.items():
            tally = Counter[str]()
            for (letter, how), number in many.items():
                tally[how] += number * (letter in letters)
            cells |= came_back(f"within_{days}", row, tally)
    return cells


def how_far(stay: Stay, at: int) -> str:
    """By one letter how far they came in a stay."""
    way = way_of(stay, at)
    reached = [step for step, stands in zip(STEPS, way, strict=False) if stands == YES]
    letters = {"engaged": "e", "agreed": "a", "asked": "n", "booked": "u"}
    return next(letter for step, letter in letters.items() if step in reached)


def back(stay: Stay, at: int, days: int) -> str:
    """Whether they were booked again within so many days of 24 hours."""
    until = stay.began + days * DAY
    if until > at:
        return "not_yet"
    return "returned" if stay.again is not None and stay.again <= until else "did_not"


def came_back(table: str, row: str, tally: Counter[str]) -> Cells:
    """One group in the table of one length of time."""
    of, over = tally.total(), tally.total() - tally["not_yet"]
    early = 10 * over < 9 * of
    low, high = (None, None) if early else interval(tally["returned"], over)
    part = None if early else percent(tally["returned"], over)
    numbers = {"of": of, "over": over, "share": part, "low": low, "high": high}
    numbers |= {one: tally[one] for one in ("returned", "did_not", "not_yet")}
    return {(table, row, one): number for one, number in numbers.items()}


def asks(asked: Asked) -> Cells:
    """Every number of the report of who asked."""
    crowd = asked.crowd()
    whole = crowd.everybody
    cells = group("asked", "all", whole, "booked", "asked")
    cells |= group("agreed", "all", whole, "asked", "agreed")
    for code, tally in crowd.by_furthest(asker_of).items():
        if code is not None:
            cells |= group("agreed", f"asker:{code}", tally, "asked", "agreed")
    cells |= times(crowd, "all", None)
    for asker in {asker_of(stay) for stay in crowd.stays} - {None}:
        cells |= times(crowd, asker, asker)
    for why, tally in crowd.by_furthest(why_no).items():
        if why is not None:
            cells["reasons", why, "people"] = tally.at["agreed"][NO]
    return cells


def asker_of(stay: Stay) -> str | None:
    """Who wrote the last line on the offer of a stay in which they were asked."""
    return stay.offers[-1].asker if stay.asked is not None else None


def ask_of(stay: Stay) -> str | None:
    """At which line on the offer they first agreed."""
    yes = [one.number for one in stay.offers if one.answer == "accepted"]
    return f"ask_{min(yes[0], 3)}" if yes else None


def times(crowd: Crowd, row: str, asker: str | None) -> Cells:
    """At which ask people agreed: everybody, or those asked by somebody."""
    found = crowd.by_furthest(
        lambda stay: (asker_of(stay), ask_of(stay)) if ask_of(stay) and asker_of(stay) else None
    )
    many = Counter[str]()
    for said, tally in found.items():
        if said and asker in {None, said[0]}:
            many[said[1]] += tally.reached("agreed")
    numbers = {**many, "of": many.total(), "share": percent(many["ask_1"], many.total())}
    return {("times", row, one): number for one, number in numbers.items()}


def doors(asked: Asked) -> Cells:
    """Every number of the report of the doors."""
    held = asked.crowd().everybody
    cells = ladder_cells("by_custody", held) | each_door("custody", held)
    crowd = Crowd(asked.living(door="other"), asked.at, BY_DOORS)
    found = crowd.by_first(lambda stay: stay.row.door)
    for door in ("court", "self", "family", "agency"):
        tally = found.get(door, Tally([], BY_DOORS))
        assert tally.adds_up()
        cells |= ladder_cells(f"by_{door}", tally) | each_door(door, tally)
    return cells


def each_door(door: str, tally: Tally) -> Cells:
    """How many came by a door and how far."""
    cells: Cells = {("doors", door, "came"): tally.reached(tally.steps[0])}
    return cells | {("doors", door, step): tally.reached(step) for step in FAR}
