"""The person's own page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from referral.access.guard import public
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.queries import plan_to_follow
from referral.clock import now, today
from referral.contact.own_page import actions, stopped_actions, tongue_actions
from referral.contact.own_page.forms import (
    AboutForm,
    BackForm,
    EnterForm,
    MeetingForm,
    ReachForm,
    WordForm,
)
from referral.contact.own_page.guard import PATH, by_visit, carry, cookie_name, drop, speak
from referral.contact.own_page.models import OwnVisit
from referral.contact.own_page.queries import (
    holders,
    live_visit,
    oneself,
    reached_how,
    wants_help,
)
from referral.contact.own_page.standing import HELPED
from referral.contact.own_page.stopped_queries import of_services, stopped_here
from referral.contact.own_page.tongue_forms import LanguageForm, in_words_of
from referral.contact.own_page.tongue_queries import languages
from referral.contact.worth_it.forms import WorthForm
from referral.contact.worth_it.queries import open_question
from referral.db import db
from referral.directory.queries import choices
from referral.errors import RuleBroken
from referral.web.done import done
from referral.web.forms import Form, keeping, options

blueprint = Blueprint("own_page", __name__, url_prefix=PATH)
NOBODY = UUID(int=0)  # a service that there is not


@blueprint.errorhandler(HTTPException)
@blueprint.errorhandler(RuleBroken)
def over(error: HTTPException | RuleBroken) -> ResponseReturnValue:
    """Whatever goes wrong here is said without the staff's page around it."""
    db.session.rollback()
    code = error.status if isinstance(error, RuleBroken) else error.code or 500
    if "tongue" not in g:
        speak(live_visit(request.cookies.get(cookie_name(), ""), now()))
    return render_template("contact/own_page/over.html"), code


@blueprint.route("", methods=["GET", "POST"])
@public
def door() -> ResponseReturnValue:
    """The code and the date of birth; both wrong answers are the same."""
    speak(None)
    form = EnterForm()
    token = None
    if form.validate_on_submit():
        token = actions.enter(form.entry(request.remote_addr, _chosen()), now())
        db.session.commit()
        form.form_errors.append(actions.NotTogether().sentence)
    if token:
        return carry(make_response(redirect(url_for(".page"), 303)), token)
    return _door(form), 422 if form.errors else 200


@blueprint.get("/page")
@by_visit()
def page(visit: OwnVisit) -> ResponseReturnValue:
    """The person's own page: who has their details, how to reach them, did it help, stop.

    No name is on it.
    """
    return _page(visit)


@blueprint.post("/names")
@by_visit(keyed=False)
def names(visit: OwnVisit) -> ResponseReturnValue:
    """The same with the names, for this once: the person looks round first, then presses."""
    return _page(visit, names=True)


@blueprint.post("/reach")
@by_visit()
def reach(visit: OwnVisit) -> ResponseReturnValue:
    """Confirm or change how to be reached."""
    form = ReachForm()
    form.channels.choices = options(choices("contact_channel", today()))
    return _does(
        visit, "reach", form, lambda: actions.change_reach(visit.card, form.details(), now())
    )


@blueprint.post("/word")
@by_visit()
def word(visit: OwnVisit) -> ResponseReturnValue:
    """Did it help?"""
    form = WordForm()
    return _does(
        visit,
        "word",
        form,
        lambda: actions.say_word(visit.card, form.service_id or NOBODY, form.helped.data, now()),
    )


@blueprint.post("/worth")
@by_visit()
def worth(visit: OwnVisit) -> ResponseReturnValue:
    """Was it worth it?"""
    form = WorthForm()
    return _does(visit, "worth", form, lambda: actions.say_worth(visit.card, form.details(), now()))


@blueprint.post("/again")
@by_visit()
def again(visit: OwnVisit) -> ResponseReturnValue:
    """Ask for help again."""
    return _does(visit, "again", AboutForm(), lambda: actions.ask_for_help(visit.card, now()))


@blueprint.post("/stop")
@by_visit()
def stop(visit: OwnVisit) -> ResponseReturnValue:
    """Stop the sharing with one of them, or everything; it holds from this moment on."""
    form = AboutForm()
    return _does(visit, "stop", form, lambda: actions.stop(visit.card, form.service_id, now()))


@blueprint.post("/back")
@by_visit()
def back(visit: OwnVisit) -> ResponseReturnValue:
    """Take back a stop: say yes again, or ask for a service again."""
    form = BackForm()
    return _does(
        visit, "back", form, lambda: stopped_actions.take_back(visit.card, form.details(), now())
    )


@blueprint.post("/stays")
@by_visit()
def stays(visit: OwnVisit) -> ResponseReturnValue:
    """Leave stopped a service that they had asked for again."""
    form = AboutForm()
    return _does(
        visit,
        "stays",
        form,
        lambda: stopped_actions.leave_stopped(visit.card, form.service_id or NOBODY, now()),
    )


@blueprint.post("/cannot")
@by_visit()
def cannot(visit: OwnVisit) -> ResponseReturnValue:
    """They cannot come to an appointment; its service is to agree another time."""
    return _says(visit, cannot=True)


@blueprint.post("/can")
@by_visit()
def can(visit: OwnVisit) -> ResponseReturnValue:
    """They can come after all."""
    return _says(visit, cannot=False)


def _says(visit: OwnVisit, *, cannot: bool) -> ResponseReturnValue:
    form = MeetingForm()
    return _does(
        visit, "meets", form, lambda: actions.say_cannot(visit.card, form.number, cannot, now())
    )


def _does(visit: OwnVisit, name: str, form: Form, act: Callable[[], object]) -> ResponseReturnValue:
    """Do what a form of the page says; refused, the page shows that form with what was typed."""
    with keeping(form):
        if form.validate_on_submit():
            act()
            return _done()
    return _page(visit, **{name: form})


@blueprint.post("/language")
@by_visit()
def language(visit: OwnVisit) -> ResponseReturnValue:
    """Read the page in another language; it is remembered with the card."""
    form = LanguageForm()
    return _does(
        visit,
        "language",
        form,
        lambda: tongue_actions.choose(visit.card, form.language.data or "", now()),
    )


@blueprint.post("/leave")
@by_visit(keyed=False)
def leave(visit: OwnVisit) -> ResponseReturnValue:
    """The visit is over, on the server too."""
    actions.leave(visit, now())
    db.session.commit()
    chosen: dict[str, Any] = {"in": visit.card.language} if visit.card.language else {}
    return drop(make_response(redirect(url_for(".door", **chosen), 303)))


def helplines() -> list[tuple[str, str]]:
    """Number and name of those who answer now, as an administrator keeps them in the list."""
    return [(code, name) for code, name in choices("helpline", today()) if code.isdecimal()]


def _door(form: EnterForm) -> str:
    around = {"helplines": helplines(), "languages": languages(now())}
    shown = in_words_of(form, g.tongue)
    return render_template("contact/own_page/door.html", form=shown, tongue=g.tongue, **around)


def _chosen() -> str | None:
    """The language that was chosen before entering; None for one that is on no list."""
    wanted = request.args.get("in")
    return wanted if wanted in {one.code for one in languages(now())} else None


def _done() -> ResponseReturnValue:
    return done(url_for(".page"))


def _page(visit: OwnVisit, names: bool = False, **forms: Form) -> ResponseReturnValue:
    card = visit.card
    at = now()
    record(Tag.OWN_PAGE_SEEN, oneself(card), at, subject_id=card.person_id, record_id=card.id)
    sent = next(iter(forms.values()), None)
    kept: dict[str, Any] = {"reach": _reach_form(visit), "word": WordForm(), "stop": AboutForm()}
    kept["worth"] = WorthForm()
    stopped = stopped_here(card.person, at)
    found = render_template(
        "contact/own_page/page.html",
        names=names,
        holders=holders(card.person_id, at),
        again=of_services(stopped),
        stopped=[one for one in stopped if one.words],
        forms={name: in_words_of(form, g.tongue) for name, form in (kept | forms).items()},
        tongue=g.tongue,
        languages=languages(at),
        sent=sent,
        helped_words=dict(HELPED),
        asked=open_question(card.person_id, at),
        planned=plan_to_follow(card.person_id),
        asked_for=wants_help(card.person_id),
        now=at,
        helplines=helplines(),
    )
    return found, sent.status if sent else 200


def _reach_form(visit: OwnVisit) -> ReachForm:
    """The form as things stand; with the number only if they may be reached by it."""
    rules = reached_how(visit.card.person_id, now())
    said: dict[str, Any] = {"wanted": "no"}
    if rules:
        said = {"wanted": "yes", "phone": visit.card.person.phone, "safe_times": rules.safe_times}
        said |= {"no_message": rules.no_message, "no_letters": rules.no_letters}
        said |= {"channels": rules.channels}
        if plan := plan_to_follow(visit.card.person_id):
            said |= {"email": plan.email, "address": plan.address}
    form = ReachForm(formdata=None, data=said)
    form.channels.choices = options(choices("contact_channel", today()))
    form.was_shown()
    return form
