"""letters say from where

Revision ID: 0020
Revises: 0019

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('organisation') as table:
        table.add_column(sa.Column('address', sa.String(), server_default='', nullable=False))


def downgrade():
    with op.batch_alter_table('organisation') as table:
        table.drop_column('address')
