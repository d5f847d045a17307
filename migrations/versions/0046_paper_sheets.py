"""sheets of paper for when the line is down

Revision ID: 0046
Revises: 0045

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'paper_sheet',
        sa.Column('number', sa.String(), nullable=False),
        sa.Column('centre_id', sa.Uuid(), nullable=False),
        sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('printed_by_id', sa.Uuid(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('entered_by_id', sa.Uuid(), nullable=True),
        sa.Column('entered_by', sa.String(), nullable=False),
        sa.Column('booking_id', sa.Uuid(), nullable=True),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint('(entered_at IS NULL) = (booking_id IS NULL)', name=op.f('ck_paper_sheet_entered_for_a_stay')),
        sa.CheckConstraint('(entered_at IS NULL) = (written_at IS NULL)', name=op.f('ck_paper_sheet_entered_says_when')),
        sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_paper_sheet_booking_id')),
        sa.ForeignKeyConstraint(['centre_id'], ['custody_centre.id'], name=op.f('fk_paper_sheet_centre_id')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['user_account.id'], name=op.f('fk_paper_sheet_entered_by_id')),
        sa.ForeignKeyConstraint(['printed_by_id'], ['user_account.id'], name=op.f('fk_paper_sheet_printed_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_sheet')),
        sa.UniqueConstraint('number', name=op.f('uq_paper_sheet_number')),
    )
    op.create_index('ix_paper_sheet_centre', 'paper_sheet', ['centre_id', 'entered_at'])
    op.create_index(op.f('ix_paper_sheet_booking_id'), 'paper_sheet', ['booking_id'])


def downgrade():
    op.drop_table('paper_sheet')
