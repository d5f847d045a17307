"""The lock of a shared screen: one key hides it, and the same person goes on where they were."""

from typing import cast

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from referral.access.guard import acting, public, requires
from referral.access.permissions import Permission
from referral.accounts.users import lock_actions
from referral.accounts.users.addresses import network_of
from referral.accounts.users.forms import UnlockForm
from referral.accounts.users.models import SignIn
from referral.accounts.users.queries import locked_sign_in
from referral.clock import now
from referral.db import db
from referral.web import way_back

blueprint = Blueprint("lock", __name__)


@blueprint.post("/lock")
@requires(Permission.SEE_ACCESS, keyed=False)
def lock() -> ResponseReturnValue:
    """Hide the screen; the page, and what was typed into it, is kept for who locks it."""
    page = request.form.get("lock_page", "")
    if page.startswith("/") and not page.startswith(("//", "/\\")):
        way_back.keep(acting().user_id, now(), page)
    lock_actions.lock(cast(SignIn, current_user._get_current_object()), now())
    db.session.commit()
    return redirect(url_for("lock.locked"), 303)


@blueprint.route("/locked", methods=["GET", "POST"])
@public
def locked() -> ResponseReturnValue:
    """Nothing but who locked it, their password, and the way in for somebody else."""
    waits = locked_sign_in(str(session.get("token", "")), now())
    if waits is None:
        return abort(redirect(url_for("accounts.sign_in"), 303))
    form = UnlockForm()
    name = waits.user.name
    token = None
    if form.validate_on_submit():
        address = network_of(request.remote_addr or "")
        token = lock_actions.unlock(waits, form.password.data or "", address, now())
        db.session.commit()
    if token:
        way_back.begin(token)
        return redirect(url_for("accounts.home"), 303)
    if form.is_submitted() and not form.password.errors:
        form.tell(form.password, "That is not the password of this account. Try again")
    page = render_template("accounts/users/locked.html", form=form, name=name)
    return page, 422 if form.errors else 200
