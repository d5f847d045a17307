"""letters say from where

Revision ID: 0020
Revises: 0019

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def name_emails(was, now):
    code = sa.table('code', *map(sa.column, ('list_name', 'code', 'label')))
    same = code.c.list_name == 'contact_channel', code.c.code == 'email', code.c.label == was
    op.execute(code.update().where(*same).values(label=now))


def upgrade():
    name_emails('E-mail', 'Email')
    with op.batch_alter_table('organisation') as table:
        table.add_column(sa.Column('address', sa.String(), server_default='', nullable=False))


def downgrade():
    name_emails('Email', 'E-mail')
    with op.batch_alter_table('organisation') as table:
        table.drop_column('address')
