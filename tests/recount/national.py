"""The national report, by hand: the way, the indicator, where, by need."""

from collections import defaultdict

from recount.asked_for import Asked, Cells, ladder_cells, percent
from recount.losses import losses
from recount.recorded import Stay
from recount.way import Crowd

BY_AREA = ("booked", "asked", "agreed", "referred", "accepted", "engaged")


def national(asked: Asked) -> Cells:
    """Every number of it."""
    crowd = asked.crowd()
    whole = crowd.everybody
    assert whole.adds_up()
    sent = sum(len(stay.sent) for stay in crowd.stays)
    number = whole.reached("referred")
    cells = ladder_cells("ladder", whole) | losses(crowd)
    cells |= {
        ("indicator", "people", "number"): number,
        ("indicator", "referrals", "number"): sent,
        ("indicator", "share", "number"): percent(number, whole.reached("booked")),
    }
    for table, steps, there in (
        ("divisions", BY_AREA, lambda stay: division_of(asked, stay)),
        ("homes", ("referred",), lambda stay: stay.who.council_code or ""),
    ):
        for code, tally in crowd.by_first(there).items():
            cells |= {(table, code, step): tally.reached(step) for step in steps}
    return cells | needs(crowd) | rates(asked, number)


def division_of(asked: Asked, stay: Stay) -> str:
    """The letter of the division of a custody centre."""
    held = asked.held_in(stay)
    of_it = [one.division_letter for one in asked.rows["council"] if one.code == held]
    return of_it[0] if of_it else ""


def needs(crowd: Crowd) -> Cells:
    """By need who named it, who was referred for it, who came to a service for it."""
    people = defaultdict(lambda: defaultdict(set))
    for stay in crowd.stays:
        who = stay.row.person_id
        for need in stay.needs:
            mine = [one for one in stay.sent if need in one.row.needs]
            people[need]["told"].add(who)
            people[need]["referred"] |= {who} if mine else set()
            people[need]["engaged"] |= {who} if any(one.came for one in mine) else set()
    cells: Cells = {}
    for need, many in people.items():
        numbers = {one: len(many[one]) for one in ("told", "referred", "engaged")}
        cells |= {("needs", need, one): number for one, number in numbers.items()}
        cells["needs", need, "share"] = percent(numbers["referred"], numbers["told"])
    return cells


def rates(asked: Asked, referred: int) -> Cells:
    """Beside what each source says of the same area and time."""
    cells: Cells = {}
    said = [
        one
        for one in asked.rows["throughput"]
        if (one.area_code, one.first_day, one.last_day) == (asked.area, asked.first, asked.last)
    ]
    for number, one in enumerate(said, 1):
        row = f"source-{number}"
        cells["rates", row, "throughput"] = one.number
        cells["rates", row, "referred"] = referred
        cells["rates", row, "rate"] = round(1000 * referred / one.number) / 10
    return cells
