"""The migrations make what the models say, and go down and up again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import EMAILS
from crowd import actor, hub
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import SignIn, Stage, User
from referral.clock import now
from referral.custody.actions import BookingDetails
from referral.db import Model, db
from referral.desk.actions import Arrival, arrive
from referral.people.identity import Identity


def test_the_migrated_database_equals_the_models(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Model.metadata) == []


def test_down_and_up_again_leaves_the_same_tables(app):
    with app.app_context():
        before = set(inspect(db.engine).get_table_names())
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert set(inspect(db.engine).get_table_names()) == before


def test_readiness_says_whether_the_database_is_migrated(app):
    assert app.test_client().get("/readyz").json == {"status": "ok", "worker_lately": False}
    assert app.test_client().get("/healthz").json == {"status": "ok"}


def test_going_back_before_second_factors_lets_nobody_in_who_gave_only_a_password(app):
    browser = app.test_client()
    with app.app_context():
        worker = db.session.scalars(select(User).filter_by(email=EMAILS[Role.WORKER])).one()
        said = {"user_id": worker.id, "started_at": now(), "seen_at": now()}
        db.session.add(SignIn(token_hash="in", stage=Stage.OPEN.value, **said))
        db.session.add(SignIn(token_hash="waiting", stage=Stage.CODE.value, **said))
        db.session.commit()
        downgrade(revision="0006-1")
        left = db.session.execute(text("SELECT token_hash FROM sign_in")).scalars().all()
        assert left == ["in"]
        db.session.remove()
        upgrade()
        assert db.session.scalars(select(SignIn)).one().stage == Stage.OPEN
    assert "Demo: all people are invented" in browser.get("/sign-in").text


def test_going_back_before_keys_of_one_service_lets_none_open_them_all(app):
    with app.app_context():
        make_token(KeyDetails("whole", None), actor(Role.SERVICE_MANAGER), now())
        make_token(KeyDetails("one", hub().id), actor(Role.SERVICE_WORKER), now())
        db.session.commit()
        downgrade(revision="0026")
        live = text("SELECT name FROM api_token WHERE revoked_at IS NULL")
        assert db.session.execute(live).scalars().all() == ["whole"]
        db.session.remove()
        upgrade()
        assert db.session.execute(live).scalars().all() == ["whole"]


def test_the_language_of_those_who_were_counted_before_comes_into_their_facts(app):
    with app.app_context():
        for language in ("en", "pl"):
            who = Identity("Jan", "Reid", sex="M", language=language)
            arrive(Arrival(BookingDetails(who, now())), actor(Role.CUSTODY_OFFICER), now())
        db.session.commit()
        spoken = text("SELECT language, count(*) FROM stay_facts GROUP BY language ORDER BY 1")
        assert db.session.execute(spoken).all() == [("en", 1), ("pl", 1)]
        db.session.remove()
        downgrade(revision="0076")
        upgrade()
        assert db.session.execute(spoken).all() == [("en", 1), ("pl", 1)]
