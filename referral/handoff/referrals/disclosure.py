"""What a service is told at each level of consent, how that is written down, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from referral.consent.purposes import Level
from referral.people.naming import NAMELESS, Naming

if TYPE_CHECKING:
    from referral.handoff.referrals.needs import KnownNeed


class Why(StrEnum):
    """Why something was told: the hand-off, or one thing more that the person agreed to since."""

    SENT = "sent"
    NAME = "name"
    REACH = "reach"
    NEEDS = "needs"
    LEVEL = "level"


class ToTell(Protocol):
    """Who a service could be told of: as recorded, or as typed and not saved yet."""

    @property
    def name(self) -> str: ...
    @property
    def naming(self) -> Naming: ...
    @property
    def phone(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def interpreter(self) -> bool: ...
    @property
    def date_of_birth(self) -> date | None: ...
    @property
    def sex(self) -> str: ...


class SafeWays(Protocol):
    """What the person agreed to of how to be reached."""

    @property
    def channels(self) -> tuple[str, ...]: ...
    @property
    def safe_times(self) -> str: ...
    @property
    def no_message(self) -> bool: ...
    @property
    def no_letters(self) -> bool: ...


@dataclass(frozen=True)
class Ways:
    """How the person may be reached, as a service was told."""

    channels: tuple[str, ...] = ()
    safe_times: str = ""
    no_message: bool = False
    no_letters: bool = False


@dataclass(frozen=True)
class Disclosed:
    """The facts that leave; None and empty stand for those not told at this level."""

    name: str
    phone: str
    language: str
    interpreter: bool
    rules: Ways | None
    needs: tuple[str, ...] | None = None
    help_now: tuple[str, ...] = ()  # those of the needs that cannot wait
    date_of_birth: date | None = None
    sex: str | None = None
    assessment: tuple[str, ...] = ()

    @property
    def is_nameless(self) -> bool:
        """Whether words were told in the place of a name."""
        return self.name.startswith(tuple(NAMELESS.values()))

    @property
    def initials(self) -> str:
        """All of the name that a list shows; the words that stand for one where there is none."""
        if self.is_nameless:
            return self.name
        return "".join(f"{part[:1]}." for part in self.name.split()).upper()


NEEDS = frozenset({"needs", "help_now", "assessment"})
FIELDS: Mapping[Why, frozenset[str]] = {
    Why.SENT: frozenset(Disclosed.__dataclass_fields__),
    Why.NAME: frozenset({"name"}),
    Why.REACH: frozenset({"phone", "language", "interpreter", "rules"}),
    Why.NEEDS: NEEDS,
    Why.LEVEL: NEEDS | {"date_of_birth", "sex"},
}


def disclosed(
    person: ToTell,
    needs: Sequence[KnownNeed],
    level: Level,
    rules: SafeWays | None = None,
    assessment: Sequence[str] = (),
) -> Disclosed:
    """The person as a service may see them: contact only, with needs, or with all that was found.

    How to reach the person safely, and in which language, goes with every level, because a wrong
    call can hurt someone; without agreement to be contacted (`rules`) no number is told at all.
    `needs` and `assessment` are those chosen for this service. Preview, page and letter come from
    here, so that what is read out is what is told.
    """
    full = level is Level.FULL
    return Disclosed(
        name=person.name,
        phone=person.phone if rules else "",
        language=person.language,
        interpreter=person.interpreter,
        rules=ways(rules),
        date_of_birth=person.date_of_birth if full else None,
        sex=person.sex if full else None,
        assessment=tuple(assessment) if full else (),
        **_of_needs(needs, level),
    )


def _of_needs(needs: Sequence[KnownNeed], level: Level) -> dict[str, Any]:
    if level is Level.CONTACT:
        return {"needs": None, "help_now": ()}
    urgent = tuple(need.code for need in needs if need.help_now)
    return {"needs": tuple(need.code for need in needs), "help_now": urgent}


def ways(rules: SafeWays | None) -> Ways | None:
    """The rules of contact as they are told."""
    if rules is None:
        return None
    return Ways(tuple(rules.channels), rules.safe_times, rules.no_message, rules.no_letters)


def written(told: Disclosed, why: Why = Why.SENT) -> dict[str, Any]:
    """What of it is told for one reason, as it is written down for good."""
    said = {name: value for name, value in asdict(told).items() if name in FIELDS[why]}
    if said.get("date_of_birth"):
        said["date_of_birth"] = told.date_of_birth.isoformat() if told.date_of_birth else None
    return said


def read_back(parts: Iterable[Mapping[str, Any]]) -> Disclosed:
    """All that a service was told, from the parts in the order in which they were told.

    Needs and findings are added; of everything else what was told last is what it knows.
    """
    known: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            known[name] = _both(known.get(name), value) if name in NEEDS else value
    born, rules = known["date_of_birth"], known["rules"]
    return Disclosed(
        name=known["name"],
        phone=known["phone"],
        language=known["language"],
        interpreter=known["interpreter"],
        rules=Ways(**rules | {"channels": tuple(rules["channels"])}) if rules else None,
        needs=None if known["needs"] is None else tuple(known["needs"]),
        date_of_birth=date.fromisoformat(born) if born else None,
        help_now=tuple(known["help_now"]),
        sex=known["sex"],
        assessment=tuple(known["assessment"]),
    )


def _both(before: list[str] | None, more: list[str] | None) -> list[str] | None:
    """What was told before and what is told now, each once; None while nothing is told at all."""
    if before is None or more is None:
        return before if more is None else more
    return [*before, *(one for one in more if one not in before)]


def up_to(told: Disclosed, level: Level) -> Disclosed:
    """Of what was told, all that the person still agrees to."""
    if level is Level.FULL:
        return told
    kept = replace(told, date_of_birth=None, sex=None, assessment=())
    return kept if level is Level.SUMMARY else replace(kept, needs=None, help_now=())


def new_name(person: ToTell, told: str) -> str:
    """The name that the person has now, where a service was told another or none; or empty."""
    return "" if person.naming in NAMELESS or person.name == told else person.name


def is_more(level: Level, before: Iterable[Level]) -> bool:
    """Whether a level goes beyond all of those."""
    levels = list(Level)
    return all(levels.index(level) > levels.index(one) for one in before)
