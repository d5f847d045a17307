"""Which codes say that something has ended or changed for a person, and what follows from it.

The one place that knows: who plans, lists, sends or prints asks it when it acts. A code of a list
that may say such a thing is named here, also where it says nothing of the kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from referral.casework.cases.next_steps import NextStep
from referral.directory.deadlines import Kind


class Fact(StrEnum):
    """Something that is true from now on, until it is taken back."""

    DIED = "died"
    WRONG = "wrong number"
    MOVED = "moved away"
    PRISON = "in prison"
    HOSPITAL = "in hospital"
    NO_CONTACT = "wants no contact"
    SERVICE_CLOSED = "service closed"
    SERVICE_MOVED = "service moved"
    WORKER_LEFT = "worker left"
    CARD_LOST = "card lost"
    BORN_CORRECTED = "birth date corrected"
    JOINED = "records joined"
    PARTED = "records parted"


class Sender(StrEnum):
    """What goes out about a person, or to them."""

    RING = "ring"
    REMINDER = "reminder"
    WORTH = "worth"
    ASK_SERVICE = "what became of them"
    GROUP = "the list for the overdose group"
    CARD = "the printed card"
    MENTOR = "the list of a peer mentor"


@dataclass(frozen=True)
class Meaning:
    """What a fact stops, and what the team is asked to do about it, by when.

    `kept` is a fact that no other row holds: it is written down as it was said.
    """

    stops: frozenset[Sender] = frozenset()
    asks: NextStep | None = None
    by: Kind = Kind.CONFIRM
    kept: bool = False


F = Fact
TO_THEM = frozenset({Sender.RING, Sender.REMINDER, Sender.WORTH})
MEANINGS: Mapping[Fact, Meaning] = {
    F.DIED: Meaning(frozenset(Sender), NextStep.DIED, kept=True),
    # only what would go to that number or address; another one of theirs may be used
    F.WRONG: Meaning(asks=NextStep.NUMBER, by=Kind.NEXT_TRY, kept=True),
    F.MOVED: Meaning(asks=NextStep.MOVED, kept=True),
    # the plan waits and is looked at again
    F.PRISON: Meaning(TO_THEM, NextStep.REVIEW, Kind.PAUSED),
    F.HOSPITAL: Meaning(TO_THEM, NextStep.REVIEW, Kind.PAUSED),
    F.NO_CONTACT: Meaning(TO_THEM),  # the consent is gone, and the plan has ended
    F.SERVICE_CLOSED: Meaning(frozenset({Sender.ASK_SERVICE}), NextStep.ANEW, Kind.DECIDE),
    F.SERVICE_MOVED: Meaning(),  # its links die, and what is open goes to the new address
    F.WORKER_LEFT: Meaning(),  # the cases are the team's
    F.CARD_LOST: Meaning(),  # its code opens nothing
    F.BORN_CORRECTED: Meaning(),  # a printed card opens with either date
    F.JOINED: Meaning(),  # the same
    F.PARTED: Meaning(),  # each card opens with the dates of its own record
}

NOTHING = None
MEANS: Mapping[str, Mapping[str, Fact | None]] = {
    "attempt": {
        "WRONG": F.WRONG, "REMAND": F.PRISON, "HOSP": F.HOSPITAL, "MOVED": F.MOVED,
        "DECEASED": F.DIED,
        "reached": NOTHING, "message": NOTHING, "NOANS": NOTHING, "NFA": NOTHING,
    },
    "contact_fail": {
        "WRONG": F.WRONG, "REMAND": F.PRISON, "HOSP": F.HOSPITAL, "MOVED": F.MOVED,
        "DECEASED": F.DIED, "NOANS": NOTHING, "NFA": NOTHING,
    },
    "close": {
        "DIED": F.DIED, "TRANS_P": F.PRISON, "TRANS_A": F.MOVED,
        "COMPL": NOTHING, "COMPLP": NOTHING, "TRANS_C": NOTHING, "DROP": NOTHING,
        "WITHP": NOTHING, "NOENG": NOTHING, "ERR": NOTHING,
        "WITHC": NOTHING,  # from this service; what else they want, they say to the team
    },
    "fail": {
        "DIED": F.DIED, "MOVED": F.MOVED, "REACH": NOTHING, "ENGAGE": NOTHING, "SERVICE": NOTHING,
        "DROP": NOTHING,
        "WITHC": NOTHING,  # the same
    },
    "hold": {"REMAND": F.PRISON, "HOSP": F.HOSPITAL, "AWAY": NOTHING, "ASKED": NOTHING},
    "cancel": {
        "WITHDREW": NOTHING, "LAPSED": NOTHING, "MISTAKE": NOTHING, "NONEED": NOTHING,
        "CANNOT": NOTHING,
    },
    "release": {
        "REMAND": F.PRISON, "HOSP": F.HOSPITAL,
        "UNDERTAKING": NOTHING, "NOCHARGE": NOTHING, "INVEST": NOTHING,
        "COURT": NOTHING,  # a stay that goes on, and no place of its own
    },
    "case_close": {
        "DIED": F.DIED, "MOVED": F.MOVED, "CHOICE": F.NO_CONTACT,
        "DONE": NOTHING, "REACH": NOTHING, "ERR": NOTHING,
    },
    "plan_end": {
        "DECEASED": F.DIED, "DIED": F.DIED, "MOVED": F.MOVED, "CHOICE": F.NO_CONTACT,
        "NEW": NOTHING, "DONE": NOTHING, "REACH": NOTHING, "ERR": NOTHING,
    },
    "not_held": {
        "CUSTODY": NOTHING,  # their stay is recorded where they are held
        "SERVICE": NOTHING, "ILL": NOTHING, "ACCESS": NOTHING, "OTHER": NOTHING,
    },
    "unmet": dict.fromkeys(("none", "full", "eligible", "refused", "declined"), NOTHING),
    "service_decline": dict.fromkeys(("CAP", "ELIG", "AREA", "DUP", "RISK", "INFO"), NOTHING),
}  # fmt: skip
# what is asked and chosen, and says nothing of what has become of anybody
OTHER_LISTS = frozenset({
    "need", "desk_need", "offer_not_made", "declined", "origin", "asker", "given_how",
    "contact_channel",
    "naloxone", "told", "language", "substance", "route_of_use", "severity", "need_change",
    "moved_by", "number_confirmed", "worth_it", "capacity", "centre_kind", "access_model",
    "danger", "look_reason", "drop", "ethnicity", "disability", "helpline",
})  # fmt: skip
ASKED = frozenset(act for meaning in MEANINGS.values() if (act := meaning.asks))
HOLDS: Mapping[Fact, str] = {F.PRISON: "REMAND", F.HOSPITAL: "HOSP"}
# which of a person's places a try by a channel was made at
PHONE = "phone"
PLACE_OF: Mapping[str, str] = {
    "call": PHONE,
    "text": PHONE,
    "email": "email",
    "letter": "address",
}


def meant_by(list_name: str, code: str | None) -> Fact | None:
    """The fact that a code of a list says; None where it says none, or where it is unknown."""
    return MEANS.get(list_name, {}).get(code or "")


def is_stopped(sender: Sender, facts: frozenset[Fact]) -> bool:
    """Whether something must not go out while these facts stand."""
    return any(sender in MEANINGS[fact].stops for fact in facts)
