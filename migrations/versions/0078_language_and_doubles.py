"""the language of who is counted in the facts of each stay; second records that were shown

Revision ID: 0078
Revises: 0077

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0078'
down_revision = '0077'
branch_labels = None
depends_on = None

# What was said last and not taken back stands in the column of the person. It is true of every row
# of theirs, also of those that hold no more: what each said of the language was never kept.
SPOKEN = (
    "UPDATE stay_facts SET language = (SELECT person.language FROM booking"
    " JOIN person ON person.id = booking.person_id WHERE booking.id = stay_facts.booking_id)"
    " WHERE booking_id IN (SELECT booking.id FROM booking"
    " JOIN person ON person.id = booking.person_id WHERE person.language <> 'en')"
)


SECOND = sa.text('confident AND NOT chosen')


def upgrade():
    op.add_column(
        'stay_facts', sa.Column('language', sa.String(), nullable=False, server_default='en')
    )
    op.execute(sa.text(SPOKEN))
    op.create_index(
        'ix_suggestion_second', 'suggestion', ['booking_id'], unique=False,
        sqlite_where=SECOND, postgresql_where=SECOND,
    )


def downgrade():
    op.drop_index(
        'ix_suggestion_second', 'suggestion', sqlite_where=SECOND, postgresql_where=SECOND
    )
    with op.batch_alter_table('stay_facts', schema=None) as batch_op:
        batch_op.drop_column('language')
