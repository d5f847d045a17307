"""How much a service sees of a referral: what it was told, as far as it holds, and while it is due.

Nothing is ever wider than what was told. What has become narrower since reaches the service at
once, as what not to use; what is new is told in an act of its own.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from referral.consent.purposes import Level
from referral.handoff.referrals.disclosure import Disclosed, Ways, up_to
from referral.handoff.referrals.states import ENDED_STATES, ReferralState
from referral.people.naming import NAMELESS, Naming


class Sight(StrEnum):
    """The person, for whom they are with; its own notes, to write up how it ended; or a number."""

    PERSON = "person"
    OUTCOME = "outcome"
    REFERENCE = "reference"


class Unfit(StrEnum):
    """What a service was told and must use no more."""

    NAME = "name"
    CONTACT = "contact"
    NUMBER = "number"
    CHANNEL = "channel"
    TIMES = "times"
    VOICEMAIL = "voicemail"
    LETTERS = "letters"


SENTENCES = {
    Unfit.NAME: "Do not use: the name that you were told. It was not theirs. Ask the team.",
    Unfit.CONTACT: "Do not use: any way to reach them. They do not want to be contacted.",
    Unfit.NUMBER: "Do not use: the phone number that you were told. Ask the team.",
    Unfit.CHANNEL: "Do not use: any way to reach them other than those shown here.",
    Unfit.TIMES: "Do not use: the times that you know. They have changed: ask the team first.",
    Unfit.VOICEMAIL: "Do not use: voicemail. Leave no message.",
    Unfit.LETTERS: "Do not use: letters to their address.",
}
WRITTEN_UP = frozenset({ReferralState.COMPLETED, ReferralState.FAILED})


@dataclass(frozen=True)
class Today:
    """What holds now: how much the person agrees to, how to reach them, and whether by phone and
    under the name that was told."""

    level: Level
    rules: Ways | None
    number_holds: bool
    name_holds: bool = True


@dataclass(frozen=True)
class Seen:
    """One referral as its service sees it; `needs` are None where it is not told which they are."""

    sight: Sight
    person: Disclosed | None = None
    needs: tuple[str, ...] | None = None
    unfit: tuple[Unfit, ...] = ()
    until: datetime | None = None  # its own notes

    @property
    def warnings(self) -> list[str]:
        """What not to use, in words."""
        return [SENTENCES[one] for one in self.unfit]


NOTHING = Seen(Sight.REFERENCE)


def sight_of(state: ReferralState, write_up_until: datetime | None, at: datetime) -> Sight:
    """How much there is to see of a referral of which the person agrees that the service knows.

    Who said no, or was asked by mistake or in vain, needs nothing any more. Who had the person and
    has ended has until `write_up_until` to say what came of it.
    """
    if state not in ENDED_STATES:
        return Sight.PERSON
    if state in WRITTEN_UP and write_up_until and at < write_up_until:
        return Sight.OUTCOME
    return Sight.REFERENCE


def seen(told: Disclosed, today: Today, sight: Sight, until: datetime | None = None) -> Seen:
    """What of all that was told a service sees now, and its own notes until when."""
    if sight is Sight.REFERENCE:
        return NOTHING
    kept = up_to(told, today.level)
    if sight is Sight.OUTCOME:
        return Seen(sight, needs=kept.needs, until=until)
    rules = _narrower(told.rules, today.rules)
    may_call = rules and today.number_holds and not _no_way_left(told.rules, rules)
    name = kept.name if today.name_holds else NAMELESS[Naming.UNKNOWN]
    shown = replace(kept, name=name, phone=kept.phone if may_call else "", rules=rules)
    return Seen(sight, shown, kept.needs, unfit_now(told, today))


def unfit_now(told: Disclosed, today: Today) -> tuple[Unfit, ...]:
    """What the service was told of the person's name and of how to reach them, and must use no
    more."""
    name = () if today.name_holds else (Unfit.NAME,)
    return *name, *_ways_unfit(told, today)


def _ways_unfit(told: Disclosed, today: Today) -> tuple[Unfit, ...]:
    was, now = told.rules, today.rules
    if was is None:
        return ()
    if now is None:
        return (Unfit.CONTACT,)
    found = {
        Unfit.NUMBER: bool(told.phone) and not today.number_holds,
        Unfit.CHANNEL: set(_channels(was, now)) != set(was.channels),
        Unfit.TIMES: now.safe_times not in {"", was.safe_times},
        Unfit.VOICEMAIL: now.no_message and not was.no_message,
        Unfit.LETTERS: now.no_letters and not was.no_letters,
    }
    return tuple(one for one, true in found.items() if true)


def _narrower(was: Ways | None, now: Ways | None) -> Ways | None:
    if was is None or now is None:
        return None
    times = was.safe_times if now.safe_times in {"", was.safe_times} else ""
    return Ways(
        _channels(was, now),
        times,
        was.no_message or now.no_message,
        was.no_letters or now.no_letters,
    )


def _no_way_left(was: Ways | None, left: Ways | None) -> bool:
    """Whether none of the ways that were told holds; none named at all stands for any."""
    return bool(was and was.channels and left and not left.channels)


def _channels(was: Ways, now: Ways) -> tuple[str, ...]:
    """Those that were told and still hold; none named stands for any."""
    if not was.channels or not now.channels:
        return was.channels or now.channels
    return tuple(channel for channel in was.channels if channel in now.channels)
