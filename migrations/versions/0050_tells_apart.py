"""a number that tells people apart, by which nobody may reach them

Revision ID: 0050
Revises: 0053

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0050'
down_revision = '0053'
branch_labels = None
depends_on = None

BEFORE = ('phone', 'postcode', 'no_fixed_abode', 'council_code', 's_number', 'language', 'interpreter')


def upgrade():
    _words((*BEFORE, 'tells apart'))


def downgrade():
    # before, there was no place in which such a number would not have been one to ring
    op.execute("DELETE FROM said_detail WHERE detail = 'tells apart'")
    _words(BEFORE)


def _words(details):
    with op.batch_alter_table('said_detail', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_said_detail_detail'), type_='check')
        batch_op.create_check_constraint(op.f('ck_said_detail_detail'), f'detail IN {details}')
