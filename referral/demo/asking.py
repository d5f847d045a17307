"""How an invented person is asked at the desk, and what they say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from referral.access.actor import Actor
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.consent.actions import Agreement, Circumstances, ContactRules
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import OfferDetails
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.demo.people import DISCLOSED, needs_of
from referral.known.actions import Saying
from referral.known.now import About, Said

ANSWERS = {
    OfferAnswer.ACCEPTED: 0.32,
    OfferAnswer.DECLINED: 0.4,
    OfferAnswer.NOT_NOW: 0.08,
    OfferAnswer.NOT_FIT: 0.08,
    OfferAnswer.NOT_ASKED: 0.12,
}
AGREES = {
    Purpose.CONTACT: 0.9,
    Purpose.DESK: 0.75,
    Purpose.HISTORY: 0.8,
    Purpose.OUTCOME: 0.88,
}


def ask(dice: Random, booking: Booking, officer: Actor, at: datetime) -> Case | None:
    """Ask them, at once or two hours later; the case, where they say yes."""
    answer = dice.choices(list(ANSWERS), list(ANSWERS.values()))[0]
    if answer in {OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT}:
        later = OfferDetails(answer, booking.version, ask_again_at=at + timedelta(hours=2))
        answer_offer(booking, later, [], Circumstances(), officer, at)
        at += timedelta(hours=2)
        answer = dice.choice((OfferAnswer.ACCEPTED, OfferAnswer.DECLINED))
    needs = needs_of(dice)
    dangers = _dangers(dice, needs)
    reason = None
    if answer is OfferAnswer.NOT_ASKED:
        reason = dice.choice(("RELQ", "NOSTAFF", "LANG", "RISK"))
    if answer is OfferAnswer.DECLINED and dice.random() < 0.6:
        reason = dice.choice(("NONEED", "NOTNOW", "TRUST", "TRIED"))
    details = OfferDetails(
        answer, booking.version, reason, None, needs, dangers, _no_to_the_rest(answer, needs)
    )
    doubt = Circumstances(provisional=answer is OfferAnswer.ACCEPTED and dice.random() < 0.04)
    agreements = _agreements(dice, booking) if answer is OfferAnswer.ACCEPTED else []
    return answer_offer(booking, details, agreements, doubt, officer, at)


def _no_to_the_rest(answer: OfferAnswer, needs: frozenset[str]) -> list[Saying]:
    """Who was asked says no to what they do not need; of who was not, nothing is known."""
    if answer is OfferAnswer.NOT_ASKED:
        return []
    return [Saying(About.NEED, need, Said.NO) for need in DISCLOSED if need not in needs]


def _dangers(dice: Random, needs: frozenset[str]) -> frozenset[str]:
    chances = {"overdose": 0.12, "injecting": 0.2, "withdrawal": 0.15} if "DRUG" in needs else {}
    if "MH" in needs:
        chances["self_harm"] = 0.1
    return frozenset(danger for danger, chance in chances.items() if dice.random() < chance)


def ways(booking: Booking) -> ContactRules:
    """How they may be reached."""
    return ContactRules(("call", "text") if booking.person.phone else ("person",), "after 12")


def _agreements(dice: Random, booking: Booking) -> Sequence[Agreement]:
    rules = replace(ways(booking), no_message=dice.random() < 0.3)
    said = [
        Agreement(
            purpose,
            Answer.GRANTED if dice.random() < chance else Answer.REFUSED,
            rules=rules if purpose is Purpose.CONTACT else ContactRules(),
        )
        for purpose, chance in AGREES.items()
    ]
    return [*said, Agreement(Purpose.GROUP, said[-1].answer)]
