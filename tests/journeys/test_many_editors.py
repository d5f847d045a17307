"""Many people edit one record at once: what is acknowledged is kept, the rest is told."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

from conftest import hidden_fields
from flask.testing import FlaskClient
from sqlalchemy import func, select

from referral.access.permissions import Role
from referral.custody.models import Booking, Offer
from referral.db import db

CLIENTS, EDITS = 8, 20


def test_every_acknowledged_edit_is_in_the_history_and_every_other_is_told(app, as_role):
    desks = [as_role(Role.CUSTODY_OFFICER) for _ in range(CLIENTS)]
    form = {"surname": "Reid", "forename": "Ann", "authorised_at": "yesterday 10:00"}
    booking = desks[0].submit("/custody/bookings/new", form).location

    def edit(desk) -> list[int]:
        statuses = []
        look = partial(FlaskClient.open, desk, booking)  # the same page, not validated 400 times
        carried = hidden_fields(look().text)
        for _ in range(EDITS):
            said = {"answer": "not fit yet", "ask_again_at": "+2", "needs": ["MH"]}
            answer = look(method="POST", data=carried | said)
            statuses.append(answer.status_code)
            if answer.status_code == 409:
                assert "Someone else changed this" in answer.text
                assert 'value="MH" checked' in answer.text
                carried = hidden_fields(answer.text)
            else:  # what the page would carry now, unless somebody else has been quicker
                carried |= {"version": str(int(carried["version"]) + 1), "submit_key": str(uuid4())}
        return statuses

    with ThreadPoolExecutor(CLIENTS) as clients:
        statuses = [status for done in clients.map(edit, desks) for status in done]
    assert set(statuses) <= {303, 409}
    with app.app_context():
        kept = db.session.scalar(select(func.count()).select_from(Offer))
        version = db.session.scalar(select(Booking.version))
    assert kept == statuses.count(303) == version - 1 > 0
