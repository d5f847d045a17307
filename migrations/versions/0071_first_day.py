"""how far somebody is in the first day of their role

Revision ID: 0071
Revises: 0073

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0071'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('tour',
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('since', sa.Integer(), nullable=False),
        sa.Column('passed', sa.Integer(), nullable=False),
        sa.Column('running', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_tour_user_id')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_tour')),
    )


def downgrade():
    op.drop_table('tour')
