"""a way back

Revision ID: 0016
Revises: 0013

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0016'
down_revision = "0015"
branch_labels = None
depends_on = None


BEFORE = "purpose IN ('answer', 'see', 'came', 'changed', 'stopped', 'worth')"
AFTER = "purpose IN ('answer', 'see', 'came', 'changed', 'stopped', 'worth', 'join', 'password', 'recover')"
WORDS = "('invitation', 'new-password', 'password-changed', 'app-asked', 'app-reset')"


def upgrade():
    op.create_table('factor_reset',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("asked_by_id <> user_id", name=op.f('ck_factor_reset_asked_by_another')),
        sa.CheckConstraint("confirmed_by_id <> user_id AND confirmed_by_id <> asked_by_id", name=op.f('ck_factor_reset_confirmed_by_a_third')),
        sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f('ck_factor_reset_confirmed')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_factor_reset_user_id')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_factor_reset_asked_by_id')),
        sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_factor_reset_confirmed_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_factor_reset')),
    )
    op.create_index('ix_factor_reset_user_id', 'factor_reset', ['user_id'])
    op.create_table('password_asked',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('email', sa.String(), nullable=False),
        sa.Column('email_mark', sa.String(), nullable=False),
        sa.Column('source_mark', sa.String(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_password_asked')),
    )
    op.create_index('ix_password_asked_asked_at', 'password_asked', ['asked_at'])
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_link_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_link_purpose'), AFTER)
    # an invitation that was open has no link that could be sent: it is sent again from the account
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_user_account_invite_hash'), type_='unique')
        batch_op.drop_column('invited_until')
        batch_op.drop_column('invite_hash')
    op.add_column('audit_head', sa.Column('key_mark', sa.String(), server_default='', nullable=False))


def downgrade():
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('invite_hash', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('invited_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(op.f('uq_user_account_invite_hash'), ['invite_hash'])
    op.execute("DELETE FROM link WHERE purpose IN ('join', 'password', 'recover')")
    op.execute("DELETE FROM job WHERE kind = 'forgotten'")
    op.execute(f"DELETE FROM job WHERE about_id IN (SELECT id FROM message WHERE name IN {WORDS})")
    op.execute(f"DELETE FROM message WHERE name IN {WORDS}")
    op.execute(f"DELETE FROM message_words WHERE name IN {WORDS}")
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_link_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_link_purpose'), BEFORE)
    op.drop_table('password_asked')
    op.drop_table('factor_reset')
    with op.batch_alter_table('audit_head', schema=None) as batch_op:
        batch_op.drop_column('key_mark')
