"""recognition

Revision ID: 0009
Revises: 0008

"""
from itertools import islice

from alembic import op
import sqlalchemy as sa

from referral.people.keys import keys_of
from referral.people.traits import traits


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('middle', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('reference', sa.String(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_person_reference'), ['reference'])
    op.create_table('person_alias',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('forename', sa.String(), nullable=False),
        sa.Column('middle', sa.String(), nullable=False),
        sa.Column('surname', sa.String(), nullable=False),
        sa.Column('date_of_birth', sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_alias_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_alias')),
    )
    op.create_index('ix_person_alias_person_id', 'person_alias', ['person_id'])
    op.create_table('person_address',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('postcode', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_address_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_address')),
    )
    op.create_index('ix_person_address_person_id', 'person_address', ['person_id'])
    op.create_table('person_traits',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('line', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_traits_person_id')),
        sa.PrimaryKeyConstraint('number', name=op.f('pk_person_traits')),
        sa.UniqueConstraint('person_id', name=op.f('uq_person_traits_person_id')),
    )
    op.create_table('person_key',
        sa.Column('key', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint('key', 'number', name=op.f('pk_person_key')),
        sqlite_with_rowid=False,
    )
    _index_everybody()


def _index_everybody():
    """Those who were booked before are recognised from now on."""
    person = sa.table('person', *(sa.column(name) for name in ('forename', 'surname', 'sex', 'postcode', 'phone', 's_number')),
        sa.column('id', sa.Uuid()), sa.column('date_of_birth', sa.Date()))
    person_traits = sa.table('person_traits', sa.column('number'), sa.column('person_id', sa.Uuid()), sa.column('line'))
    person_key = sa.table('person_key', sa.column('key', sa.BigInteger()), sa.column('number'))
    db = op.get_bind()
    people = db.execute(sa.select(person).order_by(person.c.id)).all()
    numbered = enumerate(people, start=1)
    while batch := list(islice(numbered, 1000)):
        known = [(number, one.id, traits([(one.forename, '', one.surname)], [one.date_of_birth], one.sex, [one.postcode],
            [(one.phone, one.s_number)])) for number, one in batch]
        db.execute(sa.insert(person_traits), [{'number': number, 'person_id': who, 'line': found.line()} for number, who, found in known])
        db.execute(sa.insert(person_key), [{'key': key, 'number': number} for number, _, found in known for key in keys_of(found)])
    if db.dialect.name == 'postgresql':
        db.execute(sa.text("SELECT setval('person_traits_number_seq', :last, false)"), {'last': len(people) + 1})


def downgrade():
    for table in ('person_key', 'person_traits', 'person_address', 'person_alias'):
        op.drop_table(table)
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_person_reference'), type_='unique')
        batch_op.drop_column('reference')
        batch_op.drop_column('middle')
