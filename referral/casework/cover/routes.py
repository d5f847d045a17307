"""Leave: who is away, who covers, and from when to when."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.casework.cover.actions import CoverDetails, arrange, end_early
from referral.casework.cover.forms import CoverForm
from referral.casework.cover.queries import cover_for, covers_of, who_work
from referral.clock import now, today
from referral.db import db
from referral.web.done import done
from referral.web.forms import keeping, options

blueprint = Blueprint("cover", __name__)


@blueprint.route("/leave", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def leave() -> ResponseReturnValue:
    """Who of the team is away and who covers; say so of oneself, or for the team."""
    form = cover_form()
    with keeping(form):
        if form.validate_on_submit():
            arrange(_details(form), acting(), now())
            return done(url_for(".leave"))
    found = covers_of(acting(), now())
    page = render_template("casework/cover/leave.html", form=form, found=found, today=today())
    return page, form.status


def cover_form() -> CoverForm:
    """The form with the workers of the team; oneself is away where one may say it of no other."""
    form = CoverForm()
    team = [(str(user.id), user.name) for user in who_work(acting())]
    others = acting().may(Permission.ALLOCATE_CASES)
    mine = [one for one in team if one[0] == str(acting().user_id)]
    form.absent.choices = options([("", "Choose"), *team] if others else mine)
    form.cover.choices = options(
        [("", "Choose"), *(one for one in team if others or one not in mine)]
    )
    return form


def _details(form: CoverForm) -> CoverDetails:
    absent, cover = (db.session.get_one(User, UUID(one.data)) for one in (form.absent, form.cover))
    return CoverDetails(absent, cover, form.first_day.data, form.last_day.data)


@blueprint.post("/leave/<uuid:cover_id>/end")
@requires(Permission.WORK_CASES)
def end(cover_id: UUID) -> ResponseReturnValue:
    """They are back, or somebody else is to cover."""
    end_early(cover_for(acting(), cover_id), acting(), now())
    return done(url_for(".leave"))
