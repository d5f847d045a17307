"""One question to the person behind a link. Nothing about anybody is on the page."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.clock import now
from referral.contact.worth_it import actions
from referral.contact.worth_it.forms import LinkWorthForm
from referral.contact.worth_it.guard import by_link
from referral.contact.worth_it.queries import WorthDoor
from referral.web.done import done
from referral.web.forms import keeping

blueprint = Blueprint("worth_it", __name__, url_prefix="/w/<text>")


@blueprint.get("")
@by_link()
def page(door: WorthDoor) -> ResponseReturnValue:
    """The question. To open it is no answer."""
    return render_template("contact/worth_it/ask.html", door=door, form=LinkWorthForm())


@blueprint.post("")
@by_link()
def say(door: WorthDoor) -> ResponseReturnValue:
    """The answer."""
    form = LinkWorthForm()
    with keeping(form):
        if form.validate():
            actions.say_by_link(door, form.details(), now())
            return done(url_for("worth_it.page", text=door.text))
    return render_template("contact/worth_it/ask.html", door=door, form=form), form.status
