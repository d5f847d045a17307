"""facts of each stay, referral and need, for reports

Revision ID: 0073
Revises: 0069

"""
from alembic import op
from datetime import UTC, datetime

import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0073'
down_revision = '0069'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('facts_backlog',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('done', sa.Boolean(), nullable=False),
    sa.Column('kept_from', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facts_backlog'))
    )
    op.create_table('need_facts',
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('need', sa.String(), nullable=False),
    sa.Column('referred_at', sa.BigInteger(), nullable=True),
    sa.Column('accepted_at', sa.BigInteger(), nullable=True),
    sa.Column('came_at', sa.BigInteger(), nullable=True),
    sa.Column('change', sa.String(), nullable=True),
    sa.Column('person', sa.Integer(), nullable=False),
    sa.Column('known_from', sa.BigInteger(), nullable=False),
    sa.Column('known_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_need_facts_booking_id')),
    sa.PrimaryKeyConstraint('booking_id', 'need', 'known_from', name=op.f('pk_need_facts'))
    )
    op.create_table('stay_facts',
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('centre_id', sa.Uuid(), nullable=True),
    sa.Column('door', sa.String(), nullable=False),
    sa.Column('home', sa.String(), nullable=True),
    sa.Column('sex', sa.String(), nullable=False),
    sa.Column('age', sa.Integer(), nullable=True),
    sa.Column('naloxone', sa.String(), nullable=True),
    sa.Column('booked_at', sa.BigInteger(), nullable=False),
    sa.Column('released_at', sa.BigInteger(), nullable=True),
    sa.Column('sure_at', sa.BigInteger(), nullable=True),
    sa.Column('next_at', sa.BigInteger(), nullable=True),
    sa.Column('offers', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=True),
    sa.Column('agreed_at', sa.BigInteger(), nullable=True),
    sa.Column('agreed_at_ask', sa.Integer(), nullable=True),
    sa.Column('asker', sa.String(), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('why_not', sa.String(), nullable=True),
    sa.Column('heard_at', sa.BigInteger(), nullable=True),
    sa.Column('flagged_at', sa.BigInteger(), nullable=True),
    sa.Column('needs', sa.Integer(), nullable=False),
    sa.Column('assessed_at', sa.BigInteger(), nullable=True),
    sa.Column('ethnicity', sa.String(), nullable=True),
    sa.Column('disability', sa.String(), nullable=True),
    sa.Column('tried_at', sa.BigInteger(), nullable=True),
    sa.Column('reached_at', sa.BigInteger(), nullable=True),
    sa.Column('case_closed_at', sa.BigInteger(), nullable=True),
    sa.Column('referred_at', sa.BigInteger(), nullable=True),
    sa.Column('accepted_at', sa.BigInteger(), nullable=True),
    sa.Column('contact_at', sa.BigInteger(), nullable=True),
    sa.Column('came_at', sa.BigInteger(), nullable=True),
    sa.Column('unsaid_from', sa.BigInteger(), nullable=True),
    sa.Column('outcome_at', sa.BigInteger(), nullable=True),
    sa.Column('nobody_at', sa.BigInteger(), nullable=True),
    sa.Column('over_at', sa.BigInteger(), nullable=True),
    sa.Column('person', sa.Integer(), nullable=False),
    sa.Column('known_from', sa.BigInteger(), nullable=False),
    sa.Column('known_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_stay_facts_booking_id')),
    sa.PrimaryKeyConstraint('booking_id', 'known_from', name=op.f('pk_stay_facts'))
    )
    with op.batch_alter_table('stay_facts', schema=None) as batch_op:
        batch_op.create_index('ix_stay_facts_booked', ['booked_at'], unique=False, sqlite_where=sa.text('known_until = 253402300799'), postgresql_where=sa.text('known_until = 253402300799'))
        batch_op.create_index('ix_stay_facts_until', ['known_until', 'booked_at'], unique=False)

    op.create_table('referral_facts',
    sa.Column('referral_id', sa.Uuid(), nullable=False),
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('needs', sa.String(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('sent_at', sa.BigInteger(), nullable=False),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.Column('accepted_at', sa.BigInteger(), nullable=True),
    sa.Column('refused_at', sa.BigInteger(), nullable=True),
    sa.Column('why_not', sa.String(), nullable=True),
    sa.Column('contact_at', sa.BigInteger(), nullable=True),
    sa.Column('came_at', sa.BigInteger(), nullable=True),
    sa.Column('last_came_at', sa.BigInteger(), nullable=True),
    sa.Column('unsaid_from', sa.BigInteger(), nullable=True),
    sa.Column('written_up_at', sa.BigInteger(), nullable=True),
    sa.Column('outcome_at', sa.BigInteger(), nullable=True),
    sa.Column('over_at', sa.BigInteger(), nullable=True),
    sa.Column('person', sa.Integer(), nullable=False),
    sa.Column('known_from', sa.BigInteger(), nullable=False),
    sa.Column('known_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_referral_facts_booking_id')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_facts_referral_id')),
    sa.PrimaryKeyConstraint('referral_id', 'known_from', name=op.f('pk_referral_facts'))
    )
    with op.batch_alter_table('referral_facts', schema=None) as batch_op:
        batch_op.create_index('ix_referral_facts_booking', ['booking_id'], unique=False)
        batch_op.create_index('ix_referral_facts_sent', ['sent_at'], unique=False, sqlite_where=sa.text('known_until = 253402300799'), postgresql_where=sa.text('known_until = 253402300799'))
    # what is there already is taken up by the workers, from the first stay on
    last = op.get_bind().scalar(sa.text('SELECT max("order") FROM booking'))
    backlog = sa.table('facts_backlog', *map(sa.column, ('id', 'last', 'done', 'kept_from')))
    now = int(datetime.now(UTC).timestamp())
    op.bulk_insert(backlog, [{'id': 1, 'last': last or 0, 'done': last is None, 'kept_from': now if last else 0}])


def downgrade():
    with op.batch_alter_table('referral_facts', schema=None) as batch_op:
        batch_op.drop_index('ix_referral_facts_sent', sqlite_where=sa.text('known_until = 253402300799'), postgresql_where=sa.text('known_until = 253402300799'))
        batch_op.drop_index('ix_referral_facts_booking')

    op.drop_table('referral_facts')
    with op.batch_alter_table('stay_facts', schema=None) as batch_op:
        batch_op.drop_index('ix_stay_facts_until')
        batch_op.drop_index('ix_stay_facts_booked', sqlite_where=sa.text('known_until = 253402300799'), postgresql_where=sa.text('known_until = 253402300799'))

    op.drop_table('stay_facts')
    op.drop_table('need_facts')
    op.drop_table('facts_backlog')
