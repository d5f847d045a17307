"""What a save at the desk will do, in the words that stand beside its key."""

from collections.abc import Mapping

from referral.custody.offers import OfferAnswer

_LATER = "Nobody is told. The list brings them up to be asked again, at the time you typed."
WHEN_SAVED: Mapping[OfferAnswer, str] = {
    OfferAnswer.ACCEPTED: (
        "The arrest referral team reads who and where they are, what they want help with and any "
        "danger, and is to see them. No service is told anything yet."
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
LINES = {  # which lines are open, by the class of what belongs to an answer
    "accepted": (OfferAnswer.ACCEPTED,),
    "declined": (OfferAnswer.DECLINED,),
    "later": (OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT),
    "unasked": (OfferAnswer.NOT_ASKED,),
}


def when_saved() -> list[tuple[str, str, str]]:
    """Each line: for which answers it is open, these answers in words, and what a save will do."""
    return [
        (name, " or ".join(answers).capitalize(), WHEN_SAVED[answers[0]])
        for name, answers in LINES.items()
    ]
