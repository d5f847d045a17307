"""The card that carries the code to the person's own page."""

from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cases.queries import case_for
from referral.clock import now
from referral.contact.messages.queries import number_to_ring
from referral.contact.own_page import actions
from referral.contact.own_page.codes import in_fours
from referral.contact.own_page.routes import helplines
from referral.db import whole
from referral.handoff.followup.letters import card_of
from referral.handoff.followup.queries import appointments_of
from referral.handoff.referrals.queries import own_referral_for
from referral.locks import writing
from referral.web.addresses import address_of
from referral.web.asking import Question, ask_once
from referral.web.done import done
from referral.web.forms import Form
from referral.web.pdf import as_pdf, as_picture, pdf_answer

cards = Blueprint("cards", __name__, url_prefix="/referrals/<uuid:referral_id>")
of_case = Blueprint("card_of_case", __name__, url_prefix="/cases/<uuid:case_id>/card")


@cards.get("/card.pdf")
@requires(Permission.WORK_CASES, recorded=True)
def card(referral_id: UUID) -> ResponseReturnValue:
    """The person's card: whom they meet, where and when, how to say no, and the code to do so."""
    referral = own_referral_for(acting(), referral_id)
    if referral.ended_at:
        abort(404)  # nobody will meet them
    at = now()
    service = referral.service
    found = card_of(
        referral.handler.name if referral.handler else "",
        (service.name, service.address, service.phone),
        (referral.reference, acting().name, number_to_ring(referral.case)),
        appointments_of(referral.id),
        at,
    )
    with writing():
        code = actions.code_for(referral.person, referral.case.team_id, acting(), at)
    page = address_of("own_page.door")
    own = in_fours(code) if code else ""
    sides = {"card": found, "code": own, "page": page, "picture": as_picture(page)}
    sides["helplines"] = helplines()
    made = as_pdf(render_template("handoff/followup/card_pdf.html", **sides))
    record(Tag.LETTER_MADE, acting(), at, subject_id=referral.person_id, record_id=referral.id)
    return pdf_answer(made, "card.pdf")


@of_case.route("/stop", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def stop_card(case_id: UUID) -> ResponseReturnValue:
    """They lost their card: its code opens nothing from now on; asked once before it is done."""
    case = case_for(acting(), case_id)
    form = Form()
    back = url_for("casefile.case", case_id=case.id)
    if form.validate_on_submit():
        actions.stop_cards(case.person, acting(), now())
        return done(back)
    asked = f"Has {whole(case, 'person').person.name} lost their card?"
    follows = "Its code opens nothing from now on. The next card that you print has a new one."
    return ask_once(form, Question(asked, follows, "Yes, stop it now", back))
