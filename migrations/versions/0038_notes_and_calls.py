"""notes and calls in a case

Revision ID: 0038
Revises: 0039

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0038'
down_revision = '0039'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade():
    op.create_table('case_note',
        sa.Column('case_id', sa.Uuid(), nullable=False),
        sa.Column('booking_id', sa.Uuid(), nullable=False),
        sa.Column('whom', sa.String(), nullable=False),
        sa.Column('how', sa.String(), nullable=True),
        sa.Column('sealed', sa.String(), nullable=False),
        sa.Column('happened_at', TIME, nullable=False),
        sa.Column('recorded_at', TIME, nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('corrects_id', sa.Uuid(), nullable=True),
        sa.Column('taken_back_at', TIME, nullable=True),
        sa.Column('why', sa.String(), nullable=True),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint("whom IN ('person', 'family', 'service', 'agency', 'nobody')", name=op.f('ck_case_note_whom')),
        sa.CheckConstraint("how IN ('rang', 'rung', 'met', 'wrote', 'letter')", name=op.f('ck_case_note_how')),
        sa.CheckConstraint("why IN ('other', 'offence', 'twice')", name=op.f('ck_case_note_why')),
        sa.CheckConstraint("(how IS NULL) = (whom = 'nobody')", name=op.f('ck_case_note_spoken_somehow')),
        sa.CheckConstraint('(taken_back_at IS NULL) = (why IS NULL)', name=op.f('ck_case_note_taken_back_says_why')),
        sa.ForeignKeyConstraint(['case_id'], ['referral_case.id'], name=op.f('fk_case_note_case_id')),
        sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_case_note_booking_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_case_note_by_id')),
        sa.ForeignKeyConstraint(['corrects_id'], ['case_note.id'], name=op.f('fk_case_note_corrects_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note')),
    )
    op.create_index('ix_case_note_order', 'case_note', ['order'], unique=True)
    op.create_index('ix_case_note_case', 'case_note', ['case_id', 'happened_at'])
    op.create_index('ix_case_note_booking_id', 'case_note', ['booking_id'])


def downgrade():
    op.drop_table('case_note')
