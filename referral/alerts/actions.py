"""Post an alert, end it, and count its readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from referral.access.actor import Actor
from referral.alerts.models import AlertRead, HarmAlert
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.db import db
from referral.directory.own_queries import own_councils
from referral.errors import RuleBroken

LONGEST = timedelta(days=92)


class EndsWhen(RuleBroken):
    """Choose a last day between today and three months from now."""


class NoArea(RuleBroken):
    """Choose at least one area to warn."""


class AnotherArea(RuleBroken):
    """You warn the areas of your own ADP. Choose among them."""

    fields = ("councils",)


@dataclass(frozen=True)
class AlertDetails:
    """An alert's headline and text, its councils by code, and the last day on which it is shown."""

    headline: str
    text: str
    councils: Sequence[str]
    ends_on: date


def post(details: AlertDetails, by: Actor, at: datetime) -> HarmAlert:
    """Show an alert from now on. Raises EndsWhen, NoArea, AnotherArea."""
    today = day_of(at)
    if not today <= details.ends_on <= today + LONGEST:
        raise EndsWhen
    if not details.councils:
        raise NoArea
    own = {council.code: council for council in own_councils(by)}
    if not own.keys() >= set(details.councils):
        raise AnotherArea
    alert = HarmAlert(
        headline=details.headline,
        text=details.text,
        ends_on=details.ends_on,
        posted_at=at,
        by_id=by.user_id,
        organisation_id=by.organisation_id,
    )
    alert.councils = [own[code] for code in details.councils]
    db.session.add(alert)
    db.session.flush()  # the audit names it by its number
    record(Tag.ALERT_POSTED, by, at, record_id=alert.id)
    return alert


def end(alert: HarmAlert, by: Actor, at: datetime) -> None:
    """Stop showing the alert from now on."""
    yesterday = day_of(at) - timedelta(days=1)
    alert.ends_on = min(alert.ends_on, yesterday)
    record(Tag.ALERT_POSTED, by, at, record_id=alert.id)


def read(alert: HarmAlert, by: Actor, at: datetime) -> None:
    """Count a reader, once each."""
    if db.session.get(AlertRead, (alert.id, by.user_id)) is None:
        db.session.add(AlertRead(alert_id=alert.id, user_id=by.user_id, read_at=at))
