"""The page of the hand-off."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.assessment.queries import summary_of
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.casework.contact_plan.queries import contact_rules
from referral.clock import now, today
from referral.consent.purposes import Level
from referral.consent.queries import words_in
from referral.db import whole
from referral.directory.queries import choices_in, services
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.disclosure import disclosed
from referral.handoff.referrals.forms import hand_off_form
from referral.handoff.referrals.matching import Fit, Wanted, fitting, routed, without_room
from referral.handoff.referrals.queries import rooms
from referral.web.done import done
from referral.web.forms import keeping

blueprint = Blueprint("handoff", __name__)


@blueprint.route("/cases/<uuid:case_id>/hand-off", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def hand_off(case_id: UUID) -> ResponseReturnValue:
    """Choose services with the person, and say how much each is told."""
    case = case_for(acting(), case_id, to_change=True)
    return hand_off_page(case, url_for("casefile.case", case_id=case.id), summary_of(case.id))


def _fits(wanted: Wanted) -> list[Fit]:
    able = [fit.service for fit in fitting(services(today()), wanted, now())]
    return fitting(able, wanted, now(), rooms(able, now()))


def hand_off_page(case: Case, after: str, found: Sequence[str]) -> ResponseReturnValue:
    person, needs = case.person, case.booking.needs
    wanted = Wanted(needs, person.council_code, person.age_on(today()), person.sex)
    fits = _fits(wanted)
    # what was chosen while there was room is not dropped in silence because it went meanwhile
    offered, passed = (fits, []) if request.method == "POST" else routed(fits)
    form = hand_off_form(offered, choices_in(("language", "given_how"), today()))
    with keeping(form):
        if form.validate_on_submit():
            handoff.hand_off(case, form.details(), acting(), now())
            return done(after)
    rules = contact_rules(acting(), person.id, now())
    page = render_template(
        "handoff/referrals/hand_off.html",
        case=whole(case, "person", "booking"),
        form=form,
        fits=offered,
        passed=passed,
        short=without_room(needs, fits),
        told={level: disclosed(person, needs, level, rules, found) for level in Level},
        words=words_in(form.language.data or person.language, now()),
    )
    return page, form.status
