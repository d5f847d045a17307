"""Some lines of deeds.csv, tried on an engine on which nothing is taken back."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any
from uuid import UUID

from access.deeds import NAMES, Deed, acts, answer, deed_of, read, record_of, stands
from access.walking import COLUMNS, Site, shown
from werkzeug.routing import Rule

from referral.casework.cases.models import Case
from referral.custody.models import Booking
from referral.db import db
from referral.handoff.referrals.models import Referral

OF_ONE: Mapping[str, type[Any]] = {"case": Case, "referral": Referral, "stay": Booking}


def drawn(site: Site, dice: Random, most: int) -> list[str]:
    """Of some lines, each about people of its own, what is answered otherwise than they say."""
    by_name = {shown(rule): rule for rule in acts(site)}
    lines = [row for row in read() if row[1].partition(": ")[0] in OF_ONE]
    chosen: list[tuple[Deed, list[str]]] = []
    used: set[UUID] = set()
    for line in dice.sample(lines, len(lines)):
        people = people_of(site, by_name[line[0]])
        if len(chosen) < most and not used & people:
            used |= people
            chosen.append((deed_of(site, by_name[line[0]]), line))
    return [wrong for deed, line in chosen for wrong in _tried(site, deed, line, dice)]


def people_of(site: Site, rule: Rule) -> set[UUID]:
    """Whose records an act names."""
    kinds = {name: OF_ONE.get("".join(NAMES.get(name, []))) for name in rule.arguments}
    with site.app.app_context():
        return {
            db.session.get_one(kind, UUID(record_of(site, rule, name, "own"))).person_id
            for name, kind in kinds.items()
            if kind
        }


def _tried(site: Site, deed: Deed, line: Sequence[str], dice: Random) -> Iterator[str]:
    name, state, *cells = line
    what, _, into = state.partition(": ")
    who = dice.choice([who for who, cell in zip(COLUMNS, cells, strict=True) if cell])
    argument = next(name for kind, name in deed.of if kind == what)
    with stands(site, what, into, {deed.records[argument]}):
        said = answer(site, deed, who, deed.address)
    if said != cells[COLUMNS.index(who)]:
        yield f"{name}, {state}: {who} is answered {said}"
