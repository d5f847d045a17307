"""The rules of editions and of all reports, and the acts that break them."""

from datetime import date, timedelta

import pytest
from editions.shelf import MAKES, SIGNS, Shelf, staff
from rules.scene import Breaks, Scene

from referral.cli.reports import NoEdition, _frozen
from referral.clock import today
from referral.db import db
from referral.directory.areas import SCOTLAND
from referral.directory.models import Organisation
from referral.editions import actions, refusals
from referral.editions.models import Edition
from referral.errors import StaleEdit
from referral.published.audiences import Audience
from referral.published.periods import quarters
from referral.published.telling import Counted
from referral.published.withholding import CannotBeHidden
from referral.reports import catalogue_queries as catalogue
from referral.reports.national_queries import NAME

DAY = timedelta(days=1)


def draft(s: Scene) -> Edition:
    """One whose numbers are there."""
    return s.own(Edition, "edition_id")


def begin(s: Scene, ago: int = 1, name: str = NAME, **more):
    """One more edition of Scotland."""
    period = quarters(today())[ago]
    said = actions.EditionDetails(name, period, SCOTLAND[0], Audience.PUBLIC, **more)
    return actions.begin(said, staff(MAKES).actor, s.at)


def say(s: Scene, headline: str):
    """The words of the draft."""
    edition = draft(s)
    words = actions.Words(headline, "", "Isla", date(2027, 3, 11))
    return actions.say(edition, words, edition.version, staff(MAKES).actor, s.at)


def look(s: Scene, edition: Edition, later: timedelta = timedelta(), seen: int = 0):
    """Somebody has looked at it."""
    seen = seen or edition.version
    return actions.looked_at(edition, seen, staff(MAKES).actor, s.at + later)


def sign(s: Scene, name: str, second: str | None = SIGNS, by: str = MAKES):
    """The first signature."""
    edition = s.own(Edition, name)
    asked = staff(second) if second else None
    return actions.sign_first(edition, asked, edition.version, staff(by).actor, s.at)


def sign_too(s: Scene, name: str, by: str = SIGNS):
    """The second one."""
    edition = s.own(Edition, name)
    return actions.sign_second(edition, edition.version, staff(by).actor, s.at)


def freeze(s: Scene, name: str):
    """Nothing in it is to change any more."""
    edition = s.own(Edition, name)
    return actions.freeze(edition, edition.version, staff(MAKES).actor, s.at)


def freeze_after_another(s: Scene):
    """A colleague was faster."""
    Shelf(s.at).frozen(4)
    return freeze(s, "edition_id-signed")


def back(s: Scene, name: str, later: timedelta = timedelta(), seen: int = 0):
    """It is not to go out."""
    edition = s.own(Edition, name)
    seen = seen or edition.version
    return actions.take_back(edition, seen, staff(MAKES).actor, s.at + later)


def leave_out(s: Scene, table: str):
    """A table of the one that was refused."""
    edition = s.own(Edition, "edition_id-refused")
    return actions.check_again(edition, table, edition.version, staff(MAKES).actor, s.at)


def tell_too_few(s: Scene):
    """What is told leaves a small number no room."""

    def told(counted: Counted):
        raise CannotBeHidden(counted.people)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "told", told)
        return catalogue.report_told(NAME, quarters(today())[1], SCOTLAND[0], Audience.PUBLIC, s.at)


def team_without_centres(s: Scene):
    """Nobody has said yet which desks it works with."""
    db.session.get_one(Organisation, s.worker.organisation_id).centres = []
    return catalogue.team_told(NAME, quarters(today())[1], s.lead, s.at, None)


BREAKS: Breaks = [
    (refusals.PeriodRuns, lambda s: begin(s, ago=0)),
    (refusals.ReleaseBeforeFreeze, lambda s: begin(s, release_at=s.at - DAY)),
    (refusals.ReleaseTooFar, lambda s: begin(s, release_at=s.at + 800 * DAY)),
    (refusals.PublishedAlready, lambda s: begin(s, ago=3)),
    (refusals.NothingToCorrect, lambda s: begin(s, why_revised="late entries")),
    (refusals.NotThatFar, lambda s: leave_out(s, "ladder")),
    (refusals.NotThatFar, lambda s: look(s, s.own(Edition, "edition_id-out"))),
    (refusals.NotThatFar, lambda s: look(s, s.own(Edition, "edition_id-counting"))),
    (refusals.NotThatFar, lambda s: sign(s, "edition_id")),
    (refusals.NotThatFar, lambda s: sign_too(s, "edition_id-worded")),
    (refusals.NotThatFar, lambda s: freeze(s, "edition_id-worded")),
    (refusals.NotThatFar, lambda s: back(s, "edition_id-worded")),
    (refusals.DraftTooOld, lambda s: look(s, draft(s), 15 * DAY)),
    (StaleEdit, lambda s: look(s, draft(s), seen=99)),
    (StaleEdit, lambda s: back(s, "edition_id-planned", seen=99)),
    (refusals.NumberWithoutACell, lambda s: say(s, "Almost 13,000 were met.")),
    (refusals.SignedAlready, lambda s: sign(s, "edition_id-signed")),
    (refusals.SignedAlready, lambda s: sign_too(s, "edition_id-signed")),
    (refusals.SomebodyElseSigns, lambda s: sign(s, "edition_id-worded", by=SIGNS)),
    (refusals.SomebodyElseSigns, lambda s: sign_too(s, "edition_id-signed", by=MAKES)),
    (refusals.NeedsASecond, lambda s: sign(s, "edition_id-worded", None)),
    (refusals.RegisterMovedOn, freeze_after_another),
    (refusals.OutAlready, lambda s: back(s, "edition_id-planned", 10 * DAY)),
    (catalogue.NoSuchReport, lambda s: begin(s, name="gossip")),
    (catalogue.TooSmallToTell, tell_too_few),
    (catalogue.NoCentresYet, team_without_centres),
    (NoEdition, lambda s: _frozen(NAME, quarters(today())[6], SCOTLAND[0], Audience.PUBLIC)),
]  # fmt: skip
