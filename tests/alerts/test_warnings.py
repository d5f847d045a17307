"""An ADP warns an area: the desks and workers there see it, others do not, readers are counted."""

import io
from datetime import timedelta

from crowd import actor
from pypdf import PdfReader
from support.html import address, send

from referral.access.permissions import Role
from referral.clock import today
from referral.db import db
from referral.directory.models import Council, Organisation

GLASGOW, FIFE = "S12000049", "S12000047"


def warning(**other):
    said = {
        "headline": "Strong tablets sold as diazepam",
        "text": "White, marked with a square. Do not use alone.",
        "councils": [GLASGOW],
        "ends_on": (today() + timedelta(days=7)).isoformat(),
    }
    return said | other


def test_a_warning_is_seen_where_it_holds_and_counts_each_reader_once(as_role):
    analyst, desk, worker = (
        as_role(role) for role in (Role.ADP_ANALYST, Role.CUSTODY_OFFICER, Role.WORKER)
    )
    assert analyst.submit("/alerts", warning()).status_code == 303
    assert "Read by 0" in analyst.get("/alerts").text
    line = desk.get("/custody/").text
    assert "Strong tablets" in line
    assert "Strong tablets" in worker.get("/cases").text
    page = address(line, "/alerts/[0-9a-f-]{36}")
    for browser in (desk, desk, worker):
        assert "Do not use alone" in browser.get(page).text
    assert "Read by 2" in analyst.get("/alerts").text
    sheet = PdfReader(io.BytesIO(worker.get(f"{page}/hand-out.pdf").data)).pages[0].extract_text()
    assert "marked with a square" in sheet


def test_another_area_sees_nothing_and_an_ended_warning_is_gone(app, as_role):
    analyst, desk = as_role(Role.ADP_ANALYST), as_role(Role.CUSTODY_OFFICER)
    with app.app_context():
        adp = db.session.get_one(Organisation, actor(Role.ADP_ANALYST).organisation_id)
        adp.councils = [*adp.councils, db.session.get_one(Council, FIFE)]
        db.session.commit()
    assert analyst.submit("/alerts", warning(councils=[FIFE])).status_code == 303
    assert "Strong tablets" not in desk.get("/custody/").text
    assert analyst.submit("/alerts", warning(headline="Second")).status_code == 303
    page = address(desk.get("/custody/").text, "/alerts/[0-9a-f-]{36}")
    assert send(analyst, "/alerts", f"{page}/end").status_code == 303
    assert "Second" not in desk.get("/custody/").text
    assert desk.get(page).status_code == 404


def test_a_warning_without_an_area_or_with_a_far_end_is_refused(as_role):
    analyst = as_role(Role.ADP_ANALYST)
    assert "at least one area" in analyst.submit("/alerts", warning(councils=[])).text
    far = (today() + timedelta(days=400)).isoformat()
    assert "three months from now" in analyst.submit("/alerts", warning(ends_on=far)).text
