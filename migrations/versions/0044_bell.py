"""who gave a case to whom and when; when somebody last looked at what is new

Revision ID: 0044
Revises: 0043

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade():
    # who gave the cases of today, and when, was not kept: they are no news
    with op.batch_alter_table('referral_case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('given_by_id', sa.Uuid(), nullable=True))
    op.create_table('news_look',
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('before', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_news_look_user_id')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_news_look')),
    )


def downgrade():
    op.drop_table('news_look')
    with op.batch_alter_table('referral_case', schema=None) as batch_op:
        batch_op.drop_column('given_by_id')
        batch_op.drop_column('owner_since')
