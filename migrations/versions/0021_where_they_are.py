"""where they are

Revision ID: 0021
Revises: 0020

"""
import uuid

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

KINDS = (
    'arrived', 'asked', 'left', 'voided', 'corrected', 'mistaken', 'answered', 'attended',
)
WHEN = sa.DateTime(timezone=True)
BOOKING = sa.table(
    'booking',
    sa.column('id', sa.Uuid()), sa.column('centre_id', sa.Uuid()), sa.column('authorised_at', WHEN),
    sa.column('released_at', WHEN), sa.column('release_route'), sa.column('opened_by_id', sa.Uuid()),
    sa.column('recorded_at', WHEN),
)
# what was recorded as a release and was none; since nobody said when they were free, the stay is
# over when they left the cells, as it was recorded
PLACES = {'COURT': 'court', 'REMAND': 'prison', 'HOSP': 'hospital'}


def upgrade():
    leg = op.create_table('stay_leg',
        sa.Column('booking_id', sa.Uuid(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('centre_id', sa.Uuid(), nullable=False),
        sa.Column('since', WHEN, nullable=False),
        sa.Column('arrived_at', WHEN, nullable=True),
        sa.Column('until', WHEN, nullable=True),
        sa.Column('expected_at', WHEN, nullable=True),
        sa.Column('note', sa.String(), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.Column('recorded_at', WHEN, nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint("place IN ('centre', 'court', 'hospital', 'prison')", name=op.f('ck_stay_leg_place')),
        sa.CheckConstraint('until >= since', name=op.f('ck_stay_leg_ends_after_it_began')),
        sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_stay_leg_booking_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_stay_leg_by_id')),
        sa.ForeignKeyConstraint(['centre_id'], ['custody_centre.id'], name=op.f('fk_stay_leg_centre_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stay_leg')),
    )
    _keep_acts()
    now = sa.text('until IS NULL')
    op.create_index('uq_stay_leg_number', 'stay_leg', ['booking_id', 'number'], unique=True)
    op.create_index('uq_stay_leg_one_now', 'stay_leg', ['booking_id'], unique=True, sqlite_where=now, postgresql_where=now)
    op.create_index('ix_stay_leg_now', 'stay_leg', ['centre_id'], sqlite_where=now, postgresql_where=now)
    op.create_index('ix_stay_leg_centre', 'stay_leg', ['centre_id', 'until'])
    made = []
    for stay in op.get_bind().execute(sa.select(BOOKING)).mappings():
        made += _legs(stay)
    if made:
        op.bulk_insert(leg, made)


def _keep_acts():
    op.create_table('act',
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('about_id', sa.Uuid(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('said', sa.JSON(), nullable=True),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('by_name', sa.String(), nullable=False),
        sa.Column('done_at', WHEN, nullable=False),
        sa.Column('undone_at', WHEN, nullable=True),
        sa.Column('undone_by_id', sa.Uuid(), nullable=True),
        sa.Column('undone_why', sa.String(), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint(f'kind IN {KINDS}', name=op.f('ck_act_kind')),
        sa.CheckConstraint('(undone_at IS NULL) = (undone_by_id IS NULL)', name=op.f('ck_act_undone_by_somebody')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_act')),
    )
    op.create_index('ix_act_order', 'act', ['order'], unique=True)
    op.create_index('ix_act_about', 'act', ['about_id', 'kind'])
    op.create_table('act_value',
        sa.Column('act_id', sa.Uuid(), nullable=False),
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('row_id', sa.Uuid(), nullable=False),
        sa.Column('column', sa.String(), nullable=False),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('after', sa.JSON(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['act_id'], ['act.id'], name=op.f('fk_act_value_act_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_act_value')),
    )
    op.create_index('ix_act_value_act_id', 'act_value', ['act_id'])
    with op.batch_alter_table('booking') as stay:
        stay.add_column(sa.Column('void_why', sa.String(), nullable=True))
        stay.add_column(sa.Column('voided_at', WHEN, nullable=True))
        stay.add_column(sa.Column('voided_by_id', sa.Uuid(), nullable=True))
        stay.create_index('ix_booking_voided', ['centre_id', 'voided_at'])
        stay.create_check_constraint(op.f('ck_booking_voided_says_why'), '(voided_at IS NULL) = (void_why IS NULL)')
        stay.create_foreign_key(op.f('fk_booking_voided_by_id'), 'user_account', ['voided_by_id'], ['id'])
    op.add_column('consent', sa.Column('mistaken_at', WHEN, nullable=True))
    op.add_column('referral_event', sa.Column('taken_back_at', WHEN, nullable=True))


def _legs(stay):
    first = {
        'id': uuid.uuid4(), 'booking_id': stay['id'], 'number': 1, 'place': 'centre',
        'centre_id': stay['centre_id'], 'since': stay['authorised_at'],
        'arrived_at': stay['authorised_at'], 'until': stay['released_at'], 'expected_at': None,
        'note': '', 'by_id': stay['opened_by_id'], 'recorded_at': stay['recorded_at'],
    }
    place, left = PLACES.get(stay['release_route']), stay['released_at']
    if not place or left is None:
        return [first]
    after = {'id': uuid.uuid4(), 'number': 2, 'place': place, 'since': left, 'arrived_at': None, 'by_id': None}
    return [first, first | after]


def downgrade():
    """Who is held elsewhere has left the cells: before there were places that was a release."""
    legs = 'SELECT {what} FROM stay_leg WHERE booking_id = booking.id AND until IS NULL'
    place, since = (legs.format(what=what) for what in ('place', 'since'))
    op.execute(
        f"UPDATE booking SET released_at = ({since}), release_route = CASE ({place})"
        " WHEN 'court' THEN 'COURT' WHEN 'prison' THEN 'REMAND' ELSE 'HOSP' END"
        f" WHERE released_at IS NULL AND ({place}) <> 'centre'"
    )
    op.drop_table('stay_leg')
    op.drop_column('referral_event', 'taken_back_at')
    op.drop_column('consent', 'mistaken_at')
    with op.batch_alter_table('booking') as stay:
        stay.drop_constraint(op.f('fk_booking_voided_by_id'), type_='foreignkey')
        stay.drop_constraint(op.f('ck_booking_voided_says_why'), type_='check')
        stay.drop_index('ix_booking_voided')
        for column in ('void_why', 'voided_at', 'voided_by_id'):
            stay.drop_column(column)
    op.drop_table('act_value')
    op.drop_table('act')
