"""The page on which a supervisor brings in bookings from the register of their own centre."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.custody.queries import desk_of
from referral.db import whole
from referral.desk import register_actions as actions
from referral.desk.register import COLUMNS, Coming
from referral.desk.register_forms import coming_from
from referral.directory.models import CustodyCentre
from referral.directory.queries import choices_in
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.table_form import TableForm
from referral.web.tables import NoTable, Report

blueprint = Blueprint("register", __name__, url_prefix="/custody")


@blueprint.route("/register", methods=["GET", "POST"])
@requires(Permission.LOAD_BOOKINGS)
def load() -> ResponseReturnValue:
    """A file is looked over, and nothing written; then what is sound in it is booked."""
    centre = desk_of(acting()) or abort(404)
    form = TableForm()
    report = None
    with keeping(form):
        if form.validate_on_submit() and (read := _read(form, centre)):
            coming, unread = read
            if form.taking:
                actions.take_in(coming, acting(), now())
                return done(url_for("desk.centre_now"))
            report = Report(actions.look_over(coming, acting(), now()), unread)
    shown = {"columns": COLUMNS, "report": report, "centre": whole(centre)}
    return render_template("desk/register.html", form=form, **shown), form.status


def _read(form: TableForm, centre: CustodyCentre) -> tuple[list[Coming], Sequence[str]] | None:
    """The bookings of a file, and the columns that are not read; None where it is refused."""
    try:
        table = form.table()
        lists = choices_in(["language"], today())
        coming = coming_from(table, {centre.name.lower(): centre.id}, lists)
    except NoTable as refused:
        form.refuse(refused)
        return None
    return coming, COLUMNS.unread(table.columns)
