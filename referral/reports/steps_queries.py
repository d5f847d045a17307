"""Where the people and the stays of a period stand at each step, counted in one statement.

Steps lie on each other, so that one number says where a stay stands: how many steps it reached, and
how it stands at the next. Of several stays of one person the greatest counts, in which they came
furthest; they are counted once, with what was true of the first of those stays, or of that in which
they came furthest. What a stay does not say, another one of theirs may.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    null,
    select,
    union_all,
)

from referral.db import db
from referral.journey.models import StayFacts
from referral.journey.queries import check_facts
from referral.published.periods import Period
from referral.reports.steps import STEPS, Standing, Step, Tally
from referral.reports.worlds import World
from referral.reports.worlds_queries import second_of, stays_in

# Of several stays of one person that counts in which they came furthest.
FURTHEST_LAST = (Standing.NOT_REACHED, Standing.UNKNOWN, Standing.NOT_YET, Standing.REACHED)
WAYS = len(FURTHEST_LAST)
EVERYBODY = "everybody"
DIGITS = 10  # of the second in which a stay began, from 2001 to 2286
LAST = 10**DIGITS - 1  # such a second, from which another is counted back
LEAST = 10  # added to where a stay stands, it has two digits

# By the value of a cut ("" where it is not known), how many stand where at each step.
Tallies = Mapping[str, Tally]
Cuts = Mapping[str, ColumnElement[Any]]


def tallied(
    period: Period,
    world: World,
    *scope: ColumnElement[bool],
    cuts: Cuts | None = None,
    by_furthest: Collection[str] = (),
    steps: Sequence[Step] = STEPS,
) -> Mapping[str, Mapping[str, Tallies]]:
    """How many people, and how many stays, of a period stand where: by each cut, and by its values.

    All of them together stand under EVERYBODY and "". A cut is told by a text that a row of facts
    has; a row of NULL says nothing. Of a person the first of their stays that says something tells
    it, of the cuts in `by_furthest` that in which they came furthest. Raises FactsNotMade,
    BeforeFacts.
    """
    check_facts(world.known)
    wanted = dict(cuts or {})
    each = _once(_each(stays_in(period, world, *scope), world, wanted, steps), "each_stay")
    whole = _once(_people(each, list(wanted), by_furthest), "each_person")
    parts = [
        _counted(of, unit, cut)
        for unit, of in (("people", whole), ("stays", each))
        for cut in (EVERYBODY, *wanted)
    ]
    many = union_all(*parts).order_by("unit", "cut", "value", "stands")
    return _by_cut(db.session.execute(many), [EVERYBODY, *wanted], steps)


def standing_at(step: Step, at: Any) -> Any:
    """The number of how a stay stands at one step, of those that reached the step before."""
    reached, never, to_come = (
        holds(StayFacts, at) for holds in (step.reached, step.never, step.to_come)
    )
    return _first_that_holds(
        (reached, FURTHEST_LAST.index(Standing.REACHED)),
        (never, FURTHEST_LAST.index(Standing.NOT_REACHED)),
        (to_come, FURTHEST_LAST.index(Standing.NOT_YET)),
        other=FURTHEST_LAST.index(Standing.UNKNOWN),
    )


def why_lost(
    reasons: Mapping[str, ColumnElement[str]], at: Any, steps: Sequence[Step] = STEPS
) -> ColumnElement[Any]:
    """Of a stay that is known not to have reached a step, why: `reasons` has them by step.

    None of a stay that stands anywhere else, or of whose step there are no reasons.
    """
    why: Any = null()
    for step in reversed(steps):
        said = reasons.get(step.code, null())
        reached, never = (holds(StayFacts, at) for holds in (step.reached, step.never))
        why = _first_that_holds((reached, why), (never, said), other=null())
    return cast(why, String)


def _each(stays: Select[Any], world: World, cuts: Cuts, steps: Sequence[Step]) -> Select[Any]:
    """Each stay by one row: whose, when, where it stands, and the value of each cut."""
    values = [cut.label(name) for name, cut in cuts.items()]
    began = cast(StayFacts.booked_at, String).label("began")
    ago = cast(LAST - StayFacts.booked_at, String).label("ago")
    where = _where(second_of(world), steps).label("stands")
    rows: Select[Any] = stays.with_only_columns(StayFacts.person, began, ago, where, *values)
    return rows


def _people(each: CTE, cuts: Iterable[str], by_furthest: Collection[str]) -> Select[Any]:
    far = cast(each.c.stands + LEAST, String).concat(each.c.ago)
    told = [
        func.substr(func.max(far.concat(each.c[cut])), DIGITS + len(str(LEAST)) + 1).label(cut)
        if cut in by_furthest
        else func.substr(func.min(each.c.began.concat(each.c[cut])), DIGITS + 1).label(cut)
        for cut in cuts
    ]
    furthest = func.max(each.c.stands).label("stands")
    return select(furthest, *told).group_by(each.c.person)


def _where(at: Any, steps: Sequence[Step]) -> Any:
    """The number of where a stay stands: that of the step it did not reach, and how it stands."""
    number: Any = literal(WAYS * len(steps) - 1)
    for place, step in reversed(list(enumerate(steps))):
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
    by: list[Any] = [of.c.stands] if cut == EVERYBODY else [of.c.stands, of.c[cut]]
    value: Any = literal("") if cut == EVERYBODY else func.coalesce(of.c[cut], "")
    names: list[Any] = [literal(unit).label("unit"), literal(cut).label("cut")]
    columns = [value.label("value"), of.c.stands, func.count().label("many")]
    return select(*names, *columns).group_by(*by)


def _once(wanted: Select[Any], name: str) -> CTE:
    """A set that the engine makes once for a statement; flattened, each part would ask anew."""
    return wanted.cte(name).prefix_with("MATERIALIZED")


def _by_cut(
    rows: Iterable[Any], cuts: Iterable[str], steps: Sequence[Step]
) -> Mapping[str, Mapping[str, Tallies]]:
    stands: dict[str, dict[str, dict[str, Counter[int]]]] = {cut: {} for cut in cuts}
    stands[EVERYBODY][""] = {}
    for row in rows:
        of = stands[row.cut].setdefault(row.value, {})
        of.setdefault(row.unit, Counter())[row.stands] += row.many
    return {
        cut: {value: _tallies(of, steps) for value, of in sorted(values.items())}
        for cut, values in stands.items()
    }


def _tallies(of: Mapping[str, Counter[int]], steps: Sequence[Step]) -> Tallies:
    people = _at_each_step(of.get("people", Counter()), steps)
    stays = _at_each_step(of.get("stays", Counter()), steps)
    return {step.code: Tally(people[step.code], stays[step.code]) for step in steps}


def _at_each_step(stands: Counter[int], steps: Sequence[Step]) -> dict[str, dict[Standing, int]]:
    found = {step.code: dict.fromkeys(Standing, 0) for step in steps}
    for number, many in stands.items():
        place, standing = divmod(number, WAYS)
        for step in steps[:place]:
            found[step.code][Standing.REACHED] += many
        found[steps[place].code][FURTHEST_LAST[standing]] += many
    return found
