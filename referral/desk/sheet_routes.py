"""When the line is down: numbered sheets are printed before, and typed in afterwards."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.consent.queries import read_out
from referral.consent.words import ENGLISH
from referral.contact.own_page.codes import in_fours, typed_code
from referral.custody.models import Booking
from referral.custody.queries import desk_of
from referral.db import whole
from referral.desk import actions as desk
from referral.desk import sheet_actions as actions
from referral.desk.forms import LISTS
from referral.desk.models import PaperSheet
from referral.desk.queries import hands_on
from referral.desk.routes import after, hear, known_to, lists
from referral.desk.sheet_forms import UNKNOWN, FindForm, PrintForm, SheetForm, sheet_form
from referral.desk.sheet_queries import not_entered, sheet_by
from referral.desk.suggestions import Suggested
from referral.desk.who_routes import ask_what_is_true
from referral.directory.queries import choices_in
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.pdf import as_pdf, as_picture, pdf_answer

blueprint = Blueprint("sheets", __name__, url_prefix="/custody")


@blueprint.route("/paper", methods=["GET", "POST"])
@requires(Permission.BOOK)
def paper() -> ResponseReturnValue:
    """Print sheets; or find the one whose number is typed."""
    form = PrintForm()
    with keeping(form):
        if form.validate_on_submit():
            return _printed(actions.print_sheets(form.how_many.data, acting(), now()))
    find = FindForm()
    find.number.data = request.args.get("number", "")
    if find.number.data and (found := sheet_by(acting(), typed_code(find.number.data))):
        return redirect(url_for(".enter", sheet_number=found.number))
    if find.number.data:
        find.tell(find.number, UNKNOWN)
    blank = not_entered(acting())
    page = render_template("desk/paper.html", form=form, find=find, blank=blank)
    return page, form.status if form.is_submitted() else find.status


@blueprint.route("/paper/<sheet_number>", methods=["GET", "POST"])
@requires(Permission.BOOK)
def enter(sheet_number: str) -> ResponseReturnValue:
    """What was written on a sheet, in its order, with the time at which it was written."""
    sheet = sheet_by(acting(), typed_code(sheet_number), to_change=True) or abort(404)
    form = sheet_form(*lists())
    known = known_to(form) if form.is_submitted() else []
    stay = ask_what_is_true(form, known)
    with keeping(form):
        if form.is_submitted():
            actions.check_blank(sheet)
        if not form.looks and form.validate_on_submit() and form.decided:
            return done(after(_entered(sheet, form, known), form))
    desk.note_suggestions(known, acting(), now())
    return _page(sheet, form, known, stay), form.status


def _entered(sheet: PaperSheet, form: SheetForm, known: Sequence[Suggested]) -> Booking:
    """The booking of a sheet, with what the person said then."""
    arrival = desk.Arrival(form.booking(), known, form.says_already)
    booking = actions.enter(sheet, arrival, form.written_at.data, acting(), now())
    if form.answer.data:
        hear(booking, form, booking.version)
    return booking


def _page(
    sheet: PaperSheet, form: SheetForm, known: Sequence[Suggested], stay: Booking | None
) -> str:
    """The page of a new booking, for the sheet that is typed in."""
    return render_template(
        "desk/new_booking.html",
        form=form,
        sheet=whole(sheet),
        number=in_fours(sheet.number),
        known=known,
        stay=whole(stay, "legs.centre") if stay else None,
        words=read_out(form.turn(), now()),
        hands_on=hands_on(acting(), desk_of(acting())),
        now=now(),
    )


def _printed(sheets: Sequence[PaperSheet]) -> Response:
    """The sheets as PDF. They are made once: another print has other numbers."""
    shown = [
        (
            in_fours(one.number),
            as_picture(url_for(".enter", sheet_number=one.number, _external=True)),
        )
        for one in sheets
    ]
    html = render_template(
        "desk/paper_pdf.html",
        sheets=shown,
        centre=desk_of(acting()),
        words=read_out(ENGLISH, now()),
        lists=choices_in(LISTS, today()),
    )
    return pdf_answer(as_pdf(html), "sheets.pdf")
