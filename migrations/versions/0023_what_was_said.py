"""what was said

Revision ID: 0023
Revises: 0022

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

NEEDS = {'DRUG': 'drugs', 'ALC': 'alcohol', 'MH': 'mental_health', 'HOUS': 'housing', 'DEBT': 'money'}
AT_DESK = {'DRUG': 'Drugs', 'ALC': 'Alcohol', 'MH': 'Mental health', 'HOUS': 'Housing', 'DEBT': 'Money'}
DANGERS = ('overdose', 'naloxone_given', 'injecting', 'withdrawal', 'self_harm', 'pregnant')
COLUMNS = {('need', code): column for code, column in NEEDS.items()} | {('danger', name): name for name in DANGERS}
# said at the desk, so that the last offer of the stay is when it was heard
DESK = """
    SELECT b.person_id, b.id AS booking_id, '{kind}' AS kind, '{code}' AS code,
        CASE WHEN b.{column} THEN 'yes' ELSE 'no' END AS answer,
        CAST(NULL AS VARCHAR) AS severity, CAST(NULL AS BOOLEAN) AS wants_help, 'person' AS said_by,
        coalesce(o.asked_by_id, b.opened_by_id) AS by_id, 'offer' AS act, o.id AS record_id,
        coalesce(o.asked_at, b.recorded_at) AS said_at, {place} AS place
    FROM booking b LEFT JOIN offer o ON o.booking_id = b.id
        AND o.number = (SELECT max(last.number) FROM offer last WHERE last.booking_id = b.id)
    WHERE b.{column} IS NOT NULL
"""
# found in an assessment; that there is no need is a no
ASSESSED = """
    SELECT b.person_id, b.id, 'need', n.need,
        CASE WHEN n.severity = 'none' THEN 'no' ELSE 'yes' END,
        n.severity, n.wants_help, 'worker', a.author_id, 'assessment', a.id, a.finished_at, 100
    FROM assessed_need n JOIN assessment a ON a.id = n.assessment_id JOIN booking b ON b.id = a.booking_id
    WHERE a.finished_at IS NOT NULL
"""
# the last answer at the desk; a danger to which somebody said yes there until it was lifted
LAST = """
    UPDATE booking SET {column} = (
        SELECT said.answer = 'yes' FROM observation said
        WHERE said.booking_id = booking.id AND said.kind = '{kind}' AND said.code = '{code}'
            AND said.act IN ('offer', 'lifted') AND said.answer IN ('yes', 'no')
            AND NOT (said.kind = 'danger' AND said.act = 'offer' AND said.answer = 'no' AND EXISTS (
                SELECT 1 FROM observation yes WHERE yes.booking_id = said.booking_id AND yes.kind = said.kind
                AND yes.code = said.code AND yes.answer = 'yes' AND yes.act = 'offer' AND yes."order" < said."order"))
        ORDER BY said."order" DESC LIMIT 1)
"""


def upgrade():
    op.create_table('observation',
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('booking_id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('answer', sa.String(), nullable=False),
        sa.Column('severity', sa.String(), nullable=True),
        sa.Column('wants_help', sa.Boolean(), nullable=True),
        sa.Column('said_by', sa.String(), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.Column('act', sa.String(), nullable=False),
        sa.Column('record_id', sa.Uuid(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('need', 'danger')", name=op.f('ck_observation_kind')),
        sa.CheckConstraint("answer IN ('yes', 'no', 'declined')", name=op.f('ck_observation_answer')),
        sa.CheckConstraint("said_by IN ('person', 'officer', 'healthcare', 'worker', 'service')", name=op.f('ck_observation_said_by')),
        sa.CheckConstraint("act IN ('offer', 'assessment', 'case', 'lifted')", name=op.f('ck_observation_act')),
        sa.CheckConstraint("act <> 'lifted' OR reason <> ''", name=op.f('ck_observation_lifted_says_why')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_observation_person_id')),
        sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_observation_booking_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_observation_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_observation')),
    )
    carry_up()
    op.create_index('ix_observation_order', 'observation', ['order'], unique=True)
    op.create_index('ix_observation_stay', 'observation', ['booking_id', 'kind', 'code', 'order'])
    op.create_index('ix_observation_person', 'observation', ['person_id', 'kind', 'code'])
    for column in COLUMNS.values():
        op.drop_column('booking', column)
    for place, (code, label) in enumerate(AT_DESK.items(), 900):
        op.execute(
            'INSERT INTO code (list_name, code, valid_from, valid_to, label, position)'
            f" SELECT 'desk_need', '{code}', min(valid_from), CAST(NULL AS DATE), '{label}', {place}"
            f" FROM code WHERE list_name = 'need' AND code = '{code}' GROUP BY code"
        )


def carry_up():
    postgres = op.get_bind().dialect.name == 'postgresql'
    desk = [
        DESK.format(kind=kind, code=code, column=column, place=place)
        for place, ((kind, code), column) in enumerate(COLUMNS.items())
    ]
    number = 'gen_random_uuid()' if postgres else 'lower(hex(randomblob(16)))'
    op.execute(
        'INSERT INTO observation (person_id, booking_id, kind, code, answer, severity, wants_help, said_by,'
        ' by_id, act, record_id, reason, happened_at, recorded_at, "order", id)'
        ' SELECT person_id, booking_id, kind, code, answer, severity, wants_help, said_by, by_id, act, record_id,'
        " '', said_at, said_at, row_number() OVER (ORDER BY said_at, place, booking_id, code), " + number +
        ' FROM (' + ' UNION ALL '.join([*desk, ASSESSED]) + ') AS said'
    )
    if postgres:
        op.execute("SELECT setval('row_order', greatest((SELECT last_value FROM row_order), (SELECT max(\"order\") FROM observation)))")


def downgrade():
    op.execute("DELETE FROM code WHERE list_name = 'desk_need'")
    for (kind, code), column in COLUMNS.items():
        op.add_column('booking', sa.Column(column, sa.Boolean(), nullable=True))
        op.execute(LAST.format(kind=kind, code=code, column=column))
    op.drop_index('ix_observation_person', 'observation')
    op.drop_index('ix_observation_stay', 'observation')
    op.drop_index('ix_observation_order', 'observation')
    op.drop_table('observation')
