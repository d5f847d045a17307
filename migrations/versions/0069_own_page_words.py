"""the person's own page in their language

Revision ID: 0069
Revises: 0067

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0069'
down_revision = '0067'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('own_page_words',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('english', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('translator', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_page_words')),
    sa.UniqueConstraint('name', 'language', 'number', name=op.f('uq_own_page_words_name_language_number'))
    )
    with op.batch_alter_table('person_card', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(), nullable=True))


def downgrade():
    with op.batch_alter_table('person_card', schema=None) as batch_op:
        batch_op.drop_column('language')
    op.drop_table('own_page_words')
