"""Who comes back is answered in a true sentence, at the case and at the desk, or not at all.

Each history is told in lines; what is true of it stands beside it, written by hand.
"""

from dataclasses import replace

import pytest
from support.stories import Stories, centre, moment

from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import latest_answers
from referral.history.answer import Answer as Before
from referral.history.earlier_queries import answer_for
from referral.history.queries import Card, card_for

OPENING = """
2026-07-06 09:00 Ann booked at Govan
2026-07-06 09:30 Ann agreed telling DRUG
2026-07-06 13:00 Ann planned
2026-07-06 13:30 Ann referred to hub
2026-07-06 14:00 Ann released
"""
TAKEN_ON = f"""{OPENING}
2026-07-07 09:00 Ann accepted by hub
"""
MET = f"""{TAKEN_ON}
2026-07-07 10:00 Ann expected by hub 2026-07-09 10:00
2026-07-09 11:00 Ann came to hub
2026-07-09 12:00 Ann expected by hub 2026-07-16 10:00
2026-07-16 11:00 Ann came to hub
2026-07-16 12:00 Ann expected by hub 2026-07-23 10:00
2026-07-23 11:00 Ann missed hub
"""
BACK = """
2026-09-01 09:00 Ann booked at Govan
2026-09-01 09:30 Ann agreed telling DRUG
"""
YES, NO = Answer.GRANTED, Answer.WITHDRAWN
ASK = "Ask what they want now"
HUB = "Recovery hub"
# name: the lines; engaged, worthwhile, still on, offer now; what the desk reads of each service
HISTORIES = {
    "came, says it was worth it, and goes on": (
        f"{MET}\n2026-08-04 10:00 Ann told-us 28d yes",
        (f"Yes, with {HUB}", "They say yes", f"Yes, with {HUB}", f"Go on with {HUB}"),
        [(HUB, "still open", "within half a year", f"Go on with {HUB}")],
    ),
    "came until the service had done its work": (
        f"{MET}\n2026-08-05 10:00 Ann wrote 28d partly\n"
        "2026-08-20 10:00 Ann completed hub DRUG=better",
        (f"Yes, with {HUB}", "They say partly", "No", f"{HUB} again"),
        [(HUB, "ended", "within half a year", f"{HUB} again")],
    ),
    "came, and says it was not worth it": (
        f"{MET}\n2026-08-05 10:00 Ann wrote 28d no\n2026-08-20 10:00 Ann completed hub DRUG=same",
        (f"Yes, with {HUB}", "They say no", "No", ASK),
        [(HUB, "ended", "within half a year", "")],
    ),
    "goes on, and says it is not worth it": (
        f"{MET}\n2026-08-04 10:00 Ann told-us 28d no",
        (f"Yes, with {HUB}", "They say no", f"Yes, with {HUB}", f"Ask whether to go on with {HUB}"),
        [(HUB, "still open", "within half a year", f"Ask whether to go on with {HUB}")],
    ),
    "the service said no": (
        f"{OPENING}\n2026-07-07 09:00 Ann turned-away by hub because CAP",
        ("No service took them", "Not known", "No", ASK),
        [],
    ),
    "taken on, and never met": (
        f"{TAKEN_ON}\n2026-07-07 10:00 Ann expected by hub 2026-07-09 10:00\n"
        "2026-07-09 11:00 Ann missed hub\n2026-08-01 10:00 Ann ended-early by hub DRUG=unknown",
        ("No, never met", "Not known", "No", ASK),
        [(HUB, "ended", "", "")],
    ),
    "taken on, and nobody has said whether they met": (
        TAKEN_ON,
        ("Not known", "Not known", f"Yes, with {HUB}", f"A first meeting with {HUB}"),
        [(HUB, "still open", "", f"A first meeting with {HUB}")],
    ),
    "came, and withdrew": (
        f"{MET}\n2026-08-01 10:00 Ann withdrew from hub",
        (f"Yes, with {HUB}", "Not known", "No", ASK),
        [(HUB, "ended", "within half a year", "")],
    ),
    "asked, and not answered": (
        OPENING,
        ("No, never met", "Not known", "Not answered yet", f"Ask {HUB} for its answer"),
        [(HUB, "asked, not answered yet", "", "")],
    ),
    "paused while in prison": (
        f"{MET}\n2026-08-01 10:00 Ann paused by hub because REMAND",
        (f"Yes, with {HUB}", "Not known", f"Paused, with {HUB}", f"Go on with {HUB}"),
        [(HUB, "still open", "within half a year", f"Go on with {HUB}")],
    ),
    "said no to everything": (
        "2026-07-06 09:00 Ann booked at Govan\n2026-07-06 09:30 Ann declined because TRUST\n"
        "2026-07-06 14:00 Ann released",
        ("Nothing was tried", "Not known", "No", ASK),
        [],
    ),
}
TOLD = [pytest.param(*history, id=name) for name, history in HISTORIES.items()]


def answers(stories: Stories, given: dict[Purpose, Answer], at: str) -> None:
    """What she says of each purpose."""
    said = [Agreement(purpose, answer) for purpose, answer in given.items()]
    record_agreements(stories.came["Ann"].person, said, PLAINLY, stories.worker, moment(at))


def back(
    stories: Stories, lines: str, given: dict[Purpose, Answer], later: str = ""
) -> tuple[Before | None, Card]:
    """What worker and desk read when she is back, after having said this of the three purposes."""
    stories.play(lines)
    answers(stories, dict.fromkeys(given, YES), "2026-08-25 10:00")
    stories.play(BACK + later)
    if NO in given.values():
        answers(stories, given, "2026-09-01 09:40")
    at, here = moment("2026-09-01 10:00"), replace(stories.officer, centre_id=centre("Govan").id)
    case = stories.case("Ann")
    read = answer_for(stories.worker, case, latest_answers(case.person_id), at)
    return read, card_for(here, stories.came["Ann"], at)


ALL = dict.fromkeys((Purpose.DESK, Purpose.HISTORY, Purpose.OUTCOME), YES)


@pytest.mark.parametrize(("lines", "truth", "known"), TOLD)
def test_the_sentence_is_true_at_the_case_and_at_the_desk(stories, lines, truth, known):
    read, card = back(stories, lines, ALL)
    said = [part.short for part in (read.engaged, read.worthwhile, read.still_on, read.offer)]
    assert tuple(said) == truth
    assert [(one.service, one.stands, one.seen, one.offer) for one in card.known] == known


@pytest.mark.parametrize(("lines", "truth", "known"), TOLD)
def test_with_consent_taken_back_there_is_none(stories, lines, truth, known):
    read, card = back(stories, lines, dict.fromkeys(ALL, NO))
    assert read is None
    assert (card.known, card.case) == ([], None)


@pytest.mark.parametrize(("lines", "truth", "known"), TOLD)
def test_how_it_went_is_guessed_from_nothing_else(stories, lines, truth, known):
    read, card = back(stories, lines, ALL | {Purpose.OUTCOME: NO})
    assert read.engaged.short in {"Not known", "No service took them", "Nothing was tried"}
    assert read.worthwhile.short == "Not known"
    assert "again" not in read.offer.short
    assert not any(one.meetings or one.seen_at or one.changes for one in read.stays[0].handed)
    assert not any(one.seen or "again" in one.offer for one in card.known)


def test_nobody_who_is_here_for_the_first_time_has_a_history(stories):
    stories.play(BACK)
    answers(stories, ALL, "2026-09-01 09:40")
    case = stories.case("Ann")
    said = latest_answers(case.person_id)
    assert answer_for(stories.worker, case, said, moment("2026-09-01 10:00")) is None


def test_a_service_that_has_said_no_since_is_not_offered_again(stories):
    lines = f"{MET}\n2026-08-20 10:00 Ann completed hub DRUG=better"
    later = (
        "2026-09-01 09:35 Ann referred to hub\n2026-09-01 09:38 Ann turned-away by hub because CAP"
    )
    read, _ = back(stories, lines, ALL, later)
    assert (read.engaged.short, read.offer.short) == (f"Yes, with {HUB}", ASK)
    assert read.not_again == [f"{HUB}: said no, no capacity"]


def test_last_seen_is_when_they_came_and_never_when_it_was_sent(stories):
    read, _ = back(stories, f"{MET}\n2026-08-20 10:00 Ann completed hub DRUG=better", ALL)
    assert read.engaged.more == "Came to 2 of 3 meetings, last seen 16 Jul 2026"
    assert read.offer.more == "Last seen there 16 Jul 2026"
    assert read.stays[0].handed[0].changes == ["Drugs better"]
