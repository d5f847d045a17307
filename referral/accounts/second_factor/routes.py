"""Pages of the second factor, and what happens when nobody is signed in any more."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from referral.access.guard import public, requires
from referral.access.permissions import Permission
from referral.accounts.second_factor import actions
from referral.accounts.second_factor.forms import CodeForm, KeepForm, OwnSetUpForm, SetUpForm
from referral.accounts.second_factor.queries import codes_left
from referral.accounts.second_factor.totp import new_secret, picture
from referral.accounts.users.addresses import network_of
from referral.accounts.users.models import SignIn, Stage
from referral.accounts.users.queries import at_the_door, factor_of, last_sign_in
from referral.clock import now
from referral.db import db, whole
from referral.locks import writing
from referral.web import way_back
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.sealing import seal, unseal

blueprint = Blueprint("second_factor", __name__)

IN_PAGE = "second factor offered"
WERE_IN = {Stage.OPEN, Stage.LOCKED}  # all the way, before the sign-in ended or was locked


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """After the password: the code of the app, or a recovery code."""
    row = _who_waits(Stage.CODE)
    form = CodeForm()
    if form.validate_on_submit():
        token = actions.answer(row, form.code.data, network_of(request.remote_addr or ""), now())
        db.session.commit()
        if token:
            way_back.begin(token)
            return redirect(url_for("accounts.home"), 303)
        form.code.data = ""
        form.code.errors = [actions.CodeRefused().sentence]
    return render_template("accounts/second_factor/code.html", form=form), form.status


@blueprint.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Set up a required second factor before anything else is shown."""
    return _set_up(_who_waits(Stage.SET_UP), SetUpForm())


@blueprint.route("/second-factor/set-up", methods=["GET", "POST"])
@requires(Permission.SEE_ACCESS, keyed=False)
def set_up_own() -> ResponseReturnValue:
    """Set up a second factor of one's own accord."""
    return _set_up(_own_sign_in(), OwnSetUpForm())


@blueprint.route("/second-factor", methods=["GET", "POST"])
@requires(Permission.SEE_ACCESS)
def second_factor() -> ResponseReturnValue:
    """One's own second factor: since when, how many recovery codes are left, and renewing it."""
    user = _own_sign_in().user
    form = KeepForm()
    codes = list[str]()
    if (factor := factor_of(user)) is None:
        return redirect(url_for("second_factor.set_up_own"))
    with keeping(form):
        if form.validate_on_submit() and form.act.data == "remove":
            actions.remove(user, form.password.data or "", now())
            return done(url_for("accounts.sign_in"))
        if form.validate_on_submit():
            codes = actions.renew_codes(user, form.password.data or "", now())
            done(url_for("second_factor.second_factor"))
    if codes:
        return render_template("accounts/second_factor/codes.html", codes=codes)
    shown = {"form": form, "factor": whole(factor), "left": codes_left(user)}
    return render_template("accounts/second_factor/second_factor.html", **shown), form.status


def to_the_door() -> ResponseReturnValue:
    """Nobody is signed in, or not any more: remember the page, and what was typed into it."""
    last = last_sign_in(str(session.get("token", "")))
    locked = last is not None and last.stage == Stage.LOCKED
    if request.method == "POST":
        shown_by_get = request.url_rule and "GET" in (request.url_rule.methods or ())
        if last and last.stage in WERE_IN and shown_by_get and _is_page():
            user_id = last.user_id
            with writing():  # a search only reads, and what was typed into it is kept as well
                way_back.keep(user_id, now())
        return redirect(url_for("lock.locked" if locked else "accounts.sign_in"), 303)
    if locked:  # the page on which they were when they locked it stays remembered
        return redirect(url_for("lock.locked"))
    if _is_page() and (last or "token" not in session):
        way_back.note(last.user_id if last else None)
    return redirect(url_for("accounts.sign_in"))


def _is_page() -> bool:
    """Whether a browser wants to show this, and no script asked behind a page."""
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"


def _own_sign_in() -> SignIn:
    found: SignIn = current_user._get_current_object()
    return found


def _who_waits(stage: Stage) -> SignIn:
    found = at_the_door(str(session.get("token", "")), stage, now())
    return found or abort(redirect(url_for("accounts.sign_in"), 303))


def _set_up(row: SignIn, form: SetUpForm) -> ResponseReturnValue:
    secret = _offered(form, row)
    with keeping(form):
        if form.validate_on_submit():
            token, codes = actions.set_up(row, form.details(secret), now())
            db.session.commit()
            way_back.begin(token)
            return render_template("accounts/second_factor/codes.html", codes=codes)
    svg = picture(secret, row.user.email)
    name = "accounts/second_factor/set_up.html"
    shown = Markup(svg)  # noqa: S704 - made by us, of the secret and nothing that was typed
    return render_template(name, form=form, secret=secret, picture=shown), form.status


def _offered(form: SetUpForm, row: SignIn) -> str:
    """The secret of this page; it stays the same until the code is right."""
    whose, _, secret = (unseal(IN_PAGE, form.sealed.data or "") or "").partition(" ")
    if whose != str(row.id):
        secret = new_secret()
        form.sealed.data = seal(IN_PAGE, f"{row.id} {secret}")
    return secret
