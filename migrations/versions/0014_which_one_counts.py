"""which one counts

Revision ID: 0014
Revises: 0013

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

# the tables of which a later row counts, and what is known of the order in which they were written
WRITTEN = {
    'appointment': 'recorded_at',
    'assessment': 'coalesce(finished_at, started_at)',
    'booking': 'recorded_at',
    'contact_plan': 'made_at',
    'link_code': 'made_at',
    'need_outcome': 'recorded_at',
    'organisation': 'name',
    'own_word': 'said_at',
    'person_card': 'made_at',
    'person_message': 'made_at',
    'referral': 'coalesce(sent_at, due_at)',
    'referral_case': 'opened_at',
    'stop': 'asked_at',
    'unmet_need': 'recorded_at',
}
# The answers of one person go by their old numbers; but where records were joined, these were
# renumbered and may be equal or turned round, so there the moment goes first. In between the
# answers of others a person's go by the latest moment so far.
ANSWERS = """
    SELECT id, row_number() OVER (ORDER BY since, person_id, place) AS number FROM (
        SELECT id, person_id, place, max(given_at) OVER (PARTITION BY person_id ORDER BY place) AS since
        FROM (
            SELECT id, person_id, given_at, row_number() OVER (
                PARTITION BY person_id ORDER BY
                CASE WHEN person_id IN (SELECT survivor_id FROM joining UNION SELECT absorbed_id FROM joining)
                THEN 0 ELSE "order" END, given_at, "order", recorded_at, id
            ) AS place FROM consent
        ) AS placed
    ) AS since_when
"""


def upgrade():
    postgres = op.get_bind().dialect.name == 'postgresql'
    for table, written in WRITTEN.items():
        # not null needs a default in SQLite, where else the table would have to be made anew
        default = None if postgres else '0'
        op.add_column(table, sa.Column('order', sa.Integer(), server_default=default, nullable=postgres))
        number(table, f'SELECT id, row_number() OVER (ORDER BY {written}, id) AS number FROM "{table}"')
        op.create_index(f'ix_{table}_order', table, ['order'], unique=True)
        if postgres:
            op.alter_column(table, 'order', nullable=False)
    number('consent', ANSWERS)
    op.create_index('ix_consent_order', 'consent', ['order'], unique=True)
    # parting puts back what a joining wrote down: from now on no joining changes this number
    op.execute("DELETE FROM joined_value WHERE place = 'consent' AND \"column\" = 'order'")
    if postgres:
        last = ', '.join(f'(SELECT max("order") FROM "{table}")' for table in (*WRITTEN, 'consent'))
        op.execute('CREATE SEQUENCE row_order')
        op.execute(f"SELECT setval('row_order', greatest(1, {last}))")


def downgrade():
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP SEQUENCE row_order')
    op.drop_index('ix_consent_order', 'consent')
    number('consent', 'SELECT id, row_number() OVER (PARTITION BY person_id ORDER BY "order") AS number FROM consent')
    for table in WRITTEN:
        op.drop_index(f'ix_{table}_order', table)
        op.drop_column(table, 'order')


def number(table, numbers):
    op.execute(f'UPDATE "{table}" SET "order" = counted.number FROM ({numbers}) AS counted WHERE counted.id = "{table}".id')
