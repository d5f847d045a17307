"""By which way a message may reach a person at this moment, or why it may not go out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from referral.casework.contact_plan.hours import Hours, hours_in
from referral.post.messages.channels import ANY_OF_THEM, FIRST_TO_LAST, Channel

ALL_DAY = Hours()


class WhyNot(StrEnum):
    """A reason why a message did not go out."""

    CONSENT = "consent"
    PLAN = "plan"
    ENDED = "ended"
    HELD = "held"
    INSIDE = "inside"
    WAY = "way"
    WHERE = "where"
    HOURS = "hours"
    LATE = "late"
    OVER = "over"
    NUMBER = "number"
    STOPPED = "stopped"
    DIED = "died"


BECAUSE: Mapping[WhyNot, str] = {
    WhyNot.CONSENT: "they do not agree to be contacted, or no longer do",
    WhyNot.PLAN: "there is no plan to stay in touch",
    WhyNot.ENDED: "the plan to stay in touch has ended",
    WhyNot.HELD: "they are in prison or in hospital",
    WhyNot.INSIDE: "they may be in custody: no release is recorded",
    WhyNot.WAY: f"they have not agreed to {ANY_OF_THEM} for this",
    WhyNot.WHERE: "there is no confirmed number, email or address for the way they chose",
    WhyNot.HOURS: "nobody but a person can tell from their words when it is safe. Ring them, or "
    "write the times like “after 12” or “10 to 16”",
    WhyNot.LATE: "it could not go out in time within safe hours",
    WhyNot.OVER: "what it was about has since changed",
    WhyNot.NUMBER: "the directory has no phone number for your team to put in it",
    WhyNot.STOPPED: "the team stopped it",
    WhyNot.DIED: "somebody said that they have died",
}


@dataclass(frozen=True)
class Reach:
    """All that counts of a person's agreement and plan, as it stands at this moment.

    `phone` is the number that was confirmed, if it is still theirs. `held` is prison or hospital,
    `inside` a stay in custody whose end is not recorded, `died` that somebody said so. A number or
    address that somebody said is wrong is none.
    """

    died: bool = False
    agreed: bool = False
    channels: Collection[str] = ()
    no_letters: bool = False
    safe_times: str = ""
    planned: bool = False
    ended: bool = False
    held: bool = False
    inside: bool = False
    best_way: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def place_of(self, channel: Channel) -> str:
        """Where a message of a channel would go; empty where nowhere."""
        place: str = getattr(self, channel.manner.place)
        return place


@dataclass(frozen=True)
class Way:
    """By which channel, where, and in which hours."""

    channel: Channel
    to: str
    hours: Hours


def way_of(reach: Reach, fit: Collection[Channel] = FIRST_TO_LAST) -> Way | WhyNot:
    """The way that the person likes best of those that fit the message, or why there is none.

    The safe hours do not bind what lies unseen until it is opened.
    """
    if found := _shut(reach):
        return found
    agreed = [c for c in FIRST_TO_LAST if c in fit and c in reach.channels]
    agreed = [c for c in agreed if not (c.manner.on_paper and reach.no_letters)]
    if not agreed:
        return WhyNot.WAY
    best_first = sorted(agreed, key=lambda channel: channel != reach.best_way)
    reached = [channel for channel in best_first if reach.place_of(channel)]
    if not reached:
        return WhyNot.WHERE
    hours = ALL_DAY if reached[0].manner.any_hour else hours_in(reach.safe_times)
    return Way(reached[0], reach.place_of(reached[0]), hours) if hours else WhyNot.HOURS


def _shut(reach: Reach) -> WhyNot | None:
    shut = (
        (reach.died, WhyNot.DIED),
        (not reach.agreed, WhyNot.CONSENT),
        (not reach.planned, WhyNot.PLAN),
        (reach.ended, WhyNot.ENDED),
        (reach.inside, WhyNot.INSIDE),
        (reach.held, WhyNot.HELD),
    )
    return next((why for true, why in shut if true), None)
