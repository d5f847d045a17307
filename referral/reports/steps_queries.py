"""Where the people and the stays of a period stand at each step, counted in one statement.

Steps lie on each other, so that one number says where a stay stands: how many steps it reached, and
how it stands at the next. Of several stays of one person the greatest counts, in which they came
furthest; they are counted once, with what was true of the first of those stays, or of that in which
they came furthest. What a stay does not say, another one of theirs may.

Most people come once in a period: their stays are counted as they are, all cuts in one pass, and
only those of the others are first put together by person.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
PEOPLE = "people"
STAYS = "stays"
ONCE = "once"  # people and their one stay

# By the value of a cut ("" where it is not known), how many stand where at each step.
Tallies = Mapping[str, Tally]


@dataclass(frozen=True)
class LookedUp:
    """A cut by a value that is looked up from a column: sooner here, once for each that there is.

    `value_of` reads what the column has as a text; `word` says the same in the database.
    """

    column: ColumnElement[Any]
    word: Callable[[ColumnElement[Any]], ColumnElement[Any]]
    value_of: Callable[[str | None], str]


Cuts = Mapping[str, ColumnElement[Any] | LookedUp]
# By cut and value, by unit, how many have each number of where they stand.
Found = dict[str, dict[str, dict[str, Counter[int]]]]


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
    where = _where(second_of(world), steps).label("stands")
    each = _made_once(_each(stays_in(period, world, *scope), where, wanted), "each_stay")
    several = _made_once(_several(each), "several")
    of_several = each.c.person.in_(select(several.c.person))
    theirs = _made_once(_told(each, wanted).where(of_several), "each_of_several")
    whole = _made_once(_people(theirs, list(wanted), by_furthest), "each_person")
    parts = [
        _counted(each, ONCE, wanted, raw=True).where(~of_several),
        _counted(whole, PEOPLE, wanted),
        _counted(theirs, STAYS, wanted),
    ]
    columns = parts[0].selected_columns
    rows = db.session.execute(union_all(*parts).order_by(*(column.name for column in columns)))
    return _by_cut(_found(rows, wanted), steps)


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


def _each(stays: Select[Any], where: Any, cuts: Cuts) -> Select[Any]:
    """Each stay by one row: whose, when, where it stands, and what tells each cut."""
    told = [
        (cut.column if isinstance(cut, LookedUp) else cut).label(name) for name, cut in cuts.items()
    ]
    rows: Select[Any] = stays.with_only_columns(StayFacts.person, StayFacts.booked_at, where, *told)
    return rows


def _several(each: CTE) -> Select[Any]:
    """Who came more than once."""
    return select(each.c.person).group_by(each.c.person).having(func.count() > 1)


def _told(each: CTE, cuts: Cuts) -> Select[Any]:
    """Each stay by one row: whose, when, where it stands, and the value of each cut."""
    values = [
        (cut.word(each.c[name]) if isinstance(cut, LookedUp) else each.c[name]).label(name)
        for name, cut in cuts.items()
    ]
    return select(each.c.person, each.c.booked_at, each.c.stands, *values)


def _people(each: CTE, cuts: Iterable[str], by_furthest: Collection[str]) -> Select[Any]:
    began = cast(each.c.booked_at, String)
    ago = cast(LAST - each.c.booked_at, String)
    far = cast(each.c.stands + LEAST, String).concat(ago)
    told = [
        func.substr(func.max(far.concat(each.c[cut])), DIGITS + len(str(LEAST)) + 1).label(cut)
        if cut in by_furthest
        else func.substr(func.min(began.concat(each.c[cut])), DIGITS + 1).label(cut)
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


def _counted(of: CTE, unit: str, cuts: Cuts, *, raw: bool = False) -> Select[Any]:
    """How many there are with each values of the cuts, and where they stand."""
    values = [
        cast(of.c[name], String).label(name) if raw and isinstance(cut, LookedUp) else of.c[name]
        for name, cut in cuts.items()
    ]
    by = [*(of.c[name] for name in cuts), of.c.stands]
    names = literal(unit).label("unit"), of.c.stands, func.count().label("many")
    return select(*names, *values).group_by(*by)


def _made_once(wanted: Select[Any], name: str) -> CTE:
    """A set that the engine makes once for a statement; flattened, each part would ask anew."""
    return wanted.cte(name).prefix_with("MATERIALIZED")


def _found(rows: Iterable[Any], cuts: Cuts) -> Found:
    """What was counted, added up by each cut; who came once is one person and one stay."""
    found: Found = {cut: {} for cut in (EVERYBODY, *cuts)}
    found[EVERYBODY][""] = {PEOPLE: Counter(), STAYS: Counter()}
    tell = [cut.value_of if isinstance(cut, LookedUp) else _same for cut in cuts.values()]
    for unit, stands, many, *told in rows:
        once = unit == ONCE
        values = map(_of, tell, told) if once else map(_same, told)
        for by_value, value in zip(found.values(), ("", *values), strict=True):
            of = by_value.setdefault(value, {PEOPLE: Counter(), STAYS: Counter()})
            for each in (PEOPLE, STAYS) if once else (unit,):
                of[each][stands] += many
    return found


def _of(tell: Callable[[str | None], str], told: str | None) -> str:
    return tell(told)


def _same(told: str | None) -> str:
    return told or ""


def _by_cut(found: Found, steps: Sequence[Step]) -> Mapping[str, Mapping[str, Tallies]]:
    return {
        cut: {value: _tallies(of, steps) for value, of in sorted(values.items())}
        for cut, values in found.items()
    }


def _tallies(of: Mapping[str, Counter[int]], steps: Sequence[Step]) -> Tallies:
    people = _at_each_step(of.get(PEOPLE, Counter()), steps)
    stays = _at_each_step(of.get(STAYS, Counter()), steps)
    return {step.code: Tally(people[step.code], stays[step.code]) for step in steps}


def _at_each_step(stands: Counter[int], steps: Sequence[Step]) -> dict[str, dict[Standing, int]]:
    found = {step.code: dict.fromkeys(Standing, 0) for step in steps}
    for number, many in stands.items():
        place, standing = divmod(number, WAYS)
        for step in steps[:place]:
            found[step.code][Standing.REACHED] += many
        found[steps[place].code][FURTHEST_LAST[standing]] += many
    return found
