"""A yes in each part of its life, by each page, file, link and call that reads by it.

One table a purpose: a line is what the person said of it, a column is somebody who reads by it.
"""

from contextlib import closing
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from access.test_consents_life import (
    Told,
    again,
    contact_only,
    given,
    in_doubt_after_a_yes,
    refused,
    summary,
    to_another,
    withdrawn,
)
from access.walking import PERSON, PROGRAM, Site
from access.world import BORN, build
from bs4 import BeautifulSoup
from conftest import hidden_fields
from crowd import actor
from sqlalchemy import select, update

from referral.access.permissions import Role
from referral.clock import now, today
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.handoff.referrals.models import Referral
from referral.people.identity import Identity
from referral.post.links.models import LinkCode
from referral.post.links.signing import digits_of

DAY = timedelta(days=1)


def last_day(told: Told) -> None:
    """It ends at the next midnight."""
    given(told)
    _ends(told, today() + DAY)


def day_after(told: Told) -> None:
    """It has ended at the last one."""
    given(told)
    _ends(told, today())


def _ends(told: Told, day) -> None:
    mine = update(Consent).where(Consent.person_id == told.person.id)
    db.session.execute(mine.where(Consent.purpose == told.purpose.value).values(expires_on=day))


LIVES = {
    "given": given,
    "in doubt": in_doubt_after_a_yes,
    "last day": last_day,
    "day after": day_after,
    "refused": refused,
    "withdrawn": withdrawn,
    "given again": again,
    "to another": to_another,
    "summary": summary,
    "contact only": contact_only,
}
# inbox, listed: the needs in the lists of pages and of programs; page, call, link: the name; born:
# the birth date on the page; own: that they have the details, which a person can stop in doubt too
TABLES = {
    Purpose.SHARE: """
                inbox listed page call link letter born own
given           x     x      x    x    x    x      x    x
in doubt        -     -      -    -    -    -      -    x
last day        x     x      x    x    x    x      x    x
day after       -     -      -    -    -    -      -    -
refused         -     -      -    -    -    -      -    -
withdrawn       -     -      -    -    -    -      -    -
given again     x     x      x    x    x    x      x    x
to another      -     -      -    -    -    -      -    -
summary         x     x      x    x    x    x      -    x
contact only    -     -      x    x    x    x      -    x
""",
    Purpose.CONTACT: """
                case told ring plan
given           x    x    x    x
in doubt        -    -    -    -
last day        x    x    x    x
day after       -    -    -    -
refused         -    -    -    -
withdrawn       -    -    -    -
given again     x    x    x    x
""",
    Purpose.DESK: """
                card
given           x
in doubt        -
last day        x
day after       -
refused         -
withdrawn       -
given again     x
""",
    Purpose.HISTORY: """
                timeline
given           x
in doubt        -
last day        x
day after       -
refused         -
withdrawn       -
given again     x
""",
    Purpose.OUTCOME: """
                came asked
given           x    x
in doubt        -    -
last day        x    x
day after       -    -
refused         -    -
withdrawn       -    -
given again     x    x
""",
}


class Readers:
    """Everybody who reads by what one person agreed to; each answers whether they see it."""

    def __init__(self, site: Site, back: UUID) -> None:
        self.site, self.back, self.own = site, back, site.places["own"]
        self.worker = site.visitors[Role.WORKER.value]
        self.service = site.visitors[Role.SERVICE_WORKER.value]
        self.stranger = site.visitors["stranger"]
        self.referral, self.case = self.own["referral_id"], self.own["case_id"]

    def inbox(self) -> bool:
        page = BeautifulSoup(self.service.get("/inbox").text, "html.parser")
        [line] = page.select(f'#main a[href="/inbox/{self.referral}"]')
        return "drugs" in line.parent.text

    def listed(self) -> bool:
        found = self.site.visitors[PROGRAM].get("/api/v1/referrals").json
        [mine] = [row for row in found if row["id"] == self.referral]
        return bool(mine["needs"])

    def page(self) -> bool:
        return "SurOwntaken" in self.service.get(f"/inbox/{self.referral}").text

    def born(self) -> bool:
        return "May 1985" in self.service.get(f"/inbox/{self.referral}").text

    def call(self) -> bool:
        return bool(
            self.site.visitors[PROGRAM].get(f"/api/v1/referrals/{self.referral}").json["person"]
        )

    def link(self) -> bool:
        path = f"/a/{self.own['text-see']}"
        self.stranger.post(f"{path}/code", data=hidden_fields(self.stranger.get(path).text))
        with self.site.app.app_context():
            code = db.session.scalars(select(LinkCode)).one()
            digits = digits_of(code.id, self.site.app.config["SECRET_KEY"])
        key = {"submit_key": str(uuid4()), "code": digits}
        assert self.stranger.post(f"{path}/open", data=key).status_code == 303
        return "SurOwntaken" in self.stranger.get(path).text

    def letter(self) -> bool:
        return self.worker.get(f"/referrals/{self.referral}/letter.pdf").status_code == 200

    def own_page(self) -> bool:
        return "They have your details" in self.site.visitors[PERSON].get("/me/page").text

    def case_page(self) -> bool:
        return "900123" in self.worker.get(f"/cases/{self.case}").text

    def told(self) -> bool:
        page = self.service.get(f"/inbox/{self.referral}").text
        assert "heron sings" not in page  # agreed since, and not told to them
        return "900123" in page

    def ring(self) -> bool:
        page = self.worker.get(f"/cases/{self.case}").text
        return "they do not agree to be contacted" not in page

    def plan(self) -> bool:
        return "900123" in self.worker.get(f"/cases/{self.case}/plan").text

    def card(self) -> bool:
        desk = self.site.visitors[Role.CUSTODY_OFFICER.value]
        return "Known to us" in desk.get(f"/custody/bookings/{self.back}").text

    def timeline(self) -> bool:
        page = self.worker.get(f"/cases/{self.case}/timeline?show=everything")
        return "Agreed</strong>" in page.text

    def came(self) -> bool:
        return "Appointment</strong>" in self.worker.get(f"/cases/{self.case}/timeline").text

    def asked(self) -> bool:
        return self.stranger.get(f"/a/{self.own['text-came']}").status_code == 200


COLUMNS = {"own": "own_page", "case": "case_page"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other asks the same function
@pytest.mark.parametrize("purpose", TABLES, ids=lambda purpose: purpose.value)
def test_each_reader_sees_just_what_the_table_says(app, purpose):
    with app.app_context():
        places = build()
        referral = db.session.get_one(Referral, UUID(places["own"]["referral_id"]))
        who = Identity("ForeOwntaken", "SurOwntaken", BORN, phone="07700 900123")
        details, officer = (
            BookingDetails(who, now(), referral.person_id),
            actor(Role.CUSTODY_OFFICER),
        )
        back = open_booking(details, officer, now()).id
        db.session.commit()
    head, *rows = TABLES[purpose].strip("\n").splitlines()
    columns, wrong = head.split(), []
    with closing(Site(app, places)) as site:
        for row in rows:
            name, cells = row[:16].strip(), row[16:].split()
            with app.app_context():
                person = db.session.get_one(Referral, UUID(places["own"]["referral_id"])).person
                LIVES[name](Told(person, purpose, now()))
                db.session.commit()
                db.session.remove()
            readers = Readers(site, back)
            for column, cell in zip(columns, cells, strict=True):
                if getattr(readers, COLUMNS.get(column, column))() is not (cell == "x"):
                    wrong.append(f"{name}: {column} is not {cell}")
            site.put_back()
            for who, browser in site.visitors.items():
                browser._cookies = dict(site.cookies[who])
    assert wrong == [], "\n".join(wrong)
