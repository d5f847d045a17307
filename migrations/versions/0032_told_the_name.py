"""told the name that became known

Revision ID: 0032
Revises: 0031

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

BEFORE = ('sent', 'reach', 'needs', 'level')
AFTER = ('sent', 'name', 'reach', 'needs', 'level')


def why(allowed):
    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_disclosure_why'), type_='check')
        batch_op.create_check_constraint(op.f('ck_disclosure_why'), f'why IN {allowed}')


def upgrade():
    why(AFTER)


def downgrade():
    # what was told stays as it is, and is read in its order; only its reason has no word of its own
    op.execute("UPDATE disclosure SET why = 'level' WHERE why = 'name'")
    why(BEFORE)
