"""nobody forgets to stop

Revision ID: 0011
Revises: 0010

"""
import uuid
from datetime import timedelta

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

OF_STOP = sa.text('stop_id IS NULL')


def upgrade():
    stop = op.create_table('stop',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('referral_id', sa.Uuid(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('told_by', sa.String(), nullable=False),
        sa.Column('spoken_to', sa.String(), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_by', sa.String(), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('late_step', sa.Integer(), nullable=False),
        sa.Column('escalates_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('to tell', 'told', 'confirmed', 'lifted')", name=op.f('ck_stop_state')),
        sa.CheckConstraint("state <> 'told' OR told_at IS NOT NULL", name=op.f('ck_stop_told_has_a_time')),
        sa.CheckConstraint("(state IN ('confirmed', 'lifted')) = (ended_at IS NOT NULL)", name=op.f('ck_stop_ended_has_a_time')),
        sa.CheckConstraint('late_step BETWEEN 0 AND 3', name=op.f('ck_stop_late_step')),
        sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_stop_referral_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stop')),
    )
    op.create_index('ix_stop_referral_id', 'stop', ['referral_id'])
    op.create_index('ix_stop_escalates', 'stop', ['ended_at', 'escalates_at'])
    op.create_index('uq_stop_one_open', 'stop', ['referral_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stop_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_escalation_stop_id'), 'stop', ['stop_id'], ['id'])
        batch_op.drop_index('uq_escalation_of_referral')
    op.create_index('uq_escalation_of_referral', 'escalation', ['referral_id', 'due_at', 'step'], unique=True, sqlite_where=OF_STOP, postgresql_where=OF_STOP)
    op.create_index('uq_escalation_of_stop', 'escalation', ['stop_id', 'due_at', 'step'], unique=True)
    _keep_what_was_asked(stop)


def _keep_what_was_asked(stop):
    """Whoever was asked by a link is known to have been asked; the latest link of each counts."""
    link = sa.table('link', *(sa.column(name, kind) for name, kind in (
        ('about_id', sa.Uuid()), ('purpose', sa.String()), ('made_at', sa.DateTime(timezone=True)),
        ('used_at', sa.DateTime(timezone=True)), ('answer', sa.String()), ('id', sa.Uuid()),
    )))
    asked = sa.select(link).where(link.c.purpose == 'stopped').order_by(link.c.made_at, link.c.id)
    latest = {row.about_id: row for row in op.get_bind().execute(asked)}
    rows = []
    for number, row in latest.items():
        stopped = row.answer == 'stopped'
        due_at = row.made_at + timedelta(days=2)
        rows.append({
            'id': uuid.uuid4(), 'referral_id': number, 'asked_at': row.made_at, 'told_at': row.made_at,
            'state': 'confirmed' if stopped else 'told', 'told_by': '', 'spoken_to': '',
            'ended_at': row.used_at if stopped else None, 'ended_by': '',
            'due_at': due_at, 'escalates_at': due_at, 'late_step': 0, 'version': 1,
        })
    if rows:
        op.bulk_insert(stop, rows)


def downgrade():
    op.execute('DELETE FROM escalation WHERE stop_id IS NOT NULL')
    op.drop_index('uq_escalation_of_stop', 'escalation')
    op.drop_index('uq_escalation_of_referral', 'escalation')
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_escalation_stop_id'), type_='foreignkey')
        batch_op.drop_column('stop_id')
    op.create_index('uq_escalation_of_referral', 'escalation', ['referral_id', 'due_at', 'step'], unique=True)
    op.execute("DELETE FROM deadline_amount WHERE kind = 'stop'")
    op.drop_table('stop')
