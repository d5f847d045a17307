"""how far work is, and the titles of an edition's tables

Revision ID: 0079
Revises: 0078

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0079'
down_revision = '0078'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('job', sa.Column('doing', sa.String(), nullable=False, server_default=''))
    op.add_column('job', sa.Column('steps_done', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('job', sa.Column('steps', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('edition', sa.Column('titles', sa.String(), nullable=False, server_default=''))


def downgrade():
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_column('titles')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_column('steps')
        batch_op.drop_column('steps_done')
        batch_op.drop_column('doing')
