"""What a save at the desk will do, in the words that stand beside its key."""

from collections.abc import Mapping

from referral.consent.purposes import Level
from referral.custody.offers import OfferAnswer

_LATER = "Nobody is told. The list brings them up to be asked again, at the time you typed."
WHEN_SAVED: Mapping[OfferAnswer, str] = {
    OfferAnswer.ACCEPTED: (
        "The arrest referral team reads who and where they are, what they want help with and any "
        "danger, and is to see them."
    ),
    OfferAnswer.DECLINED: (
        "No worker comes to see them for this. The list does not bring them up again in this stay."
    ),
    OfferAnswer.NOT_NOW: _LATER,
    OfferAnswer.NOT_FIT: _LATER,
    OfferAnswer.NOT_ASKED: (
        "Nobody comes. Your supervisor reads why you did not ask, and the list does not bring them "
        "up again."
    ),
}
DANGER_SAVED = "Custody healthcare’s page shows it. The list warns until you say whom you told."
NOBODY_TOLD = "No service is told anything yet."
A_SERVICE = "The service that you chose is asked at once, if they say that it may be."
LINES = {  # which lines are open, by the class of what belongs to an answer
    "accepted": (OfferAnswer.ACCEPTED,),
    "declined": (OfferAnswer.DECLINED,),
    "later": (OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT),
    "unasked": (OfferAnswer.NOT_ASKED,),
}


WHAT: Mapping[Level, str] = {
    Level.CONTACT: "only how to reach them",
    Level.SUMMARY: "how to reach them, and what they need help with",
    Level.FULL: "how to reach them, what they need help with, birth date and sex",
}


def sends(service: str, level: Level | None, *, asked: bool, sure: bool) -> str:
    """What a save will send to the service that is chosen, and what of the person.

    `asked` where they said how much it may be told, or nothing; `sure` that they can decide.
    """
    if level is None:
        why = "they said no" if asked else "ask first how much it may be told"
        return f"{service} is told nothing: {why}."
    if not sure:
        return f"{service} is told nothing before a worker has made sure; then: {WHAT[level]}."
    return f"{service} is asked at once, and told: {WHAT[level]}."


def when_saved() -> list[tuple[str, str, str]]:
    """Each line: for which answers it is open, these answers in words, and what a save will do."""
    return [
        (name, " or ".join(answers).capitalize(), WHEN_SAVED[answers[0]])
        for name, answers in LINES.items()
    ]
