"""an address is a key

Revision ID: 0025
Revises: 0024

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    # a service without an account logs its tries too, by a link
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_constraint('fk_attempt_by_id', type_='foreignkey')


def downgrade():
    # what a service answered by a link has no account: it goes to who made the referral
    op.execute("""UPDATE attempt SET by_id = (SELECT e.by_id FROM referral_event e
        WHERE e.referral_id = attempt.referral_id AND e.by_id IN (SELECT id FROM user_account)
        ORDER BY e.number LIMIT 1) WHERE by_id NOT IN (SELECT id FROM user_account)""")
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_foreign_key('fk_attempt_by_id', 'user_account', ['by_id'], ['id'])
