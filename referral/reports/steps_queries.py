"""Where the people and the stays of a period stand at each step, counted in one statement.

Steps lie on each other, so that one number says where a stay stands: how many steps it reached, and
how it stands at the next. Of several stays of one person the greatest counts, in which they came
furthest; they are counted once, with what was true of the first of those stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from referral.db import db
from referral.journey.models import StayFacts
from referral.journey.queries import check_facts
from referral.reports.periods import Period
from referral.reports.steps import STEPS, Standing, Tally
from referral.reports.worlds import World
from referral.reports.worlds_queries import second_of, stays_in

# Of several stays of one person that counts in which they came furthest.
FURTHEST_LAST = (Standing.NOT_REACHED, Standing.UNKNOWN, Standing.NOT_YET, Standing.REACHED)
WAYS = len(FURTHEST_LAST)
EVERYBODY = "everybody"
DIGITS = 10  # of the second in which a stay began, from 2001 to 2286

# By the value of a cut ("" where it is not known), how many stand where at each step.
Tallies = Mapping[str, Tally]
Cuts = Mapping[str, ColumnElement[Any]]


def tallied(
    period: Period, world: World, *scope: ColumnElement[bool], cuts: Cuts | None = None
) -> Mapping[str, Mapping[str, Tallies]]:
    """How many people, and how many stays, of a period stand where: by each cut, and by its values.

    All of them together stand under EVERYBODY and "". A cut is told by a text that a row of facts
    has. Raises FactsNotMade, BeforeFacts.
    """
    check_facts(world.known)
    wanted = dict(cuts or {})
    each = _once(_each(stays_in(period, world, *scope), world, wanted), "each_stay")
    whole = _once(_people(each, list(wanted)), "each_person")
    parts = [
        _counted(of, unit, cut)
        for unit, of in (("people", whole), ("stays", each))
        for cut in (EVERYBODY, *wanted)
    ]
    return _by_cut(db.session.execute(union_all(*parts)), [EVERYBODY, *wanted])


def _each(stays: Select[Any], world: World, cuts: Cuts) -> Select[Any]:
    """Each stay by one row: whose, when, where it stands, and the value of each cut."""
    values = [func.coalesce(cut, "").label(name) for name, cut in cuts.items()]
    began = cast(StayFacts.booked_at, String).label("began")
    where = _where(second_of(world)).label("stands")
    rows: Select[Any] = stays.with_only_columns(StayFacts.person, began, where, *values)
    return rows


def _people(each: CTE, cuts: Iterable[str]) -> Select[Any]:
    first = [
        func.substr(func.min(each.c.began.concat(each.c[cut])), DIGITS + 1).label(cut)
        for cut in cuts
    ]
    furthest = func.max(each.c.stands).label("stands")
    return select(furthest, *first).group_by(each.c.person)


def _where(at: Any) -> Any:
    """The number of where a stay stands: that of the step it did not reach, and how it stands."""
    number: Any = literal(WAYS * len(STEPS) - 1)
    for place, step in reversed(list(enumerate(STEPS))):
        reached, never, to_come = (
            holds(StayFacts, at) for holds in (step.reached, step.never, step.to_come)
        )
        standing = _first_that_holds(
            (never, FURTHEST_LAST.index(Standing.NOT_REACHED)),
            (to_come, FURTHEST_LAST.index(Standing.NOT_YET)),
            other=FURTHEST_LAST.index(Standing.UNKNOWN),
        )
        number = _first_that_holds((reached, number), other=WAYS * place + standing)
    return number


def _first_that_holds(*cases: tuple[Any, Any], other: Any) -> Any:
    """As SQL's CASE, of conditions of which some always hold and some never."""
    asked = []
    for condition, result in cases:
        if condition is True:
            other = result
            break
        if condition is not False:
            asked.append((condition, result))
    return case(*asked, else_=other) if asked else other


def _counted(of: CTE, unit: str, cut: str) -> Select[Any]:
    value = literal("") if cut == EVERYBODY else of.c[cut]
    columns: list[Any] = [value.label("value"), of.c.stands]
    names: list[Any] = [literal(unit).label("unit"), literal(cut).label("cut")]
    return select(*names, *columns, func.count().label("many")).group_by(*columns)


def _once(wanted: Select[Any], name: str) -> CTE:
    """A set that the engine makes once for a statement; flattened, each part would ask anew."""
    return wanted.cte(name).prefix_with("MATERIALIZED")


def _by_cut(rows: Iterable[Any], cuts: Iterable[str]) -> Mapping[str, Mapping[str, Tallies]]:
    stands: dict[str, dict[str, dict[str, Counter[int]]]] = {cut: {} for cut in cuts}
    stands[EVERYBODY][""] = {}
    for row in rows:
        of = stands[row.cut].setdefault(row.value, {})
        of.setdefault(row.unit, Counter())[row.stands] += row.many
    return {
        cut: {value: _tallies(of) for value, of in sorted(values.items())}
        for cut, values in stands.items()
    }


def _tallies(of: Mapping[str, Counter[int]]) -> Tallies:
    people = _at_each_step(of.get("people", Counter()))
    stays = _at_each_step(of.get("stays", Counter()))
    return {step.code: Tally(people[step.code], stays[step.code]) for step in STEPS}


def _at_each_step(stands: Counter[int]) -> dict[str, dict[Standing, int]]:
    found = {step.code: dict.fromkeys(Standing, 0) for step in STEPS}
    for number, many in stands.items():
        place, standing = divmod(number, WAYS)
        for step in STEPS[:place]:
            found[step.code][Standing.REACHED] += many
        found[STEPS[place].code][FURTHEST_LAST[standing]] += many
    return found
