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

REFERRED = sa.text('referred_at IS NOT NULL')
INDEXES = {
    'ix_stay_facts_referred': ['known_until', 'booked_at'],
    'ix_stay_facts_started': ['centre_id', 'known_until', 'booked_at'],
}


def upgrade():
    for name, columns in INDEXES.items():
        op.create_index(
            name, 'stay_facts', columns, sqlite_where=REFERRED, postgresql_where=REFERRED
        )


def downgrade():
    for name in INDEXES:
        op.drop_index(name, 'stay_facts')
