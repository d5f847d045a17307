"""the stays that led to a referral are found by time, and by centre and time

Revision ID: 0077
Revises: 0076

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0077'
down_revision = '0076'
branch_labels = None
depends_on = None

HOLDS = sa.text('known_until = 253402300799')
REFERRED = sa.text('known_until = 253402300799 AND referred_at IS NOT NULL')


def upgrade():
    op.create_index(
        'ix_stay_facts_referred', 'stay_facts', ['booked_at'],
        sqlite_where=REFERRED, postgresql_where=REFERRED,
    )
    op.create_index(
        'ix_stay_facts_started', 'stay_facts', ['centre_id', 'booked_at'],
        sqlite_where=REFERRED, postgresql_where=REFERRED,
    )


def downgrade():
    op.drop_index('ix_stay_facts_started', 'stay_facts')
    op.drop_index('ix_stay_facts_referred', 'stay_facts')
