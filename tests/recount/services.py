"""What services answered, and what came of it: by hand."""

from collections import Counter, defaultdict

from recount.asked_for import Asked, Cells, middle, percent, share
from recount.recorded import Sent
from recount.way import DAY, ENGAGED_BY, NOT_YET, UNKNOWN, YES, has

HOUR = 3600
LATE, WEEKS_8, WEEKS_12 = 72 * HOUR, 56 * DAY, 84 * DAY
# by table: the parts, the part whose share is told, the part that stands apart
DIVISIONS = {
    "answer": ("accepted", "waiting"),
    "acknowledged": ("day", "not_yet"),
    "contact": ("reached", "not_yet"),
    "met": ("reached", "not_yet"),
    "kept": ("reached", "not_yet"),
    "outcome": ("known", "not_yet"),
    "loop": ("closed", "young"),
}


def answer(one: Sent, at: int) -> str:
    """How the service answered."""
    if has(one.taken_on, at):
        return "accepted"
    if has(one.refused, at):
        return "withdrawn" if one.row.state == "cancelled" else "refused"
    return "waiting"


def acknowledged(one: Sent, at: int) -> str:
    """How soon it first said yes, no, or asked something."""
    if has(one.answered, at):
        took = one.answered - one.sent
        return "day" if took <= DAY else "three" if took <= LATE else "later"
    if has(one.over, at):
        return "ended"
    return "not_yet" if one.sent > at - LATE else "silent"


def contact(one: Sent, at: int) -> str | None:
    """Of those taken on: how soon they were reached or came."""
    if not has(one.taken_on, at):
        return None
    if has(one.contact, at):
        return "reached" if one.contact <= one.taken_on + LATE else "later"
    return "not_yet" if one.taken_on > at - LATE else "unknown"


def met(one: Sent, at: int) -> str | None:
    """Of those taken on: whether they came within 28 days."""
    if not has(one.taken_on, at):
        return None
    came = min(one.came, default=None)
    if has(came, at):
        return YES if came <= one.sent + ENGAGED_BY else "not_reached"
    if has(one.over, at) and not one.unsaid and not one.came:
        return "not_reached"
    return NOT_YET if one.sent > at - ENGAGED_BY else UNKNOWN


def kept(one: Sent, at: int) -> str | None:
    """Of those met: whether they came twelve weeks or more after the referral."""
    if met(one, at) != YES:
        return None
    if max(one.came) >= one.sent + WEEKS_12 and has(max(one.came), at):
        return YES
    if has(one.over, at) and one.over < one.sent + WEEKS_12:
        return "not_reached"
    return NOT_YET if one.sent > at - WEEKS_12 - ENGAGED_BY else UNKNOWN


def outcome(one: Sent, at: int) -> str | None:
    """Of those taken on: whether it is known what changed."""
    if not has(one.taken_on, at):
        return None
    if has(one.changed, at):
        return "known"
    if has(one.over, at):
        return "unknown" if one.row.state in {"completed", "failed"} else "withdrawn"
    return "not_yet"


def loop(one: Sent, at: int) -> str:
    """Of those older than eight weeks: whether the team has heard how it ended."""
    if one.sent > at - WEEKS_8:
        return "young"
    return "closed" if has(one.over, at) or has(one.changed, at) else "open"


ASKED = dict(zip(DIVISIONS, (answer, acknowledged, contact, met, kept, outcome, loop), strict=True))


def service(asked: Asked) -> Cells:
    """Every number of the report of services."""
    every = [one for stay in asked.held() for one in stay.sent]
    each: dict[str, list[Sent]] = defaultdict(list, {"": every})
    for one in every:
        each[str(one.row.service_id)].append(one)
    cells: Cells = {}
    for row, sent in each.items():
        for table, ask in ASKED.items():
            cells |= divided(table, row, Counter(filter(None, (ask(s, asked.at) for s in sent))))
        hours = [after(s.sent, s.answered, HOUR) for s in sent if has(s.answered, asked.at)]
        numbers = {"answered": len(hours), "median": middle(hours, 50), "p90": middle(hours, 90)}
        cells |= {("answer_times", row, one): number for one, number in numbers.items()}
    why = Counter((s.why_not or "none", answer(s, asked.at)) for s in every)
    return cells | {
        ("reasons", reason, how): number
        for (reason, how), number in why.items()
        if how in {"refused", "withdrawn"}
    }


def after(start: int, end: int, unit: int) -> int:
    """Within how many whole units; none where the end was written down as earlier."""
    return max(-((start - end) // unit), 0)


def divided(table: str, row: str, many: Counter[str]) -> Cells:
    """The parts of one division, and the share of one of them."""
    part, apart = DIVISIONS[table]
    stand = {YES: many[part], NOT_YET: many[apart], UNKNOWN: many["unknown"]}
    told = share(stand, many.total())
    if table == "loop":  # how many are young is no reason to tell no share
        told = percent(many[part], many.total(), many[apart])
    return {
        (table, row, "whole"): many.total(),
        (table, row, "share"): told,
        **{(table, row, one): number for one, number in many.items()},
    }
