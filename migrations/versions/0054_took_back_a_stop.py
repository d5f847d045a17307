"""a person takes back on their own page what they had stopped

Revision ID: 0054
Revises: 0050

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0054'
down_revision = '0050'
branch_labels = None
depends_on = None

BEFORE = ('answer', 'outreach', 'see', 'assess', 'confirm', 'chase', 'follow_up', 'refused', 'anew', 'died', 'number', 'moved', 'asked', 'agree', 'review', 'hand_off')
AFTER = (*BEFORE[:-3], 'again', *BEFORE[-3:])


def acts(allowed):
    for table, column in (('promise', 'act'), ('referral_case', 'next_act')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_{column}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{table}_{column}'), f'{column} IN {allowed}')


def upgrade():
    acts(AFTER)


def downgrade():
    # whoever is to be talked to for it is to be reached, at the case itself
    op.execute("UPDATE promise SET act = 'asked', about_id = case_id WHERE act = 'again'")
    op.execute("UPDATE referral_case SET next_act = 'asked' WHERE next_act = 'again'")
    acts(BEFORE)
