"""Why each question is asked, in one place: it stands beside the question, and on the guide.

Each reason names the fields of the forms that it is for; a name that ends with _ stands for all
that begin so. A test finds the field that has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A question in short, why it is asked, and the fields in which it is answered."""

    question: str
    words: str
    fields: tuple[str, ...]


AT_DESK: Mapping[str, Reason] = {
    "who": Reason(
        "Name, birth date, sex",
        "To know next time who it is, and to confuse nobody.",
        (
            *("surname", "forename", "naming", "middle", "date_of_birth", "about_age", "sex"),
            *("number", "s_number", "custody_reference", "same_as", "already"),
        ),
    ),
    "held": Reason(
        "Since when, and which cell?",
        "Whose hours run out first is asked first.",
        ("authorised_at", "cell"),
    ),
    "home": Reason(
        "Where do they live?",
        "Services differ from area to area.",
        ("postcode", "no_fixed_abode", "council"),
    ),
    "still": Reason(
        "Is it still true?",
        "What was right last time may lead a worker to the wrong door today.",
        ("kept_", "all_right"),
    ),
    "language": Reason(
        "Which language?",
        "Nobody can agree to words that they do not understand.",
        ("language", "interpreter", "interpreter_present"),
    ),
    "answer": Reason(
        "What did they answer?",
        "A no is kept as well: they may be asked again, and nobody is left out unseen.",
        ("answer", "declined_reason", "not_asked_reason", "ask_again_at", "though_declined"),
    ),
    "contact": Reason(
        "May we get in touch?",
        "Without it nobody rings or writes once they are out, and only in the way they name.",
        ("contact", "phone", "channels", "safe_times", "no_message", "no_letters"),
    ),
    "desk": Reason(
        "May the desk see which service?",
        "So that nobody begins at nothing when they come back. The desk sees no more than that.",
        ("desk",),
    ),
    "history": Reason(
        "May workers see what was before?",
        "So that they need not tell everything again.",
        ("history",),
    ),
    "outcome": Reason(
        "May services say how it went?",
        "So that we learn whether it helped. What is published names nobody.",
        ("outcome",),
    ),
    "needs": Reason(
        "What do they want help with?",
        "So that the service that fits is asked first.",
        ("needs",),
    ),
    "share": Reason(
        "May this service know?",
        "Nothing goes to a service without their yes to that service, and no more than they say.",
        ("service", "share"),
    ),
    "dangers": Reason(
        "Is there a danger?",
        "The hours in a cell and the days after are dangerous. Healthcare and worker can act only"
        " on what they know.",
        ("dangers", "told"),
    ),
    "group": Reason(
        "May they be named after an overdose?",
        "So that somebody can look for them today.",
        ("group",),
    ),
    "how": Reason(
        "Who was there, and how did they answer?",
        "So that it can be seen later how freely they decided.",
        (
            *("asker", "given_how", "accompanied_by", "accompanied_name"),
            *("provisional", "capacity_note"),
        ),
    ),
}
IN_ASSESSMENT: Mapping[str, Reason] = {
    "place": Reason("Where you met", "A talk in a cell is another than one outside.", ("place",)),
    "weights": Reason(
        "Needs",
        "What weighs most, and what they want help with, decides which services are offered.",
        ("severity_", "wants_", "same_"),
    ),
    "safety": Reason(
        "Safety",
        "What could harm them comes before all else, and is passed on at once.",
        ("danger_", "why_"),
    ),
    "goals": Reason(
        "What they want",
        "A plan in their own words is one that they keep to.",
        ("goal_", "strengths"),
    ),
    "substances": Reason(
        "Substances",
        "What is used together can kill: opioids with alcohol or tablets.",
        ("substance_", "days_", "route_"),
    ),
    "screens": Reason(
        "Screens",
        "The same questions are asked again later, so that it can be seen what changed.",
        ("item_", "total_"),
    ),
    "reach": Reason(
        "Who we reach",
        "To see whom we fail. It is counted, and told to no service or desk.",
        ("ethnicity", "disability"),
    ),
}
ON_OWN_PAGE: Mapping[str, Reason] = {
    "own": Reason(
        "Code and date of birth", "So that nobody else opens your page.", ("code", "born")
    ),
    "helped": Reason(
        "Did it help?", "So that we learn what helps, and what does not.", ("helped",)
    ),
    "worth": Reason(
        "Was it worth it?",
        "What you say here counts by itself, whatever others say of it.",
        ("answer", "changed"),
    ),
    "reached": Reason(
        "How to reach you",
        "So that we contact you only in the way you want, and never where others could see.",
        (
            *("wanted", "phone", "channels", "safe_times", "no_message", "no_letters"),
            *("email", "address"),
        ),
    ),
}
# on the guide, which is one sheet, those that a person at the desk is most likely to ask about
ON_GUIDE = ("who", "contact", "desk", "history", "outcome", "needs", "dangers")
WHY: Mapping[str, Reason] = {**AT_DESK, **IN_ASSESSMENT, **ON_OWN_PAGE}
