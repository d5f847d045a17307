"""figures that others have published: custody throughput, and who refers to treatment

Revision ID: 0074
Revises: 0071

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0074'
down_revision = '0071'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('official_file',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('numbering', sa.String(), nullable=True),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_by_id', sa.Uuid(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.Uuid(), nullable=True),
    sa.Column('order', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('throughput', 'daisy')", name=op.f('ck_official_file_kind')),
    sa.CheckConstraint("numbering IN ('calendar', 'financial')", name=op.f('ck_official_file_numbering')),
    sa.ForeignKeyConstraint(['imported_by_id'], ['user_account.id'], name=op.f('fk_official_file_imported_by_id')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['user_account.id'], name=op.f('fk_official_file_taken_back_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_file')),
    )
    op.create_index('ix_official_file_order', 'official_file', ['order'], unique=True)
    op.create_index(
        'uq_official_file_digest', 'official_file', ['kind', 'digest'], unique=True,
        sqlite_where=sa.text('taken_back_at IS NULL'), postgresql_where=sa.text('taken_back_at IS NULL'),
    )
    op.create_table('throughput',
    sa.Column('area_code', sa.String(), nullable=False),
    sa.Column('centre_id', sa.Uuid(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('read_on', sa.Date(), nullable=True),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('replaces_id', sa.Uuid(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Uuid(), nullable=True),
    sa.Column('order', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(area_code = '') <> (centre_id IS NULL)", name=op.f('ck_throughput_of_one_place')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_throughput_days')),
    sa.CheckConstraint('number >= 0', name=op.f('ck_throughput_number')),
    sa.CheckConstraint('published_on IS NOT NULL OR read_on IS NOT NULL', name=op.f('ck_throughput_dated')),
    sa.ForeignKeyConstraint(['centre_id'], ['custody_centre.id'], name=op.f('fk_throughput_centre_id')),
    sa.ForeignKeyConstraint(['file_id'], ['official_file.id'], name=op.f('fk_throughput_file_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['throughput.id'], name=op.f('fk_throughput_replaces_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user_account.id'], name=op.f('fk_throughput_entered_by_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user_account.id'], name=op.f('fk_throughput_ended_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_throughput')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_throughput_replaces_id')),
    )
    op.create_index('ix_throughput_order', 'throughput', ['order'], unique=True)
    for of, held in (('area_code', 'NULL'), ('centre_id', 'NOT NULL')):
        counts = sa.text(f'ended_at IS NULL AND centre_id IS {held}')
        op.create_index(
            f"uq_throughput_{of.partition('_')[0]}", 'throughput',
            [of, 'first_day', 'last_day', 'source', 'definition'],
            unique=True, sqlite_where=counts, postgresql_where=counts,
        )
    op.create_table('daisy_count',
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('adp_code', sa.String(), nullable=False),
    sa.Column('quarter', sa.Date(), nullable=False),
    sa.Column('service', sa.String(), nullable=False),
    sa.Column('substance', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.CheckConstraint('number >= 0', name=op.f('ck_daisy_count_number')),
    sa.ForeignKeyConstraint(['file_id'], ['official_file.id'], name=op.f('fk_daisy_count_file_id')),
    sa.PrimaryKeyConstraint('file_id', 'adp_code', 'quarter', 'service', 'substance', name=op.f('pk_daisy_count')),
    )
    op.create_index('ix_daisy_count_adp', 'daisy_count', ['adp_code', 'quarter'])


def downgrade():
    op.drop_table('daisy_count')
    op.drop_table('throughput')
    op.drop_table('official_file')
