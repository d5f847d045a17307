"""which organisations and services somebody has confirmed

Revision ID: 0037
Revises: 0036

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade():
    # what stands there was typed in by somebody of the installation, who knew it
    for name in ('organisation', 'service'):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column('confirmed', sa.Boolean(), server_default=sa.true(), nullable=False))
            batch_op.add_column(sa.Column('confirmed_by', sa.String(), server_default='', nullable=False))
            batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    for name in ('service', 'organisation'):
        # an older release would offer what nobody has confirmed
        op.execute(sa.text(f"UPDATE {name} SET closed_on = '2020-01-01' WHERE NOT confirmed AND closed_on IS NULL"))
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column('confirmed_at')
            batch_op.drop_column('confirmed_by')
            batch_op.drop_column('confirmed')
