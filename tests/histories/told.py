"""What happened in a history, as those who did it would tell it: plain records, no rows.

The machine adds to them after each act that was not refused. Nothing here asks the product.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

GOES_TO = {
    "send": "requested",
    "accept": "accepted",
    "reject": "rejected",
    "cancel": "cancelled",
    "start": "in-progress",
    "hold": "on-hold",
    "resume": "in-progress",
    "complete": "completed",
    "fail": "failed",
    "mark_error": "entered-in-error",
}
NEEDS = ("DRUG", "MH", "HOUS")
DANGERS = ("overdose", "self_harm")
ENDED = {"rejected", "cancelled", "completed", "failed", "entered-in-error"}


@dataclass
class Stay:
    """One stay: whose it is held to be, since when, at a centre of the team or elsewhere."""

    number: UUID
    who: UUID
    since: datetime
    ours: bool
    earlier: list[datetime] = field(default_factory=list)  # since when, before it was corrected
    mistake: bool = False
    assessed: bool = False
    answers: list[tuple[str, str]] = field(default_factory=list)  # the answer, and why not
    said: list[tuple[str, str]] = field(default_factory=list)  # every answer, one after the other
    needs: dict[str, bool] = field(default_factory=dict)  # the latest yes or no
    worth: dict[UUID, str] = field(default_factory=dict)  # by the time at which it was asked

    def hears(self, said: dict[str, str]) -> None:
        """A yes or no takes the place of what was said before; anything else of nothing."""
        self.said += said.items()
        needs = {code: one for code, one in said.items() if code in NEEDS}
        self.needs |= {code: one == "yes" for code, one in needs.items() if one in {"yes", "no"}}


@dataclass
class Meeting:
    """An appointment: when it begins, whether it was held and they came; None while not said."""

    begins: datetime
    held: bool | None = None
    came: bool | None = None
    before: str = ""  # the state of the referral before this was said
    moved_to: UUID | None = None  # the one that takes its place


@dataclass
class Sent:
    """One referral, from the stay that it was made in."""

    number: UUID
    stay: Stay
    service: UUID
    chosen: frozenset[str]
    state: str = "draft"
    left: bool = False
    accepted: bool = False
    reached: bool = False
    ended_at: datetime | None = None
    before: str = ""  # the state before they were said to have come
    dropped: bool = False  # with the stay, which was a mistake
    meetings: dict[UUID, Meeting] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether nobody has ended it."""
        return self.state not in ENDED

    def goes(self, step: str, at: datetime) -> None:
        """One move of one side; a question or a call leaves it where it is."""
        self.state = GOES_TO.get(step, self.state)
        self.left = self.left or step == "send"
        self.accepted = self.accepted or step == "accept"
        self.ended_at = at if self.state in ENDED else None

    def is_asked_anew(self) -> None:
        """The answer was a mistake."""
        self.state = "requested"
        self.accepted = False
        self.ended_at = None

    def is_over(self, now: datetime) -> bool:
        """Whether an appointment is over of which nobody knows whether they came."""
        return any(
            one.begins < now and one.came is None and one.held is not False
            for one in self.meetings.values()
        )

    @property
    def came(self) -> bool:
        """Whether they came to one appointment."""
        return any(one.came for one in self.meetings.values())


@dataclass
class Told:
    """Everything that happened."""

    stays: dict[UUID, Stay] = field(default_factory=dict)
    sent: dict[UUID, Sent] = field(default_factory=dict)
    people: list[UUID] = field(default_factory=list)

    def moves(self, of: UUID, to: UUID) -> None:
        """All stays of one record are those of another from now on."""
        for stay in self.stays.values():
            if stay.who == of:
                stay.who = to
