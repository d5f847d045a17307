"""Going back before the person's own page and forward again, with what people said on it."""

from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from referral.contact.own_page.models import PersonCard
from referral.db import db
from referral.post.links.models import Link


def test_what_was_said_on_the_page_survives_going_back_and_forward(site, phone):
    assert phone.press("stop", about="").status_code == 303
    with site.app.app_context():
        said = text("SELECT count(*) FROM consent WHERE answer = 'withdrawn'")
        with db.engine.connect() as connection:
            before = connection.execute(said).scalar()
        downgrade(revision="0009")
        strangers = text(
            "SELECT count(*) FROM consent"
            " WHERE explained_by_id NOT IN (SELECT id FROM user_account)"
        )
        with db.engine.connect() as connection:
            assert connection.execute(strangers).scalar() == 0
            assert connection.execute(said).scalar() == before
        upgrade()
        purposes = db.session.scalars(select(Link.purpose).order_by(Link.id)).all()
        assert purposes == ["answer"]
        assert db.session.scalars(select(PersonCard).order_by(PersonCard.id)).all() == []
