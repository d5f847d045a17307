"""an address is a key

Revision ID: 0026
Revises: 0025

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    # a service without an account logs its tries too, by a link
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_constraint('fk_attempt_by_id', type_='foreignkey')
    op.create_table('address_change',
        sa.Column('service_id', sa.Uuid(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('phone', sa.String(), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=False),
        sa.Column('asked_by', sa.String(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('confirmed_by', sa.String(), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint('confirmed_at IS NULL OR ended_at IS NOT NULL', name=op.f('ck_address_change_confirmed_is_over')),
        sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_address_change_service_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_address_change')),
    )
    op.create_index('ix_address_change_order', 'address_change', ['order'], unique=True)
    op.create_index('ix_address_change_service_id', 'address_change', ['service_id'])
    op.create_index('uq_address_change_one_open', 'address_change', ['service_id'], unique=True,
                    sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))


def downgrade():
    # an address that nobody has proved was never used: it goes
    op.drop_index('uq_address_change_one_open', 'address_change')
    op.drop_index('ix_address_change_service_id', 'address_change')
    op.drop_index('ix_address_change_order', 'address_change')
    op.drop_table('address_change')
    # what a service answered by a link has no account: it goes to who made the referral
    op.execute("""UPDATE attempt SET by_id = (SELECT e.by_id FROM referral_event e
        WHERE e.referral_id = attempt.referral_id AND e.by_id IN (SELECT id FROM user_account)
        ORDER BY e.number LIMIT 1) WHERE by_id NOT IN (SELECT id FROM user_account)""")
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_foreign_key('fk_attempt_by_id', 'user_account', ['by_id'], ['id'])
