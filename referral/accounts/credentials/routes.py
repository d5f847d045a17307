"""Accounts: who has one, what opens it for the first time, and again."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, public, requires
from referral.access.permissions import Permission
from referral.accounts.credentials import actions
from referral.accounts.credentials.forms import ForgottenForm, VouchForm
from referral.accounts.credentials.guard import by_invitation, by_password_link
from referral.accounts.credentials.queries import (
    AccountDoor,
    account_with,
    address_to,
    invitation_of,
    open_reset,
    open_resets,
)
from referral.accounts.users import actions as users
from referral.accounts.users.addresses import network_of
from referral.accounts.users.forms import FindForm, InviteForm, JoinForm, UserForm
from referral.accounts.users.models import User
from referral.accounts.users.queries import factor_of
from referral.accounts.users.queries import users as users_called
from referral.accounts.users.routes import with_choices
from referral.accounts.users.states import UserState
from referral.clock import now
from referral.db import db, whole
from referral.post.links.models import Link
from referral.web import submit_keys
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.paging import this_page

blueprint = Blueprint("credentials", __name__)


@blueprint.route("/accounts", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS, keyed=False, reads=True)
def accounts() -> ResponseReturnValue:
    """The list of accounts, to search and to open; and the resets that wait for a second person."""
    form = FindForm()
    form.validate_on_submit()
    shown = {"users": users_called(form.name.data, this_page()), "resets": open_resets(now())}
    page = render_template("accounts/credentials/accounts.html", form=form, **shown)
    return page, form.status


@blueprint.route("/accounts/<uuid:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def account(user_id: UUID) -> ResponseReturnValue:
    """Change a user's role, organisation or centre; they are signed out everywhere."""
    user = _user(user_id)
    said = {"organisation": str(user.organisation_id), "centre": str(user.centre_id or "")}
    form = with_choices(UserForm(data={"name": user.name, "role": user.role} | said))
    with keeping(form):
        if form.validate_on_submit():
            users.change_user(user, form.details(), form.seen_version, acting(), now())
            return done(url_for(".accounts"))
    user = whole(user)
    form.show(form.seen_version if form.is_submitted() else user.version)
    page = render_template(
        "accounts/credentials/account.html",
        title="Account",
        form=form,
        user=user,
        factor=factor_of(user),
        asked=open_reset(user, now()),
        invitation=invitation_of(user, now()),
    )
    return page, form.status


@blueprint.post("/accounts/<uuid:user_id>/<any(active,locked,closed):state>")
@requires(Permission.MANAGE_ACCOUNTS)
def set_state(user_id: UUID, state: str) -> ResponseReturnValue:
    """Lock, unlock or close an account."""
    user = _user(user_id)
    users.set_state(user, UserState(state), acting(), now())
    return _to_account(user)


@blueprint.route("/accounts/invite", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def invite() -> ResponseReturnValue:
    """Invite somebody: the link goes out by e-mail, and is shown once, to pass on."""
    form = with_choices(InviteForm())
    taken = None
    with keeping(form):
        if form.validate_on_submit():
            said = form.email.data or "", form.details()
            user, link = actions.invite(*said, acting(), now())
            return _invited(user, link)
    if form.form_errors and (taken := account_with(form.email.data or "")):
        form.email.errors = [form.form_errors.pop()]
    return render_template("accounts/credentials/invite.html", form=form, taken=taken), form.status


@blueprint.post("/accounts/<uuid:user_id>/invitation")
@requires(Permission.MANAGE_ACCOUNTS)
def invite_again(user_id: UUID) -> ResponseReturnValue:
    """The invitation was lost or has run out: send another; the earlier one opens nothing."""
    user = _user(user_id)
    return _invited(user, actions.invite_again(user, acting(), now()))


def _invited(user: User, link: Link) -> ResponseReturnValue:
    submit_keys.spend(url_for(".account", user_id=user.id))
    db.session.commit()
    shown = {"user": user, "link": address_to(link), "until": link.expires_at}
    return render_template("accounts/credentials/invited.html", **shown)


@blueprint.route("/join/<text>", methods=["GET", "POST"])
@by_invitation()
def join(door: AccountDoor) -> ResponseReturnValue:
    """Take up an invitation with a password of one's own."""
    form = JoinForm()
    with keeping(form):
        if form.validate_on_submit() and form.agrees():
            actions.join(door, form.password.data or "", now())
            return done(url_for("accounts.sign_in"))
    name = door.user.name
    return render_template("accounts/users/join.html", form=form, name=name), form.status


@blueprint.route("/sign-in/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Somebody forgot their password; the answer is the same with and without an account."""
    form = ForgottenForm()
    sent = False
    with keeping(form):
        if form.validate_on_submit():
            source = network_of(request.remote_addr or "")
            actions.ask_for_password(form.email.data or "", source, now())
            db.session.commit()
            sent = True
    return render_template("accounts/credentials/forgotten.html", form=form, sent=sent), form.status


@blueprint.route("/password/new/<text>", methods=["GET", "POST"])
@by_password_link()
def new_password(door: AccountDoor) -> ResponseReturnValue:
    """Another password, by a link from an e-mail or from the command on the machine."""
    form = JoinForm()
    with keeping(form):
        if form.validate_on_submit() and form.agrees():
            actions.renew_password(door, form.password.data or "", now())
            return done(url_for("accounts.sign_in"))
    return render_template("accounts/credentials/new_password.html", form=form), form.status


@blueprint.route("/accounts/<uuid:user_id>/second-factor/reset", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def lost_app(user_id: UUID) -> ResponseReturnValue:
    """Reset the app of a user who lost it and their codes, once two people vouch for them."""
    user = _user(user_id)
    form = VouchForm()
    with keeping(form):
        if form.validate_on_submit():
            actions.vouch(user, form.how.data, acting(), now())
            return _to_account(user)
    shown = {"user": whole(user), "form": form, "asked": open_reset(user, now())}
    shown |= {"factor": factor_of(user)}
    return render_template("accounts/credentials/lost_app.html", **shown), form.status


@blueprint.post("/accounts/<uuid:user_id>/second-factor/keep")
@requires(Permission.MANAGE_ACCOUNTS)
def keep_app(user_id: UUID) -> ResponseReturnValue:
    """The app was found, or something is wrong with what was asked for."""
    user = _user(user_id)
    actions.keep_app(user, acting(), now())
    return _to_account(user)


def _user(user_id: UUID) -> User:
    return db.session.get(User, user_id) or abort(404)


def _to_account(user: User) -> ResponseReturnValue:
    return done(url_for(".account", user_id=user.id))
