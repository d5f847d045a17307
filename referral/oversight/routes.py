"""The trail of what was done and seen, who may do what, and who saw a joined record."""

from collections.abc import Iterator
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    render_template,
    request,
    stream_with_context,
)
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import LABELS, ROLES, Permission
from referral.accounts.users.queries import Deed
from referral.audit.trail import Tag, record, verify
from referral.clock import now
from referral.db import whole
from referral.drawings.invented import invented
from referral.locks import writing
from referral.merging.joining.queries import (
    any_joining,
    every_joining,
    seen_meanwhile,
)
from referral.merging.parting.actions import read_by_guardian
from referral.oversight.forms import TrailForm
from referral.oversight.guides import GUIDES
from referral.oversight.names import NAMES
from referral.oversight.queries import TrailSearch, deeds, every_deed
from referral.oversight.reasons import ON_GUIDE, WHY
from referral.web.forms import options
from referral.web.paging import this_page
from referral.web.pdf import as_pdf, pdf_answer
from referral.web.sheets import as_sheet

blueprint = Blueprint("oversight", __name__)


TRAIL_COLUMNS = (
    "number", "at", "what", "who", "organisation", "subject", "record", "to", "why",
)  # fmt: skip


@blueprint.get("/access")
@requires(Permission.SEE_ACCESS)
def access() -> ResponseReturnValue:
    """The role table, readable by everybody whom it binds."""
    return render_template(
        "oversight/access.html", roles=ROLES, permissions=list(Permission), labels=LABELS
    )


@blueprint.get("/styles")
@requires(Permission.SEE_ACCESS)
def styles() -> ResponseReturnValue:
    """The language of the pages, for those who build on it."""
    return render_template("styles.html", told=invented(now()))


@blueprint.get("/guide")
@requires(Permission.SEE_ACCESS)
def guide() -> ResponseReturnValue:
    """The first day of the reader's role, step by step, with the page where each is done."""
    return render_template("oversight/guide.html", **_guide())


@blueprint.get("/guide.pdf")
@requires(Permission.SEE_ACCESS)
def guide_pdf() -> ResponseReturnValue:
    """The same on one page, to lie beside the screen."""
    return pdf_answer(as_pdf(render_template("oversight/guide_pdf.html", **_guide())), "guide.pdf")


def _guide() -> dict[str, object]:
    role = acting().role
    asks = acting().may(Permission.BOOK) or acting().may(Permission.WORK_CASES)
    return {
        "role": role,
        "steps": GUIDES[role] if role else (),
        "why": [WHY[name] for name in ON_GUIDE] if asks else (),
    }


@blueprint.route("/trail", methods=["GET", "POST"])
@requires(Permission.SEARCH_AUDIT, recorded=True, keyed=False, reads=True)
def trail() -> ResponseReturnValue:
    """Search the trail; the search is an event too."""
    form = TrailForm()
    form.tag.choices = options([("", "Anything"), *_by_name()])
    sought = form.found()
    if request.form.get("as") == "csv" and not form.errors:
        return _trail_csv(sought)
    record(Tag.TRAIL_SEARCHED, acting(), now(), subject_id=sought.record_id)
    broken = verify() if request.form.get("as") == "verify" else None
    answer = render_template(
        "oversight/trail.html",
        form=form,
        names=NAMES,
        deeds=deeds(sought, this_page()),
        checked=request.form.get("as") == "verify",
        broken=broken,
    )
    return answer, form.status


def _by_name() -> list[tuple[str, str]]:
    return sorted(((tag.value, name) for tag, name in NAMES.items()), key=lambda pair: pair[1])


def _trail_csv(sought: TrailSearch) -> ResponseReturnValue:
    """The whole of it: it is sent while it is read, however long it is."""
    record(Tag.TRAIL_SEARCHED, acting(), now(), subject_id=sought.record_id)
    answer = Response(stream_with_context(_sheets(sought)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer


def _sheets(sought: TrailSearch) -> Iterator[bytes]:
    yield as_sheet([TRAIL_COLUMNS])
    for part in every_deed(sought):
        yield as_sheet(_cells(deed) for deed in part)


def _cells(deed: Deed) -> list[object]:
    event = deed.event
    return [
        *(event.seq, event.at.isoformat(), event.tag),
        *(deed.user, deed.organisation),
        *(event.subject_id or "", event.record_id or ""),
        *(deed.recipient, event.reason),
    ]


@blueprint.get("/joinings")
@requires(Permission.SEARCH_AUDIT)
def joinings() -> ResponseReturnValue:
    """Which records were joined and parted, by whom; people are not named."""
    return render_template("oversight/joinings.html", joinings=every_joining(this_page()))


@blueprint.get("/joinings/<uuid:joining_id>/seen")
@requires(Permission.SEARCH_AUDIT, recorded=True)
def seen(joining_id: UUID) -> ResponseReturnValue:
    """The looks at a joined record while it was one: by whom, when, of which kind."""
    joining = any_joining(joining_id)
    with writing():
        read_by_guardian(joining, acting(), now())
    found = seen_meanwhile(joining, this_page())
    joining = whole(joining, "joined_by", "parted_by")
    return render_template("oversight/seen.html", joining=joining, deeds=found)
