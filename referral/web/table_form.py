"""The form with which a table comes in: a file to be looked over, then its text to be taken."""

from flask_wtf.file import FileField
from wtforms import HiddenField

from referral.web.forms import Form
from referral.web.tables import NoTable, Table, table_of, text_of


class TableForm(Form):
    """A file; once it was looked over, what it says, to be taken in as it stands."""

    file = FileField("The file")
    checked = HiddenField()

    @property
    def taking(self) -> bool:
        """Whether what was looked over is to be taken in."""
        return bool(self.checked.data) and not self.file.data

    def table(self) -> Table:
        """What was sent, kept for the next step too. Raises NoTable."""
        sent = self.file.data.read() if self.file.data else (self.checked.data or "").encode()
        if not sent:
            raise NoTable("Choose the file that was exported")
        self.checked.data = text_of(sent)
        return table_of(sent)

    def refuse(self, refused: NoTable) -> None:
        """The file cannot be taken: nothing of it is kept, and the page says why."""
        self.checked.data = ""
        self.tell(self.file, str(refused))
