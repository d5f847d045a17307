"""one table of tries

Revision ID: 0018
Revises: 0017

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

# what each of the two tables was about
WERE = {
    'contact_attempt': ('referral_id', 'referral'),
    'review_attempt': ('point_id', 'review_point'),
}
SAME = 'id, channel, result, happened_at, by_id, by_name, recorded_at'


def said():
    """The columns that all three tables have."""
    return (
        sa.Column('channel', sa.String(), nullable=False),
        sa.Column('result', sa.String(), nullable=False),
        sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('by_name', sa.String(), nullable=False),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
    )


def upgrade():
    op.create_table('attempt',
        sa.Column('referral_id', sa.Uuid(), nullable=True),
        sa.Column('point_id', sa.Uuid(), nullable=True),
        *said(),
        sa.CheckConstraint('(referral_id IS NULL) <> (point_id IS NULL)', name=op.f('ck_attempt_about_one')),
        sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_attempt_referral_id')),
        sa.ForeignKeyConstraint(['point_id'], ['review_point.id'], name=op.f('fk_attempt_point_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_attempt_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    )
    op.create_index('ix_attempt_referral_id', 'attempt', ['referral_id'])
    op.create_index('ix_attempt_point_id', 'attempt', ['point_id'])
    for table, (about, _) in WERE.items():
        op.execute(f'INSERT INTO attempt ({about}, {SAME}) SELECT {about}, {SAME} FROM {table}')
        op.drop_index(f'ix_{table}_{about}', table)
        op.drop_table(table)


def downgrade():
    for table, (about, of) in WERE.items():
        op.create_table(table,
            sa.Column(about, sa.Uuid(), nullable=False),
            *said(),
            sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f(f'fk_{table}_by_id')),
            sa.ForeignKeyConstraint([about], [f'{of}.id'], name=op.f(f'fk_{table}_{about}')),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        )
        op.create_index(f'ix_{table}_{about}', table, [about])
        op.execute(f'INSERT INTO {table} ({about}, {SAME}) SELECT {about}, {SAME} FROM attempt WHERE {about} IS NOT NULL')
    op.drop_index('ix_attempt_point_id', 'attempt')
    op.drop_index('ix_attempt_referral_id', 'attempt')
    op.drop_table('attempt')
