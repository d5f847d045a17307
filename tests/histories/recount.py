"""The outcome report worked out from what happened: plain sums, and none of the product's code.

The definitions are those of `referral/reports/measures.toml`, read by a person and written anew.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from histories.told import Sent, Stay, Told

AGAIN = timedelta(days=90)
NAMES = {"DRUG": "Drugs", "MH": "Mental health", "HOUS": "Housing or homelessness"}
DECLINED = {"TRUST": "Does not trust police or services", "": "No reason given"}
NOT_ASKED = {
    "RELQ": "Released too quickly",
    "UNFIT": "Not fit to be asked yet (return later)",
}
WORTH = {"yes": "Yes", "partly": "Partly", "no": "No"}
ASKED = {"accepted", "declined", "not now"}


@dataclass
class Recounted:
    """People, instances and unknown of each step; people of each need; the lists below."""

    ladder: dict[str, tuple[int, int, int]]
    needs: dict[str, tuple[int, int, int]]
    not_asked: Counter[str]
    declined: Counter[str]
    worth: Counter[str]


def recount(told: Told, starts: datetime, ends: datetime, now: datetime) -> Recounted:
    """What the team must read of the stays that began in a period."""
    mine = [s for s in told.stays.values() if counts(s) and starts <= s.since < ends]
    sent = [one for one in told.sent.values() if one.stay in mine and was_sent(one)]
    others = [stay for stay in told.stays.values() if not stay.mistake]
    ladder = {
        "booked": step(mine, lambda _: True),
        "need": step(mine, lambda s: any(s.needs.values()), lambda s: not s.needs),
        "asked": step(mine, was_asked, lambda s: not s.answers),
        "agreed": step(mine, agreed),
        "assessed": step(mine, lambda s: agreed(s) and s.assessed),
        "returned": step(
            mine,
            lambda s: comes_back(s, others),
            lambda s: not comes_back(s, others) and s.since + AGAIN > now,
        ),
    } | of_services(sent, now)
    needs = {name: of_need(code, mine, sent) for code, name in NAMES.items()}
    answers = list(chain.from_iterable(stay.answers for stay in mine))
    return Recounted(
        ladder,
        {name: row for name, row in needs.items() if any(row)},
        Counter(NOT_ASKED[why] for answer, why in answers if answer not in ASKED),
        Counter(DECLINED[why] for answer, why in answers if answer == "declined"),
        Counter(WORTH[answer] for stay in mine for answer in stay.worth.values()),
    )


def counts(stay: Stay) -> bool:
    """A mistake counts nowhere, and the team reads of its own centres alone."""
    return stay.ours and not stay.mistake


def was_sent(one: Sent) -> bool:
    """It left, and was no mistake."""
    return one.left and one.state != "entered-in-error"


def step(rows, reached, unknown=lambda _: False) -> tuple[int, int, int]:
    """People and instances that reached a step, and instances of which that is unknown."""
    those = [row for row in rows if reached(row)]
    people = {getattr(row, "stay", row).who for row in those}
    return len(people), len(those), sum(unknown(row) for row in rows)


def was_asked(stay: Stay) -> bool:
    """Who put it off was asked; who was not fit was not."""
    return any(answer in ASKED for answer, _ in stay.answers)


def agreed(stay: Stay) -> bool:
    """At least once in this stay."""
    return any(answer == "accepted" for answer, _ in stay.answers)


def comes_back(stay: Stay, others: list[Stay]) -> bool:
    """Whether the same person was booked again within ninety days, wherever that was."""
    return any(
        other.who == stay.who and stay.since < other.since <= stay.since + AGAIN for other in others
    )


def of_services(sent: list[Sent], now: datetime) -> dict[str, tuple[int, int, int]]:
    """The steps that a referral reaches. A word that was taken back was never said."""
    taken = [one for one in sent if one.accepted]
    over = [one for one in taken if one.state in {"completed", "failed"}]
    met = [one for one in taken if one.came or one.reached]
    unmet = [one for one in taken if one not in met and one.is_over(now)]
    return {
        "referred": step(sent, lambda _: True),
        "accepted": step(sent, lambda one: one.accepted, lambda one: one.state == "requested"),
        "contact": step(taken, lambda one: one in met, lambda one: one in unmet),
        "engaged": step(taken, lambda one: one.came, lambda one: not one.came and one.is_over(now)),
        "outcome": step(over, is_known, lambda one: not is_known(one)),
    }


def is_known(one: Sent) -> bool:
    """Whether anything is said to be better, the same or worse."""
    return any(change != "unknown" for change in one.changes)


def of_need(code: str, mine: list[Stay], sent: list[Sent]) -> tuple[int, int, int]:
    """People who told of a need, who were referred in such a stay, who engaged after it."""
    those = [stay for stay in mine if stay.needs.get(code)]
    theirs = [one for one in sent if one.stay in those]
    engaged = {one.stay.who for one in theirs if one.accepted and one.came}
    return len({stay.who for stay in those}), len({s.stay.who for s in theirs}), len(engaged)
