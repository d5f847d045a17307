"""The page on which joined records are parted, and what the privacy guardian is told of them."""

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.consent.models import Purpose
from referral.consent.names import PURPOSES
from referral.locks import writing
from referral.merging.joining.actions import snapshot
from referral.merging.joining.models import Joining
from referral.merging.joining.queries import (
    any_joining,
    every_joining,
    joining_for,
    later,
    seen_meanwhile,
)
from referral.merging.joining.sides import FIELDS, differences
from referral.merging.parting.actions import part as part_records
from referral.merging.parting.actions import read_by_guardian
from referral.merging.parting.forms import PartForm
from referral.web.done import done
from referral.web.filters import when
from referral.web.forms import keeping, options
from referral.web.paging import this_page

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
    form.show(joining.version)
    changed = differences(joining.joined_as, snapshot(joining.survivor))
    names = [FIELDS[name].lower() for name in changed]
    page = render_template("merging/parting/part.html", form=form, joining=joining, changed=names)
    return page, form.status


@blueprint.get("/joinings")
@requires(Permission.SEARCH_AUDIT)
def joinings() -> ResponseReturnValue:
    """Which records were joined and parted, by whom; people are not named."""
    return render_template("merging/parting/joinings.html", joinings=every_joining(this_page()))


@blueprint.get("/joinings/<uuid:joining_id>/seen")
@requires(Permission.SEARCH_AUDIT, recorded=True)
def seen(joining_id: UUID) -> ResponseReturnValue:
    """Who saw the joined record while it was one: who, when, and which kind of look."""
    joining = any_joining(joining_id)
    with writing():
        read_by_guardian(joining, acting(), now())
    found = seen_meanwhile(joining, this_page())
    return render_template("merging/parting/seen.html", joining=joining, deeds=found)


def _came_since(joining: Joining) -> Iterator[tuple[str, str]]:
    """The episodes that neither record had, in words, the earliest first."""
    came = later(joining)
    lines = [(b.authorised_at, b.id, f"Booked at {b.centre.name}") for b in came.bookings]
    for answer in came.consents:
        words = f"{PURPOSES[Purpose(answer.purpose)]}: {answer.answer}"
        lines.append((answer.given_at, answer.id, words))
    for moment, number, words in sorted(lines):
        yield str(number), f"{words}, {when(moment)}"
