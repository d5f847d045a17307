"""The databases of earlier releases go to the newest version and back, and lose no fact."""

from datetime import UTC, timedelta
from uuid import UUID

import pytest
from flask_migrate import downgrade, upgrade
from releases.dumps import load, releases
from sqlalchemy import MetaData, select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.app import create_app
from referral.audit import trail
from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.clock import now
from referral.consent.models import Consent
from referral.consent.purposes import Level
from referral.custody.models import Booking
from referral.db import db
from referral.directory.queries import choices
from referral.handoff.referrals.disclosure import read_back
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.sight import Unfit
from referral.handoff.referrals.sight_queries import disclosures_of, seen_of
from referral.known.actions import Hearing, Saying, observe
from referral.known.models import Observation
from referral.known.now import About, SaidIn
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, part
from referral.people.models import Person
from referral.post.messages.channels import Channel
from referral.settings import Settings

# since 0024 promises are rows, of which the first is repeated at the case
SLOTS = ("see_by", "service_by", "service_act", "review_by", "decide_by")
HEAD = ("next_act", "due_at", "late_step", "escalates_at")
# what a migration after a release may write anew: table and column
WRITTEN_ANEW = {
    "0013": {
        ("alembic_version", "version_num"),
        ("consent", "order"),
        ("user_account", "invite_hash"),  # since 0016 an invitation is a link, which is sent anew
        ("user_account", "invited_until"),
        ("job", "permission"),  # since 0017 permissions have names
        ("code", "label"),  # since 0020 it is "Email"
        ("person", "forename_key"),  # since 0024 a name is folded in one way
        ("person", "surname_key"),
        *(("referral_case", name) for name in (*SLOTS, *HEAD)),
    }
}
# rows that it takes away: from 0014 on no joining changes the order of answers
TAKEN_AWAY = {
    "0013": {
        ("joined_value", "consent", "order"),
        *(("joined_value", "referral_case", name) for name in SLOTS),
        *(("joined_value", "promise", name) for name in ("ended_at", "ending", "how")),
    }
}
# tables that stand in another one now, where this column is not empty: from 0018 on there is one
# table of tries to reach the person, of the team and of services
MOVED = {
    "0013": {
        "contact_attempt": ("attempt", "referral_id"),
        "review_attempt": ("attempt", "point_id"),
    }
}
# answers that stood in a column of a stay: from 0021 on each is a row of its own
NEEDS = {"drugs": "DRUG", "alcohol": "ALC", "mental_health": "MH", "housing": "HOUS"}
DANGERS = ("overdose", "naloxone_given", "injecting", "withdrawal", "self_harm", "pregnant")
SAID = {("need", code): column for column, code in (*NEEDS.items(), ("money", "DEBT"))}
SAID |= {("danger", danger): danger for danger in DANGERS}
NEW = {("code", "desk_need"), ("code", "drop")}  # lists that there were not


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
    found["consent"] = sorted(map(with_an_adult, found["consent"]), key=by_columns)
    if "observation" in found:
        found["booking"] = answers_as_columns(found["booking"], found["observation"])
    for table, (into, about) in MOVED[release].items():
        if into in found:
            found[table] = [row for row in found[into] if row[about]]
    return found


def is_taken_away(release, table, row):
    """Whether this row is taken out, because what it says is true no more, or was added."""
    gone = (table, row.get("place"), row.get("column")) in TAKEN_AWAY[release]
    return gone or (table, row.get("list_name")) in NEW


def with_an_adult(consent):
    """An answer with the column that said whether an adult was there; since 0028 it says who."""
    was = consent.get("accompanied_by") == "adult"
    return {"appropriate_adult": was} | consent


def by_columns(row):
    """A row as it is sorted: a column that came back stands last in its table."""
    return repr(sorted(row.items()))


def answers_as_columns(stays, said):
    """Each stay with the answers given at its desk in the columns in which they stood before."""
    desk = {
        (row["booking_id"], SAID[row["kind"], row["code"]]): row["answer"] == "yes"
        for row in said
        if row["act"] == "offer"
    }
    assert len(desk) == sum(row["act"] == "offer" for row in said)
    return [stay | {c: desk.get((stay["id"], c)) for c in SAID.values()} for stay in stays]


def without_new_columns(now_rows, before):
    """Rows of the newest version, of each table only what the release had.

    A list may have grown by a code: that is no fact that was lost.
    """
    told = {(row["list_name"], row["code"]) for row in before["code"]}
    codes = [row for row in now_rows["code"] if (row["list_name"], row["code"]) in told]
    now_rows = now_rows | {"code": codes}
    return {
        table: sorted(
            ({name: row[name] for name in known[0]} for row in now_rows[table]),
            key=by_columns if table == "consent" else repr,
        )
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


def test_each_service_goes_on_seeing_what_it_was_told_and_no_more(release):
    upgrade()
    sent = db.session.scalars(select(Referral).where(Referral.sent_at.is_not(None))).all()
    told = disclosures_of([referral.id for referral in sent])
    assert len(sent) > 30
    assert {row.level for rows in told.values() for row in rows} == set(Level)
    for referral in sent:
        [row] = told[referral.id]
        facts = read_back([row.content])
        given = select(Consent).filter_by(person_id=referral.person_id, purpose="share")
        yes = given.filter_by(service_id=referral.service_id, answer="granted", level=row.level)
        assert db.session.scalars(yes.order_by(Consent.order)).first()
        assert facts.name == referral.person.name
        assert facts.phone in {"", referral.person.phone}
        assert facts.needs == (None if row.level == Level.CONTACT else referral.needs)
        assert bool(facts.sex) == (row.level == Level.FULL)
    for number, seen in seen_of(sent, now()).items():
        referral = db.session.get_one(Referral, number)
        assert seen.person is None or referral.ended_at is None
        assert not seen.unfit or not seen.person.phone or seen.unfit == (Unfit.CHANNEL,)


def promised():
    """What each open case has promised, by when, from the slots of old or the rows of today."""
    with db.engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["referral_case"])
        cases = tables.tables["referral_case"]
        wanted = select(cases).where(cases.c.closed_at.is_(None)).order_by(cases.c.id)
        return {row["id"]: dict(row) for row in connection.execute(wanted).mappings()}


def test_each_promise_of_a_release_is_a_row_and_a_slot_again(release):
    before = promised()
    assert before
    upgrade()
    for number, was in before.items():
        case = db.session.get_one(Case, UUID(str(number)))
        due = {act: [p.due_at for p in case.promised if p.act is act] for act in NextStep}
        for slot, acts in KEPT_AS.items():
            if was[slot]:
                assert as_utc(was[slot]) in [moment for act in acts for moment in due[act]]
        assert case.due_at == min(promise.due_at for promise in case.coming)
        assert case.next_act in {promise.act for promise in case.coming}
    db.session.remove()
    downgrade(revision=release)
    after = promised()
    for number, was in before.items():
        for slot in ("see_by", "review_by", "outreach_by"):
            assert after[number][slot] == was[slot]
        assert not was["service_by"] or after[number]["service_by"]
        assert not was["decide_by"] or after[number]["decide_by"]


KEPT_AS = {
    "see_by": [NextStep.SEE],
    "outreach_by": [NextStep.OUTREACH],
    "review_by": [NextStep.REVIEW],
    "service_by": [NextStep.CHASE, NextStep.FOLLOW_UP, NextStep.CONFIRM, NextStep.ANSWER],
    "decide_by": [NextStep.HAND_OFF, NextStep.REFUSED],
}


def as_utc(moment):
    """A moment as SQLite forgets its zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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


def finish_of(done):
    """Who finished an assessment, and when."""
    return done.author_id, done.finished_at


def test_what_a_release_knew_of_needs_is_known_by_whom_and_when(release):
    upgrade()
    finished = select(Assessment).where(Assessment.finished_at.is_not(None))
    weighed = {
        (done.booking_id, need.need, need.severity, need.wants_help, *finish_of(done))
        for done in db.session.scalars(finished.order_by(Assessment.order))
        for need in done.needs
    }
    said = db.session.scalars(select(Observation).order_by(Observation.order)).all()
    assert weighed == {
        (row.booking_id, row.code, row.severity, row.wants_help, row.by_id, row.happened_at)
        for row in said
        if row.act is SaidIn.ASSESSMENT
    }
    assert weighed
    assert [row.happened_at for row in said] == sorted(row.happened_at for row in said)
    stays = {stay.id: stay for stay in db.session.scalars(select(Booking).order_by(Booking.order))}
    for row in said:
        assert row.person_id == stays[row.booking_id].person_id
        assert row.act is SaidIn.ASSESSMENT or row.record_id == stays[row.booking_id].last_offer.id
    stay = stays[said[-1].booking_id]
    officer = db.session.scalars(select(User).filter_by(role=Role.CUSTODY_OFFICER.value)).first()
    observe(stay, [Saying(About.NEED, "DRUG")], Hearing(SaidIn.OFFER), officer.actor, now())
    assert stay.observations[-1].order > said[-1].order
