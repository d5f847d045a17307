"""whom to ring now, as a list of codes

Revision ID: 0049
Revises: 0038

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0049'
down_revision = '0038'
branch_labels = None
depends_on = None

CODES = (('116123', 'Samaritans, free, any hour'), ('111', 'NHS 24'), ('999', 'In danger now'))


def upgrade():
    for position, (code, label) in enumerate(CODES, 1100):  # where lists were loaded
        op.execute(
            sa.text(
                "INSERT INTO code (list_name, code, valid_from, label, position)"
                " SELECT 'helpline', :code, '2020-01-01', :label, :position"
                " WHERE EXISTS (SELECT 1 FROM code)"
            ).bindparams(code=code, label=label, position=position)
        )


def downgrade():
    op.execute("DELETE FROM code WHERE list_name = 'helpline'")
