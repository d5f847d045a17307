"""a locked screen

Revision ID: 0036
Revises: 0035

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def stages(allowed):
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_sign_in_stage'), type_='check')
        batch_op.create_check_constraint(op.f('ck_sign_in_stage'), f'stage IN {allowed}')


def upgrade():
    stages(('open', 'code', 'set-up', 'locked'))


def downgrade():
    op.execute("DELETE FROM sign_in WHERE stage = 'locked'")
    stages(('open', 'code', 'set-up'))
