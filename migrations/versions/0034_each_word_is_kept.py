"""each word is kept

Phone, S-number, address, language and interpreter are rows that are added and never changed; the columns of a person
repeat what counts of them. Who said what stands today was not noted, and nor was when: each value becomes a
word that says so, at the time of the first booking. What was given before comes before it.

Revision ID: 0034
Revises: 0033

"""
from datetime import UTC, datetime
from uuid import uuid4

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

DETAILS = ('phone', 'postcode', 'no_fixed_abode', 'council_code', 's_number', 'language', 'interpreter')
HEARD = ('booking', 'stay', 'agreement', 'plan', 'own page', 'register', 'before')
EARLIER = ('person_address', 'person_number')
MOUTHS = ('person', 'officer', 'healthcare', 'worker', 'service')
# what is taken for true of whom nobody has said anything, and so is no word
SAID = {
    'phone': "p.phone <> ''", 'postcode': "p.postcode <> ''", 'no_fixed_abode': 'p.no_fixed_abode',
    'council_code': 'p.council_code IS NOT NULL', 's_number': "p.s_number <> ''", 'language': "p.language <> 'en'", 'interpreter': 'p.interpreter',
}
VALUE = dict.fromkeys(('no_fixed_abode', 'interpreter'), "'yes'")
FIRST = 'coalesce((SELECT min(b.recorded_at) FROM booking b WHERE b.person_id = p.id), {now})'

# what somebody gave before they gave another
FORMER = """
    FROM said_detail w JOIN person p ON p.id = w.person_id
    WHERE w.detail = '{detail}' AND w.value <> '' AND w.value <> p.{detail} AND w.taken_back_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM said_detail e WHERE e.person_id = w.person_id AND e.detail = w.detail
            AND e.value = w.value AND e.taken_back_at IS NULL AND e."order" < w."order")
"""
joining = sa.table('joining', sa.column('id', sa.Uuid()), sa.column('number', sa.Integer()),
    sa.column('survivor_id', sa.Uuid()), sa.column('absorbed_id', sa.Uuid()),
    sa.column('survivor_before', sa.JSON()), sa.column('absorbed_before', sa.JSON()), sa.column('parted_at'))
joined_value = sa.table('joined_value', sa.column('id', sa.Uuid()), sa.column('joining_id', sa.Uuid()),
    sa.column('place'), sa.column('row_id', sa.Uuid()), sa.column('column'), sa.column('before', sa.JSON()),
    sa.column('after', sa.JSON()), sa.column('given', sa.Boolean()))
said = sa.table('said_detail', sa.column('id', sa.Uuid()), sa.column('person_id', sa.Uuid()), sa.column('detail'), sa.column('value'))


def postgres():
    return op.get_bind().dialect.name == 'postgresql'


def upgrade():
    op.create_table('said_detail',
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('detail', sa.String(), nullable=False),
        sa.Column('value', sa.String(), nullable=False),
        sa.Column('said_by', sa.String(), nullable=True),
        sa.Column('heard_in', sa.String(), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint(f'detail IN {DETAILS}', name=op.f('ck_said_detail_detail')),
        sa.CheckConstraint(f'heard_in IN {HEARD}', name=op.f('ck_said_detail_heard_in')),
        sa.CheckConstraint(f'said_by IN {MOUTHS}', name=op.f('ck_said_detail_said_by')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_said_detail_person_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_said_detail_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_said_detail')),
    )
    carry_up()
    op.create_index('ix_said_detail_order', 'said_detail', ['order'], unique=True)
    op.create_index('ix_said_detail_person_id', 'said_detail', ['person_id'])
    filled_by_joining()
    # an act that is taken back takes its words back; what it kept of tables that are gone leads nowhere
    op.execute(f'DELETE FROM act_value WHERE place IN {EARLIER}')
    op.execute(f"UPDATE joined_value SET place = 'said_detail' WHERE place IN {EARLIER}")
    for table in EARLIER:
        op.drop_index(f'ix_{table}_person_id', table)
        op.drop_table(table)


def carry_up():
    """A row that was there before keeps its number, so that it can go back."""
    random = 'gen_random_uuid()' if postgres() else 'lower(hex(randomblob(16)))'
    now = 'CURRENT_TIMESTAMP' if postgres() else f"'{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}'"
    first = FIRST.format(now=now)
    before = [
        f"SELECT 0 AS place, a.id, a.person_id, 'postcode' AS detail, a.postcode AS value, {first} AS at, p.reference"
        " FROM person_address a JOIN person p ON p.id = a.person_id WHERE a.postcode <> ''",
        f"SELECT 0, n.id, n.person_id, 'phone', n.phone, {first}, p.reference"
        " FROM person_number n JOIN person p ON p.id = n.person_id WHERE n.phone <> ''",
        f"SELECT 0, CASE WHEN n.phone = '' THEN n.id ELSE {random} END, n.person_id, 's_number', n.s_number, {first}, p.reference"
        " FROM person_number n JOIN person p ON p.id = n.person_id WHERE n.s_number <> ''",
    ]
    standing = [
        f"SELECT 1, {random}, p.id, '{one}', {VALUE.get(one, f'p.{one}')}, {first}, p.reference FROM person p WHERE {SAID[one]}"
        for one in DETAILS
    ]
    op.execute(
        'INSERT INTO said_detail (id, person_id, detail, value, said_by, heard_in, by_id, happened_at, recorded_at,'
        ' taken_back_at, "order")'
        " SELECT id, person_id, detail, value, NULL, CASE WHEN place = 0 OR reference IS NULL THEN 'before' ELSE 'register' END,"
        f' NULL, at, {now}, NULL, row_number() OVER (ORDER BY place, person_id, detail, id)'
        ' FROM (' + ' UNION ALL '.join([*before, *standing]) + ') AS said'
    )
    if postgres():
        op.execute("SELECT setval('row_order', greatest((SELECT last_value FROM row_order), (SELECT max(\"order\") FROM said_detail)))")


def filled_by_joining():
    """What a joined record has from the other one goes back to that when the two are parted."""
    bind = op.get_bind()
    joined = sa.select(joining).where(joining.c.parted_at.is_(None)).order_by(joining.c.number, joining.c.id)
    for one in bind.execute(joined).mappings().all():
        own, other = one['survivor_before'], one['absorbed_before']
        filled = {name: 'yes' if other[name] is True else other[name] for name in DETAILS if not own.get(name) and other.get(name)}
        mine = sa.select(said.c.id, said.c.detail, said.c.value).where(said.c.person_id == one['survivor_id'])
        for number, detail, value in bind.execute(mine.order_by(said.c.id)).all():
            if filled.get(detail) == value:
                before, after = ({'number': str(one[who])} for who in ('absorbed_id', 'survivor_id'))
                bind.execute(joined_value.insert().values(
                    id=uuid4(), joining_id=one['id'], place='said_detail', row_id=number, column='person_id',
                    before=before, after=after, given=False,
                ))


def downgrade():
    op.create_table('person_address',
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('postcode', sa.String(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_address_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_address')),
    )
    op.create_table('person_number',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('phone', sa.String(), nullable=False),
        sa.Column('s_number', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_number_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_number')),
    )
    for table in EARLIER:
        op.create_index(f'ix_{table}_person_id', table, ['person_id'])
    op.execute("INSERT INTO person_address (id, person_id, postcode) SELECT w.id, w.person_id, w.value" + FORMER.format(detail='postcode'))
    op.execute("INSERT INTO person_number (id, person_id, phone, s_number) SELECT w.id, w.person_id, w.value, ''" + FORMER.format(detail='phone'))
    op.execute("INSERT INTO person_number (id, person_id, phone, s_number) SELECT w.id, w.person_id, '', w.value" + FORMER.format(detail='s_number'))
    for table in EARLIER:
        op.execute(f"UPDATE joined_value SET place = '{table}' WHERE place = 'said_detail' AND row_id IN (SELECT id FROM {table})")
    op.execute("DELETE FROM joined_value WHERE place = 'said_detail'")
    op.execute("DELETE FROM act_value WHERE place = 'said_detail'")
    op.drop_index('ix_said_detail_person_id', 'said_detail')
    op.drop_index('ix_said_detail_order', 'said_detail')
    op.drop_table('said_detail')
