"""Pages on which a team lead finds and joins two records of one person."""

from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.clock import now
from referral.custody.forms import SEXES
from referral.directory.queries import councils, labels
from referral.merging.joining.actions import JoinDetails, fields_of, join
from referral.merging.joining.forms import JoinForm
from referral.merging.joining.queries import duplicates, joinings_of, people_of, side_of
from referral.merging.joining.sides import FIELDS, in_words
from referral.people.actions import tell_apart
from referral.web.done import done
from referral.web.forms import keeping, options
from referral.web.paging import this_page

blueprint = Blueprint("joining", __name__)


@blueprint.get("/duplicates")
@requires(Permission.JOIN_PEOPLE, recorded=True)
def queue() -> ResponseReturnValue:
    """Likely duplicates among the team's people, and the records joined already."""
    people = people_of(acting(), this_page())
    pairs = duplicates(acting(), people)
    for case in [case for pair in pairs for case in (pair.one, pair.other)]:
        record(Tag.PERSON_COMPARED, acting(), now(), subject_id=case.person_id)
    return render_template(
        "merging/joining/queue.html",
        pairs=pairs,
        people=people,
        joinings=joinings_of(acting(), this_page("joined")),
    )


@blueprint.route("/cases/<uuid:case_id>/same-as/<uuid:other_id>", methods=["GET", "POST"])
@requires(Permission.JOIN_PEOPLE, recorded=True)
def compare(case_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Both records side by side; joined when the team lead says which one is kept."""
    cases = _two_people(case_id, other_id)
    form = JoinForm()
    left, right = cases
    form.kept.choices = options(
        [
            (str(left.id), f"Left: {left.person.name}"),
            (str(right.id), f"Right: {right.person.name}"),
        ]
    )
    with keeping(form):
        if form.validate_on_submit():
            kept, other = cases if form.kept.data == str(case_id) else cases[::-1]
            join(JoinDetails(kept.person_id, other.person_id), acting(), now())
            return done(url_for("joining.queue"))
    for case in cases:
        record(Tag.PERSON_COMPARED, acting(), now(), subject_id=case.person_id)
    page = _preview(form, cases)
    return page, form.status


@blueprint.post("/cases/<uuid:case_id>/not-same-as/<uuid:other_id>")
@requires(Permission.JOIN_PEOPLE)
def apart(case_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """These are two people; the queue leaves them out from now on."""
    one, other = _two_people(case_id, other_id)
    tell_apart(one.person_id, other.person_id, acting(), now())
    return done(url_for("joining.queue"))


def _preview(form: JoinForm, cases: tuple[Case, Case]) -> str:
    sides = [side_of(acting(), case) for case in cases]
    areas = {council.code: council.name for council in councils()}
    names = {"sex": dict(SEXES), "language": labels("language"), "council_code": areas}
    one, other = (fields_of(side.person) for side in sides)
    rows = [
        (label, in_words(name, one[name], names), in_words(name, other[name], names))
        for name, label in FIELDS.items()
    ]
    return render_template(
        "merging/joining/compare.html", form=form, cases=cases, sides=sides, rows=rows
    )


def _two_people(case_id: UUID, other_id: UUID) -> tuple[Case, Case]:
    """Two cases of the actor's own team, of two people; 404 for any others."""
    one, other = case_for(acting(), case_id), case_for(acting(), other_id)
    return (one, other) if one.person_id != other.person_id else abort(404)
