"""to whom something was disclosed, and why somebody looked

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-24 19:45:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    # plain ALTER TABLE: a rebuilt table would lose SQLite's append-only triggers
    op.add_column('audit_event', sa.Column('recipient_id', sa.Uuid(), nullable=True))
    op.add_column('audit_event', sa.Column('reason', sa.String(), nullable=False, server_default=''))


def downgrade():
    op.drop_column('audit_event', 'reason')
    op.drop_column('audit_event', 'recipient_id')
