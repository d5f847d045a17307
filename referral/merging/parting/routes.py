"""The page on which joined records are parted, and what the privacy guardian is told of them."""

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.consent.names import PURPOSES
from referral.db import whole
from referral.merging.joining.actions import snapshot
from referral.merging.joining.models import Joining
from referral.merging.joining.queries import (
    joining_for,
    later,
)
from referral.merging.joining.sides import FIELDS, differences
from referral.merging.parting.actions import part as part_records
from referral.merging.parting.forms import PartForm
from referral.web.done import done
from referral.web.filters import when
from referral.web.forms import keeping, options

blueprint = Blueprint("parting", __name__)


@blueprint.route("/joinings/<uuid:joining_id>/part", methods=["GET", "POST"])
@requires(Permission.JOIN_PEOPLE, recorded=True)
def part(joining_id: UUID) -> ResponseReturnValue:
    """They are two people after all: both stand as they did, and what came since goes to whom?"""
    joining = joining_for(acting(), joining_id)
    form = PartForm()
    form.of_the_other.choices = options(_came_since(joining))
    with keeping(form):
        if form.validate_on_submit():
            part_records(joining, form.details(), acting(), now())
            return done(url_for("joining.queue"))
    record(Tag.PERSON_COMPARED, acting(), now(), subject_id=joining.survivor_id)
    joining = whole(joining, "survivor", "absorbed", "joined_by")
    form.show(joining.version)
    changed = differences(joining.joined_as, snapshot(joining.survivor))
    names = [FIELDS[name].lower() for name in changed]
    page = render_template("merging/parting/part.html", form=form, joining=joining, changed=names)
    return page, form.status


def _came_since(joining: Joining) -> Iterator[tuple[str, str]]:
    """The episodes that neither record had, in words, the earliest first."""
    came = later(joining)
    lines = [
        (b.authorised_at, b.id, f"Booked at {b.began}" if b.centre else b.began)
        for b in came.bookings
    ]
    for answer in came.consents:
        words = f"{PURPOSES[answer.purpose]}: {answer.answer}"
        lines.append((answer.given_at, answer.id, words))
    for moment, number, words in sorted(lines):
        yield str(number), f"{words}, {when(moment)}"
