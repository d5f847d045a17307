"""Rendering reads, and nothing else: a page is drawn from what its view has loaded."""

import pytest
from flask import render_template_string
from rendered import Asked
from sqlalchemy import func, select

from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.db import db, whole
from referral.directory.models import Organisation, Service

COUNT = select(func.count()).select_from(User)


def counted() -> int:
    return db.session.scalar(COUNT)


def test_a_template_that_asks_the_database_is_noticed(app):
    with app.test_request_context():
        with pytest.raises(Asked, match="a string asks"):
            render_template_string("{{ counted() }}", counted=counted)
        with pytest.raises(Asked):
            render_template_string(
                "{% macro m() %}{{ counted() }}{% endmacro %}{{ m() }}", counted=counted
            )
        assert render_template_string("{{ users }}", users=counted()) == str(counted())


def test_a_relation_that_the_view_has_not_loaded_is_noticed(app):
    with app.test_request_context():
        service = db.session.scalars(select(Service).order_by(Service.name).limit(1)).one()
        with pytest.raises(Asked):
            render_template_string("{{ service.organisation.name }}", service=service)
        whole(service, "organisation", "needs")
        render_template_string(
            "{{ service.organisation.name }} {{ service.needs }}", service=service
        )


def test_a_row_that_a_broken_rule_undid_is_read_anew_before_it_is_shown(app):
    with app.test_request_context():
        service = db.session.scalars(select(Service).order_by(Service.name).limit(1)).one()
        name = whole(service, "organisation").organisation.name
        db.session.rollback()
        with pytest.raises(Asked):
            render_template_string("{{ service.name }}", service=service)
        whole(service, "organisation")
        assert render_template_string("{{ row.organisation.name }}", row=service) == name


def test_what_is_not_there_is_no_relation_to_follow(app):
    with app.app_context():
        team = db.session.scalars(select(Organisation).order_by(Organisation.name).limit(1)).one()
        assert whole(Case(worker=None, team_id=team.id), "worker.organisation").worker is None
