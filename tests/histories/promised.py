"""What the team has promised, read from plain rows: each with one owner, and by when."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from histories.told import Told
from sqlalchemy import select

from referral.accounts.users.models import User
from referral.casework.cases.models import Case, Promise
from referral.db import db
from referral.handoff.referrals.models import Referral

TEAM = {"arrest referral worker", "team lead"}
ABOUT_A_REFERRAL = {"confirm", "chase", "follow_up", "answer", "anew"}


def rows(kind: type, *columns: str) -> list[Mapping]:
    """All rows of a table, as they lie there."""
    table = kind.__table__
    wanted = select(*[table.c[name] for name in columns]).order_by(table.c.order)
    return [dict(row) for row in db.session.execute(wanted).mappings()]


def everything_is_promised(told: Told, now: datetime) -> None:
    """Each open case and referral has somebody who has promised something, and nothing else."""
    names = "id", "team_id", "worker_id", "closed_at", "next_act", "due_at", "booking_id"
    cases = {row["id"]: row for row in rows(Case, *names)}
    columns = "id", "case_id", "act", "about_id", "due_at", "made_at", "ended_at"
    still = [row for row in rows(Promise, *columns) if row["ended_at"] is None]
    of_referrals = rows(Referral, "id", "case_id", "ended_at")
    for promise in still:
        case = cases[promise["case_id"]]
        assert case["closed_at"] is None, f"{promise['act']} in a closed case"
        assert promise["due_at"] is not None
        assert promise["made_at"] <= now
    named = Counter((row["case_id"], row["act"], row["about_id"]) for row in still)
    assert max(named.values(), default=1) == 1, f"promised twice: {named.most_common(1)}"
    each_open_case_says_what_is_next(cases, still, told)
    each_open_referral_is_somebodys(cases, still, of_referrals)


def each_open_case_says_what_is_next(
    cases: Mapping[UUID, Mapping], still: list[Mapping], told: Told
) -> None:
    """One owner of its team, and as its next the earliest that is promised."""
    team = {(row["id"], row["organisation_id"]) for row in staff()}
    for case in cases.values():
        if case["closed_at"] is not None:
            continue
        owner = case["worker_id"]
        assert owner is None or (owner, case["team_id"]) in team, "whose case is it?"
        assert any(of == case["team_id"] for _, of in team), "a case of nobody"
        mine = [row for row in still if row["case_id"] == case["id"]]
        assert mine, "an open case in which nothing is promised"
        assert not told.stays[case["booking_id"]].mistake, "a case hangs on a mistake"
        earliest = min(row["due_at"] for row in mine)
        assert case["due_at"] >= earliest
        assert (case["next_act"], case["due_at"]) in {(r["act"], r["due_at"]) for r in mine}


def each_open_referral_is_somebodys(
    cases: Mapping[UUID, Mapping], still: list[Mapping], referrals: list[Mapping]
) -> None:
    """It belongs to an open case, which has promised one thing about it."""
    for one in referrals:
        mine = [row for row in still if row["about_id"] == one["id"]]
        about = [row for row in mine if row["act"] in ABOUT_A_REFERRAL]
        if one["ended_at"] is not None:
            assert not about, f"{about[0]['act']} of a referral that has ended"
            continue
        assert cases[one["case_id"]]["closed_at"] is None, "open in a closed case"
        assert [row["case_id"] for row in about] == [one["case_id"]], "not promised once"


def staff() -> list[Mapping]:
    """Who works cases and may sign in."""
    table = User.__table__
    wanted = select(table.c.id, table.c.organisation_id, table.c.role, table.c.state)
    found = [dict(row) for row in db.session.execute(wanted).mappings()]
    return [row for row in found if row["state"] == "active" and row["role"] in TEAM]
