"""What the inbox says where a row stood, once something was said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from referral.handoff.followup.worklist import Part


class Word(StrEnum):
    """What a service just said of a referral, from the list."""

    YES = "yes"
    NO = "no"
    ASKED = "asked"
    EXPECTED = "expected"
    CAME = "came"
    ABSENT = "absent"
    STILL = "still"
    TAKEN_BACK = "taken-back"


WAITS_AGAIN = (Word.ASKED, Word.TAKEN_BACK)


@dataclass(frozen=True)
class Saying:
    """What was said of `who`, what of it `team` knows and what comes next; and in which part."""

    part: Part
    what: str
    then: str

    def about(self, who: str, team: str) -> "Saying":
        """The same of one referral."""
        return Saying(self.part, self.what.format(who=who), self.then.format(team=team))


SAYINGS: Mapping[Word, Saying] = {
    Word.YES: Saying(
        Part.NEW,
        "You said yes to {who}.",
        "{team} knows now. Next: say when you expect them.",
    ),
    Word.NO: Saying(
        Part.NEW,
        "You said no to {who}.",
        "{team} knows now and looks for another way. You see nothing of the person any more.",
    ),
    Word.ASKED: Saying(
        Part.NEW,
        "Your question about {who} is sent.",
        "On the page of this referral {team} will answer. It still waits for your yes or no.",
    ),
    Word.EXPECTED: Saying(
        Part.DAY,
        "It is recorded when you expect {who}.",
        "{team} sees it. Once the time is over you say here whether they came.",
    ),
    Word.CAME: Saying(
        Part.CAME,
        "{who} came.",
        "{team} knows now. Next: when you meet again, or how it ended.",
    ),
    Word.ABSENT: Saying(
        Part.CAME,
        "{who} did not come.",
        "{team} knows now. Next: try to reach them, and say when you expect them.",
    ),
    Word.STILL: Saying(
        Part.HOW,
        "{who} is still with you.",
        "{team} knows now. You are asked again in some weeks.",
    ),
    Word.TAKEN_BACK: Saying(
        Part.NEW,
        "What you said of {who} is taken back.",
        "{team} sees that it counts as if it had not been said.",
    ),
}
