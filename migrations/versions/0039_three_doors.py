"""three doors besides custody

Revision ID: 0039
Revises: 0041

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0039'
down_revision = '0041'
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
DOORS = ('custody', 'court', 'self', 'family', 'agency')
BEFORE = ('centre', 'court', 'hospital', 'prison')


def upgrade():
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.add_column(sa.Column('door', sa.String(), server_default='custody', nullable=False))
        batch_op.add_column(sa.Column('stated_by', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('sure_at', WHEN, nullable=True))
        batch_op.add_column(sa.Column('sure_how', sa.String(), nullable=True))
        batch_op.alter_column('centre_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_check_constraint(op.f('ck_booking_door'), f'door IN {DOORS}')
        batch_op.create_check_constraint(op.f('ck_booking_custody_has_a_centre'), "(door = 'custody') = (centre_id IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_booking_sure_how'), "sure_how IN ('met', 'rung back')")
        batch_op.create_check_constraint(op.f('ck_booking_sure_says_how'), '(sure_at IS NULL) = (sure_how IS NULL)')
    legs((*BEFORE, 'outside'), nullable=True)
    now = sa.text('over_at IS NULL')
    op.create_table('family_message',
        sa.Column('team_id', sa.Uuid(), nullable=False),
        sa.Column('caller', sa.String(), nullable=False),
        sa.Column('phone', sa.String(), nullable=False),
        sa.Column('whom', sa.String(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('due_at', WHEN, nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('recorded_at', WHEN, nullable=False),
        sa.Column('over_at', WHEN, nullable=True),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint("over_at IS NULL OR (caller = '' AND phone = '' AND whom = '' AND words = '')", name=op.f('ck_family_message_over_says_nothing')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_family_message_by_id')),
        sa.ForeignKeyConstraint(['team_id'], ['organisation.id'], name=op.f('fk_family_message_team_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_family_message')),
    )
    op.create_index('ix_family_message_order', 'family_message', ['order'], unique=True)
    op.create_index('ix_family_message_open', 'family_message', ['team_id', 'due_at'], sqlite_where=now, postgresql_where=now)


def legs(places, nullable):
    with op.batch_alter_table('stay_leg', schema=None) as batch_op:
        batch_op.alter_column('centre_id', existing_type=sa.Uuid(), nullable=nullable)
        batch_op.drop_constraint(op.f('ck_stay_leg_place'), type_='check')
        batch_op.create_check_constraint(op.f('ck_stay_leg_place'), f'place IN {places}')


def downgrade():
    op.drop_table('family_message')
    # an older release knows no other door: the case stays, and hangs on a stay that counts nowhere
    other = "SELECT id FROM booking WHERE door <> 'custody'"
    some = '(SELECT MIN(CAST(id AS VARCHAR)) FROM custody_centre)'
    some = some if op.get_bind().dialect.name == 'sqlite' else f'CAST({some} AS UUID)'
    op.execute("UPDATE stay_leg SET place = 'centre' WHERE place = 'outside'")
    op.execute(f'UPDATE stay_leg SET centre_id = {some} WHERE booking_id IN ({other})')
    op.execute(f"UPDATE stay_leg SET until = since WHERE until IS NULL AND booking_id IN ({other})")
    op.execute("UPDATE booking SET released_at = authorised_at WHERE released_at IS NULL AND door <> 'custody'")
    with op.batch_alter_table('booking', schema=None) as batch_op:
        for name in ('door', 'custody_has_a_centre', 'sure_how', 'sure_says_how'):
            batch_op.drop_constraint(op.f(f'ck_booking_{name}'), type_='check')
    op.execute(f"UPDATE booking SET centre_id = {some}, voided_at = authorised_at, void_why = 'never came' WHERE door <> 'custody'")
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.alter_column('centre_id', existing_type=sa.Uuid(), nullable=False)
        for name in ('sure_how', 'sure_at', 'stated_by', 'door'):
            batch_op.drop_column(name)
    legs(BEFORE, nullable=False)
