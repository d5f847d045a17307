"""a key for a service

Revision ID: 0027
Revises: 0026

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    # the keys that there are go on as they were made: for all services of their organisation
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.add_column(sa.Column('service_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_api_token_service_id'), 'service', ['service_id'], ['id'])


def downgrade():
    # a key of one service would open all of them: it ends
    op.execute("UPDATE api_token SET revoked_at = CURRENT_TIMESTAMP"
               " WHERE service_id IS NOT NULL AND revoked_at IS NULL")
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_api_token_service_id'), type_='foreignkey')
        batch_op.drop_column('service_id')
