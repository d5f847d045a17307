"""The service's inbox as a list: what waits, what was just said, the places of the week."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.clock import now, today
from referral.directory import actions as directory
from referral.directory.queries import choices
from referral.handoff.followup import actions
from referral.handoff.followup.forms import RoomsForm, room_field, rooms_form
from referral.handoff.followup.queries import (
    OwnRoom,
    in_place,
    inbox,
    just_told,
    own_rooms,
    questions,
)
from referral.handoff.followup.routes import to_the_list
from referral.handoff.followup.saying import Word
from referral.handoff.followup.worklist import SHORT, by_day, in_parts
from referral.handoff.referrals.queries import referral_for
from referral.handoff.withdrawals.queries import stops_of_service
from referral.web.done import done, just_done
from referral.web.paging import FEW, Page, page_in, this_page

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")


@blueprint.get("")
@requires(Permission.SEE_INBOX, recorded=True)
def inbox_page() -> ResponseReturnValue:
    """Say yes or no, say what happened: from the list."""
    at = now()
    own = own_rooms(acting(), at) if acting().may(Permission.ANSWER_REFERRALS) else []
    rooms = page_in(own, this_page("services"), FEW)
    return _inbox(rooms, filled(rooms), at)


def _inbox(rooms: Page[OwnRoom], form: RoomsForm, at: datetime) -> str:
    """The list, with the places as they were said or as they were typed."""
    entries = inbox(acting(), this_page(), at)
    told = just_told(entries, just_done(), at)
    for entry in entries:
        if entry.number:  # it stands in the list
            referral = entry.referral
            subject, number = referral.person_id, referral.id
            record(Tag.INBOX_SEEN, acting(), at, subject_id=subject, record_id=number)
    said = told.entry if told and not told.stays else None
    parts = in_parts((one for one in entries if one is not said), at)
    return render_template(
        "handoff/followup/inbox.html",
        parts=parts,
        rows=in_place(parts, told),
        told=told,
        entries=entries,
        now=at,
        opened=(request.args.get("say", ""), request.args.get("of", "")),
        reasons=choices("service_decline", today()) if request.args.get("say") == "no" else [],
        stops=stops_of_service(acting(), this_page("stops")),
        rooms=rooms,
        form=form,
        by_day=by_day,
        short=SHORT,
    )


def filled(rooms: Page[OwnRoom]) -> RoomsForm:
    """The form of the weekly places; what was said in an earlier week is not filled in."""
    return rooms_form(
        {r.service.id: (r.service.name, r.places if r.fresh else None) for r in rooms}
    )


@blueprint.post("/places")
@requires(Permission.ANSWER_REFERRALS)
def say_places() -> ResponseReturnValue:
    """For how many more people is there room this week? One number a service, from the inbox."""
    at = now()
    own = own_rooms(acting(), at)
    rooms = Page([room for room in own if room_field(room.service.id) in request.form] or own)
    form = filled(rooms)
    if not form.validate():
        return _inbox(rooms, form, at), form.status
    said = form.said()
    for room in rooms:
        if room.service.id in said:
            directory.say_places(room.service, said[room.service.id], acting(), at)
    return done(url_for(".inbox_page"))


@blueprint.post("/<uuid:referral_id>/still")
@requires(Permission.ANSWER_REFERRALS)
def still(referral_id: UUID) -> ResponseReturnValue:
    """They are still with the service: one press from the list."""
    referral = referral_for(acting(), referral_id, to_change=True)
    link = questions([referral.id], now()).get(referral.id)
    actions.still_with_us(referral, link, acting(), now())
    return to_the_list(referral, Word.STILL, url_for(".inbox_page"))
