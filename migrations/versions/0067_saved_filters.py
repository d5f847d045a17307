"""filters of the case list that a worker keeps under a name

Revision ID: 0067
Revises: 0065

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0067'
down_revision = '0065'
branch_labels = None
depends_on = None

TABS = ('My day', 'In the cells now', 'Waiting', 'Mine', 'Overdue', 'Team', 'Closed', 'Everything')


def upgrade():
    op.create_table('saved_filter',
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.Column('tab', sa.String(), nullable=False),
    sa.Column('worker_id', sa.Uuid(), nullable=True),
    sa.Column('centre_id', sa.Uuid(), nullable=True),
    sa.Column('need', sa.String(), nullable=False),
    sa.Column('council', sa.String(), nullable=False),
    sa.Column('starts', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('shared', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('order', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint(f'tab IN {TABS}', name=op.f('ck_saved_filter_tab')),
    sa.ForeignKeyConstraint(['owner_id'], ['user_account.id'], name=op.f('fk_saved_filter_owner_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['user_account.id'], name=op.f('fk_saved_filter_worker_id')),
    sa.ForeignKeyConstraint(['centre_id'], ['custody_centre.id'], name=op.f('fk_saved_filter_centre_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filter')),
    )
    op.create_index('ix_saved_filter_order', 'saved_filter', ['order'], unique=True)
    op.create_index('ix_saved_filter_owner_id', 'saved_filter', ['owner_id'])
    op.create_index(
        'uq_saved_filter_starts', 'saved_filter', ['owner_id'], unique=True,
        sqlite_where=sa.text('starts'), postgresql_where=sa.text('starts'),
    )


def downgrade():
    op.drop_table('saved_filter')
