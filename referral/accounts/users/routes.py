"""Pages for signing in and out, for one's own password, and for keys."""

from typing import TypeVar
from uuid import UUID

from flask import (
    Blueprint,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from referral.access.guard import acting, public, requires
from referral.access.permissions import ROLES, Permission
from referral.accounts.users import actions, key_actions
from referral.accounts.users.forms import PasswordForm, SignInForm, TokenForm, UserForm
from referral.accounts.users.models import Stage, User
from referral.accounts.users.queries import locked_sign_in, token_for, tokens_of
from referral.accounts.users.refusals import SignInRefused
from referral.clock import now
from referral.db import db
from referral.directory.queries import centres, organisations, own_services
from referral.web import submit_keys, way_back
from referral.web.done import done
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("accounts", __name__)

NEXT = {
    Stage.OPEN: "accounts.home",
    Stage.CODE: "second_factor.code",
    Stage.SET_UP: "second_factor.set_up",
}


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask who is there; the answer to a wrong address and to a wrong password is the same."""
    form = SignInForm()
    required = bool(current_app.config["SECOND_FACTOR_REQUIRED"])
    came = None
    if form.validate_on_submit():
        locked = locked_sign_in(str(session.get("token", "")), now())
        came = actions.sign_in(form.knock(request.remote_addr), required, now())
        if came and locked:  # somebody has the desk now, and it may be somebody else
            actions.sign_out(locked, now())
        db.session.commit()
        form.password.errors = [SignInRefused().sentence]
    if came is None:
        shown = {"form": form, "was_here": way_back.was_here(), "is_kept": way_back.is_kept()}
        page = render_template("accounts/users/sign_in.html", **shown)
        return page, 422 if form.errors else 200
    token, stage = came
    way_back.begin(token)
    return redirect(url_for(NEXT[stage]), 303)


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
    """Back to where they were when a sign-in ended; else each role begins at its own work."""
    if page := way_back.take(acting().user_id):
        return redirect(page)
    return redirect(url_for(ROLES[current_user.user.role].begins))


@blueprint.route("/password", methods=["GET", "POST"])
@requires(Permission.SEE_ACCESS)
def password() -> ResponseReturnValue:
    """Change one's own password; every sign-in ends with it."""
    form = PasswordForm()
    with keeping(form):
        if form.validate_on_submit() and form.agrees():
            user = db.session.get_one(User, acting().user_id)
            actions.change_password(user, form.old.data or "", form.password.data or "", now())
            return done(url_for("accounts.sign_in"))
    page = render_template("accounts/users/edit.html", form=form, title="Change your password")
    return page, form.status


@blueprint.route("/tokens", methods=["GET", "POST"])
@requires(Permission.MAKE_TOKENS)
def tokens() -> ResponseReturnValue:
    """The keys with which programs act for this organisation; a new one is shown once."""
    form = TokenForm()
    form.offer(own_services(acting()))
    text = ""
    with keeping(form):
        if form.validate_on_submit():
            _, text = key_actions.make_token(form.details(), acting(), now())
            submit_keys.spend(url_for("accounts.tokens"))
            db.session.commit()
    found = tokens_of(acting(), this_page())
    page = render_template("accounts/users/tokens.html", form=form, tokens=found, made=text)
    return page, form.status


@blueprint.post("/tokens/<uuid:token_id>/revoke")
@requires(Permission.MAKE_TOKENS)
def revoke(token_id: UUID) -> ResponseReturnValue:
    """The key opens nothing from now on."""
    key_actions.revoke_token(token_for(acting(), token_id), acting(), now())
    return done(url_for("accounts.tokens"))


U = TypeVar("U", bound=UserForm)


def with_choices(form: U) -> U:
    """The form, with the organisations and centres that there are."""
    form.organisation.choices = options((str(o.id), o.name) for o in organisations())
    form.centre.choices = options([("", "None"), *((str(c.id), c.name) for c in centres())])
    return form
