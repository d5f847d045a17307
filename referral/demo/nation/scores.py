"""Each rehearsed life as a pattern to write from, and as a figure in the shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from referral.consent.purposes import Purpose
from referral.demo.nation.calibration import DISCLOSED
from referral.demo.nation.patterns import Here, Pattern, Reader
from referral.demo.nation.quotas import Counted
from referral.demo.nation.rehearsal import Life
from referral.journey.facts import FOREVER
from referral.people.ages import GROWN
from referral.people.traits import of_line, phone
from referral.post.messages.models import MessageState

# What nobody needs of a life that is long over. Acts are remembered to be taken back, which nobody
# does after weeks; a job that is done is swept away, and so is what a person was written.
LATELY_ALONE = frozenset({"act", "act_value", "job", "person_message"})


@dataclass(frozen=True)
class Staff:
    """All in the directory that a life can name: officers by centre, and who has a twin."""

    officers: Mapping[UUID, tuple[UUID, str]]
    numbers: frozenset[UUID]
    words: frozenset[str]


@dataclass(frozen=True)
class Score:
    """One rehearsed life: what to write, what it counts, and what a copy must be like."""

    fresh: Pattern
    over: Pattern
    counted: Counted
    known_by: Sequence[int]  # of its telephone numbers, the one that counts first
    began: Mapping[UUID, datetime]  # each stay
    first: datetime
    held: Sequence[Sequence[datetime]]  # at each place, when its stays began
    earliest: datetime  # what stands in the trail
    phones: int
    homes: int
    texts: bool
    born: Any

    def pattern(self, lately: bool) -> Pattern:
        """What is written of a life that ended lately, or long ago."""
        return self.fresh if lately else self.over


def score(life: Life, staff: Staff, tables: Sequence[str]) -> Score:
    """Read a life, its tables in the order in which rows point at each other."""
    here = _here(life, staff)
    digits = [phone(number) for number in here.phones]
    return Score(
        _pattern(life, here, tables, lately=True),
        _pattern(life, here, tables, lately=False),
        _counted(life),
        [digits.index(number) for number in of_line(life.traits).phones],
        {stay["id"]: stay["authorised_at"] for stay in life.stays},
        min(stay["authorised_at"] for stay in life.stays),
        _held(life),
        min(entry["at"] for entry in life.trail),
        len(here.phones),
        len(here.homes),
        any(row["purpose"] == Purpose.CONTACT for row in life.rows.get("consent", ())),
        here.born,
    )


def _pattern(life: Life, here: Here, tables: Sequence[str], *, lately: bool) -> Pattern:
    reader = Reader(here)
    reader.pattern.place("number", life.person["id"])  # the first number is the person's
    for table in tables:
        if lately or table not in LATELY_ALONE:
            for row in life.rows.get(table, ()):
                reader.row(table, row if lately else _gone_out(table, row))
    known = {"known_from": 0, "known_until": FOREVER}
    for name, facts in (
        ("stay_facts", life.facts.stays),
        ("referral_facts", life.facts.referrals),
        ("need_facts", life.facts.needs),
    ):
        for row in facts:
            reader.row(name, {**row, **known})
    for entry in life.trail:
        reader.event(entry)
    return reader.pattern


def _gone_out(table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A message that waited in the rehearsal has long been sent."""
    if table != "message" or row["state"] != MessageState.WAITING:
        return row
    return {**row, "state": MessageState.SENT, "sent_at": row["made_at"]}


def _held(life: Life) -> Sequence[Sequence[datetime]]:
    """By place, as it first comes."""
    found: dict[UUID, list[datetime]] = {}
    for stay in life.stays:
        found.setdefault(stay["centre_id"], []).append(stay["authorised_at"])
    return list(found.values())


def _called(life: Life) -> dict[str, str]:
    """What stands for the person's name in the rows of a life, by what it is."""
    person = life.person
    return {
        person["forename"]: "forename",
        person["surname"]: "surname",
        person["forename_key"]: "forename_key",
        person["surname_key"]: "surname_key",
        person["words"]: "words",
        f"{person['forename']} {person['surname']}": "name",
    }


def _here(life: Life, staff: Staff) -> Here:
    rows = [row for some in life.rows.values() for row in some]
    centres = list(dict.fromkeys(stay["centre_id"] for stay in life.stays))
    said = life.rows.get("said_detail", ())
    phones = [row["value"] for row in said if row["detail"] == "phone" and row["value"]]
    person = life.person
    homes = [row["value"] for row in said if row["detail"] == "council_code" and row["value"]]
    return Here(
        numbers=frozenset(row["id"] for row in rows if isinstance(row.get("id"), UUID)),
        centres=centres,
        officers={staff.officers[centre][0]: centre for centre in centres},
        officer_names={staff.officers[centre][1]: centre for centre in centres},
        staff=staff.numbers,
        staff_words=staff.words,
        called=_called(life),
        references=frozenset(row["reference"] for row in life.rows.get("referral", ())),
        phones=list(dict.fromkeys(phones)),
        homes=list(dict.fromkeys(filter(None, [person["council_code"], *homes]))),
        born=person["date_of_birth"],
    )


def _counted(life: Life) -> Counted:
    stays = life.facts.stays
    of_desk = dict.fromkeys(DISCLOSED, 0)
    for need in life.facts.needs:
        if need["need"] in of_desk:
            of_desk[need["need"]] += 1
    cases = life.rows.get("referral_case", ())
    return Counted(
        began=min(stay["authorised_at"] for stay in life.stays),
        stays=len(life.stays),
        is_over=all(stay["released_at"] for stay in life.stays)
        and all(case["closed_at"] for case in cases),
        agreed=sum(stay["agreed_at"] is not None for stay in stays),
        referred=sum(stay["referred_at"] is not None for stay in stays),
        children=sum(stay["age"] is not None and stay["age"] < GROWN for stay in stays),
        needs=tuple(of_desk.values()),
    )
