"""peer mentors go along

Revision ID: 0043
Revises: 0040

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0043'
down_revision = '0040'
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade():
    op.create_table('going_along',
        sa.Column('case_id', sa.Uuid(), nullable=False),
        sa.Column('mentor_id', sa.Uuid(), nullable=False),
        sa.Column('errand', sa.String(), nullable=False),
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('starts_at', WHEN, nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=False),
        sa.Column('recorded_at', WHEN, nullable=False),
        sa.Column('became', sa.String(), nullable=True),
        sa.Column('said_at', WHEN, nullable=True),
        sa.Column('stopped_at', WHEN, nullable=True),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint("errand IN ('gate', 'along')", name=op.f('ck_going_along_errand')),
        sa.CheckConstraint("became IN ('met', 'not there', 'not wanted')", name=op.f('ck_going_along_became')),
        sa.CheckConstraint('(said_at IS NULL) = (became IS NULL)', name=op.f('ck_going_along_said_says_what')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_going_along_asked_by_id')),
        sa.ForeignKeyConstraint(['case_id'], ['referral_case.id'], name=op.f('fk_going_along_case_id')),
        sa.ForeignKeyConstraint(['mentor_id'], ['user_account.id'], name=op.f('fk_going_along_mentor_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_going_along')),
    )
    op.create_index('ix_going_along_order', 'going_along', ['order'], unique=True)
    op.create_index('ix_going_along_case', 'going_along', ['case_id'])
    op.create_index('ix_going_along_mentor', 'going_along', ['mentor_id', 'starts_at'])


def downgrade():
    op.drop_table('going_along')
