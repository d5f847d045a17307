"""healthcare in custody, and what it answers

Revision ID: 0041
Revises: 0048

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0041'
down_revision = '0048'
branch_labels = None
depends_on = None

KINDS = ('arrived', 'asked', 'left', 'voided', 'corrected', 'mistaken', 'answered', 'attended')
ROLES = ('custody officer', 'custody supervisor', 'arrest referral worker', 'peer mentor', 'team lead', 'service worker', 'service manager', 'ADP analyst', 'Community Justice Scotland analyst', 'privacy guardian', 'administrator')


def allow(table, column, words):
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f'ck_{table}_{column}'), type_='check')
        batch_op.create_check_constraint(op.f(f'ck_{table}_{column}'), f'{column} IN {words}')


def upgrade():
    allow('user_account', 'role', (*ROLES[:2], 'custody healthcare', *ROLES[2:]))
    allow('act', 'kind', (*KINDS[:5], 'tended', *KINDS[5:]))
    with op.batch_alter_table('safety_warning', schema=None) as batch_op:
        batch_op.add_column(sa.Column('acknowledged', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    with op.batch_alter_table('safety_warning', schema=None) as batch_op:
        batch_op.drop_column('acknowledged')
    # what healthcare said stays said; only that it could be taken back is nothing that an older release knows
    op.execute("DELETE FROM act_value WHERE act_id IN (SELECT id FROM act WHERE kind = 'tended')")
    op.execute("DELETE FROM act WHERE kind = 'tended'")
    allow('act', 'kind', KINDS)
    # an older release has no such role: the account is closed, and opens nothing of the one it is given
    op.execute("UPDATE user_account SET role = 'custody officer', state = 'closed' WHERE role = 'custody healthcare'")
    allow('user_account', 'role', ROLES)
