"""numbers given before

Revision ID: 0013
Revises: 0012

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('person_number',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('phone', sa.String(), nullable=False),
        sa.Column('s_number', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_number_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_number')),
    )
    op.create_index('ix_person_number_person_id', 'person_number', ['person_id'])


def downgrade():
    op.drop_table('person_number')
