"""How far the numbers can be trusted: what is missing, out of date, run out, or only “other”."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from referral.clock import day_of
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Purpose
from referral.custody.offers import ASKED
from referral.db import db
from referral.directory.areas import Area
from referral.directory.models import Service, service_council
from referral.directory.queries import centres
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.matching import FRESH
from referral.handoff.referrals.models import Referral
from referral.journey.models import ReferralFacts, StayFacts
from referral.published.tables import Code, Column, Count, Entry, Given, Key, Row, Share, Table
from referral.published.telling import Counted
from referral.reports.answers_queries import SENT, classes
from referral.reports.doubles_queries import lay_doubles
from referral.reports.laying import PEOPLE, Laid, key_of
from referral.reports.lengths_queries import Rows, grouped, together
from referral.reports.scopes_queries import held_in
from referral.reports.sent_queries import sent_in
from referral.reports.steps import STEPS, Standing
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import as_of, second_of, stays_in
from referral.web.filters import counted

NAME = "quality"
TITLE = "How far these numbers can be trusted"
REFERRALS = "referrals"
OTHER = "OTHER"
MOST_OTHER = 10  # in a hundred: where more stand under it, a list lacks a reason


def quality(wanted: Wanted) -> Counted:
    """The report of the custody centres of an area. Raises FactsNotMade, BeforeFacts."""
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    laid.ladder(tallied(wanted.period, wanted.world, held_in(wanted.area))[EVERYBODY][""], place)
    _lay_unknown(laid, place)
    _lay_referrals(laid, _referrals(wanted), place)
    _lay_other(laid, wanted, place)
    _lay_capacity(laid, wanted)
    lay_doubles(laid, wanted)
    return laid.report(key_of("booked", place, wanted.period.name), MEANT)


def _lay_unknown(laid: Laid, place: str) -> None:
    """Of how many it is unknown at each step, of those who came to the step before."""
    period = laid.about.period
    rows = []
    before = key_of(STEPS[0].code, place, period)
    for step in STEPS[1:]:
        unknown = key_of(step.code, place, period, Standing.UNKNOWN)
        rows.append(_line(laid, step.code, step.title, unknown, before))
        before = key_of(step.code, place, period)
    _add(laid, "unknown", "Unknown at each step", UNKNOWN, "step", PEOPLE, rows)


def _line(laid: Laid, code: str, title: str, part: Key, whole: Key) -> Row[Entry]:
    counts = [Count(key, laid.counts[key]) for key in (part, whole)]
    return Row(code, title, (*counts, Share(part, whole)))


def _add(
    laid: Laid, code: str, title: str, about: str, of: str, unit: str, rows: list[Row[Entry]]
) -> None:
    """A table of how many of how many."""
    columns = (
        Column("count", "How many", unit),
        Column("of", "Of", unit),
        Column("share", "Share", "%"),
    )
    laid.tables.append(Table(code, title, about, of, columns, tuple(rows)))


def _referrals(wanted: Wanted) -> Rows:
    """How many referrals by what is missing of them."""
    at = second_of(wanted.world)
    facts = ReferralFacts
    divided = classes(at)
    taken_on = facts.accepted_at <= at
    return grouped(
        sent_in(wanted, held_in(wanted.area)),
        taken_on=case((taken_on, "yes"), else_="no"),
        outcome=divided["outcome"],
        loop=divided["loop"],
        unsaid=case((and_(taken_on, facts.unsaid_from <= at), "yes"), else_="no"),
        consent=case((_ran_out(wanted), "yes"), else_="no"),
    )


def _ran_out(wanted: Wanted) -> ColumnElement[bool]:
    """Whether the yes to share with the service ran out while the referral was open."""
    lapsed = (
        select(Consent.id)
        .join(
            Referral,
            and_(
                Referral.person_id == Consent.person_id, Referral.service_id == Consent.service_id
            ),
        )
        .where(
            Referral.id == ReferralFacts.referral_id,
            Consent.purpose == Purpose.SHARE,
            Consent.answer == Answer.GRANTED,
            Consent.mistaken_at.is_(None),
            Consent.lapsed_at > Referral.sent_at,
            Consent.recorded_at <= Referral.sent_at,
            or_(Referral.ended_at.is_(None), Referral.ended_at >= Consent.lapsed_at),
        )
        .correlate(ReferralFacts)
    )
    return as_of(
        wanted.world,
        lambda known: lapsed.where(Consent.lapsed_at <= (known or wanted.world.at)).exists(),
    )


def _lay_referrals(laid: Laid, rows: Rows, place: str) -> None:
    """What is missing of referrals: what changed, how it ended, whether they came, the yes."""
    period = laid.about.period
    numbers = _missing(rows)
    keys: dict[str, Key] = {
        one: (f"{SENT}/{one}".rstrip("/"), REFERRALS, place, period) for one in numbers
    }
    booked = key_of("booked", place, period)
    for part, whole in MISSING_OF.items():
        laid.count(keys[part], numbers[part], keys.get(whole, booked))
        if whole in keys:
            laid.among(keys[part], keys[whole])
    listed = [
        _line(laid, one.replace("/", "_"), title, keys[one], keys[MISSING_OF[one]])
        for one, title in MISSING.items()
    ]
    _add(laid, "missing", "What is missing of referrals", LEFT, "what", REFERRALS, listed)


def _missing(rows: Rows) -> Mapping[str, int]:
    """How many referrals there are of each kind that MISSING_OF names."""
    outcome = together(rows, "outcome")
    loop = together(rows, "loop")
    return {
        "": sum(row.many for row in rows),
        "accepted": together(rows, "taken_on").get("yes", 0),
        "ended": outcome.get("known", 0) + outcome.get("unknown", 0),
        "outcome/unknown": outcome.get("unknown", 0),
        "old": loop.get("closed", 0) + loop.get("open", 0),
        "loop/open": loop.get("open", 0),
        "unsaid": together(rows, "unsaid").get("yes", 0),
        "consent_over": together(rows, "consent").get("yes", 0),
    }


def _lay_other(laid: Laid, wanted: Wanted, place: str) -> None:
    """How often the reason is only “other”: more than ten in a hundred, and a list lacks one."""
    rows = []
    for code, (title, unit) in OTHERS.items():
        found = _not_asked(wanted) if code == "not_asked" else _not_held(wanted)
        whole: Key = (f"reasons/{code}", unit, place, wanted.period.name)
        other: Key = (f"reasons/{code}/other", *whole[1:])
        laid.count(whole, sum(found.values()))
        laid.count(other, found.get(OTHER, 0), whole)
        laid.among(other, whole)
        line = _line(laid, code, title, other, whole)
        rows.append(Row(line.code, line.title, (*line.cells, Given(MOST_OTHER))))
    columns = (
        Column("count", "“Other”", ""),
        Column("of", "All with a reason", ""),
        Column("share", "Share", "%"),
        Column("most", "Should be at most", "%"),
    )
    laid.tables.append(
        Table("other", "Reasons that say only “other”", ONLY, "list", columns, tuple(rows))
    )


def _not_asked(wanted: Wanted) -> Mapping[str, int]:
    """How many stays by the reason why nobody was asked."""
    facts = StayFacts
    stays = stays_in(
        wanted.period,
        wanted.world,
        held_in(wanted.area),
        facts.answer.not_in(ASKED),
        facts.why_not.is_not(None),
    )
    return together(grouped(stays.with_only_columns(), why=facts.why_not), "why")


def _not_held(wanted: Wanted) -> Mapping[str, int]:
    """How many appointments by the reason why they did not take place."""
    said = as_of(wanted.world, lambda known: Appointment.said_at <= (known or wanted.world.at))
    held = sent_in(wanted, held_in(wanted.area), said, Appointment.not_held.is_not(None))
    joined = held.join(Appointment, Appointment.referral_id == ReferralFacts.referral_id)
    return together(grouped(joined, why=Appointment.not_held), "why")


def _lay_capacity(laid: Laid, wanted: Wanted) -> None:
    """How many services have not said for long how they stand; as of now, or not at all."""
    cells: tuple[Entry, ...] = (Given(None, Code.NONE),) * 3
    if wanted.world.known is None:
        stale, every = _capacity(wanted)
        share = Given((200 * stale + every) // (2 * every)) if every else Given(None, Code.NONE)
        cells = (Given(stale), Given(every), share)
    row = Row("stale", f"Not confirmed for over {counted(FRESH.days, 'day')}", cells)
    _add(laid, "capacity", "Capacity of services", STALE, "what", "services", [row])


def _capacity(wanted: Wanted) -> tuple[int, int]:
    """How many services are stale, and how many there are; they are no people."""
    today = day_of(wanted.world.at)
    council = service_council.c
    any_of_it = select(council.service_id).where(council.service_id == Service.id)
    here = any_of_it.where(council.council_code.in_(_councils(wanted.area)))
    old = or_(Service.capacity_as_at.is_(None), Service.capacity_as_at < wanted.world.at - FRESH)
    counted: Any = select(func.count(case((old, Service.id))), func.count()).where(
        Service.confirmed,
        or_(Service.closed_on.is_(None), Service.closed_on > today),
        or_(~any_of_it.exists(), here.exists()),
    )
    stale, every = db.session.execute(counted).one()
    return stale, every


def _councils(area: Area) -> Collection[str]:
    """Those of an area; of a team those in which its custody centres are."""
    if area.centres:
        return {one.council_code for one in centres() if one.id in area.centres}
    return area.councils


MISSING = {
    "outcome/unknown": "Ended, and nobody said what changed",
    "loop/open": "Older than eight weeks, and not heard of how it ended",
    "unsaid": "Taken on, with an appointment of which nobody said whether they came",
    "consent_over": "The yes to share ran out while it was open",
}
MISSING_OF = {  # each, and of what it is a part; "" is all that were sent
    "": "everybody",
    "accepted": "",
    "ended": "accepted",
    "outcome/unknown": "ended",
    "old": "",
    "loop/open": "old",
    "unsaid": "accepted",
    "consent_over": "",
}
OTHERS = {
    "not_asked": ("Why nobody was asked, stays", "stays"),
    "not_held": ("Why an appointment did not take place, appointments", "appointments"),
}
UNKNOWN = "People at each step of whom nobody said; of those who came to the step before."
LEFT = "Referrals of the stays of this time."
ONLY = "Where more than ten in a hundred stand under “other”, the list lacks a reason."
STALE = "Services open now that take people from here; they are counted as they stand today."
MEANT = {step.title: step.definition for step in STEPS} | {
    "What is missing of referrals": "Nothing here is a no: it is what nobody has written down.",
    "The yes to share ran out": "The agreement on which it was sent was not renewed in time, and "
    "the service was told to stop.",
}
