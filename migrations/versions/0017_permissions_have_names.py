"""permissions have names that are not sentences

Revision ID: 0017
Revises: 0016

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAMES = {
    "see bookings of the own custody centre": "booking:see",
    "book a person, ask, and record what they agree to": "booking:work",
    "see the cases of the own team": "case:see",
    "take a case and hand it to services": "case:work",
    "see the referrals sent to the own organisation": "inbox:see",
    "answer a referral sent to the own organisation": "referral:answer",
    "assess and hand off from the desk where no worker is on site": "desk:hand-off",
    "see with which service a returning person is, as far as they agreed": "card:see",
    "see what happened to a person before, as far as they agreed": "timeline:see",
    "give cases of the own team to its workers": "case:allocate",
    "say what the own services offer and have room for": "service:keep",
    "let a program act for the own organisation": "token:make",
    "warn the desks and workers of the own area": "alert:post",
    "read the warnings of the own area": "alert:see",
    "see what of the own organisation is long overdue": "late:see",
    "see counts, without people": "report:see",
    "see the counts of the own team, also small ones": "report:team",
    "edit centres, organisations, services and code lists": "directory:edit",
    "invite, lock and change the role of users": "account:manage",
    "join two records of one person, and part them again": "person:join",
    "search what was done and seen": "trail:search",
    "see what the workers have to do, and send again what failed": "job:see",
    "see who may do what": "access:see",
}


def _name(by):
    job = sa.table("job", sa.column("permission"))
    for old, new in by.items():
        op.execute(job.update().where(job.c.permission == old).values(permission=new))


def upgrade():
    _name(NAMES)


def downgrade():
    _name({new: old for old, new in NAMES.items()})
