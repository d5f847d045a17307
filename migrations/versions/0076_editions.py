"""the register of published editions

Revision ID: 0076
Revises: 0074

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0076'
down_revision = '0074'
branch_labels = None
depends_on = None

# reasons for which a service ends without success, where the code lists are there already
REASONS = (('DROP', 'Dropped out'), ('WITHC', 'Withdrawn by the person'), ('DIED', 'Died'))
STATES = ('counting', 'refused', 'draft', 'frozen', 'taken back')
AUDIENCES = ('public', 'partner', 'own')


def upgrade():
    op.create_table('edition',
        sa.Column('report', sa.String(), nullable=False),
        sa.Column('period', sa.String(), nullable=False),
        sa.Column('area', sa.String(), nullable=False),
        sa.Column('audience', sa.String(), nullable=False),
        sa.Column('as_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('why_revised', sa.String(), nullable=False),
        sa.Column('left_out', sa.String(), nullable=False),
        sa.Column('refusal', sa.String(), nullable=False),
        sa.Column('ways_out', sa.String(), nullable=False),
        sa.Column('told', sa.String(), nullable=False),
        sa.Column('released', sa.String(), nullable=False),
        sa.Column('known_as', sa.String(), nullable=False),
        sa.Column('beside', sa.Integer(), nullable=False),
        sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('headline', sa.String(), nullable=False),
        sa.Column('second', sa.String(), nullable=False),
        sa.Column('contact', sa.String(), nullable=False),
        sa.Column('next_on', sa.Date(), nullable=True),
        sa.Column('release_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('second_id', sa.Uuid(), nullable=True),
        sa.Column('second_signed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint(f'state IN {STATES}', name=op.f('ck_edition_state')),
        sa.CheckConstraint(f'audience IN {AUDIENCES}', name=op.f('ck_edition_audience')),
        sa.CheckConstraint(
            "state <> 'frozen' OR (signed_at IS NOT NULL AND frozen_at IS NOT NULL)",
            name=op.f('ck_edition_frozen_is_signed'),
        ),
        sa.CheckConstraint('second_id IS NULL OR second_id <> by_id', name=op.f('ck_edition_second_is_another')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_edition_by_id')),
        sa.ForeignKeyConstraint(['second_id'], ['user_account.id'], name=op.f('fk_edition_second_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    )
    op.create_index('ix_edition_order', 'edition', ['order'], unique=True)
    op.create_index('ix_edition_state', 'edition', ['state', 'order'])
    op.create_index('ix_unmet_need_booking_id', 'unmet_need', ['booking_id'])
    for code, label in REASONS:
        op.execute(
            "INSERT INTO code (list_name, code, valid_from, valid_to, label, position) "
            f"SELECT list_name, '{code}', MIN(valid_from), NULL, '{label}', MAX(position) + 1 "
            "FROM code WHERE list_name = 'fail' GROUP BY list_name"
        )


def downgrade():
    names = ', '.join(f"'{code}'" for code, _ in REASONS)
    op.execute(f"DELETE FROM code WHERE list_name = 'fail' AND code IN ({names})")
    op.drop_index('ix_unmet_need_booking_id', 'unmet_need')
    op.drop_table('edition')
