"""what reaches the person

Revision ID: 0012
Revises: 0011

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

BEFORE = "purpose IN ('answer', 'see', 'came', 'changed', 'stopped')"
AFTER = "purpose IN ('answer', 'see', 'came', 'changed', 'stopped', 'worth')"
CODES = (
    ("contact_channel", "email", "E-mail"),
    ("number_confirmed", "own", "They typed it on their own page"),
    ("unmet", "declined", "Nobody who was asked could take it"),
)
WHY = "'consent', 'plan', 'ended', 'held', 'inside', 'way', 'where', 'hours', 'late', 'over', 'number', 'stopped'"
PLAN = ('confirmed_number', 'email', 'address')


def upgrade():
    op.create_table('person_message',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('case_id', sa.Uuid(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('about_id', sa.Uuid(), nullable=False),
        sa.Column('occasion', sa.String(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_name', sa.String(), nullable=False),
        sa.Column('words_id', sa.Uuid(), nullable=True),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('channel', sa.String(), nullable=True),
        sa.Column('why_not', sa.String(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'stopped')", name=op.f('ck_person_message_state')),
        sa.CheckConstraint("channel IN ('email', 'text', 'letter')", name=op.f('ck_person_message_channel')),
        sa.CheckConstraint(f"why_not IN ({WHY})", name=op.f('ck_person_message_why_not')),
        sa.CheckConstraint("(state = 'sent') = (channel IS NOT NULL)", name=op.f('ck_person_message_sent_by_a_channel')),
        sa.CheckConstraint("(state = 'stopped') = (why_not IS NOT NULL)", name=op.f('ck_person_message_stopped_says_why')),
        sa.CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name=op.f('ck_person_message_ended_has_a_time')),
        sa.ForeignKeyConstraint(['case_id'], ['referral_case.id'], name=op.f('fk_person_message_case_id')),
        sa.ForeignKeyConstraint(['words_id'], ['message_words.id'], name=op.f('fk_person_message_words_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_message')),
        sa.UniqueConstraint('occasion', name=op.f('uq_person_message_occasion')),
    )
    op.create_index('ix_person_message_case_id', 'person_message', ['case_id'])
    op.create_table('worth_word',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('point_id', sa.Uuid(), nullable=False),
        sa.Column('answer', sa.String(), nullable=False),
        sa.Column('changed', sa.String(), nullable=False),
        sa.Column('by_way', sa.String(), nullable=False),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'partly', 'no')", name=op.f('ck_worth_word_answer')),
        sa.CheckConstraint("by_way IN ('link', 'own page')", name=op.f('ck_worth_word_by_way')),
        sa.ForeignKeyConstraint(['point_id'], ['review_point.id'], name=op.f('fk_worth_word_point_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_worth_word')),
        sa.UniqueConstraint('point_id', name=op.f('uq_worth_word_point_id')),
    )
    op.add_column('organisation', sa.Column('phone', sa.String(), server_default='', nullable=False))
    for name in PLAN:
        op.add_column('contact_plan', sa.Column(name, sa.String(), server_default='', nullable=False))
    # what was confirmed when the plan was made is the number of today: others were never kept
    op.execute("""UPDATE contact_plan SET confirmed_number = COALESCE(
        (SELECT p.phone FROM person p JOIN referral_case c ON c.person_id = p.id
         WHERE c.id = contact_plan.case_id), '') WHERE number_confirmed <> 'no'""")
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_link_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_link_purpose'), AFTER)
    with op.batch_alter_table('unmet_need', schema=None) as batch_op:
        batch_op.add_column(sa.Column('met_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('by_id', existing_type=sa.Uuid(), nullable=True)
    op.create_index('uq_unmet_need_by_itself', 'unmet_need', ['booking_id', 'need'], unique=True,
        sqlite_where=sa.text('by_id IS NULL'), postgresql_where=sa.text('by_id IS NULL'))
    for position, (list_name, code, label) in enumerate(CODES, 1000):  # where lists were loaded
        op.execute(
            sa.text(
                "INSERT INTO code (list_name, code, valid_from, label, position)"
                " SELECT :list_name, :code, '2020-01-01', :label, :position"
                " WHERE EXISTS (SELECT 1 FROM code)"
            ).bindparams(list_name=list_name, code=code, label=label, position=position)
        )


def downgrade():
    op.drop_index('uq_unmet_need_by_itself', 'unmet_need')
    op.execute("DELETE FROM unmet_need WHERE by_id IS NULL")
    op.execute("UPDATE unmet_need SET reason = 'none' WHERE reason = 'declined'")
    with op.batch_alter_table('unmet_need', schema=None) as batch_op:
        batch_op.alter_column('by_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column('met_at')
    op.execute("DELETE FROM link WHERE purpose = 'worth'")
    op.execute("DELETE FROM job WHERE kind IN ('person-message', 'remind', 'worth', 'unmet')")
    op.execute("DELETE FROM schedule WHERE kind IN ('remind', 'worth', 'unmet')")
    op.drop_table('person_message')
    op.execute("DELETE FROM message_words WHERE name IN ('reminder', 'ring', 'worth')")
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_link_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_link_purpose'), BEFORE)
    op.drop_table('worth_word')
    # neither the way nor the code were there: what is known of them is kept in the nearest old ones
    op.execute("UPDATE contact_plan SET best_way = 'person' WHERE best_way = 'email'")
    op.execute("UPDATE contact_plan SET number_confirmed = 'readback' WHERE number_confirmed = 'own'")
    with op.batch_alter_table('contact_plan', schema=None) as batch_op:
        for name in PLAN:
            batch_op.drop_column(name)
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_column('phone')
    for list_name, code, _ in CODES:
        op.execute(
            sa.text("DELETE FROM code WHERE list_name = :list_name AND code = :code").bindparams(
                list_name=list_name, code=code
            )
        )
