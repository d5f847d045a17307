"""what a service was told is written down

Revision ID: 0022
Revises: 0021

"""
import datetime
import uuid

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

U, D, S, B, J = sa.Uuid(), sa.DateTime(timezone=True), sa.String(), sa.Boolean(), sa.JSON()


def table(name, **columns):
    """What is read of a table here, whatever else it has."""
    return sa.table(name, *(sa.column(column, kind) for column, kind in columns.items()))


REFERRAL = table('referral', id=U, person_id=U, case_id=U, service_id=U, needs=S, sent_at=D, order=sa.Integer())
EVENT = table('referral_event', referral_id=U, number=sa.Integer(), move=S, by_id=U, by_name=S)
PERSON = table('person', id=U, forename=S, surname=S, phone=S, language=S, interpreter=B, date_of_birth=sa.Date(), sex=S)
CONSENT = table(
    'consent', person_id=U, service_id=U, purpose=S, level=S, answer=S, provisional=B, given_at=D, expires_on=sa.Date(),
    channels=S, safe_times=S, no_message=B, no_letters=B, order=sa.Integer(),
)
ASSESSMENT = table('assessment', id=U, case_id=U, goals=J, strengths=S, finished_at=D, order=sa.Integer())
ASSESSED = table('assessed_need', assessment_id=U, need=S, severity=S, wants_help=B)
CODE = table('code', list_name=S, code=S, label=S, valid_from=sa.Date())
DISCLOSURE = table('disclosure', id=U, referral_id=U, why=S, level=S, content=J, by_id=U, by_name=S, told_at=D, order=sa.Integer())
SENT = REFERRAL.c.sent_at.is_not(None)
WAYS = ('channels', 'safe_times', 'no_message', 'no_letters')


def upgrade():
    op.create_table('disclosure',
        sa.Column('referral_id', sa.Uuid(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('level', sa.String(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('by_name', sa.String(), nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint("why IN ('sent', 'reach', 'needs', 'level')", name=op.f('ck_disclosure_why')),
        sa.CheckConstraint("level IN ('contact', 'summary', 'full')", name=op.f('ck_disclosure_level')),
        sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_disclosure_referral_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure')),
    )
    op.create_index('ix_disclosure_referral_id', 'disclosure', ['referral_id'])
    op.create_index('ix_disclosure_order', 'disclosure', ['order'], unique=True)
    _write_down()


def downgrade():
    op.drop_table('disclosure')


def _write_down():
    """What each service that was sent a referral would see of it now, at the level of its sending."""
    connection = op.get_bind()
    sent = connection.execute(sa.select(REFERRAL).where(SENT).order_by(REFERRAL.c.sent_at, REFERRAL.c.order)).mappings().all()
    theirs = sa.select(REFERRAL.c.person_id).where(SENT)
    people = {row['id']: row for row in connection.execute(sa.select(PERSON).where(PERSON.c.id.in_(theirs))).mappings()}
    share, contact = _answers(connection, theirs)
    senders, found = _senders(connection), _findings(connection)
    rows = []
    for row in sent:
        yes = _at_sending(share.get((row['person_id'], row['service_id']), []), row['sent_at'])
        if yes is None:
            continue  # nobody ever agreed to it, so nothing of the person was shown
        content = _content(people[row['person_id']], row, yes['level'], contact.get(row['person_id']), found.get(row['case_id'], []))
        by_id, by_name = senders.get(row['id'], (row['id'], ''))
        rows.append({
            'id': uuid.uuid4(), 'referral_id': row['id'], 'why': 'sent', 'level': yes['level'], 'content': content,
            'by_id': by_id, 'by_name': by_name, 'told_at': row['sent_at'], 'order': _number(connection, len(rows) + 1),
        })
    if rows:
        connection.execute(DISCLOSURE.insert(), rows)


def _number(connection, counted):
    """The next number of a row, as the product gives it."""
    if connection.dialect.name == 'sqlite':
        return counted
    return connection.scalar(sa.text("SELECT nextval('row_order')"))


def _answers(connection, theirs):
    """All answers on sharing by person and service, and each person's last one on being contacted."""
    share, contact = {}, {}
    for row in connection.execute(sa.select(CONSENT).where(CONSENT.c.person_id.in_(theirs)).order_by(CONSENT.c.order)).mappings():
        if row['purpose'] == 'share':
            share.setdefault((row['person_id'], row['service_id']), []).append(row)
        elif row['purpose'] == 'contact':
            contact[row['person_id']] = row
    return share, contact


def _at_sending(answers, sent_at):
    """The yes with which it was sent: the last one until then, or else the first one."""
    yes = [row for row in answers if row['answer'] == 'granted']
    before = [row for row in yes if row['given_at'] <= sent_at]
    return before[-1] if before else next(iter(yes), None)


def _senders(connection):
    sends = sa.select(EVENT).where(EVENT.c.move == 'send').order_by(EVENT.c.number)
    return {row['referral_id']: (row['by_id'], row['by_name']) for row in connection.execute(sends).mappings()}


def _findings(connection):
    """The lines of the last finished assessment of each case."""
    names = {}
    for row in connection.execute(sa.select(CODE).order_by(CODE.c.valid_from)).mappings():
        names[row['list_name'], row['code']] = row['label']
    needs = {}
    for row in connection.execute(sa.select(ASSESSED).order_by(ASSESSED.c.need)).mappings():
        if row['severity'] != 'none':
            need, severity = names.get(('need', row['need']), row['need']), names.get(('severity', row['severity']), row['severity'])
            needs.setdefault(row['assessment_id'], []).append(f"{need}: {severity.lower()}" + (', wants help' if row['wants_help'] else ''))
    found = {}
    finished = sa.select(ASSESSMENT).where(ASSESSMENT.c.finished_at.is_not(None)).order_by(ASSESSMENT.c.finished_at, ASSESSMENT.c.order)
    for row in connection.execute(finished).mappings():
        lines = [*needs.get(row['id'], []), *(f'Their goal: {goal}' for goal in row['goals'])]
        found[row['case_id']] = lines + ([f"Going well: {row['strengths']}"] if row['strengths'] else [])
    return found


def _content(person, referral, level, contact, found):
    reach = contact is not None and contact['answer'] == 'granted' and not contact['provisional'] and contact['expires_on'] > datetime.date.today()
    full = level == 'full'
    return {
        'name': f"{person['forename']} {person['surname']}",
        'phone': person['phone'] if reach else '',
        'language': person['language'],
        'interpreter': bool(person['interpreter']),
        'rules': _ways(contact) if reach else None,
        'needs': None if level == 'contact' else referral['needs'].split(),
        'help_now': [],
        'date_of_birth': person['date_of_birth'].isoformat() if full and person['date_of_birth'] else None,
        'sex': person['sex'] if full else None,
        'assessment': found if full else [],
    }


def _ways(contact):
    return {name: contact[name] for name in WAYS} | {'channels': contact['channels'].split()}
