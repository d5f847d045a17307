"""a key belongs to one write

Revision ID: 0019
Revises: 0018

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('submit_key') as table:
        table.add_column(sa.Column('sent', sa.String(), server_default='', nullable=False))


def downgrade():
    with op.batch_alter_table('submit_key') as table:
        table.drop_column('sent')
