"""asked in time, and with whom

Revision ID: 0030
Revises: 0029

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

BEFORE = ('answer', 'outreach', 'see', 'assess', 'confirm', 'chase', 'follow_up', 'refused', 'anew', 'died', 'number', 'moved', 'review', 'hand_off')
AFTER = (*BEFORE[:-2], 'agree', *BEFORE[-2:])
KINDS = ('confirm', 'decide', 'acknowledge', 'acknowledge-urgent', 'first-contact', 'first-contact-overdose', 'answer', 'paused', 'outcome', 'attendance', 'next-try', 'stop', 'take-back', 'write-up', 'next-step', 'next-step-urgent')
NOW = (*KINDS[:-4], 'ask-again', *KINDS[-4:])
LAPSED = 'What they agreed to ran out'


def acts(allowed):
    for table, column in (('promise', 'act'), ('referral_case', 'next_act')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_{column}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{table}_{column}'), f'{column} IN {allowed}')


def kinds(allowed):
    with op.batch_alter_table('deadline_amount', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_deadline_amount_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_deadline_amount_kind'), f'kind IN {allowed}')


def upgrade():
    kinds(NOW)
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('accompanied_by', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('accompanied_name', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('lapsed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE consent SET accompanied_by = 'adult' WHERE appropriate_adult")
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_consent_accompanied_by'), "accompanied_by IN ('parent', 'adult')")
        batch_op.drop_column('appropriate_adult')
        batch_op.create_index('ix_consent_expires', ['expires_on'])
    acts(AFTER)
    op.execute(
        sa.text(
            "INSERT INTO code (list_name, code, valid_from, label, position)"
            " SELECT 'cancel', 'LAPSED', '2020-01-01', :label, 1000 WHERE EXISTS (SELECT 1 FROM code)"
        ).bindparams(label=LAPSED)
    )


def downgrade():
    # that something runs out was nobody's promise: the case is due with what else is promised in it
    op.execute("DELETE FROM promise WHERE act = 'agree'")
    op.execute("UPDATE referral_case SET next_act = 'hand_off' WHERE next_act = 'agree'")
    op.execute("UPDATE referral_event SET reason = 'WITHDREW' WHERE reason = 'LAPSED'")
    op.execute("DELETE FROM code WHERE list_name = 'cancel' AND code = 'LAPSED'")
    op.execute("DELETE FROM deadline_amount WHERE kind = 'ask-again'")
    kinds(KINDS)
    acts(BEFORE)
    # of a parent or carer there was nothing to say
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index('ix_consent_expires')
        batch_op.add_column(sa.Column('appropriate_adult', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE consent SET appropriate_adult = true WHERE accompanied_by = 'adult'")
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_consent_accompanied_by'), type_='check')
        batch_op.drop_column('accompanied_name')
        batch_op.drop_column('accompanied_by')
        batch_op.drop_column('lapsed_at')
