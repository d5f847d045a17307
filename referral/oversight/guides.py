"""The first day of each role: what to do in which order, on one page, and why we ask what we ask.

It says what the product does and gives no advice of its own on care or law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from referral.access.permissions import Role


@dataclass(frozen=True)
class Step:
    """One thing to do or know; `page` is the name of the page where it is done, or empty."""

    title: str
    words: str
    page: str = ""


LOCK = Step(
    "A screen that others can see",
    "Press F9 before you turn away. Your password brings you back to where you were; a colleague"
    " can sign in meanwhile, and neither loses what was typed.",
)
NO_OFFENCE = Step(
    "What is never written here",
    "Nothing about the alleged offence, and nothing that a person has not agreed to pass on. This"
    " is no custody record and no intelligence.",
)
DESK = (
    Step(
        "Who to ask first",
        "Those whose time runs out first stand on top. The number of a cell opens its row, V shows"
        " names for a minute.",
        "desk.centre_now",
    ),
    Step(
        "Book and ask",
        "N opens a booking. Who may be the same person stands beside what you type: you decide."
        " Read the words out as they stand; each answer has its key, and Enter saves. They may say"
        " no, and be asked again.",
        "desk.open_booking",
    ),
    Step(
        "Safety, whatever they answer",
        "Tick what they say. The page tells nobody: tell healthcare and your supervisor, then"
        " record whom you told.",
    ),
    Step(
        "When they leave",
        "Open their page and press They leave: how, where to, and naloxone. Kept for court or taken"
        " to hospital, the stay goes on and their worker sees where.",
        "stays.left",
    ),
    Step(
        "Called away, or wrong",
        "What you typed waits on the first page for the rest of the shift. Put something right, on"
        " the person’s page, takes a mistake back; after a day your supervisor does it.",
    ),
)
CASES = (
    Step(
        "Your day",
        "Who is in a cell now, what is due today, what services sent back: one line each, with what"
        " to do in it.",
        "casefile.case_list",
    ),
    Step(
        "See them, and assess",
        "Say that you have seen them: the desk sees it too. The assessment saves while you type; a"
        " danger that you hear is passed on at once.",
    ),
    Step(
        "Hand over",
        "Services stand by need. Choose for each what it may know: beside it stands word by word"
        " what it will read. Give them the card.",
    ),
    Step(
        "Follow up",
        "A service that does not answer comes back to you with its number. After the release the"
        " plan asks you when to reach them, and how they agreed to.",
    ),
)
SERVICES = (
    Step(
        "Answer",
        "What waits for a yes or no stands first. One press says it, Z takes it back. By the link"
        " in the email it works without an account.",
        "inbox.inbox_page",
    ),
    Step(
        "Say when, and whether they came",
        "Enter the day as you would write it. Afterwards say whether they came; not to know is an"
        " answer too, and never counts against anybody.",
    ),
    Step(
        "When it ends",
        "For each need that you were told of, say what changed. You have a fortnight; then you see"
        " only the reference.",
    ),
    Step(
        "When they take it back",
        "You see nothing more of them from that moment. Delete what you noted elsewhere, and"
        " confirm it.",
    ),
)
COUNTS = Step(
    "What the numbers are",
    "What you read is an edition: counted at one moment, protected so that nobody can be"
    " recognised, signed, and not changed any more. People and instances stand apart, and so does"
    " what nobody knows.",
    "reports.outcomes",
)
UNMET = Step("What nobody could take", "Needs without a service, as editions.", "reports.unmet")

GUIDES: Mapping[Role, Sequence[Step]] = {
    Role.CUSTODY_OFFICER: (*DESK, NO_OFFENCE, LOCK),
    Role.CUSTODY_SUPERVISOR: (
        Step(
            "Your shift",
            "Who was not asked and why, dangers that nobody was told of, what was put right, who"
            " still waits. The handover sheet prints by initials.",
            "stays.shift",
        ),
        *DESK,
        NO_OFFENCE,
        LOCK,
    ),
    Role.HEALTHCARE: (
        Step(
            "Who is in danger here",
            "What people who are here now told the desk: who said it, when, and whether you were"
            " told. Say that you know, and the desk sees it.",
            "health.here",
        ),
        Step(
            "Naloxone, and what does not apply",
            "Record whether they took naloxone. Where you have looked and a danger does not apply,"
            " say why. Each can be taken back.",
        ),
        LOCK,
    ),
    Role.WORKER: (*CASES, NO_OFFENCE, LOCK),
    Role.PEER: (
        Step(
            "Whom to meet",
            "A first name, a place and a time of those who agreed to meet you. Afterwards tick what"
            " came of it.",
            "along.mine",
        ),
        LOCK,
    ),
    Role.TEAM_LEAD: (
        *CASES,
        Step(
            "What is late",
            "What nobody did in time is told to you, and stands here until somebody has.",
            "escalation.late",
        ),
        Step(
            "Two records of one person",
            "Look at both beside each other. A joining can be parted again, with what it brought.",
            "joining.queue",
        ),
        LOCK,
    ),
    Role.SERVICE_WORKER: (*SERVICES, LOCK),
    Role.SERVICE_MANAGER: (
        *SERVICES,
        Step(
            "Room each week",
            "Say how much room you have: workers see it when they choose.",
            "directory.own_services",
        ),
        LOCK,
    ),
    Role.ADP_ANALYST: (
        COUNTS,
        UNMET,
        Step(
            "Warn desks and workers",
            "An alert about drugs reaches every desk and worker of your area at once, and names"
            " nobody.",
            "alerts.posted",
        ),
    ),
    Role.CJS_ANALYST: (COUNTS, UNMET),
    Role.GUARDIAN: (
        Step(
            "Who did and saw what",
            "Every look at a person is an event, and so is yours. Search by person, by user or by"
            " record.",
            "oversight.trail",
        ),
        Step(
            "Joined records",
            "Who has looked at a record while it was joined by mistake.",
            "oversight.joinings",
        ),
    ),
    Role.ADMINISTRATOR: (
        Step(
            "Before the first booking",
            "Centres, teams and services: those that ship are not confirmed. Ask each, then confirm"
            " it; until then nobody is offered it.",
            "directory.front",
        ),
        Step(
            "People",
            "Invite each by email with a role of their own. You see nobody who is in custody.",
            "credentials.accounts",
        ),
        Step(
            "Deadlines and lists",
            "How soon each act is due, and every list of the forms, change here without an update.",
            "directory.deadlines",
        ),
        Step("What did not go out", "Work and messages that failed, to send again.", "jobs.jobs"),
    ),
}
