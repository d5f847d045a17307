"""a message of family that nobody deals with goes up

Revision ID: 0052
Revises: 0044

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0052'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('family_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('late_step', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('escalates_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_family_message_late_step'), 'late_step BETWEEN 0 AND 3')
    # what is late already goes up with the next round
    op.execute('UPDATE family_message SET escalates_at = due_at WHERE over_at IS NULL')
    with op.batch_alter_table('family_message', schema=None) as batch_op:
        batch_op.alter_column('late_step', existing_type=sa.Integer(), existing_nullable=False, server_default=None)


def downgrade():
    with op.batch_alter_table('family_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_family_message_late_step'), type_='check')
        batch_op.drop_column('escalates_at')
        batch_op.drop_column('late_step')
