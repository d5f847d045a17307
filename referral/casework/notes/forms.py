"""Forms of notes and calls."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import Length, Optional

from referral.casework.notes.actions import NoteDetails
from referral.casework.notes.offence import about_an_offence
from referral.casework.notes.spoken import HOW, WHOM, WHY, How, Whom, Why, Words
from referral.web.fields import MomentField, required
from referral.web.forms import Form, TextField, options, tidy_lines

LONGEST = 2000


class NoteForm(Form):
    """With whom, how, when, and what was said?

    `warned` says that the words about an alleged offence were pointed out once.
    """

    said = TextAreaField(
        "What was said",
        [
            required("Write what was said"),
            Length(max=LONGEST, message=f"A note can be up to {LONGEST} characters"),
        ],
        filters=[tidy_lines],
    )
    whom = RadioField(
        "Who with", [required("Choose who you spoke to")], choices=options(WHOM.items())
    )
    how = RadioField("How", [Optional()], choices=options(HOW.items()))
    spoken_to = TextField("Who exactly, if it was not them", limit=80)
    happened_at = MomentField("When", [required("Enter when it was")], starts_now=True)
    warned = HiddenField()
    warning = ""

    def warns(self) -> bool:
        """Whether words in it are pointed out now; with the same form sent again, they are not."""
        found = [] if self.warned.data else about_an_offence(self.said.data or "")
        if found:
            self.warned.data = "yes"
            self.warning = ", ".join(f"“{word}”" for word in found)
        return bool(found)

    def details(self) -> NoteDetails:
        """The note as typed."""
        how = How(self.how.data) if self.how.data else None
        words = Words(self.spoken_to.data, self.said.data or "")
        return NoteDetails(Whom(self.whom.data), how, self.happened_at.data, words)


class NotAfterAllForm(Form):
    """Why should the note never have been there?"""

    why = RadioField(
        "Why is it taken back?",
        [required("Choose why it is taken back")],
        choices=options(WHY.items()),
    )

    def reason(self) -> Why:
        """The reason, as the rule knows it."""
        return Why(self.why.data)


class SearchForm(Form):
    """Look for words in the notes. They are sent hidden, never in an address."""

    words = TextField("Search the notes", limit=80)
