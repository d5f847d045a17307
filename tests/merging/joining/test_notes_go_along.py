"""The notes of a case go along when records become one, or two, or a stay was not theirs."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from support.stories import centre, moment

from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.models import CaseNote
from referral.casework.notes.spoken import Whom, Words
from referral.custody.actions import BookingDetails
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.merging.detaching.actions import DetachDetails, detach
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.parting.actions import PartDetails, part
from referral.people.identity import Identity

TWO = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:00 Ann agreed telling DRUG
2026-08-03 11:00 Bea booked at Govan
2026-08-03 12:00 Bea agreed telling DRUG
"""
AT = moment("2026-08-10 09:00")


def jot(stories, case, said):
    details = NoteDetails(Whom.NOBODY, None, AT, Words(said=said))
    return write(case, details, stories.worker, AT)


def said_in(case):
    notes = select(CaseNote).filter_by(case_id=case.id).order_by(CaseNote.order)
    return [note.words.said for note in db.session.scalars(notes)]


def test_of_two_cases_that_become_one_the_notes_are_together_and_apart_again(stories):
    stories.play(TWO)
    ann, bea = stories.case("Ann"), stories.case("Bea")
    jot(stories, ann, "of Ann")
    jot(stories, bea, "of Bea")
    joining = join(JoinDetails(ann.person_id, bea.person_id), stories.lead, AT)
    assert said_in(ann) == ["of Ann", "of Bea"]
    assert ann.booking_id == stories.came["Bea"].id
    jot(stories, ann, "in Bea's stay")
    part(joining, PartDetails(joining.version), stories.lead, AT)
    assert said_in(ann) == ["of Ann"]
    assert said_in(bea) == ["of Bea", "in Bea's stay"]


def test_a_stay_that_was_somebody_elses_takes_its_notes_along(stories):
    stories.play("\n".join(TWO.splitlines()[:3]))
    case = stories.case("Ann")
    jot(stories, case, "of Ann")
    stories.play("2026-08-09 09:00 Ann released")
    here = replace(stories.officer, centre_id=centre("Govan").id)
    who = Identity("Cat", "Other", date(1991, 2, 3), sex="F")
    known = stories.came["Ann"].person_id
    wrong = arrive(Arrival(BookingDetails(who, AT, known)), here, AT)
    stories.came["Ann"] = wrong
    stories.play("2026-08-10 10:00 Ann agreed telling DRUG")
    details = NoteDetails(Whom.NOBODY, None, moment("2026-08-10 11:00"), Words(said="of Cat"))
    note = write(case, details, stories.worker, moment("2026-08-10 11:00"))
    new = detach(wrong, DetachDetails("card", wrong.version), here, moment("2026-08-10 12:00"))
    assert note.case.person_id == new.id
    assert said_in(case) == ["of Ann"]
