"""Notes and calls of a case: the whole log with its search, a new note, one that was wrong."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casefile.log_queries import line_of, log_of
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.casework.notes import actions as notes
from referral.casework.notes.forms import NotAfterAllForm, NoteForm, SearchForm
from referral.casework.notes.models import CaseNote
from referral.casework.notes.queries import note_in
from referral.casework.notes.spoken import Words
from referral.clock import now
from referral.db import whole
from referral.handoff.referrals.queries import referrals_of_case
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.paging import page_in, this_page

blueprint = Blueprint("notes", __name__, url_prefix="/cases/<uuid:case_id>/notes")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, recorded=True, keyed=False, reads=True)
def log(case_id: UUID) -> ResponseReturnValue:
    """All notes, calls and tries in a case. A search is sent hidden, never in the address."""
    case = case_for(acting(), case_id)
    form = SearchForm()
    form.validate_on_submit()
    words = "" if form.errors else form.words.data or ""
    lines = log_of(acting(), case, referrals_of_case(case.id)).lines
    found = page_in([line for line in lines if line.has(words)], this_page())
    record(Tag.NOTES_SEEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    shown = {"case": whole(case, "person"), "lines": found, "whole": len(lines), "words": words}
    return render_template("casefile/notes.html", form=form, **shown), form.status


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def write(case_id: UUID) -> ResponseReturnValue:
    """Write down with whom somebody spoke, how, and what was said."""
    case = case_for(acting(), case_id, to_change=True)
    form = NoteForm()
    with keeping(form):
        if form.validate_on_submit() and not form.warns():
            note = notes.write(case, form.details(), acting(), now())
            return _kept(case, note)
    return render_template("casefile/note.html", form=form, case=whole(case, "person")), form.status


@blueprint.route("/<uuid:note_id>/correct", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def correct(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """It was otherwise: a second note says how, and the first stays under it."""
    case = case_for(acting(), case_id, to_change=True)
    note = note_in(case, note_id)
    form = NoteForm(obj=note, **vars(note.words or Words()))
    with keeping(form):
        if form.validate_on_submit() and not form.warns():
            second = notes.correct(note, form.details(), acting(), now())
            return _kept(case, second)
    shown = {"case": whole(case, "person"), "first": line_of(acting(), whole(note, "author"))}
    return render_template("casefile/note.html", form=form, **shown), form.status


@blueprint.route("/<uuid:note_id>/take-back", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def take_back(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """It should never have been there: why, and its words are gone."""
    case = case_for(acting(), case_id, to_change=True)
    note = note_in(case, note_id)
    form = NotAfterAllForm()
    with keeping(form):
        if form.validate_on_submit():
            notes.take_back(note, form.reason(), acting(), now())
            return done(url_for("casefile.case", case_id=case.id))
    shown = {"case": whole(case, "person"), "note": line_of(acting(), whole(note, "author"))}
    return render_template("casefile/note_back.html", form=form, **shown), form.status


def _kept(case: Case, note: CaseNote) -> ResponseReturnValue:
    undo = url_for(".take_back", case_id=case.id, note_id=note.id)
    return done(url_for("casefile.case", case_id=case.id), undo)
