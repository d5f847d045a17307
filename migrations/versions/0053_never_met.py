"""a case that closes because nobody met who called

Revision ID: 0053
Revises: 0052

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade():
    # where the code lists are there already; never offered, since it is valid on no day
    op.execute(
        "INSERT INTO code (list_name, code, valid_from, valid_to, label, position) "
        "SELECT list_name, 'UNMET', valid_from, valid_from, "
        "'Nobody met them in time', 1000 FROM code "
        "WHERE list_name = 'case_close' AND code = 'DONE'"
    )


def downgrade():
    # an older release has no such word: the case stays closed
    op.execute("UPDATE referral_case SET close_reason = 'REACH' WHERE close_reason = 'UNMET'")
    op.execute("DELETE FROM code WHERE list_name = 'case_close' AND code = 'UNMET'")
