"""a name or none

Revision ID: 0028
Revises: 0027

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

NAMED = (
    "naming = 'full' AND forename <> '' AND surname <> ''"
    " OR naming = 'single' AND (forename = '' OR surname = '') AND forename <> surname"
    " OR naming IN ('unknown', 'refused') AND forename = '' AND surname = ''"
)


def upgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('naming', sa.String(), nullable=False, server_default='full'))
    # what was written as a name stays as it was written
    op.execute("""UPDATE person SET naming = CASE WHEN forename = surname THEN 'unknown' ELSE 'single' END
        WHERE forename = '' OR surname = ''""")
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.alter_column('naming', server_default=None)
        batch_op.create_check_constraint(batch_op.f('ck_person_naming'),
            "naming IN ('full', 'single', 'unknown', 'refused')")
        batch_op.create_check_constraint(batch_op.f('ck_person_named_as_chosen'), NAMED)


def downgrade():
    # a name that nobody has told stays empty
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_person_named_as_chosen'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_person_naming'), type_='check')
        batch_op.drop_column('naming')
