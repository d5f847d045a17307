"""help again

Revision ID: 0031
Revises: 0030

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

BEFORE = ('answer', 'outreach', 'see', 'assess', 'confirm', 'chase', 'follow_up', 'refused', 'anew', 'died', 'number', 'moved', 'agree', 'review', 'hand_off')
AFTER = (*BEFORE[:-3], 'asked', *BEFORE[-3:])


def acts(allowed):
    for table, column in (('promise', 'act'), ('referral_case', 'next_act')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_{column}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{table}_{column}'), f'{column} IN {allowed}')


def upgrade():
    acts(AFTER)


def downgrade():
    # who asked for help again is to be reached: nearest to that is to hand them on
    op.execute("UPDATE promise SET act = 'hand_off' WHERE act = 'asked'")
    op.execute("UPDATE referral_case SET next_act = 'hand_off' WHERE next_act = 'asked'")
    acts(BEFORE)
