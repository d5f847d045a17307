"""Services come in from a file: once each, and offered to nobody until somebody has asked them."""

from io import BytesIO

import pytest
from conftest import EMAILS
from sqlalchemy import select
from support.html import fields, read, words

from referral.access.permissions import Role
from referral.db import db
from referral.directory.models import Organisation, Service

PAGE = "/directory/services/load"
HEAD = "Organisation;Service;Needs;Councils;For;Lowest age;Highest age;Phone;Email"
DOOR = "Open Arms;Night shelter;HOUS|Drugs;Glasgow City|S12000014;Women only;16;;0141 496 0177;a@b"


@pytest.fixture
def administrator(as_role):
    """The browser of an administrator."""
    return as_role(Role.ADMINISTRATOR)


def look_over(browser, *lines: str):
    sent = {"file": (BytesIO("\r\n".join([HEAD, *lines]).encode("utf-8-sig")), "export.csv")}
    form = fields(read(browser.get(PAGE).text).select("main form")[-1])
    form.pop("file")
    return browser.post(PAGE, data=form | sent, content_type="multipart/form-data")


def take_in(browser, page):
    [form] = [one for one in read(page.text).select("main form") if one.select("[name=checked]")]
    return browser.post(PAGE, data=fields(form))


def named(name: str) -> list[Service]:
    return db.session.scalars(select(Service).filter_by(name=name).order_by(Service.id)).all()


def test_a_service_comes_in_as_nobody_has_confirmed_it(administrator, app):
    page = look_over(administrator, DOOR)
    assert "1 service can be taken in" in words(read(page.text).main)
    assert "Columns that are not read: email." in words(read(page.text).main)
    with app.app_context():
        assert named("Night shelter") == []
    assert take_in(administrator, page).status_code == 303
    with app.app_context():
        [shelter] = named("Night shelter")
        assert (shelter.confirmed, shelter.organisation.confirmed) == (False, False)
        assert [row.need for row in shelter.needs] == ["DRUG", "HOUS"]
        assert sorted(row.name for row in shelter.councils) == ["Falkirk", "Glasgow City"]
        said = shelter.sexes, shelter.minimum_age, shelter.maximum_age, shelter.phone, shelter.email
        assert said == ("F", 16, None, "0141 496 0177", "")


def test_the_same_service_comes_in_once_and_another_of_its_organisation_beside_it(
    administrator, app
):
    take_in(administrator, look_over(administrator, DOOR))
    other = DOOR.replace("Night shelter", "Day room").replace("Open Arms", "OPEN ARMS")
    page = look_over(administrator, DOOR.upper().replace("WOMEN ONLY", "women only"), other, other)
    assert "1 service can be taken in; 2 lines are there already" in words(read(page.text).main)
    take_in(administrator, page)
    with app.app_context():
        assert len(named("Night shelter")) == len(named("Day room")) == 1
        known = db.session.scalars(
            select(Organisation.name).where(Organisation.name.ilike("open arms"))
        )
        assert known.all() == ["Open Arms"]


def test_what_is_wrong_with_a_line_is_said_with_its_field(administrator, app):
    page = look_over(
        administrator,
        "Open Arms;Night shelter;;;;;;;",
        "Open Arms;Day room;SHOES;;;;;;",
        "Open Arms;Canteen;HOUS;Atlantis;;;;;",
        "Open Arms;Garden;HOUS;;Cats;;;;",
        "Open Arms;Choir;HOUS;;;60;18;;",
        "Open Arms;Gym;HOUS;;;old;;;",
        ";Pool;HOUS;;;;;;",
    )
    rows = read(page.text).select("main tbody tr")
    found = [words(row.select("td")[-1]) for row in rows]
    assert [why.split(":")[0] for why in found] == [
        "Needs it meets", "Needs it meets", "Councils it covers (none means all of Scotland)",
        "For", "Ages", "Lowest age", "Organisation",
    ]  # fmt: skip
    assert not read(page.text).select("[name=checked]")


def test_the_command_does_the_same(app, tmp_path):
    path = tmp_path / "services.csv"
    path.write_text("\n".join([HEAD, DOOR]), encoding="utf-8")
    load = ["services", "load", str(path), "--by", EMAILS[Role.ADMINISTRATOR]]
    run = app.test_cli_runner().invoke
    assert (
        "1 taken in, 0 there already, 0 left out. Nothing" in run(args=[*load, "--dry-run"]).stdout
    )
    assert "1 taken in" in run(args=load).stdout
    assert "0 taken in, 1 there already" in run(args=load).stdout
    with app.app_context():
        assert [one.confirmed for one in named("Night shelter")] == [False]
