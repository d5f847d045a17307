"""Going back before withdrawals were watched, and forward again: who was asked by link is known."""

from flask_migrate import downgrade, upgrade
from handoff.withdrawals.conftest import TUESDAY
from sqlalchemy import select

from referral.db import db
from referral.handoff.referrals.models import Stop
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.models import Escalation
from referral.post.links.models import Link


def test_what_was_asked_and_what_was_confirmed_survive_going_back_and_forward(app, taken_back):
    taken_back()
    with app.app_context():
        escalate_due(TUESDAY.replace(month=11), 100)
        db.session.commit()
        for confirmed in (False, True):
            if confirmed:
                link = db.session.scalars(select(Link).filter_by(purpose="stopped")).one()
                link.used_at, link.answer = TUESDAY, "stopped"
                db.session.commit()
            downgrade(revision="0010")
            upgrade()
            db.session.expire_all()
            stop = db.session.scalars(select(Stop)).one()
            assert stop.state == ("confirmed" if confirmed else "told")
            assert (stop.asked_at, stop.ended_at) == (TUESDAY, TUESDAY if confirmed else None)
            assert stop.due_at > stop.asked_at
            of_stop = select(Escalation).where(Escalation.stop_id.is_not(None))
            assert db.session.scalars(of_stop.order_by(Escalation.id)).all() == []
