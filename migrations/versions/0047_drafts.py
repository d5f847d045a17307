"""what an officer has begun and not saved

Revision ID: 0047
Revises: 0037

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0047'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('draft',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('typed', sa.String(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('user_id', 'page', name=op.f('uq_draft_user_id_page')),
    )


def downgrade():
    op.drop_table('draft')
