"""The pages on which a translation of the person's page is fetched as a sheet, and put in."""

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now
from referral.contact.own_page import tongue_actions as actions
from referral.contact.own_page.tongue_forms import SheetForm, sheet_of
from referral.contact.own_page.tongue_queries import catalogue, done_in, translated
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("languages", __name__, url_prefix="/directory/languages")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.EDIT_DIRECTORY)
def page() -> ResponseReturnValue:
    """How much of the person's page is translated into which language; put in a sheet."""
    form = SheetForm()
    rows = done_in(now())
    form.language.choices = options([("", "Choose"), *((one.code, one.called) for one in rows)])
    with keeping(form):
        if form.validate_on_submit() and (sheet := form.sheet(catalogue(now()))):
            actions.put_in(sheet, acting(), now())
            return done(url_for(".page"))
    return render_template("contact/own_page/languages.html", form=form, rows=rows), form.status


@blueprint.get("/<language>/sheet.csv")
@requires(Permission.EDIT_DIRECTORY)
def sheet(language: str) -> ResponseReturnValue:
    """Every sentence for a translator, with what is translated so far."""
    if language not in {one.code for one in done_in(now())}:
        abort(404)
    english = catalogue(now())
    answer = Response(sheet_of(english, translated(language, english, now())), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={language}.csv"
    return answer
