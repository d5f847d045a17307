"""nothing is read whole

Revision ID: 0015
Revises: 0013

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

INDEXES = (
    ('ix_appointment_starts_at', 'appointment', ['starts_at']),
    ('ix_audit_event_record', 'audit_event', ['record_id', 'tag', 'seq']),
    ('ix_audit_event_actor', 'audit_event', ['actor_id', 'seq']),
    ('ix_audit_event_tag', 'audit_event', ['tag', 'seq']),
    ('ix_audit_event_at', 'audit_event', ['at']),
    ('ix_booking_centre', 'booking', ['centre_id', 'authorised_at']),
    ('ix_job_about', 'job', ['about_id', 'kind']),
    ('ix_job_due', 'job', ['state', 'due_at', 'key']),
    ('ix_job_ended', 'job', ['kind', 'state', 'ended_at']),
    ('ix_job_owner', 'job', ['owner_id', 'state']),
    ('ix_person_message_about_id', 'person_message', ['about_id']),
    ('ix_referral_person', 'referral', ['person_id', 'service_id']),
    ('ix_referral_sent', 'referral', ['service_id', 'sent_at']),
    ('ix_referral_case_booking_id', 'referral_case', ['booking_id']),
    ('ix_case_person', 'referral_case', ['person_id', 'team_id']),
    ('ix_unmet_need_recorded_at', 'unmet_need', ['recorded_at']),
)
LIVE = sa.text('released_at IS NULL')
BEFORE = (
    ('ix_booking_live', 'booking', ['centre_id', 'released_at']),
    ('ix_job_due', 'job', ['state', 'due_at']),
    ('ix_job_owner_id', 'job', ['owner_id']),
)


def upgrade():
    for name, table, _ in BEFORE:
        op.drop_index(name, table_name=table)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    op.create_index(
        'ix_booking_live', 'booking', ['centre_id', 'authorised_at'],
        sqlite_where=LIVE, postgresql_where=LIVE,
    )


def downgrade():
    op.drop_index('ix_booking_live', table_name='booking')
    for name, table, _ in INDEXES:
        op.drop_index(name, table_name=table)
    for name, table, columns in BEFORE:
        op.create_index(name, table, columns)
