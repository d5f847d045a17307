"""How a request that is refused, or fails, is answered: a sentence, never a trace."""

from flask import Flask, Response, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from referral.access.guard import signed_in
from referral.api.guard import for_programs, problem
from referral.db import db
from referral.errors import RuleBroken
from referral.serving import typed_again
from referral.web.origin import ForeignOrigin

BROKEN = "Something went wrong at our end. Nothing was saved. Please try again."
OLD_FORM = (
    "You have signed in again since this page was opened, in another window perhaps."
    " Nothing was saved yet."
)
SENTENCES = {
    400: "We could not read what was sent. Go back, reload the page and try again.",
    403: "Your role does not include this. If it should, ask your administrator.",
    404: "This page does not exist, or you may not see it.",
    409: "Someone else changed this while you were typing. Reload the page and try again.",
    413: "That is too much text. Go back, shorten it and try again.",
}
WRONG_HOST = (
    "This server does not answer to that address. Whoever runs it will find the cause in its log."
)


def answer_refusals(app: Flask) -> None:
    """Let pages and programs answer, each in its own way, what is refused or fails."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        db.session.rollback()
        code = error.code or 500
        if for_programs() and error.response is None:
            return problem(error)
        if error.response is not None or code < 400:
            return error
        if code >= 500 or isinstance(error, SecurityError):  # without the page, which may not work
            said = BROKEN if code >= 500 else WRONG_HOST
            number = g.get("request_id", "")
            return Response(f"{said}\nNumber: {number}\n", code, mimetype="text/plain")
        foreign = isinstance(error, ForeignOrigin)
        if isinstance(error, CSRFError) and signed_in() and (typed := typed_again()):
            return render_template("errors/busy.html", sentence=OLD_FORM, typed=typed), code
        sentence = str(ForeignOrigin.__doc__) if foreign else SENTENCES.get(code, BROKEN)
        return render_template("errors/error.html", sentence=sentence, code=code), code

    @app.errorhandler(RuleBroken)
    def broken(error: RuleBroken) -> ResponseReturnValue:
        db.session.rollback()
        if for_programs():
            return problem(error)
        page = render_template("errors/error.html", sentence=error.sentence, code=error.status)
        return page, error.status
