"""The page of the hand-off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.actor import Actor
from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.casework.cases.models import Case
from referral.casework.cases.queries import case_for
from referral.clock import now, today
from referral.consent.purposes import Level
from referral.consent.queries import read_out
from referral.db import db, whole
from referral.directory.models import Service
from referral.directory.queries import choices_in, labels, services
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.actions import HandOffDetails
from referral.handoff.referrals.disclosing_actions import tell_more
from referral.handoff.referrals.forms import HandOffForm, hand_off_form, tell_form
from referral.handoff.referrals.matching import Fit, fitting, routed, without_room
from referral.handoff.referrals.needs import KnownNeed
from referral.handoff.referrals.needs_queries import urgency_by
from referral.handoff.referrals.queries import (
    open_referrals,
    own_referral_for,
    rooms,
    still_with_count,
)
from referral.handoff.referrals.sight_queries import Tellable, tellable
from referral.handoff.referrals.telling_queries import knowing
from referral.handoff.referrals.who_is_who import by_need, who_is
from referral.handoff.referrals.young_queries import wanted_for
from referral.web.done import done
from referral.web.forms import keeping

blueprint = Blueprint("handoff", __name__)


@blueprint.route("/cases/<uuid:case_id>/hand-off", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def hand_off(case_id: UUID) -> ResponseReturnValue:
    """Choose services with the person, and say how much each is told."""
    case = case_for(acting(), case_id, to_change=True)
    return hand_off_page(case, url_for("casefile.case", case_id=case.id))


@blueprint.get("/directory/services/<uuid:number>/still-with")
@requires(Permission.EDIT_DIRECTORY)
def still_with(number: UUID) -> ResponseReturnValue:
    """A service has closed: how many people are still with it, and what becomes of them."""
    service = db.session.get(Service, number) or abort(404)
    return render_template(
        "handoff/referrals/still_with.html", service=service, count=still_with_count(number)
    )


@dataclass(frozen=True)
class Offered:
    """The services that fit: to choose from, full ones, those that have the person already."""

    fits: Sequence[Fit]
    passed: Sequence[Fit]
    taken: Sequence[Fit]


def _offered(case: Case, needs: Sequence[KnownNeed]) -> Offered:
    """Who can help now with what cannot wait comes first."""
    person = case.person
    wanted = wanted_for(person, [need.code for need in needs], today())
    able = [fit.service for fit in fitting(services(today()), wanted, now())]
    found = fitting(able, wanted, now(), rooms(able, now()))
    has = {referral.service_id for referral in open_referrals(person.id)}
    first = {need.code for need in needs if need.help_now}
    free = [fit for fit in found if fit.service.id not in has]
    fits = sorted(free, key=lambda fit: first.isdisjoint(fit.met))
    taken = [fit for fit in found if fit.service.id in has]
    # what was chosen while there was room is not dropped in silence because it went meanwhile
    return Offered(*((fits, []) if request.method == "POST" else routed(fits)), taken)


HandOff = Callable[[Case, HandOffDetails, Actor, datetime], object]


def hand_off_page(case: Case, after: str, deed: HandOff = handoff.hand_off) -> ResponseReturnValue:
    could = tellable(case, acting(), now())
    offered = _offered(case, could.needs)
    lists = choices_in(("language", "given_how"), today())
    form = hand_off_form(case.person, offered.fits, could.needs, labels("need"), lists)
    with keeping(form):
        if not form.looks and form.validate_on_submit():
            deed(case, form.details(), acting(), now())
            return done(after)
    return _hand_off(case, form, could, offered, after), form.status


def _urgent(case: Case, could: Tellable) -> Sequence[str]:
    if not acting().may(Permission.WORK_CASES):
        return ()
    urgency = urgency_by(case, could.needs, could.found, now())
    return urgency.why([need.code for need in could.needs])


def _hand_off(case: Case, form: HandOffForm, could: Tellable, offered: Offered, after: str) -> str:
    """The page, with the words that each service would be told at each level, as it is ticked."""
    needs = [need.code for need in could.needs]
    told = {
        offer.level.name: {level: could.told(level, offer.codes) for level in Level}
        for offer in form.offers
    }
    return render_template(
        "handoff/referrals/hand_off.html",
        case=whole(case, "person"),
        needs=needs,
        form=form,
        groups=by_need(form.offers, could.needs),
        who_is=who_is,
        known={need.code: need for need in could.needs},
        urgent=_urgent(case, could),
        told=told,
        offered=offered,
        short=without_room(needs, [*offered.fits, *offered.passed, *offered.taken]),
        words=read_out(form.turn(), now()),
        after=after,
    )


@blueprint.route("/referrals/<uuid:referral_id>/tell", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def tell(referral_id: UUID) -> ResponseReturnValue:
    """Tell a service one thing more, which the person agrees to: a number, a need, or more."""
    referral = own_referral_for(acting(), referral_id)
    known = knowing(referral, acting(), now())
    if known.news is None:
        abort(404)
    lists = choices_in(("language", "given_how"), today())
    form = tell_form(referral.person, known.news, labels("need"), lists)
    with keeping(form):
        if not form.looks and form.validate_on_submit():
            tell_more(referral, form.details(), acting(), now())
            return done(url_for("casefile.referral", referral_id=referral.id))
    referral, known = whole(referral, "service", "case.person"), knowing(referral, acting(), now())
    form.show(referral.version)
    words = read_out(form.turn(), now())
    shown = {"referral": referral, "form": form, "knows": known, "words": words}
    return render_template("handoff/referrals/tell.html", **shown), form.status
