"""What happened before, as an answer: did they engage, was it worthwhile, what to offer now?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.handoff.referrals.states import ReferralState
from referral.history.handed import WORTH_IT, Handed, best_of, latest_of_each

NOT_TOLD = "They did not agree that we hear how it went"
Day = Callable[[datetime], str]  # how a day is written


@dataclass(frozen=True)
class Worth:
    """What the person said themselves, by code, in their own words if they found some, and when."""

    code: str
    words: str
    said_at: datetime


@dataclass(frozen=True)
class Earlier:
    """One stay before this one: when and where, how it ended, what they wanted and said.

    `answer` is their last answer to the offer, empty where nobody asked; `worth` what they said of
    it later, where that may be known here.
    """

    began: datetime
    where: str
    left: str
    wanted: Sequence[str]
    answer: str
    handed: Sequence[Handed]
    worth: Worth | None = None


@dataclass(frozen=True)
class Said:
    """One answer: a few words that are true by themselves, and what they rest on."""

    short: str
    more: str = ""


@dataclass(frozen=True)
class Answer:
    """The four answers, the stays that they come from; what not to offer again, and what worked."""

    engaged: Said
    worthwhile: Said
    still_on: Said
    offer: Said
    stays: Sequence[Earlier]
    not_again: Sequence[str]
    worked: Sequence[str]

    @property
    def sentence(self) -> str:
        """All four in one line."""
        return (
            f"Engaged: {self.engaged.short}. Worthwhile: {self.worthwhile.short}. "
            f"Still on: {self.still_on.short}. Offer now: {self.offer.short}."
        )


def answer_of(
    stays: Sequence[Earlier], here: Sequence[Handed], told: bool, day: Day
) -> Answer | None:
    """The answer from the stays before this one, the latest first; None where there is none.

    `here` are the hand-offs of this stay, which may have changed what is to be offered. `told` says
    whether the person lets it be known how it went.
    """
    if not stays:
        return None
    before = [one for stay in stays for one in stay.handed]
    everything = [*before, *here]
    against = [(one.service, one.against) for one in latest_of_each(everything)]
    return Answer(
        engaged=_engaged(stays, before, told, day),
        worthwhile=_worthwhile(stays, told, day),
        still_on=_still_on(before, day),
        offer=_offer(everything, day),
        stays=stays,
        not_again=[f"{service}: {why}" for service, why in against if why],
        worked=[one.came_of_it for one in latest_of_each(everything) if one.worked],
    )


def _engaged(stays: Sequence[Earlier], before: Sequence[Handed], told: bool, day: Day) -> Said:
    if not before:
        wanted = any(stay.answer == "accepted" for stay in stays)
        words = (
            "They said yes and were handed to no service" if wanted else "They were not handed on"
        )
        return Said("Nothing was tried", words)
    if met := [one for one in latest_of_each(before) if one.met]:
        return Said(f"Yes, with {_and(one.service for one in met)}", _seen(met[0], day))
    if all(one.state is ReferralState.REJECTED for one in before):
        return Said("No service took them", _and(one.service for one in latest_of_each(before)))
    if not told:
        return Said("Not known", NOT_TOLD)
    if unknown := [one for one in latest_of_each(before) if not one.never_met]:
        reached = f"reached {day(unknown[0].seen_at)}" if unknown[0].seen_at else ""
        words = reached or "nobody has said whether they came"
        return Said("Not known", f"{unknown[0].service}: {words}")
    return Said("No, never met", _and(one.service for one in latest_of_each(before)))


def _seen(one: Handed, day: Day) -> str:
    last = f"last seen {day(one.seen_at)}" if one.seen_at else "when is not known"
    return f"{one.meetings}, {last}" if one.meetings else f"They came, {last}"


def _worthwhile(stays: Sequence[Earlier], told: bool, day: Day) -> Said:
    said = [stay.worth for stay in stays if stay.worth]
    if not said:
        return Said("Not known", "They have not said" if told else NOT_TOLD)
    last = max(said, key=lambda word: word.said_at)
    if last.code not in WORTH_IT:
        unsure = last.code == "unsure"
        return Said("They are not sure" if unsure else "Not known", f"Asked {day(last.said_at)}")
    quoted = f"“{last.words}”, " if last.words else ""
    return Said(f"They say {last.code}", f"{quoted}{day(last.said_at)}")


def _still_on(before: Sequence[Handed], day: Day) -> Said:
    last = latest_of_each(before)
    if theirs := [one for one in last if one.has_them]:
        first = theirs[0]
        paused = first.state is ReferralState.ON_HOLD
        more = f"Paused: {first.why.lower()}" if first.why else "Paused"
        taken = f"Sent {day(first.sent_at)}, taken on"
        names = _and(one.service for one in theirs)
        return Said(f"{'Paused' if paused else 'Yes'}, with {names}", more if paused else taken)
    if asked := [one for one in last if one.is_open]:
        return Said("Not answered yet", f"{asked[0].service} was asked {day(asked[0].sent_at)}")
    ended = [(one.ended_at, one.service, one.why) for one in last if one.ended_at]
    if not ended:
        return Said("No")
    over, service, why = max(ended)
    because = f": {why[:1].lower()}{why[1:]}" if why else ""
    return Said("No", f"{service} ended {day(over)}{because}")


def _offer(everything: Sequence[Handed], day: Day) -> Said:
    one = best_of(everything)
    if one is None:
        return Said("Ask what they want now")
    words = one.offer
    if one.worth == "no":
        return Said(words, "They say that it was not worth it")
    if one.has_them and one.state is ReferralState.ON_HOLD:
        return Said(words, f"Paused: {one.why.lower()}" if one.why else "Paused")
    return Said(words, f"Last seen there {day(one.seen_at)}" if one.seen_at else "")


def _and(names: Iterable[str]) -> str:
    listed = list(names)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
