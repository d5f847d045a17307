"""The view of services: how soon each answers, whom it takes on and meets, and how that ended."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from referral.db import db
from referral.directory.models import Service
from referral.directory.queries import labels
from referral.journey.models import ReferralFacts, StayFacts
from referral.journey.queries import check_facts
from referral.published.tables import Column, Count, Entry, Key, Measured, Row, Share, Table
from referral.published.telling import Counted
from referral.reports.answers_queries import DIVISIONS, SENT, Division, classes
from referral.reports.laying import Laid, inside, key_of
from referral.reports.lengths_queries import HOUR, Rows, grouped, length, together
from referral.reports.middles import within_which
from referral.reports.scopes_queries import held_in
from referral.reports.sent_queries import ANSWERED, ANSWERS, sent_in
from referral.reports.shares import why_none
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import second_of, stays_in

NAME = "service"
TITLE = "What services answered, and what came of it"
REFERRALS = "referrals"
Places = Mapping[str, tuple[str, str]]


def service(wanted: Wanted, organisation_id: UUID | None = None) -> Counted:
    """The report of all services, or of those of one organisation; by the area of custody centres.

    Raises FactsNotMade, BeforeFacts.
    """
    check_facts(wanted.world.known)
    laid = Laid(wanted.about(NAME, TITLE))
    theirs = _of_organisation(organisation_id)
    rows = grouped(
        sent_in(wanted, held_in(wanted.area), theirs),
        service=ReferralFacts.service_id,
        why=func.coalesce(ReferralFacts.why_not, ""),
        **classes(second_of(wanted.world)),
    )
    whole = inside(wanted.area.code, f"organisation:{organisation_id}")
    places = _places(rows, wanted.area.code if organisation_id is None else whole)
    booked = key_of("booked", wanted.area.code, wanted.period.name)
    laid.count(booked, _booked(wanted))
    _lay_sent(laid, rows, places, booked)
    for division in DIVISIONS:
        _lay_division(laid, division, rows, places)
    _lay_times(laid, _hours(wanted, theirs), places)
    _lay_reasons(laid, rows, places)
    definitions = {one.title: one.definition for one in DIVISIONS}
    return laid.report(booked, ANSWERED | definitions)


def _of_organisation(organisation_id: UUID | None) -> ColumnElement[bool]:
    if organisation_id is None:
        return true()
    own = select(Service.id).where(Service.organisation_id == organisation_id)
    return ReferralFacts.service_id.in_(own)


def _places(rows: Rows, whole: str) -> Places:
    """Name and place of all services together under "", and of each by its number, by name."""
    ids = {row.service for row in rows}
    wanted = select(Service.id, Service.name).where(Service.id.in_(ids))
    named = db.session.execute(wanted.order_by(Service.name, Service.id)).all()
    each = [(str(row.id), (row.name, inside(whole, f"service:{row.id}"))) for row in named]
    return {"": ("All services", whole)} | dict(each)


def _booked(wanted: Wanted) -> int:
    stays = stays_in(wanted.period, wanted.world, held_in(wanted.area))
    people = func.count(StayFacts.person.distinct())
    return db.session.scalar(stays.with_only_columns(people)) or 0


def _hours(wanted: Wanted, theirs: ColumnElement[bool]) -> Rows:
    """How many referrals by service and the hours until its first answer."""
    facts = ReferralFacts
    answered = facts.answered_at <= second_of(wanted.world)
    sent = sent_in(wanted, held_in(wanted.area), theirs, answered)
    hours = length(facts.sent_at, facts.answered_at, HOUR)
    return grouped(sent, service=facts.service_id, hours=hours)


def _of(rows: Rows, service_id: str) -> Rows:
    """The rows of one service, and of all where none is named."""
    return [row for row in rows if not service_id or str(row.service) == service_id]


def _lay_sent(laid: Laid, rows: Rows, places: Places, booked: Key) -> None:
    """How many referrals were sent to each: no table of its own, all others stand on it."""
    keys: list[Key] = []
    for service_id, (_, place) in places.items():
        keys.append((SENT, REFERRALS, place, laid.about.period))
        number = sum(row.many for row in _of(rows, service_id))
        laid.count(keys[-1], number, None if service_id else booked)
    laid.makes_up(keys[0], keys[1:])


def _lay_division(laid: Laid, division: Division, rows: Rows, places: Places) -> None:
    """A row for each service: the whole, its parts, and the share of one part."""
    listed = [
        _divided(laid, division, _of(rows, service_id), Row(service_id, name, ()), place)
        for service_id, (name, place) in places.items()
    ]
    first, *rest = places.values()
    for part in division.parts:
        keys = [(part_key(division, part), REFERRALS, place, laid.about.period)
                for _, place in (first, *rest)]  # fmt: skip
        laid.makes_up(keys[0], keys[1:])
    columns = (
        Column("whole", division.of, REFERRALS),
        *(Column(code, title, REFERRALS) for code, title in division.parts.items()),
        Column("share", division.asks, "%"),
    )
    laid.tables.append(
        Table(division.code, division.title, division.about, "service", columns, tuple(listed))
    )


def _divided(laid: Laid, division: Division, rows: Rows, row: Row[Entry], place: str) -> Row[Entry]:
    whole: Key = (division.whole, REFERRALS, place, laid.about.period)
    numbers = together(rows, division.code)
    keys: dict[str, Key] = {part: (part_key(division, part), *whole[1:]) for part in division.parts}
    cells = [laid.count(key, numbers.get(part, 0), whole) for part, key in keys.items()]
    laid.makes_up(whole, keys.values())
    apart, unknown = (numbers.get(part, 0) for part in (division.apart, "unknown"))
    why_not = why_none(laid.counts[whole], 0 if division.code == "loop" else apart, unknown)
    share = Share(keys[division.share], whole, keys[division.apart], why_not)
    return Row(row.code, row.title, (Count(whole, laid.counts[whole]), *cells, share))


def part_key(division: Division, part: str) -> str:
    """The name of a part; how a referral was answered is counted alike in other reports."""
    return f"{SENT}/{part}" if division.code == "answer" else f"{SENT}/{division.code}/{part}"


def _lay_times(laid: Laid, hours: Rows, places: Places) -> None:
    """Within how many hours half, and nine in ten, of those answered were answered."""
    listed: list[Row[Entry]] = []
    keys: list[Key] = []
    for service_id, (name, place) in places.items():
        keys.append((f"{SENT}/had_an_answer", REFERRALS, place, laid.about.period))
        found = together(_of(hours, service_id), "hours")
        sent: Key = (SENT, *keys[-1][1:])
        count = laid.count(keys[-1], sum(found.values()), sent)
        laid.among(keys[-1], sent)
        half = Measured(within_which(found, 50), (keys[-1],))
        most = Measured(within_which(found, 90), (keys[-1],))
        listed.append(Row(service_id, name, (count, half, most)))
    laid.makes_up(keys[0], keys[1:])
    columns = (
        Column("answered", "Answered", REFERRALS),
        Column("median", "Half within", "hours"),
        Column("p90", "Nine in ten within", "hours"),
    )
    title = "How soon services answered"
    laid.tables.append(
        Table("answer_times", title, TIMES, "service", columns, tuple(listed), (), "waits")
    )


def _lay_reasons(laid: Laid, rows: Rows, places: Places) -> None:
    """Why services said no, or a referral was withdrawn before; of all services together."""
    names = labels("service_decline") | labels("cancel") | {"": "No reason given"}
    reasons = sorted({row.why for row in rows if row.answer in NOT_TAKEN})
    listed = {why: list[Entry]() for why in reasons}
    for code in NOT_TAKEN:
        whole: Key = (f"{SENT}/{code}", REFERRALS, places[""][1], laid.about.period)
        found = together(rows, "why", answer=code)
        keys = {why: (f"{whole[0]}/why/{why}", *whole[1:]) for why in reasons}
        for why, key in keys.items():
            listed[why].append(laid.count(key, found.get(why, 0), whole))
        if keys:
            laid.makes_up(whole, keys.values())
    lines = [Row(why or "none", names.get(why, why), tuple(listed[why])) for why in reasons]
    columns = tuple(Column(code, ANSWERS[code], REFERRALS) for code in NOT_TAKEN)
    laid.tables.append(
        Table("reasons", "Why they were not taken on", REASONS, "reason", columns, tuple(lines))
    )


NOT_TAKEN = ("refused", "withdrawn")
TIMES = "Referrals that a service answered with yes, no or a question, in whole hours by the clock."
REASONS = "Referrals that no service took on, by the reason that was given; all services together."
