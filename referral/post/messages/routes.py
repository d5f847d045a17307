"""A page that shows the mailbox folder, where no mail server is set up and no person is real."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from referral.access.guard import requires
from referral.access.permissions import Permission
from referral.post.messages.post import MailboxFolder, letter_in
from referral.web.paging import page_in, this_page

blueprint = Blueprint("messages", __name__)


@blueprint.get("/mailbox")
@requires(Permission.SEE_JOBS)
def mailbox() -> ResponseReturnValue:
    """The e-mails that would have left."""
    folder = current_app.extensions["mailbox"]
    if not isinstance(folder, MailboxFolder):
        abort(404)
    found = page_in(folder.files(), this_page())
    letters = found.holding([letter_in(file) for file in found])
    return render_template("post/messages/mailbox.html", letters=letters)
