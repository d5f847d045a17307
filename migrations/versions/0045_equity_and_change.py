"""who is helped, and how far they come

Revision ID: 0045
Revises: 0049

"""
import sqlalchemy as sa
from alembic import op


# revision identifiers, used by Alembic.
revision = '0045'
down_revision = '0049'
branch_labels = None
depends_on = None

ETHNICITY = (
    ('W-SCO', 'White: Scottish'), ('W-BRI', 'White: other British'), ('W-IRI', 'White: Irish'),
    ('W-POL', 'White: Polish'), ('W-GYP', 'White: Gypsy or Traveller'), ('W-ROM', 'White: Roma'),
    ('W-SHO', 'White: Showman or Showwoman'), ('W-OTH', 'White: other'),
    ('M-ANY', 'Mixed or multiple ethnic groups'),
    ('A-PAK', 'Pakistani, Scottish Pakistani or British Pakistani'),
    ('A-IND', 'Indian, Scottish Indian or British Indian'),
    ('A-BAN', 'Bangladeshi, Scottish Bangladeshi or British Bangladeshi'),
    ('A-CHI', 'Chinese, Scottish Chinese or British Chinese'), ('A-OTH', 'Asian: other'),
    ('F-AFR', 'African, Scottish African or British African'), ('C-CAB', 'Caribbean or Black'),
    ('O-ARA', 'Arab, Scottish Arab or British Arab'), ('O-OTH', 'Other ethnic group'),
    ('UNSAID', 'Did not want to say'),
)
DISABILITY = (
    ('LOT', 'Yes, limited a lot'), ('LITTLE', 'Yes, limited a little'), ('NONE', 'No'),
    ('UNSAID', 'Did not want to say'),
)


def upgrade():
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ethnicity', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('disability', sa.String(), nullable=True))
    op.create_table(
        'measure_again',
        sa.Column('point_id', sa.Uuid(), nullable=False),
        sa.Column('instrument', sa.String(), nullable=False),
        sa.Column('pack_version', sa.String(), nullable=False),
        sa.Column('items', sa.JSON(), nullable=False),
        sa.Column('score', sa.Integer(), nullable=True),
        sa.Column('positive', sa.Boolean(), nullable=True),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_measure_again_by_id')),
        sa.ForeignKeyConstraint(['point_id'], ['review_point.id'], name=op.f('fk_measure_again_point_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_again')),
    )
    with op.batch_alter_table('measure_again', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measure_again_order'), ['order'], unique=True)
        batch_op.create_index('ix_measure_again_point', ['point_id', 'instrument'])
    for name, codes in (('ethnicity', ETHNICITY), ('disability', DISABILITY)):
        for position, (code, label) in enumerate(codes):
            op.execute(
                sa.text(
                    "INSERT INTO code (list_name, code, valid_from, label, position)"
                    " SELECT :name, :code, '2020-01-01', :label, :position WHERE EXISTS (SELECT 1 FROM code)"
                ).bindparams(name=name, code=code, label=label, position=2000 + position)
            )


def downgrade():
    op.execute("DELETE FROM code WHERE list_name IN ('ethnicity', 'disability')")
    op.drop_table('measure_again')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_column('disability')
        batch_op.drop_column('ethnicity')
