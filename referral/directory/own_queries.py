"""Which councils are whose: the one question that reports and alerts ask."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind
from referral.db import db
from referral.directory.models import Council, Organisation, organisation_council


def own_councils(actor: Actor) -> Sequence[Council]:
    """The councils that an account may count and warn, by name.

    One of an ADP those of its ADP and no others, and none where it has none; any other all.
    """
    mine = Organisation.id == actor.organisation_id
    of_an_adp = select(Organisation.id).where(mine, Organisation.kind == OrganisationKind.ADP)
    theirs = select(organisation_council.c.council_code).where(
        organisation_council.c.organisation_id == actor.organisation_id
    )
    wanted = select(Council).where(or_(~of_an_adp.exists(), Council.code.in_(theirs)))
    return db.session.scalars(wanted.order_by(Council.name, Council.code)).all()
