"""Write a note down, correct it by a second one, take it back."""

from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.contact_plan.try_actions import check_past
from referral.casework.notes.models import CaseNote
from referral.casework.notes.spoken import How, Whom, Why, Words
from referral.db import db
from referral.errors import RuleBroken


class SayHow(RuleBroken):
    """Say how you spoke to them. If you spoke to nobody, choose that."""

    fields = ("how",)


class NotYourNote(RuleBroken):
    """Only who wrote a note can take it back. If it is wrong, correct it."""

    status = 403


class NoteTakenBack(RuleBroken):
    """This note was taken back, so there is nothing to correct. Write a new one."""

    status = 409


class SaysTheSame(RuleBroken):
    """This says the same as the note that it is to correct. Write how it was, then save."""

    fields = ("said",)


@dataclass(frozen=True)
class NoteDetails:
    """To whom somebody spoke, how, when, and what was said; a note that is no talk has no `how`."""

    whom: Whom
    how: How | None
    happened_at: datetime
    words: Words


def write(case: Case, details: NoteDetails, by: Actor, at: datetime) -> CaseNote:
    """Keep what was said, for the team alone.

    Raises CaseClosed, SayHow, InTheFuture, TooEarly.
    """
    case.check_open()
    note = _new(case, details, by, at)
    record(Tag.NOTE_WRITTEN, by, at, subject_id=case.person_id, record_id=note.id)
    return note


def correct(note: CaseNote, details: NoteDetails, by: Actor, at: datetime) -> CaseNote:
    """A second note says how it was; the first stays as it was written. Also in a closed case.

    Raises NoteTakenBack, SaysTheSame, SayHow, InTheFuture, TooEarly.
    """
    if note.taken_back_at:
        raise NoteTakenBack
    if note.says(details.whom, details.how, details.happened_at, details.words):
        raise SaysTheSame
    second = _new(note.case, details, by, at)
    second.corrects_id = note.id
    second.booking_id = note.booking_id
    record(Tag.NOTE_CORRECTED, by, at, subject_id=note.case.person_id, record_id=second.id)
    return second


def take_back(note: CaseNote, why: Why, by: Actor, at: datetime) -> None:
    """It should never have been there: its words are gone, and that it was and why stays.

    Also in a closed case; to do it twice is to do it once. Raises NotYourNote.
    """
    if note.by_id != by.user_id:
        raise NotYourNote
    if note.taken_back_at is None:
        note.take_back(why, at)
        person_id = note.case.person_id
        record(Tag.NOTE_TAKEN_BACK, by, at, subject_id=person_id, record_id=note.id)


def _new(case: Case, details: NoteDetails, by: Actor, at: datetime) -> CaseNote:
    spoke = details.whom is not Whom.NOBODY
    if spoke and details.how is None:
        raise SayHow
    check_past(details.happened_at, case.opened_at, at)
    note = CaseNote(case_id=case.id, booking_id=case.booking_id, by_id=by.user_id)
    note.case = case
    note.whom = details.whom
    note.how = details.how if spoke else None
    note.keep(details.words if spoke else Words(said=details.words.said))
    note.happened_at = details.happened_at
    note.recorded_at = at
    db.session.add(note)
    db.session.flush()  # the audit names it by its number
    return note
