"""Pages for signing in and out, and for seeing who may do what."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from referral.access.guard import acting, public, requires
from referral.access.permissions import ROLES, Permission
from referral.accounts import actions
from referral.accounts.forms import SignInForm
from referral.clock import now
from referral.db import db

blueprint = Blueprint("accounts", __name__)

HOME = (
    (Permission.SEE_BOOKINGS, "custody.centre_now"),
    (Permission.SEE_CASES, "cases.case_list"),
    (Permission.SEE_INBOX, "followup.inbox_page"),
    (Permission.SEE_REPORTS, "reports.outcomes"),
    (Permission.SEE_ACCESS, "accounts.access"),
)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask who is there; the answer to a wrong address and to a wrong password is the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200
    token = actions.sign_in(form.email.data or "", form.password.data or "", now())
    db.session.commit()
    if token is None:
        form.password.errors = [actions.SignInRefused().sentence]
        return render_template("accounts/sign_in.html", form=form), 422
    session.clear()
    session["token"] = token
    return redirect(url_for("accounts.home"), 303)


@blueprint.post("/sign-out")
@requires(Permission.SEE_ACCESS)
def sign_out() -> ResponseReturnValue:
    """End this sign-in on the server and empty the browser."""
    actions.sign_out(current_user._get_current_object(), now())
    db.session.commit()
    session.clear()
    answer = redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/")
@requires(Permission.SEE_ACCESS)
def home() -> ResponseReturnValue:
    """Each role begins at its own work."""
    return redirect(url_for(next(page for may, page in HOME if acting().may(may))))


@blueprint.get("/access")
@requires(Permission.SEE_ACCESS)
def access() -> ResponseReturnValue:
    """The role table, readable by everybody whom it binds."""
    return render_template("accounts/access.html", roles=ROLES, permissions=list(Permission))
