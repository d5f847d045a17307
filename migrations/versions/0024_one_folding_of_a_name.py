"""one folding of a name

Revision ID: 0024
Revises: 0023

"""
from collections import defaultdict

from alembic import op
import sqlalchemy as sa

from referral.people.keys import keys_of
from referral.people.models import key_of
from referral.people.searching import words_of
from referral.people.traits import traits


# revision identifiers, used by Alembic.
revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

AT_ONCE = 2000
NAME = ('forename', 'middle', 'surname')
person = sa.table('person', *(sa.column(name) for name in (*NAME, 'sex', 'postcode', 'phone', 's_number', 'words')),
    *(sa.column(name) for name in ('forename_key', 'surname_key')),
    sa.column('id', sa.Uuid()), sa.column('merged_into_id', sa.Uuid()), sa.column('date_of_birth', sa.Date()))
alias = sa.table('person_alias', *(sa.column(name) for name in NAME), sa.column('id', sa.Uuid()), sa.column('person_id', sa.Uuid()),
    sa.column('date_of_birth', sa.Date()))
address = sa.table('person_address', sa.column('person_id', sa.Uuid()), sa.column('postcode'))
number = sa.table('person_number', sa.column('id', sa.Uuid()), sa.column('person_id', sa.Uuid()), sa.column('phone'), sa.column('s_number'))
person_traits = sa.table('person_traits', sa.column('number'), sa.column('person_id', sa.Uuid()), sa.column('line'))
person_key = sa.table('person_key', sa.column('key', sa.BigInteger()), sa.column('number'))


def upgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words', sa.String(), server_default='', nullable=False))
    _find_everybody_anew()


def _find_everybody_anew():
    """Words for everybody; traits and keys for those whose names, dates or addresses fold otherwise now."""
    db = op.get_bind()
    joined = defaultdict(list)
    for one in db.execute(sa.select(person).where(person.c.merged_into_id.is_not(None)).order_by(person.c.id)):
        joined[one.merged_into_id].append(one)
    last = None
    while people := db.execute(_after(last)).all():
        last = people[-1].id
        _of_batch(db, people, joined)


def _after(last):
    wanted = sa.select(person).order_by(person.c.id).limit(AT_ONCE)
    return wanted if last is None else wanted.where(person.c.id > last)


def _of_batch(db, people, joined):
    ids = [one.id for one in people]
    aliases = _by_person(db, alias, ids, alias.c.surname, alias.c.forename, alias.c.id)
    addresses = _by_person(db, address, ids, address.c.postcode)
    numbers = _by_person(db, number, ids, number.c.phone, number.c.s_number, number.c.id)
    kept = {row.person_id: row for row in db.execute(sa.select(person_traits).where(person_traits.c.person_id.in_(ids)))}
    words, lines, gone, new = [], [], [], []
    for one in people:
        same = list(_joined_into(one.id, joined))
        earlier = [one, *aliases[one.id], *same]
        found = traits([tuple(getattr(name, part) for part in NAME) for name in earlier], [name.date_of_birth for name in earlier],
            one.sex, [place.postcode for place in (one, *addresses[one.id], *same)],
            [(given.phone, given.s_number) for given in (one, *numbers[one.id], *same)])
        parts = (getattr(name, part) for name in earlier for part in NAME)
        words.append({'who': one.id, 'said': words_of(parts, (name.date_of_birth for name in earlier), found),
            'first': key_of(one.forename), 'last': key_of(one.surname)})
        row = kept.get(one.id)
        if row is not None and row.line != found.line():
            lines.append({'at': row.number, 'anew': found.line()})
            gone.append(row.number)
            new += [{'key': key, 'number': row.number} for key in sorted(keys_of(found))]
    db.execute(sa.update(person).where(person.c.id == sa.bindparam('who', type_=sa.Uuid())).values(
        words=sa.bindparam('said'), forename_key=sa.bindparam('first'), surname_key=sa.bindparam('last')), words)
    if lines:
        db.execute(sa.update(person_traits).where(person_traits.c.number == sa.bindparam('at')).values(line=sa.bindparam('anew')), lines)
        db.execute(sa.delete(person_key).where(person_key.c.number.in_(gone)))
        db.execute(sa.insert(person_key), new)


def _by_person(db, table, ids, *order):
    found = defaultdict(list)
    for row in db.execute(sa.select(table).where(table.c.person_id.in_(ids)).order_by(*order)):
        found[row.person_id].append(row)
    return found


def _joined_into(who, joined):
    """The nearest first, as `reindex` reads them."""
    yield from joined[who]
    for near in joined[who]:
        yield from _joined_into(near.id, joined)


def downgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('words')
