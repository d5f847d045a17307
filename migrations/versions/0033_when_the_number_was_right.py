"""when the number was found right

Revision ID: 0033
Revises: 0032

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('contact_plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
    # nobody kept it: the plan was made then, and the page said so
    op.execute("UPDATE contact_plan SET confirmed_at = made_at")
    with op.batch_alter_table('contact_plan', schema=None) as batch_op:
        batch_op.alter_column('confirmed_at', existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade():
    with op.batch_alter_table('contact_plan', schema=None) as batch_op:
        batch_op.drop_column('confirmed_at')
