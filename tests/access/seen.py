"""All that a viewer can get: every page, list, search, file and call, with every number known."""

import io
import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from support.html import read

from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case
from referral.custody.models import Booking
from referral.db import db
from referral.directory.models import Service
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral, Stop

NUMBERS = {
    "booking_id": Booking,
    "case_id": Case,
    "referral_id": Referral,
    "assessment_id": Assessment,
    "appointment_id": Appointment,
    "number": Service,
    "stop_id": Stop,
}
FIXED = {
    "list_name": "need",
    "text": "x",
    "filename": "app.css",
    "code": "DRUG",
    "language": "pl",
    "version": "1",  # of recorded words
}
MORE = (
    "/custody/?names=yes",
    *(
        f"/cases?tab={tab}"
        for tab in ("day", "cells", "waiting", "mine", "overdue", "team", "closed")
    ),
    *(f"/reports/outcomes{kind}?period={{year}}" for kind in ("", ".csv")),
)
SEARCHES = (
    ("/cases?tab=team", {"name": "Quill"}),
    ("/trail", {"as": "csv"}),
    ("/custody/bookings/likely", {"forename": "Zebedee", "surname": "Quillfeather"}),
    ("/accounts", {"name": "tait"}),
)


def addresses(app: Flask, method: str, year: int) -> Iterator[tuple[str, str]]:
    """Each rule of the application with each of its addresses, for every record that there is."""
    with app.app_context():
        numbers = {
            name: db.session.scalars(select(model.id).order_by(model.id)).all()
            for name, model in NUMBERS.items()
        }
    for rule in app.url_map.iter_rules():
        if method not in rule.methods or rule.endpoint == "static":
            continue
        wanted = [name for name in rule.arguments if name in NUMBERS]
        for number in numbers[wanted[0]] if wanted else [None]:
            values = dict.fromkeys(wanted, number) | {
                name: FIXED.get(name, "00000000-0000-4000-8000-000000000000")
                for name in rule.arguments - NUMBERS.keys()
            }
            if rule.arguments & {"purpose", "state", "way"}:
                values |= {"purpose": "history", "state": "locked", "way": "call"}
            with app.test_request_context():
                built = rule.build({k: str(v) for k, v in values.items() if k in rule.arguments})
            yield rule.rule, built[1]
            if rule.rule == "/cases/<uuid:case_id>/timeline" and method == "GET":
                yield rule.rule, f"{built[1]}?show=everything"  # it opens at what matters
    if method == "GET":
        yield from (("", page.format(year=year)) for page in MORE)


def everything(app: Flask, browser: FlaskClient, year: int, csrf: str) -> dict[str, str]:
    """Address by address, the words of what the viewer is given; the choices of forms left out."""
    found = {}
    for _, address in addresses(app, "GET", year):
        answer = FlaskClient.open(browser, address)
        if answer.status_code == 200:
            found[address] = words(answer)
    for address, said in SEARCHES:
        data = said | {"csrf_token": csrf}
        answer = FlaskClient.open(browser, address, method="POST", data=data)
        if answer.status_code == 200:
            found[f"POST {address}"] = words(answer)
    return found


def words(answer) -> str:
    """The text of an answer, without the choices that a form offers to everybody."""
    if answer.mimetype == "application/pdf":
        pages = PdfReader(io.BytesIO(answer.data)).pages
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    if answer.mimetype != "text/html":
        return answer.text
    page = read(answer.text)
    for choice in page.select("option, label.govuk-checkboxes__label"):
        choice.decompose()
    return str(page)
