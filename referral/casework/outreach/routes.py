"""The people to find today, and the list for the multi-agency overdose group."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cover.queries import duty_at
from referral.casework.outreach.queries import fast_lane, whole_lane
from referral.clock import now
from referral.web.paging import this_page
from referral.web.pdf import as_pdf, pdf_answer

blueprint = Blueprint("outreach", __name__)


@blueprint.get("/outreach")
@requires(Permission.WORK_CASES, recorded=True)
def people() -> ResponseReturnValue:
    """The people to find today, most urgent first."""
    at = now()
    found = fast_lane(acting(), this_page(), at)
    for each in found:
        person, number = each.case.person_id, each.case.id
        record(Tag.CASE_SEEN, acting(), at, subject_id=person, record_id=number)
    duty = duty_at(at, acting().organisation_id)
    return render_template("casework/outreach/people.html", found=found, duty=duty, now=at)


@blueprint.get("/outreach.pdf")
@requires(Permission.WORK_CASES, recorded=True)
def group_list() -> ResponseReturnValue:
    """The list for the overdose group: only who agreed that it hears of them."""
    at = now()
    agreed = [each for each in whole_lane(acting(), at) if each.group]
    shown = {"found": agreed, "duty": duty_at(at, acting().organisation_id), "now": at}
    made = as_pdf(render_template("casework/outreach/list_pdf.html", by=acting().name, **shown))
    for each in agreed:
        person, number = each.case.person_id, each.case.id
        record(Tag.OUTREACH_LISTED, acting(), at, subject_id=person, record_id=number)
    return pdf_answer(made, "list.pdf")
