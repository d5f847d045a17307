"""Going back before the ways back and forward again, with all of them in use."""

from accounts.credentials.post import WORKER, ask, invite, letters
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from referral.access.permissions import Role
from referral.accounts.credentials.models import FactorReset
from referral.accounts.users.models import User
from referral.audit import trail
from referral.clock import now, today
from referral.db import db
from referral.post.links.models import Link
from referral.post.messages.actions import load_words


def test_accounts_survive_and_links_that_nobody_would_know_do_not(app, as_role):
    invite(as_role(Role.ADMINISTRATOR))
    ask(app, WORKER)
    assert letters(app, WORKER)
    with app.app_context():
        one, other = db.session.scalars(select(User).order_by(User.id).limit(2)).all()
        reset = FactorReset(user_id=one.id, asked_by_id=other.id)
        reset.asked_at = reset.expires_at = now()
        db.session.add(reset)
        db.session.commit()
        downgrade(revision="0013")
        left = text("SELECT count(*) FROM link WHERE purpose IN ('join', 'password')")
        assert db.session.execute(left).scalar() == 0
        found = text("SELECT state, invite_hash FROM user_account WHERE email = 'gail@example.org'")
        assert db.session.execute(found).all() == [("invited", None)]
        db.session.remove()
        upgrade()
        load_words(today())
        db.session.commit()
        assert db.session.scalars(select(Link)).all() == []
        assert trail.verify() is None
    assert ask(app, WORKER).status_code == 200
    assert len(letters(app, WORKER)) == 2
