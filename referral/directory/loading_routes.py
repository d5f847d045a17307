"""The page on which services come in from another register."""

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.directory import loading_actions as actions
from referral.directory.loading_forms import services_from
from referral.directory.queries import choices, councils
from referral.directory.service_lines import COLUMNS, ComingService
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.table_form import TableForm
from referral.web.tables import NoTable, Report

blueprint = Blueprint("loading", __name__, url_prefix="/directory")


@blueprint.route("/services/load", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def services() -> ResponseReturnValue:
    """A file is looked over, and nothing written; then what is sound in it is put down."""
    form = TableForm()
    report = None
    with keeping(form):
        if form.validate_on_submit() and (read := _read(form)):
            coming, unread = read
            if form.taking:
                actions.take_in(coming, acting(), now())
                return done(url_for("directory.front"))
            report = Report(actions.look_over(coming), unread)
    page = render_template("directory/load.html", form=form, report=report, columns=COLUMNS)
    return page, form.status


def _read(form: TableForm) -> tuple[list[ComingService], Sequence[str]] | None:
    """The services of a file, and the columns that are not read; None where it is refused."""
    try:
        table = form.table()
        areas = [(one.code, one.name) for one in councils()]
        coming = services_from(table, choices("need", today()), areas)
    except NoTable as refused:
        form.refuse(refused)
        return None
    return coming, COLUMNS.unread(table.columns)
