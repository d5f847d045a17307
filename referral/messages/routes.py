"""A page that shows the mailbox folder, where no mail server is set up and no person is real."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from referral.access.guard import requires
from referral.access.permissions import Permission
from referral.messages.post import MailboxFolder
from referral.web.paging import this_page

blueprint = Blueprint("messages", __name__)
PAGE = 20


@blueprint.get("/mailbox")
@requires(Permission.SEE_JOBS)
def mailbox() -> ResponseReturnValue:
    """The e-mails that would have left."""
    folder = current_app.extensions["mailbox"]
    if not isinstance(folder, MailboxFolder):
        abort(404)
    page = this_page()
    found = folder.letters()[(page - 1) * PAGE : page * PAGE]
    return render_template("messages/mailbox.html", letters=found, page=page, size=PAGE)
