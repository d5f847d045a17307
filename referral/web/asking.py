"""Ask once before something is done that is not easily taken back; it works without script."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from referral.web.forms import Form


@dataclass(frozen=True)
class Question:
    """What is asked, what follows from a yes, the words of the yes, and where a no leads."""

    asked: str
    follows: str
    yes: str
    back: str


def ask_once(form: Form, question: Question) -> ResponseReturnValue:
    """The page with the question; its button sends the form to the same address."""
    return render_template("confirm.html", form=form, question=question), form.status
