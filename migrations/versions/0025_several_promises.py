"""several promises

Revision ID: 0025
Revises: 0024

"""
import uuid
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BEFORE = ('see', 'outreach', 'assess', 'hand_off', 'chase', 'follow_up', 'answer', 'review')
AFTER = ('answer', 'outreach', 'see', 'assess', 'confirm', 'chase', 'follow_up', 'refused', 'anew', 'died', 'number', 'moved', 'review', 'hand_off')
# what a referral needs next, by its state
STEPS = {
    'draft': 'confirm', 'requested': 'chase', 'accepted': 'follow_up', 'in-progress': 'follow_up',
    'on-hold': 'follow_up',
}
CODES = (
    ('drop', 'NONEED', 'No longer needed'),
    ('drop', 'CHOICE', 'They do not want it'),
    ('drop', 'HAS', 'They have this help already'),
)
FACTS = ('died', 'wrong number', 'moved away', 'in prison', 'in hospital', 'wants no contact', 'service closed',
         'service moved', 'worker left', 'card lost', 'birth date corrected', 'records joined', 'records parted')
WHY = ('consent', 'plan', 'ended', 'held', 'inside', 'way', 'where', 'hours', 'late', 'over', 'number', 'stopped')
SLOTS = ('see_by', 'service_by', 'service_act', 'review_by', 'decide_by')
DECIDES = timedelta(days=2)  # where nobody had to, because another referral was open
TIME = sa.DateTime(timezone=True)


def place(name, *columns, **typed):
    """A table as far as it is read or written here."""
    kinds = {'id': sa.Uuid(), 'case_id': sa.Uuid()} | typed
    return sa.table(name, *(sa.column(column, kinds.get(column, sa.String())) for column in ('id', *columns, *typed)))


CASE = place('referral_case', 'next_act', 'close_reason', 'service_act', late_step=sa.Integer(), booking_id=sa.Uuid(),
             **dict.fromkeys(('due_at', 'escalates_at', 'opened_at', 'closed_at', 'outreach_by', 'see_by', 'service_by', 'review_by', 'decide_by'), TIME))
STAY = place('booking', released_at=TIME)
REFERRAL = place('referral', 'case_id', 'state', 'needs', service_id=sa.Uuid(), order=sa.Integer(), sent_at=TIME, ended_at=TIME, due_at=TIME)
EVENT = place('referral_event', 'move', referral_id=sa.Uuid(), number=sa.Integer(), taken_back_at=TIME)
MEETS = sa.table('service_need', sa.column('service_id', sa.Uuid()), sa.column('need', sa.String()))
UNMET = place('unmet_need', 'case_id', 'need', by_id=sa.Uuid(), recorded_at=TIME)
PLAN = place('contact_plan', 'case_id', 'ended_why', order=sa.Integer(), look_at=TIME)
POINT = place('review_point', 'state', plan_id=sa.Uuid(), due_at=TIME)
PROMISE = place('promise', 'case_id', 'act', 'ending', 'how', about_id=sa.Uuid(), order=sa.Integer(), due_at=TIME, made_at=TIME, ended_at=TIME)
CHANGED = sa.table('act_value', sa.column('place', sa.String()), sa.column('column', sa.String()))
NOTED = sa.table('joined_value', *(sa.column(name, kind) for name, kind in (
    ('id', sa.Uuid()), ('joining_id', sa.Uuid()), ('place', sa.String()), ('row_id', sa.Uuid()), ('column', sa.String()),
    ('before', sa.JSON()), ('after', sa.JSON()), ('given', sa.Boolean()))))


def upgrade():
    op.create_table('promise',
        sa.Column('case_id', sa.Uuid(), nullable=False),
        sa.Column('act', sa.String(), nullable=False),
        sa.Column('about_id', sa.Uuid(), nullable=False),
        sa.Column('due_at', TIME, nullable=False),
        sa.Column('made_at', TIME, nullable=False),
        sa.Column('ended_at', TIME, nullable=True),
        sa.Column('ending', sa.String(), nullable=True),
        sa.Column('how', sa.String(), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint(f'act IN {AFTER}', name=op.f('ck_promise_act')),
        sa.CheckConstraint("ending IN ('kept', 'dropped', 'replaced')", name=op.f('ck_promise_ending')),
        sa.CheckConstraint('(ended_at IS NULL) = (ending IS NULL)', name=op.f('ck_promise_ended_says_how')),
        sa.ForeignKeyConstraint(['case_id'], ['referral_case.id'], name=op.f('fk_promise_case_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_promise')),
    )
    op.create_index('ix_promise_order', 'promise', ['order'], unique=True)
    op.create_index('ix_promise_case', 'promise', ['case_id', 'ended_at'])
    op.create_index('ix_promise_about', 'promise', ['about_id'])
    with op.batch_alter_table('referral_case', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_referral_case_next_act'), type_='check')
        batch_op.create_check_constraint(op.f('ck_referral_case_next_act'), f'next_act IN {AFTER}')
    carry()
    add_facts()
    for position, (list_name, code, label) in enumerate(CODES, 1000):  # where lists were loaded
        op.execute(
            sa.text(
                "INSERT INTO code (list_name, code, valid_from, label, position)"
                " SELECT :list_name, :code, '2020-01-01', :label, :position"
                " WHERE EXISTS (SELECT 1 FROM code)"
            ).bindparams(list_name=list_name, code=code, label=label, position=position)
        )
    with op.batch_alter_table('referral_case', schema=None) as batch_op:
        for name in SLOTS:
            batch_op.drop_column(name)


def add_facts():
    op.create_table('said_fact',
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('fact', sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ('detail', 'list_name', 'code', 'said_by')),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('said_at', TIME, nullable=False),
        sa.Column('sure_at', TIME, nullable=True),
        sa.Column('undone_at', TIME, nullable=True),
        sa.Column('undone_by', sa.String(), nullable=False),
        sa.Column('order', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint(f'fact IN {FACTS}', name=op.f('ck_said_fact_fact')),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name=op.f('ck_said_fact_undone_by_somebody')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_said_fact_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_said_fact')),
    )
    op.create_index('ix_said_fact_order', 'said_fact', ['order'], unique=True)
    op.create_index('ix_said_fact_person', 'said_fact', ['person_id', 'undone_at'])
    with op.batch_alter_table('person_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_person_message_why_not'), type_='check')
        batch_op.create_check_constraint(op.f('ck_person_message_why_not'), f"why_not IN {(*WHY, 'died')}")


def drop_facts():
    op.drop_index('ix_said_fact_person', 'said_fact')
    op.drop_index('ix_said_fact_order', 'said_fact')
    op.drop_table('said_fact')
    op.execute("UPDATE person_message SET why_not = 'ended' WHERE why_not = 'died'")
    with op.batch_alter_table('person_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_person_message_why_not'), type_='check')
        batch_op.create_check_constraint(op.f('ck_person_message_why_not'), f'why_not IN {WHY}')


def carry():
    """What each open case had promised, and each refusal that nothing answered, becomes a row."""
    bind = op.get_bind()
    facts = read(bind)
    for case in bind.execute(sa.select(CASE).order_by(CASE.c.opened_at, CASE.c.id)).all():
        if case.closed_at is None:
            rows = [*own(case), *of_referrals(case, *facts), *of_plan(case, bind)]
            for act, about, due_at in rows:
                add(bind, case, act, about, due_at)
            first_again(bind, case, rows)
        elif case.close_reason == 'JOINED':
            put_aside(bind, case)
    slots = NOTED.c.place == 'referral_case', NOTED.c.column.in_(SLOTS)
    bind.execute(sa.delete(NOTED).where(*slots))
    # an act that is taken back later puts nothing back where there is no column any more
    bind.execute(sa.delete(CHANGED).where(CHANGED.c.place == 'referral_case', CHANGED.c.column.in_(SLOTS)))


def read(bind):
    referrals, events, meets, unmet = {}, {}, {}, {}
    for row in bind.execute(sa.select(REFERRAL).order_by(REFERRAL.c.order)):
        referrals.setdefault(row.case_id, []).append(row)
    for row in bind.execute(sa.select(EVENT).where(EVENT.c.taken_back_at.is_(None)).order_by(EVENT.c.referral_id, EVENT.c.number)):
        events.setdefault(row.referral_id, []).append(row.move)
    for row in bind.execute(sa.select(MEETS).order_by(MEETS.c.service_id, MEETS.c.need)):
        meets.setdefault(row.service_id, set()).add(row.need)
    for row in bind.execute(sa.select(UNMET).order_by(UNMET.c.id)):
        unmet.setdefault(row.case_id, []).append(row)
    return referrals, events, meets, unmet


def own(case):
    slots = (('see', case.see_by), ('outreach', case.outreach_by), ('hand_off', case.decide_by))
    return [(act, case.id, due_at) for act, due_at in slots if due_at]


def of_referrals(case, referrals, events, meets, unmet):
    mine = referrals.get(case.id, [])
    wanted = {one.id: set((one.needs or '').split()) for one in mine}
    asked = {one.id: wanted[one.id] & meets.get(one.service_id, set()) or wanted[one.id] for one in mine}
    found = []
    for one in mine:
        moves = [move for move in events.get(one.id, []) if move in ('ask', 'reply')]
        if one.state in STEPS and moves[-1:] == ['ask']:
            answer_by = case.service_by if case.service_act == 'answer' else None
            found.append(('answer', one.id, min(filter(None, (one.due_at, answer_by)))))
        elif one.state in STEPS:
            found.append((STEPS[one.state], one.id, one.due_at))
        elif one.state == 'rejected' and not answered(one, mine, events, asked, unmet.get(case.id, [])):
            found.append(('refused', one.id, case.decide_by or one.ended_at + DECIDES))
    return found


def answered(refused, mine, events, asked, unmet):
    others = [
        one for one in mine
        if one.sent_at and (one.state in STEPS or 'accept' in events.get(one.id, []))
        and not (one.ended_at and one.ended_at < refused.sent_at)
    ]
    if not asked[refused.id]:
        return any(one.order > refused.order for one in others)
    placed = {need for one in others for need in asked[one.id]}
    return asked[refused.id] <= placed | {row.need for row in unmet if row.by_id and row.recorded_at >= refused.ended_at}


def of_plan(case, bind):
    latest = sa.select(PLAN).where(PLAN.c.case_id == case.id).order_by(PLAN.c.order.desc()).limit(1)
    plan = bind.execute(latest).one_or_none()
    if plan is None or plan.ended_why:
        return []
    if plan.look_at:
        return [('review', plan.id, plan.look_at)]
    points = sa.select(POINT).where(POINT.c.plan_id == plan.id, POINT.c.state == 'planned')
    return [('review', point.id, point.due_at) for point in bind.execute(points.order_by(POINT.c.due_at, POINT.c.id))]


def add(bind, case, act, about, due_at, **ended):
    order = bind.scalar(sa.text("SELECT nextval('row_order')" if bind.dialect.name == 'postgresql' else 'SELECT coalesce(max("order"), 0) + 1 FROM promise'))
    number = uuid.uuid4()
    bind.execute(sa.insert(PROMISE).values(
        id=number, case_id=case.id, act=act, about_id=about, due_at=due_at, made_at=case.opened_at, order=order,
        **({'how': '', 'ended_at': None, 'ending': None} | ended)))
    return number


def first_again(bind, case, rows):
    """The earliest is the next one, and whoever was told of another is told anew."""
    here = bind.scalar(sa.select(STAY.c.released_at).where(STAY.c.id == case.booking_id)) is None
    coming = [row for row in rows if not (here and row[0] == 'outreach')]
    if not coming:
        add(bind, case, 'hand_off', case.id, case.due_at)
        coming = [('hand_off', case.id, case.due_at)]
    act, _, due_at = min(coming, key=lambda row: (row[2], AFTER.index(row[0])))
    told = {} if due_at == case.due_at else {'late_step': 0, 'escalates_at': due_at}
    bind.execute(sa.update(CASE).where(CASE.c.id == case.id).values(next_act=act, due_at=due_at, **told))


def put_aside(bind, case):
    """A case that went into another: what it had promised stands again when the two are parted."""
    joined = sa.select(NOTED.c.joining_id).where(NOTED.c.row_id == case.id, NOTED.c.column == 'close_reason')
    joining = bind.scalar(joined.order_by(NOTED.c.id).limit(1))
    over = {'ended_at': case.closed_at, 'ending': 'replaced', 'how': 'Two cases became one'}
    after = over | {'ended_at': {'moment': moment(case.closed_at)}}
    for act, about, due_at in own(case) if joining else ():
        number = add(bind, case, act, about, due_at, **over)
        for name in over:
            bind.execute(sa.insert(NOTED).values(
                id=uuid.uuid4(), joining_id=joining, place='promise', row_id=number, column=name,
                before='' if name == 'how' else None, after=after[name], given=False))


def moment(time):
    """A moment as a joining writes it down."""
    return time.isoformat() if time.tzinfo else f'{time.isoformat()}+00:00'


def downgrade():
    drop_facts()
    with op.batch_alter_table('referral_case', schema=None) as batch_op:
        for name in SLOTS:
            batch_op.add_column(sa.Column(name, sa.String() if name == 'service_act' else TIME, nullable=True))
    bind = op.get_bind()
    still_open = sa.select(PROMISE).where(PROMISE.c.ended_at.is_(None))
    for row in bind.execute(still_open.order_by(PROMISE.c.due_at.desc(), PROMISE.c.order)).all():
        bind.execute(sa.update(CASE).where(CASE.c.id == row.case_id).values(back(row)))
    for act in ('confirm', 'refused', 'anew', 'died', 'number', 'moved'):
        bind.execute(sa.update(CASE).where(CASE.c.next_act == act).values(next_act='hand_off'))
    with op.batch_alter_table('referral_case', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_referral_case_next_act'), type_='check')
        batch_op.create_check_constraint(op.f('ck_referral_case_next_act'), f'next_act IN {BEFORE}')
    for kept in (NOTED, CHANGED):
        bind.execute(sa.delete(kept).where(kept.c.place == 'promise'))
    for list_name, code, _ in CODES:
        op.execute(
            sa.text("DELETE FROM code WHERE list_name = :list_name AND code = :code").bindparams(
                list_name=list_name, code=code))
    op.execute("UPDATE referral_event SET move = 'reply' WHERE move = 'chase'")  # the nearest that was known
    op.drop_index('ix_promise_about', 'promise')
    op.drop_index('ix_promise_case', 'promise')
    op.drop_index('ix_promise_order', 'promise')
    op.drop_table('promise')


def back(row):
    """The slot of a promise; the earliest of each comes last and stays."""
    if row.act in ('chase', 'follow_up', 'answer', 'confirm'):
        return {'service_by': row.due_at, 'service_act': 'hand_off' if row.act == 'confirm' else row.act}
    slot = {'see': 'see_by', 'outreach': 'outreach_by', 'review': 'review_by'}.get(row.act, 'decide_by')
    return {slot: row.due_at}
