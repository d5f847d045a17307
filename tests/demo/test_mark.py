"""Each page and PDF of a demo says so, and nothing of a real installation does."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from crowd import actor, walk
from flask import render_template
from flask_migrate import upgrade
from pypdf import PdfReader
from sqlalchemy import delete, select

from referral.access.permissions import Role
from referral.app import create_app
from referral.contact.own_page.models import PersonCard
from referral.db import db
from referral.demo.models import DemoMark
from referral.directory.reference_actions import load_reference
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.settings import Settings
from referral.web.pdf import as_pdf

SAID = "Demo: all people are invented"


@pytest.fixture
def real(tmp_path):
    """An installation with the reference data and no demo."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'real.db'}"))
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_each_page_of_the_demo_says_so(app):
    browser = app.test_client()
    assert SAID in browser.get("/sign-in").text
    assert SAID in browser.get("/no-such-page").text


def test_each_sheet_of_a_pdf_of_the_demo_says_so(app):
    with app.test_request_context():
        html = render_template("print.html").replace(
            "</body>", '<h1>One</h1><h1 style="break-before: page">Two</h1></body>'
        )
        sheets = PdfReader(io.BytesIO(as_pdf(html))).pages
    assert len(sheets) == 2
    assert all(SAID in sheet.extract_text() for sheet in sheets)


def test_a_real_installation_does_not_call_its_people_invented(real):
    load_reference()
    db.session.commit()
    assert SAID not in real.test_client().get("/sign-in").text
    with real.test_request_context():
        assert SAID not in render_template("print.html")


def test_the_card_and_the_accounts_are_printed_of_a_demo_alone(app):
    start = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with app.app_context():
        referral = walk(1, start)
        referral.case.worker_id = referral.case.worker_id or actor(Role.WORKER).user_id
        begin = MoveDetails(Move.START, referral.version)
        move(referral, begin, Side.TARGET, actor(Role.SERVICE_WORKER), start + timedelta(days=5))
        db.session.commit()
        printed = app.test_cli_runner().invoke(args=["demo", "ready"]).output
        assert "birth date 2 Jan 1980" in printed
        assert "password for all" in printed
        db.session.execute(delete(DemoMark))
        db.session.execute(delete(PersonCard))
        db.session.commit()
        app.extensions.pop("is_demo", None)
        printed = app.test_cli_runner().invoke(args=["demo", "ready"]).output
        assert "birth date" not in printed
        assert "password for all" not in printed
        assert db.session.scalars(select(PersonCard)).all() == []


def test_an_empty_database_has_not_decided_yet(real):
    browser = real.test_client()
    assert SAID not in browser.get("/sign-in").text
    db.session.add(DemoMark(id=1, loaded_at=datetime(2026, 1, 1, tzinfo=UTC)))
    db.session.commit()
    assert SAID in browser.get("/sign-in").text
