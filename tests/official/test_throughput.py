"""Custody throughput of others is held with its source, corrected openly and never overwritten."""

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import EMAILS
from crowd import actor
from official.figures import THROUGHPUT, figure, line, send, stated
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from support.html import fields, read, words

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.clock import now
from referral.db import db
from referral.directory.models import CustodyCentre
from referral.official import actions
from referral.official.models import OfficialFile, Throughput
from referral.official.queries import throughput_at, throughput_of
from referral.official.refusals import FigureHeld, FigureOver
from referral.official.spans import span_of

YEAR = span_of("2023-24", date(2026, 11, 24))
NEW, FILE = "/official/throughput/new", "/official/throughput/import"
TYPED = {
    "place": "S92000003", "span": "2023-24", "number": "102,179", "definition": "stays",
    "source": "Invented report", "published_on": "1 6 2024",
}  # fmt: skip
EXAMPLE = Path(__file__).parents[2] / "docs" / "throughput-example.csv"


@pytest.fixture
def analyst(as_role):
    """The browser of the national analyst."""
    return as_role(Role.CJS_ANALYST)


def rows() -> list[Throughput]:
    return db.session.scalars(select(Throughput).order_by(Throughput.order)).all()


def said() -> list[tuple[int, str]]:
    return [(one.number, one.source) for one in throughput_of("S92000003", YEAR)]


def test_the_two_published_figures_of_one_year_are_both_held_with_their_sources(app):
    run = app.test_cli_runner().invoke
    told = run(args=["throughput", "import", str(EXAMPLE)])
    assert told.stdout == "2 new, 0 corrected, 0 there already.\n"
    with app.app_context():
        assert sorted(number for number, _ in said()) == [99_986, 102_179]
        assert all("HMICS" in source for _, source in said())
        assert throughput_of("S12000049", YEAR) == []
    again = run(args=["throughput", "import", str(EXAMPLE)])
    assert (again.exit_code, again.stdout[:42]) == (0, "This very file was taken in before. Nothin")
    with app.app_context():
        assert len(rows()) == 2
        [file] = db.session.scalars(select(OfficialFile)).all()
        assert (file.name, file.imported_by_id) == ("throughput-example.csv", None)
        event = select(AuditEvent.record_id).filter_by(tag=Tag.THROUGHPUT_IMPORTED.value)
        assert db.session.scalars(event).all() == [file.id]


def test_a_correction_is_a_new_row_beside_the_one_before(app):
    with app.app_context():
        by = actor(Role.ADMINISTRATOR)
        first = actions.enter(figure("2023-24", 100), by, now())
        with pytest.raises(FigureHeld):
            actions.enter(figure("2023-24", 101, "INVENTED bulletin"), by, now())
        new = actions.correct(first, stated(101), by, now())
        db.session.commit()
        assert said() == [(101, "Invented bulletin")]
        assert (first.number, first.ended_by_id, new.replaces_id) == (100, by.user_id, first.id)
        assert first.ended_at == new.entered_at
        with pytest.raises(FigureOver):
            actions.correct(first, stated(102), by, now())
        assert actions.correct(new, stated(101), by, now()) is new
        actions.take_back(new, by, now())
        db.session.commit()
        assert (said(), len(rows())) == ([], 2)


def test_one_source_counts_once_for_a_period_whoever_writes(app):
    with app.app_context():
        first = actions.enter(figure("2023-24", 100), actor(Role.ADMINISTRATOR), now())
        db.session.commit()
        twin = {c.key: getattr(first, c.key) for c in Throughput.__table__.columns}
        db.session.add(Throughput(**{k: v for k, v in twin.items() if k not in {"id", "order"}}))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_a_file_corrects_adds_and_leaves_what_is_the_same(app, analyst):
    def take(*lines):
        return send(analyst, FILE, "\n".join([THROUGHPUT, *lines]).encode())

    assert take(line("1,000"), line(50, area="Govan"), line(7, area="G")).status_code == 303
    assert take(line(1001), line(50, area="govan"), line(9, "2022-23")).status_code == 303
    with app.app_context():
        assert [(one.number, one.ended_at is None) for one in rows()] == [
            (1000, False), (50, True), (7, True), (1001, True), (9, True),
        ]  # fmt: skip
        govan = db.session.scalars(select(CustodyCentre).filter_by(name="Govan")).one()
        [found] = throughput_at(govan.id, YEAR)
        assert (found.number, throughput_of("G", YEAR)[0].number) == (50, 7)
        assert {row.entered_by_id for row in rows()} == {actor(Role.CJS_ANALYST).user_id}
    main = words(read(analyst.get("/official").text).main)
    assert "Corrected or taken back" in main
    assert "1,000 by Invented bulletin" in main


def test_nothing_is_taken_in_of_a_file_with_a_wrong_line_and_each_is_told(app, analyst, tmp_path):
    lines = [
        line(), line(area="Atlantis"), line("-1"), line("12,34"), line(source=""),
        line(published=""), line(published="2024-01-01"), line(period="2026-27"),
        line(period="soon"), line(url="javascript:alert(1)"), line(200),
        line(published="2030-01-01"), "a,b",
    ]  # fmt: skip
    content = "\n".join([THROUGHPUT, *lines])
    page = send(analyst, FILE, content.encode())
    assert page.status_code == 422
    assert "12 lines are wrong, so nothing was taken in" in words(read(page.text).main)
    shown = {words(row.th): words(row.td) for row in read(page.text).select("main tbody tr")}
    assert {number: told.split(" ")[0:2] for number, told in shown.items()} == {
        "3": ["We", "do"], "4": ["How", "many:"], "5": ["How", "many:"], "6": ["Source:", "Enter"],
        "7": ["Published", "on:"], "8": ["Published", "on:"], "9": ["Period:", "The"],
        "10": ["Period:", "Type"], "11": ["Web", "address:"], "12": ["It", "is"],
        "13": ["Published", "on:"], "14": ["It", "has"],
    }  # fmt: skip
    path = tmp_path / "wrong.csv"
    path.write_text(content, encoding="utf-8")
    told = app.test_cli_runner().invoke(args=["throughput", "import", str(path)])
    assert told.exit_code == 1
    assert re.search(r"^line 3: We do not know “Atlantis”", told.stderr, re.MULTILINE)
    with app.app_context():
        assert rows() == []
        assert db.session.scalars(select(OfficialFile)).all() == []


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("area,count,definition,source", "“period”, or “first day” and “last day”"),
        ("period,area,count,source", "“definition”"),
        ("period,area,count,number,definition,source", "Two columns hold the count"),
        ("", "The file is empty"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_what_it_lacks(analyst, head, sentence):
    page = send(analyst, FILE, head.encode() or b"\n")
    assert (page.status_code, sentence in words(read(page.text).main)) == (422, True)


def test_days_may_stand_in_two_columns(app, tmp_path):
    path = tmp_path / "days.csv"
    path.write_text(
        "first day;last day;custody centre;count;what was counted;source;read on\n"
        "1 April 2024;31 October 2024;Govan;0;stays;Invented;2 11 2024\n", encoding="utf-8",
    )  # fmt: skip
    mine = ["--by", EMAILS[Role.ADMINISTRATOR]]
    told = app.test_cli_runner().invoke(args=["throughput", "import", str(path), *mine])
    assert told.stdout == "1 new, 0 corrected, 0 there already.\n"
    with app.app_context():
        [row] = rows()
        assert (row.span.words, row.number) == ("1 April 2024 to 31 October 2024", 0)
        assert row.entered_by_id == actor(Role.ADMINISTRATOR).user_id


def test_a_command_acts_for_nobody_who_may_not(app):
    for email in (EMAILS[Role.ADP_ANALYST], "nobody@example.org"):
        told = app.test_cli_runner().invoke(
            args=["throughput", "import", str(EXAMPLE), "--by", email]
        )
        assert (told.exit_code, "may do this" in told.stderr) == (1, True)


def test_a_figure_is_typed_corrected_and_taken_back_in_the_browser(app, analyst):
    assert analyst.submit(NEW, TYPED).status_code == 303
    held = analyst.submit(NEW, TYPED | {"number": "5"})
    assert (held.status_code, "press Correct beside it" in held.text) == (422, True)
    page = read(analyst.get("/official").text)
    correct, back = [a["href"] for a in page.select("main td a[href*=throughput]")]
    form = fields(read(analyst.get(correct).text).select("main form")[-1])
    assert (form["number"], form["published_on"]) == ("102,179", "1 Jun 2024")
    assert analyst.post(correct, data=form | {"number": "99 986"}).status_code == 422
    form.pop("submit_key")
    assert analyst.submit(correct, {**form, "number": "99,986"}).status_code == 303
    assert analyst.submit(correct, {**form, "number": "3"}).status_code == 409
    assert analyst.submit(back, {}).status_code == 409
    with app.app_context():
        assert said() == [(99_986, "Invented report")]


def test_the_partnership_looks_and_changes_nothing(as_role):
    adp = as_role(Role.ADP_ANALYST)
    page = adp.get("/official")
    assert (page.status_code, "/official/throughput" in page.text) == (200, False)
    assert adp.get(NEW).status_code == 403
