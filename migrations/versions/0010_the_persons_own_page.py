"""the person's own page

Revision ID: 0010
Revises: 0009

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BEFORE = "purpose IN ('answer', 'see', 'came', 'changed')"
AFTER = "purpose IN ('answer', 'see', 'came', 'changed', 'stopped')"


def upgrade():
    op.create_table('person_card',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('team_id', sa.Uuid(), nullable=False),
        sa.Column('fingerprint', sa.String(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('last_failure_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_card_person_id')),
        sa.ForeignKeyConstraint(['team_id'], ['organisation.id'], name=op.f('fk_person_card_team_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_person_card')),
        sa.UniqueConstraint('fingerprint', name=op.f('uq_person_card_fingerprint')),
    )
    op.create_index('ix_person_card_person_id', 'person_card', ['person_id'])
    op.create_table('own_visit',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('card_id', sa.Uuid(), nullable=False),
        sa.Column('token_hash', sa.String(), nullable=False),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['card_id'], ['person_card.id'], name=op.f('fk_own_visit_card_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_own_visit')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_own_visit_token_hash')),
    )
    op.create_index('ix_own_visit_card_id', 'own_visit', ['card_id'])
    op.create_table('own_word',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('referral_id', sa.Uuid(), nullable=False),
        sa.Column('helped', sa.String(), nullable=False),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("helped IN ('yes', 'partly', 'no', 'notsay')", name=op.f('ck_own_word_helped')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_own_word_person_id')),
        sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_own_word_referral_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_own_word')),
    )
    op.create_index('ix_own_word_person_id', 'own_word', ['person_id'])
    op.create_index('ix_own_word_referral', 'own_word', ['referral_id', 'said_at'])
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_link_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_link_purpose'), AFTER)
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_consent_explained_by_id'), type_='foreignkey')


def downgrade():
    # what a person said by their own page has no account: it goes to who explained the answer before
    op.execute("""UPDATE consent SET explained_by_id = COALESCE(
        (SELECT c.explained_by_id FROM consent c WHERE c.person_id = consent.person_id
         AND c.explained_by_id IN (SELECT id FROM user_account) ORDER BY c."order" DESC, c.id LIMIT 1),
        (SELECT id FROM user_account ORDER BY id LIMIT 1))
        WHERE explained_by_id NOT IN (SELECT id FROM user_account)""")
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_consent_explained_by_id'), 'user_account', ['explained_by_id'], ['id'])
    # nobody can be asked any more whether they have stopped
    op.execute("DELETE FROM link_code WHERE link_id IN (SELECT id FROM link WHERE purpose = 'stopped')")
    op.execute("UPDATE message SET state = 'dropped' WHERE name = 'stopped' AND state = 'waiting'")
    op.execute("DELETE FROM link WHERE purpose = 'stopped'")
    op.execute("DELETE FROM message_words WHERE name = 'stopped'")
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_link_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_link_purpose'), BEFORE)
    for table in ('own_word', 'own_visit', 'person_card'):
        op.drop_table(table)
