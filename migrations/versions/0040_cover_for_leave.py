"""who covers for a leave; many cases given at once can be taken back

Revision ID: 0040
Revises: 0046

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0040'
down_revision = '0046'
branch_labels = None
depends_on = None

BEFORE = ('arrived', 'asked', 'left', 'voided', 'corrected', 'tended', 'mistaken', 'answered', 'attended')
AFTER = (*BEFORE, 'given')


def kinds(allowed):
    with op.batch_alter_table('act', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_act_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_act_kind'), f'kind IN {allowed}')


def upgrade():
    kinds(AFTER)
    op.create_table('cover',
        sa.Column('team_id', sa.Uuid(), nullable=False),
        sa.Column('absent_id', sa.Uuid(), nullable=False),
        sa.Column('cover_id', sa.Uuid(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_by_id', sa.Uuid(), nullable=True),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint('first_day <= last_day', name=op.f('ck_cover_runs_forwards')),
        sa.CheckConstraint('absent_id <> cover_id', name=op.f('ck_cover_is_another')),
        sa.CheckConstraint('(ended_at IS NULL) = (ended_by_id IS NULL)', name=op.f('ck_cover_ended_by_somebody')),
        sa.ForeignKeyConstraint(['team_id'], ['organisation.id'], name=op.f('fk_cover_team_id')),
        sa.ForeignKeyConstraint(['absent_id'], ['user_account.id'], name=op.f('fk_cover_absent_id')),
        sa.ForeignKeyConstraint(['cover_id'], ['user_account.id'], name=op.f('fk_cover_cover_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_cover_by_id')),
        sa.ForeignKeyConstraint(['ended_by_id'], ['user_account.id'], name=op.f('fk_cover_ended_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_cover')),
    )
    op.create_index('ix_cover_order', 'cover', ['order'], unique=True)
    op.create_index('ix_cover_team', 'cover', ['team_id', 'last_day'])
    op.create_index('ix_cover_absent', 'cover', ['absent_id', 'last_day'])
    op.create_index('ix_review_point_due_at', 'review_point', ['due_at'])  # a calendar asks for days


def downgrade():
    op.drop_index('ix_review_point_due_at', table_name='review_point')
    op.drop_table('cover')
    # what was given stays given: an older release knows no way back from it
    op.execute("DELETE FROM act_value WHERE act_id IN (SELECT id FROM act WHERE kind = 'given')")
    op.execute("DELETE FROM act WHERE kind = 'given'")
    kinds(BEFORE)
