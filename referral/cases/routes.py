"""Pages that answer an offer, and those of the case list."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.cases import actions
from referral.cases.forms import TakeForm, offer_form
from referral.cases.queries import PAGE, case_for, open_cases
from referral.clock import now, today
from referral.custody.queries import booking_for
from referral.db import db
from referral.directory.queries import choices
from referral.web import submit_keys
from referral.web.forms import keeping
from referral.web.paging import this_page

blueprint = Blueprint("cases", __name__)


@blueprint.route("/custody/bookings/<uuid:booking_id>", methods=["GET", "POST"])
@requires(Permission.BOOK, recorded=True)
def answer_offer(booking_id: UUID) -> ResponseReturnValue:
    """Ask, hear the answer, pass it on."""
    booking = booking_for(acting(), booking_id, to_change=True)
    form = offer_form(choices("declined", today()), choices("offer_not_made", today()))
    with keeping(form):
        if form.validate_on_submit():
            actions.answer_offer(booking, form.details(), form.agreements(), acting(), now())
            location = submit_keys.spend(url_for("custody.centre_now"))
            db.session.commit()
            return redirect(location, 303)
    record(Tag.BOOKING_SEEN, acting(), now(), subject_id=booking.person_id, record_id=booking.id)
    form.show(booking.version)
    page = render_template("custody/booking.html", form=form, booking=booking, now=now())
    db.session.commit()
    return page, form.status


@blueprint.get("/cases")
@requires(Permission.SEE_CASES)
def case_list() -> ResponseReturnValue:
    """Whom do I see first, before the window closes?"""
    page = this_page()
    cases = open_cases(acting(), page)
    return render_template(
        "cases/list.html", cases=cases, page=page, size=PAGE, now=now(), form=TakeForm()
    )


@blueprint.post("/cases/<uuid:case_id>/take")
@requires(Permission.WORK_CASES)
def take(case_id: UUID) -> ResponseReturnValue:
    """Make a case one's own."""
    case = case_for(acting(), case_id, to_change=True)
    actions.take(case, TakeForm().seen_version, acting(), now())
    location = submit_keys.spend(url_for("handoff.case", case_id=case.id))
    db.session.commit()
    return redirect(location, 303)
