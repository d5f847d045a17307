"""stays that came in a file, of which the desk asks who they are; that act has its way back

Revision ID: 0065
Revises: 0054

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0065'
down_revision = '0054'
branch_labels = None
depends_on = None

BEFORE = ('arrived', 'asked', 'left', 'voided', 'corrected', 'tended', 'mistaken', 'answered', 'attended', 'given')
AFTER = (*BEFORE, 'recognised')


def acts(allowed):
    with op.batch_alter_table('act', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_act_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_act_kind'), f'kind IN {allowed}')


def upgrade():
    acts(AFTER)
    op.create_table('from_register',
        sa.Column('booking_id', sa.Uuid(), nullable=False),
        sa.Column('came_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('joining_id', sa.Uuid(), nullable=True),
        sa.CheckConstraint('joining_id IS NULL OR said_at IS NOT NULL', name=op.f('ck_from_register_said')),
        sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_from_register_booking_id')),
        sa.ForeignKeyConstraint(['joining_id'], ['joining.id'], name=op.f('fk_from_register_joining_id')),
        sa.PrimaryKeyConstraint('booking_id', name=op.f('pk_from_register')),
    )


def downgrade():
    # an older release has no such word: what was recognised stays so, and is not taken back there
    op.execute("UPDATE act SET kind = 'asked' WHERE kind = 'recognised'")
    op.drop_table('from_register')
    acts(BEFORE)
