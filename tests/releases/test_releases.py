"""The databases of earlier releases go to the newest version and back, and lose no fact."""

from datetime import timedelta

import pytest
from flask_migrate import downgrade, upgrade
from releases.dumps import load, releases
from sqlalchemy import MetaData, select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.app import create_app
from referral.audit import trail
from referral.clock import now
from referral.consent.models import Consent
from referral.db import db
from referral.directory.queries import choices
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, part
from referral.people.models import Person
from referral.post.messages.channels import Channel
from referral.settings import Settings

# what a migration after a release may write anew: table and column
WRITTEN_ANEW = {
    "0013": {
        ("alembic_version", "version_num"),
        ("consent", "order"),
        ("user_account", "invite_hash"),  # since 0016 an invitation is a link, which is sent anew
        ("user_account", "invited_until"),
        ("job", "permission"),  # since 0017 permissions have names
        ("code", "label"),  # since 0020 it is "Email"
    }
}
# rows that it takes away: from 0014 on no joining changes the order of answers
TAKEN_AWAY = {"0013": {("joined_value", "consent", "order")}}
# tables that stand in another one now, where this column is not empty: from 0018 on there is one
# table of tries to reach the person, of the team and of services
MOVED = {
    "0013": {
        "contact_attempt": ("attempt", "referral_id"),
        "review_attempt": ("attempt", "point_id"),
    }
}


@pytest.fixture(params=releases())
def release(request, empty):
    """The name of a release, and the application on its database."""
    load(request.param, empty)
    app = create_app(Settings(database_url=empty))
    with app.app_context():
        yield request.param
        db.session.remove()
        db.engine.dispose()


def rows(release):
    """Every row of every table, as the database has it, without what may be written anew."""
    found, anew = {}, WRITTEN_ANEW[release]
    with db.engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            kept = [c for c in table.columns if (table.name, c.name) not in anew]
            if kept:
                every = [dict(row) for row in connection.execute(select(*kept)).mappings()]
                stays = [row for row in every if not is_taken_away(release, table.name, row)]
                found[table.name] = sorted(stays, key=repr)
    for table, (into, about) in MOVED[release].items():
        if into in found:
            found[table] = [row for row in found[into] if row[about]]
    return found


def is_taken_away(release, table, row):
    """Whether a migration has taken this row out, because what it says is true no more."""
    return (table, row.get("place"), row.get("column")) in TAKEN_AWAY[release]


def without_new_columns(now_rows, before):
    """Rows of the newest version, of each table only what the release had.

    A list may have grown by a code: that is no fact that was lost.
    """
    told = {(row["list_name"], row["code"]) for row in before["code"]}
    codes = [row for row in now_rows["code"] if (row["list_name"], row["code"]) in told]
    now_rows = now_rows | {"code": codes}
    return {
        table: sorted(({name: row[name] for name in known[0]} for row in now_rows[table]), key=repr)
        if known
        else []
        for table, known in before.items()
    }


def latest_answers():
    """What each person last said to each question."""
    with db.engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["consent"])
        consent = tables.tables["consent"]
        ordered = connection.execute(
            select(consent).order_by(consent.c.order, consent.c.given_at)
        ).mappings()
        return {(r["person_id"], r["purpose"], r["service_id"]): r["id"] for r in ordered}


def test_a_release_goes_to_the_newest_version_and_back_and_loses_no_fact(release):
    before, said = rows(release), latest_answers()
    assert sum(map(len, before.values())) > 3000
    upgrade()
    assert without_new_columns(rows(release), before) == before
    assert latest_answers() == said
    assert trail.verify() is None
    db.session.remove()
    downgrade(revision=release)
    assert rows(release) == before
    assert latest_answers() == said
    upgrade()
    assert without_new_columns(rows(release), before) == before
    assert latest_answers() == said


@pytest.mark.parametrize("release", ["0013"], indirect=True)
def test_the_answer_counts_that_was_given_last_where_two_bore_one_number(release):
    """At 0013 somebody who was joined and parted twice has such answers."""
    said = latest_answers()
    upgrade()
    assert latest_answers() == said
    (person,) = db.session.scalars(select(Person.id).filter_by(forename="JoH")).all()
    answers = select(Consent).filter_by(person_id=person, purpose="desk").order_by(Consent.given_at)
    given = db.session.scalars(answers).all()
    assert [answer.answer for answer in given] == ["refused", "granted", "refused"]
    assert [answer.order for answer in given] == sorted({answer.order for answer in given})


def test_what_was_joined_in_a_release_can_still_be_parted(release):
    upgrade()
    lead = db.session.scalars(select(User).filter_by(role=Role.TEAM_LEAD.value)).first().actor
    standing = select(Joining).filter_by(parted_at=None).order_by(Joining.number.desc())
    joinings, at = db.session.scalars(standing).all(), now() + timedelta(days=1)
    assert len(joinings) > 1
    for joining in joinings:
        part(joining, PartDetails(joining.version), lead, at)
    db.session.commit()
    assert trail.verify() is None


def test_each_way_we_send_by_can_be_agreed_to_where_a_release_was_installed(release):
    upgrade()
    offered = dict(choices("contact_channel", now().date()))
    assert {one.value: one.manner.label for one in Channel}.items() <= offered.items()
