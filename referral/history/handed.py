"""One person handed to one service: how far it got, and whether it may be offered again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from referral.handoff.referrals.states import TAKEN_ON, ReferralState

WITHDREW = frozenset({"WITHDREW", "WITHC"})  # the person's own no, by the code of an ending
BY_SERVICE = frozenset({"CANNOT", "WITHP", "SERVICE"})  # the service's
NEVER_CAME = frozenset({"NOENG", "ENGAGE"})
GONE = frozenset({"DIED", "MOVED", "TRANS_A", "TRANS_P"})
MONTH = timedelta(days=31)  # what custody is told instead of a date
HALF_YEAR = timedelta(days=183)
WORTH_IT = {"yes": "worth it", "partly": "partly worth it", "no": "not worth it"}


@dataclass(frozen=True)
class Handed:
    """What is known of one hand-off, from one stay.

    `told` says whether the person lets what came of it be known here: without it nobody is said to
    have come or not. `came`, `missed` and `unsaid` count the meetings that are over; `seen_at` is
    when the service last saw or reached them. `reason` and `why` are those of the end or the pause.
    `taken_back` says that the person lets the service know them no more, `helped` that some need of
    theirs became better.
    """

    stay_id: UUID
    service_id: UUID
    service: str
    state: ReferralState
    sent_at: datetime
    told: bool
    taken_on: bool = False
    started: bool = False
    came: int = 0
    missed: int = 0
    unsaid: int = 0
    seen_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""
    why: str = ""
    changes: Sequence[str] = ()
    worth: str = ""
    taken_back: bool = False
    shut: bool = False
    helped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the service has them, or was asked to."""
        return self.ended_at is None and not self.taken_back

    @property
    def has_them(self) -> bool:
        """Whether the service took them on and has not ended it."""
        return self.is_open and self.state in TAKEN_ON

    @property
    def declined(self) -> bool:
        """Whether the service does not want them, at first or later."""
        return self.state is ReferralState.REJECTED or self.reason in BY_SERVICE

    @property
    def withdrew(self) -> bool:
        """Whether the person does not want it."""
        return self.taken_back or self.reason in WITHDREW

    @property
    def met(self) -> bool:
        """Whether the person is known to have come."""
        return self.told and (self.came > 0 or self.started)

    @property
    def never_met(self) -> bool:
        """Whether they are known not to have met. Silence is not "did not come"."""
        if self.met or self.seen_at:
            return False
        nobody_came = self.missed > 0 and self.unsaid == 0
        return not self.taken_on or (self.told and (nobody_came or self.reason in NEVER_CAME))

    @property
    def far(self) -> str:
        """How far it got, in a few words; nothing is guessed."""
        if self.state is ReferralState.REJECTED:
            return "Said no"
        if not self.taken_on:
            return "Not answered" if self.is_open else "Ended before an answer"
        if self.met:
            return "Met once" if self.came == 1 else "Engaged"
        if self.seen_at:
            return "Reached, not met"
        return "Never met" if self.never_met else "Taken on, meetings not known"

    @property
    def meetings(self) -> str:
        """'Came to 6 of 8 meetings'; empty where nobody has said anything of any."""
        said = self.came + self.missed
        return f"Came to {self.came} of {said} meeting{'s' if said != 1 else ''}" if said else ""

    @property
    def worked(self) -> bool:
        """Whether it is known to have been good for them: they came, and say so, or it changed."""
        good = self.worth in {"yes", "partly"} or (self.helped and self.worth != "no")
        return self.met and good and not self.withdrew

    @property
    def came_of_it(self) -> str:
        """The service with how far it got and what they say of it: 'Hub: met once, worth it'."""
        far = f"{self.far[:1].lower()}{self.far[1:]}"
        met = f"{self.meetings[:1].lower()}{self.meetings[1:]}" if self.met else ""
        said = [far, met, WORTH_IT.get(self.worth, "")]
        return f"{self.service}: {', '.join(filter(None, said))}"

    @property
    def against(self) -> str:
        """Why not again, in words; empty where nothing is known to speak against it."""
        if self.withdrew:
            return "they do not want it"
        if self.declined:
            return f"said no, {self.why[:1].lower()}{self.why[1:]}" if self.why else "said no"
        if self.shut:
            return "has closed"
        if self.never_met and not self.is_open:
            return "never met"
        if self.worth == "no" and not self.is_open:
            return "they say it was not worth it"
        return self.why.lower() if self.reason in GONE else ""

    @property
    def may_be_again(self) -> bool:
        """Whether it can be offered to them again: it is over, they met, and nobody minded."""
        return self.ended_at is not None and self.met and not self.against

    @property
    def offer(self) -> str:
        """What to offer of it to somebody who is back; empty where nothing is.

        Never a service that declined, was never met, has closed, or that the person withdrew from.
        """
        if self.shut:
            return ""
        if self.has_them:
            if self.worth == "no":
                return f"Ask whether to go on with {self.service}"
            known = self.started or self.met
            return f"{'Go on' if known else 'A first meeting'} with {self.service}"
        if self.is_open:
            return f"Ask {self.service} for its answer"
        return f"{self.service} again" if self.may_be_again else ""

    @property
    def comes_first(self) -> tuple[bool, bool]:
        """What goes on comes before what was asked, and that before what is over."""
        return not self.has_them, not self.is_open


def latest_of_each(handed: Sequence[Handed]) -> list[Handed]:
    """The last word of each service, the latest first."""
    last = {one.service_id: one for one in sorted(handed, key=lambda one: one.sent_at)}
    return sorted(last.values(), key=lambda one: one.seen_at or one.sent_at, reverse=True)


def best_of(handed: Sequence[Handed]) -> Handed | None:
    """The hand-off to come back to; None where nothing of all that is to be offered."""
    offered = [one for one in latest_of_each(handed) if one.offer]
    return min(offered, key=lambda one: one.comes_first, default=None)


def seen_within(seen_at: datetime | None, at: datetime) -> str:
    """How long ago somebody was seen, as vaguely as custody may know it; empty: not known."""
    if seen_at is None:
        return ""
    gone = at - seen_at
    if gone <= MONTH:
        return "within a month"
    return "within half a year" if gone <= HALF_YEAR else "longer ago"
