"""The report of the desk, by hand: who was asked, when and where, why not, who was seen there."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

from recount.asked_for import HERE, Asked, Cells, code_of, middle, percent, share, standing_cells
from recount.recorded import Stay
from recount.way import COLUMNS, FURTHEST_LAST, NO, Crowd, Tally, has
from recount.way import asked as was_asked

SIZES = {"under-100": 0, "100-999": 100, "1000-4999": 1000, "5000-more": 5000}
STOOD = ("unknown", "not_yet", "later", "before")  # the last of them counts


def custody(asked: Asked) -> Cells:
    """Every number of it."""
    crowd = asked.crowd()
    whole = crowd.everybody
    cells = group("asked", "all", whole, "booked", "asked")
    cells |= group("agreed", "all", whole, "asked", "agreed")
    sizes = sizes_of(asked, crowd)
    cuts = {
        "hour": lambda stay: f"{hour_of(stay) // 6 * 6:02}",
        "size": lambda stay: sizes[stay.row.centre_id],
        "centre": lambda stay: code_of(stay.row.centre_id),
    }
    for cut, said in cuts.items():
        for code, tally in crowd.by_first(said).items():
            cells |= group("asked", f"{cut}:{code}", tally, "booked", "asked")
    cells |= reasons(crowd) | named(crowd) | seen(crowd) | naloxone(crowd)
    return cells | all_stays(crowd)


def group(table: str, row: str, tally: Tally, before: str, step: str) -> Cells:
    """A group at a step, and of how many."""
    return standing_cells(table, row, tally, step) | {(table, row, "of"): tally.reached(before)}


def hour_of(stay: Stay) -> int:
    """The hour on the clock in Scotland."""
    return datetime.fromtimestamp(stay.began, UTC).astimezone(HERE).hour


def sizes_of(asked: Asked, crowd: Crowd) -> dict:
    """The size of each centre by what its stays come to in a year."""
    days = max((min(asked.ends, asked.at) - asked.starts) // 86_400, 1)
    many = Counter(stay.row.centre_id for stay in crowd.stays)
    return {
        centre: [code for code, least in SIZES.items() if 365 * number >= least * days][-1]
        for centre, number in many.items()
    }


def why_nobody_asked(stay: Stay) -> str | None:
    """The reason that was written down last where nobody asked; None where somebody did."""
    if stay.asked is not None or not stay.offers:
        return None
    last = stay.offers[-1]
    return "UNFIT" if last.answer == "not fit yet" else last.reason or "no_reason"


def reasons(crowd: Crowd) -> Cells:
    """People whom nobody asked by reason, and the stays."""
    stays = Counter(
        why_nobody_asked(stay) for stay in crowd.stays if crowd.ways[stay.row.id][-1:] == [NO]
        and len(crowd.ways[stay.row.id]) == 2
    )  # fmt: skip
    cells: Cells = {("reasons", why, "stays"): number for why, number in stays.items()}
    for why, tally in crowd.by_furthest(why_nobody_asked).items():
        if why is not None:
            cells["reasons", why, "people"] = tally.at["asked"][NO]
    return cells


def named(crowd: Crowd) -> Cells:
    """By need who named it, and whether they were asked in such a stay."""
    found = defaultdict(lambda: defaultdict(list))
    for stay in crowd.stays:
        for need in stay.needs:
            found[need][stay.row.person_id].append(was_asked(stay, crowd.at))
    cells: Cells = {}
    for need, people in found.items():
        stand = Counter(max(some, key=FURTHEST_LAST.index) for some in people.values())
        cells |= {("needs", need, one): stand[one] for one in COLUMNS}
        cells["needs", need, "of"] = len(people)
        cells["needs", need, "share"] = share(stand, len(people))
    return cells


def all_stays(crowd: Crowd) -> Cells:
    """Stays and not people: all of them, those with a referral, by need, by centre."""
    many = Counter(need for stay in crowd.stays for need in stay.needs)
    many["referred"] = Tally(crowd.ways.values()).reached("referred")
    whole = len(crowd.stays)
    cells: Cells = {("stays", code, "stays"): number for code, number in many.items()}
    cells |= {
        ("stays", code, "share"): round(100 * number / whole, 1) if whole else None
        for code, number in many.items()
    }
    cells["stays", "all", "stays"] = whole
    held = Counter(code_of(stay.row.centre_id) for stay in crowd.stays)
    return cells | {("centres", centre, "stays"): number for centre, number in held.items()}


def seen(crowd: Crowd) -> Cells:
    """Who agreed and was assessed before they left, and after how many hours."""
    stood, hours = Counter(), []
    for stays in crowd.people.values():
        mine = [stay for stay in stays if has(stay.agreed, crowd.at)]
        if mine:
            stood[max((seen_in(stay, crowd.at) for stay in mine), key=STOOD.index)] += 1
        done = [stay for stay in mine if has(stay.assessed_at, crowd.at)]
        if done:
            first = min(done, key=lambda stay: stay.began)
            hours.append(max(first.assessed_at - first.agreed, 0) // 3600)
    of = stood.total()
    numbers = {**{one: stood[one] for one in STOOD}, "of": of, "assessed": len(hours)}
    numbers |= {"share": percent(stood["before"], of, stood["not_yet"])}
    numbers |= {"median": middle(hours, 50), "ninety": middle(hours, 90)}
    return {("seen", "all", one): number for one, number in numbers.items()}


def seen_in(stay: Stay, at: int) -> str:
    """Where a stay stands in which they agreed."""
    here = not has(stay.left, at)
    if has(stay.assessed_at, at):
        return "before" if here or stay.assessed_at <= stay.left else "later"
    return "not_yet" if here else "unknown"


def naloxone(crowd: Crowd) -> Cells:
    """What was recorded first of take-home naloxone, of everybody and of those at risk."""
    every = crowd.by_first(lambda stay: stay.row.naloxone or None)
    risk = crowd.by_first(
        lambda stay: (stay.row.naloxone or "") if stay.flagged is not None else None
    )
    cells: Cells = {("naloxone", "all", "people"): crowd.everybody.reached("booked")}
    at_risk = {one: tally.reached("booked") for one, tally in risk.items() if one is not None}
    cells["naloxone", "all", "risk"] = sum(at_risk.values())
    cells |= {("naloxone", one or "unknown", "risk"): number for one, number in at_risk.items()}
    return cells | {
        ("naloxone", one or "unknown", "people"): tally.reached("booked")
        for one, tally in every.items()
    }
