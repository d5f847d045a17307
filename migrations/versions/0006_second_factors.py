"""second factors, forms kept for who was signed out, and the mark of a demo

Revision ID: 0006
Revises: 0003
Create Date: 2026-11-24 19:50:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stage', sa.String(), nullable=False, server_default='open'))
        batch_op.create_check_constraint(op.f('ck_sign_in_stage'), "stage IN ('open', 'code', 'set-up')")
    op.create_table('second_factor',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('secret', sa.String(), nullable=False),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.Column('set_up_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_second_factor_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_second_factor'))
    )
    op.create_table('recovery_code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_recovery_code_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_recovery_code_code_hash'))
    )
    op.create_index('ix_recovery_code_user_id', 'recovery_code', ['user_id'], unique=False)
    op.create_table('sign_in_failure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failure'))
    )
    op.create_index('ix_sign_in_failure_address', 'sign_in_failure', ['address', 'at'], unique=False)
    op.create_table('kept_form',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('typed', sa.String(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_form'))
    )
    op.create_index('ix_kept_form_user_id', 'kept_form', ['user_id'], unique=False)
    op.create_table('demo_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_demo_mark'))
    )
    # a demo that was loaded before there was a mark
    op.execute("INSERT INTO demo_mark (id, loaded_at) SELECT 1, CURRENT_TIMESTAMP "
               "WHERE EXISTS (SELECT 1 FROM organisation WHERE name = 'Custody division (invented)')")


def downgrade():
    op.drop_table('demo_mark')
    op.drop_table('kept_form')
    op.drop_table('sign_in_failure')
    op.drop_table('recovery_code')
    op.drop_table('second_factor')
    # who gave a password only must not be in when the older release finds their row
    op.execute("DELETE FROM sign_in WHERE stage <> 'open'")
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_sign_in_stage'), type_='check')
        batch_op.drop_column('stage')
