"""An agency's own program says that somebody agreed to be referred; the team of their area acts."""

from dataclasses import replace
from datetime import datetime

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.doors.actions import Coming, write_down
from referral.casework.doors.refusals import NoTeamThere, WhoSaysSo
from referral.clock import day_of
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at, organisation_of, team_of


def state(details: Coming, by: Actor, at: datetime) -> Case:
    """The case that a worker would have written down while the agency rang, for the whole team.

    The agency says who heard the yes, and is named itself; by when the team is to meet them is the
    deadline of a new case. Raises NoTeamThere, and what `write_down` raises.
    """
    if not details.stated_by:
        raise WhoSaysSo
    team = team_of(details.identity.council_code or "", day_of(at))
    if team is None:
        raise NoTeamThere
    agency = organisation_of(by.organisation_id).name
    due_at = deadlines_at(at).due(Kind.DECIDE, at, None)
    whole = replace(
        details, stated_by=f"{agency}, {details.stated_by}", due_at=due_at, team_id=team.id
    )
    return write_down(whole, by, at)
