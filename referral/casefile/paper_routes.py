"""A case on paper: one page of what the person agreed to share."""

from uuid import UUID

from flask import Blueprint, Response, abort, render_template

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casefile.summary_queries import summary_of
from referral.casework.cases.queries import case_for
from referral.clock import now
from referral.db import whole
from referral.directory.queries import organisation_of
from referral.web.pdf import as_pdf, pdf_answer

blueprint = Blueprint("case_paper", __name__)


@blueprint.get("/cases/<uuid:case_id>/summary.pdf")
@requires(Permission.WORK_CASES, recorded=True)
def summary(case_id: UUID) -> Response:
    """The case on one page, by consent; 404 once they want no worker any more."""
    case = case_for(acting(), case_id)
    found = summary_of(acting(), case, now()) or abort(404)
    page = render_template(
        "casefile/summary_pdf.html",
        **vars(found) | {"case": whole(case, "person", "worker")},
        sender=organisation_of(case.team_id),
        by=acting().name,
        now=now(),
    )
    made = as_pdf(page)
    record(Tag.SUMMARY_TAKEN, acting(), now(), subject_id=case.person_id, record_id=case.id)
    return pdf_answer(made, "summary.pdf")
