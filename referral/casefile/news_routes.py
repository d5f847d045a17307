"""What came from others since one looked, opened by pressing."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casefile.news_actions import note_look
from referral.casefile.news_queries import news_of, people_of
from referral.clock import now
from referral.web.done import done
from referral.web.paging import this_page

blueprint = Blueprint("news", __name__)


@blueprint.post("/news/look")
@requires(Permission.WORK_CASES)
def look() -> ResponseReturnValue:
    """The count in the head was pressed: what came until now is seen."""
    note_look(acting(), now())
    return done(url_for(".news"))


@blueprint.get("/news")
@requires(Permission.WORK_CASES, recorded=True)
def news() -> ResponseReturnValue:
    """The latest that came from services, from people who ask again and from colleagues."""
    at = now()
    found = news_of(acting(), this_page(), at)
    people = people_of(acting(), {one.case_id for one in found if one.case_id})
    for number, person in people.items():
        record(Tag.CASE_SEEN, acting(), at, subject_id=person.id, record_id=number)
    return render_template("casefile/news.html", found=found, people=people, now=at)
