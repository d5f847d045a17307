"""who cannot come to an appointment says so beforehand

Revision ID: 0048
Revises: 0047

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('appointment', sa.Column('cannot_since', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_column('cannot_since')
