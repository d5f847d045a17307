"""Going back before messages to people, and forward again, with data on both sides."""

from datetime import timedelta

from contact.messages.reached import OUT, reachable, taken_on, work
from flask_migrate import downgrade, upgrade
from overdue.escalation.seeded import named, refer
from sqlalchemy import select, text

from referral.casework.contact_plan.models import ContactPlan
from referral.contact.messages.models import PersonMessage
from referral.db import db
from referral.handoff.referrals.actions import close_case, move
from referral.handoff.referrals.models import UnmetNeed
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.post.links.models import Link


def test_going_back_and_forward_leaves_what_both_sides_know(app):
    asked = OUT + timedelta(days=28, hours=2)
    with app.app_context():
        taken_on(reachable(1), OUT)
        work(app, asked - timedelta(hours=4))
        assert len(work(app, asked)) == 1
        other = reachable(2)
        no = refer(other, OUT)
        details = MoveDetails(Move.REJECT, no.version, "CAP")
        move(no, details, Side.TARGET, named("Ian Low").actor, OUT)
        close_case(other, "CHOICE", other.version, named("Morag Sim").actor, OUT)
        db.session.commit()
        assert db.session.scalars(select(UnmetNeed)).one().by_id is None
        db.session.remove()
        downgrade(revision="0010")
        assert db.session.scalar(text("SELECT count(*) FROM unmet_need")) == 0
        assert db.session.scalar(text("SELECT count(*) FROM link WHERE purpose = 'worth'")) == 0
        db.session.remove()
        upgrade()
        plans = db.session.scalars(select(ContactPlan).order_by(ContactPlan.id)).all()
        assert {plan.confirmed_number for plan in plans} == {"07700 900123"}
        assert db.session.scalars(select(PersonMessage.id).order_by(PersonMessage.id)).all() == []
        assert db.session.scalars(select(Link.id).filter_by(purpose="worth")).first() is None
