"""each word is one of its list

Revision ID: 0029
Revises: 0028

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

WORDS = {
    'booking': {
        'void_why': ('twice', 'wrong person', 'never came'),
    },
    'consent': {
        'level': ('contact', 'summary', 'full'),
        'purpose': ('talk', 'share', 'contact', 'desk', 'history', 'outcome', 'group'),
    },
    'deadline_amount': {
        'unit': ('working days', 'working hours', 'hours', 'days', 'weeks'),
        'kind': ('confirm', 'decide', 'acknowledge', 'acknowledge-urgent', 'first-contact', 'first-contact-overdose', 'answer', 'paused', 'outcome', 'attendance', 'next-try', 'stop', 'take-back', 'write-up', 'next-step', 'next-step-urgent'),
    },
    'organisation': {
        'kind': ('custody', 'arrest referral team', 'service provider', 'alcohol and drug partnership', 'national body'),
    },
    'referral_event': {
        'state': ('draft', 'requested', 'accepted', 'rejected', 'cancelled', 'in-progress', 'on-hold', 'failed', 'completed', 'entered-in-error'),
        'move': ('send', 'accept', 'reject', 'cancel', 'start', 'hold', 'resume', 'complete', 'fail', 'mark_error', 'ask', 'reply', 'take_back', 'chase'),
    },
    'user_account': {
        'role': ('custody officer', 'custody supervisor', 'arrest referral worker', 'peer mentor', 'team lead', 'service worker', 'service manager', 'ADP analyst', 'Community Justice Scotland analyst', 'privacy guardian', 'administrator'),
    },
}


def upgrade():
    for table, columns in WORDS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column, words in columns.items():
                batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{column}'), f'{column} IN {words}')


def downgrade():
    for table, columns in WORDS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_constraint(batch_op.f(f'ck_{table}_{column}'), type_='check')
