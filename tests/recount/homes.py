"""Which needs nobody could take, and what was sent of those who live in an ADP: by hand."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from recount.asked_for import Asked, Cells, ladder_cells, middle, percent, share
from recount.losses import losses
from recount.recorded import Sent, Stay
from recount.services import HOUR, after, answer
from recount.way import DAY, NOT_YET, UNKNOWN, YES, has

TREATMENT = {"DRUG", "ALC", "BOTH"}


def unmet(asked: Asked) -> Cells:
    """Every number of the report of needs that nobody could take."""
    held = asked.held()
    crowd = asked.crowd()
    return ladder_cells("ladder", crowd.everybody) | unmet_cells(asked, held) | months(asked, held)


def unmet_of(asked: Asked, stays: Iterable[Stay]) -> list[tuple[Stay, Any]]:
    """What was noted by now of these stays, and that no service has taken on since."""
    mine = {stay.row.id: stay for stay in stays}
    return [
        (mine[row.booking_id], row)
        for row in asked.rows["unmet_need"]
        if row.booking_id in mine
        and row.recorded_at <= asked.moment
        and (row.met_at is None or row.met_at > asked.moment)
    ]


def unmet_cells(asked: Asked, stays: Iterable[Stay]) -> Cells:
    """People by need and by reason."""
    people = defaultdict(set)
    for stay, row in unmet_of(asked, stays):
        who = stay.row.person_id
        for table, code in (("unmet", row.need), ("unmet_reasons", row.reason)):
            people[table, code, "people"].add(who)
            people[table, "", "people"].add(who)
    return {key: len(who) for key, who in people.items()}


def months(asked: Asked, stays: Iterable[Stay]) -> Cells:
    """People by need and the month in which the stay began."""
    people = defaultdict(set)
    for stay, row in unmet_of(asked, stays):
        for need in ("", row.need):
            people["unmet_months", need, asked.month_of(stay)].add(stay.row.person_id)
    return {key: len(who) for key, who in people.items()}


def adp(asked: Asked) -> Cells:
    """Every number of the pack of those who live in an area, where no figure of others is held."""
    stays = asked.living()
    crowd = asked.crowd_of(stays)
    sent = [one for stay in stays for one in stay.sent]
    cells = ladder_cells("ladder", crowd.everybody) | unmet_cells(asked, stays) | losses(crowd)
    many = Counter(answer(one, asked.at) for one in sent)
    cells["referrals", "sent", "number"] = len(sent)
    cells["referrals", "share", "number"] = percent(many["accepted"], len(sent), many["waiting"])
    cells |= {("referrals", one, "number"): number for one, number in many.items()}
    cells |= by_part(asked, crowd) | waits(asked, crowd) | hours(asked, crowd)
    return cells | police(asked, crowd) | bridge(asked)


def by_part(asked: Asked, crowd: Any) -> Cells:
    """People by the ADP, or the council, where they live."""
    kind = "adp_code" if asked.whole else "code"
    parts = asked.groups(kind)
    table = "adps" if asked.whole else "councils"
    home = {council: code for code, councils in parts.items() for council in councils}
    alone = {code: next(iter(some)) for code, some in parts.items() if len(some) == 1}
    if not asked.whole and len(asked.councils) == 1:
        return {}
    cells: Cells = {}
    for code, tally in crowd.by_first(lambda one: home.get(one.who.council_code, "")).items():
        row = alone.get(code, code)
        for step in ("booked", "asked", "agreed", "referred", "accepted", "engaged"):
            cells[table, row, step] = tally.reached(step)
    return cells


def first_of(crowd: Any, began: Any, code: Any) -> list[Any]:
    """Of each person the code of the first of their stays that has a beginning."""
    found = []
    for stays in crowd.people.values():
        mine = [(began(stay), code(stay)) for stay in stays if began(stay) is not None]
        found += [min(mine)[1]] if mine else []
    return found


ORDER = ("never", "not_yet", "unknown")  # after the lengths, where two began in one second


def waits(asked: Asked, crowd: Any) -> Cells:
    """How many days from the first referral to the first meeting."""
    treating = {one.service_id for one in asked.rows["service_need"] if one.need in TREATMENT}
    cells: Cells = {}
    for row, holds in (
        ("all", lambda _: True),
        ("drug_alcohol", lambda one: one.row.service_id in treating),
    ):
        found = first_of(
            crowd,
            lambda stay, holds=holds: min((s.sent for s in stay.sent if holds(s)), default=None),
            lambda stay, holds=holds: waited([s for s in stay.sent if holds(s)], asked.at),
        )
        days = [number for kind, number in found if kind == -1]
        stand = Counter(ORDER[kind] for kind, _ in found if kind != -1)
        stand |= Counter("within" if number <= 21 else "later" for number in days)
        numbers = {"met": len(days), "median": middle(days, 50), "p90": middle(days, 90)}
        cells |= {("waits", row, one): number for one, number in numbers.items()}
        so = {YES: stand["within"], NOT_YET: stand["not_yet"], UNKNOWN: stand["unknown"]}
        cells |= {("waits_marker", row, one): number for one, number in stand.items()}
        cells["waits_marker", row, "sent"] = len(found)
        cells["waits_marker", row, "share"] = share(so, len(found))
    return cells


def waited(sent: list[Sent], at: int) -> tuple[int, int]:
    """How long a stay waited, or what stands in place of a length; none where nothing was sent."""
    if not sent:
        return -1, -1
    began = min(one.sent for one in sent)
    came = [day for one in sent for day in one.came if day <= at]
    if came:
        return -1, after(began, min(came), DAY)
    if all(has(one.over, at) and not one.unsaid for one in sent):
        return ORDER.index("never"), 0
    soon = all(one.sent > at - 21 * DAY for one in sent)
    return ORDER.index("not_yet" if soon else "unknown"), 0


def hours(asked: Asked, crowd: Any) -> Cells:
    """How many hours from the flag to the first try."""
    found = first_of(
        crowd,
        lambda stay: stay.flagged if has(stay.flagged, asked.at) else None,
        lambda stay: tried(stay, asked.at) if has(stay.flagged, asked.at) else "",
    )
    many = Counter(found)
    cells: Cells = {("hours", one, "people"): number for one, number in many.items()}
    for one in ("0-6", "6-12", "12-24", "24+", "before", "not_yet", "unknown"):
        cells["hours", one, "share"] = percent(many[one], many.total())
    return cells


def tried(stay: Stay, at: int) -> str:
    """The row in which a flagged stay stands."""
    if has(stay.tried, at):
        if stay.tried < stay.flagged:
            return "before"
        took = after(stay.flagged, stay.tried, HOUR)
        return "0-6" if took <= 6 else "6-12" if took <= 12 else "12-24" if took <= 24 else "24+"
    return "not_yet" if stay.flagged > at - DAY else "unknown"


def police(asked: Asked, crowd: Any) -> Cells:
    """What police gave."""
    holds = {
        "by_custody": lambda one: has(one.asked, asked.at) and one.offers[-1].asker == "custody",
        "flagged": lambda one: has(one.flagged, asked.at),
        "offered": lambda one: one.row.naloxone in {"offered", "supplied", "declined"},
        "supplied": lambda one: one.row.naloxone == "supplied",
    }
    cells: Cells = {}
    for row, so in holds.items():
        many = len({stay.row.person_id for stay in crowd.stays if so(stay)})
        cells["police", row, "people"] = many
        cells["police", row, "share"] = percent(many, len(crowd.people))
    return cells


def bridge(asked: Asked) -> Cells:
    """From all that was sent to drug and alcohol services to what may be counted there."""
    treating = {one.service_id for one in asked.rows["service_need"] if one.need in TREATMENT}
    stays = [*asked.living(), *asked.living(door="other")]
    sent = [(stay, one) for stay in stays for one in stay.sent if one.row.service_id in treating]
    off = Counter(off_by(stay, one, asked.at) for stay, one in sent)
    cells: Cells = {("bridge", one, "referrals"): -number for one, number in off.items() if one}
    return cells | {("bridge", "sent", "referrals"): len(sent)}


def off_by(stay: Stay, one: Sent, at: int) -> str:
    """The first reason for which it may not be counted there; empty where none is."""
    if stay.row.door in {"self", "family"}:
        return "self"
    if stay.row.door == "agency":
        return "agency"
    how = answer(one, at)
    return {"waiting": "waiting", "accepted": ""}.get(how, "ended")
