"""By which door somebody came, and how sure the team is that it is them."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from referral.custody.doors import BY_WORD, CAME, Door, Sure


class ByDoor:
    """A time that somebody came, by whichever door."""

    door: Mapped[Door] = mapped_column(default=Door.CUSTODY, server_default=Door.CUSTODY)
    stated_by: Mapped[str] = mapped_column(default="", server_default="")  # that they agreed
    sure_at: Mapped[datetime | None]  # when the team made sure that it is them
    sure_how: Mapped[Sure | None]

    @property
    def unmet(self) -> bool:
        """Whether all that is known of them is a voice, or the word of others."""
        return self.door in BY_WORD and self.sure_at is None

    @property
    def over(self) -> str:
        """In a word how it stands with who is free: let go, or never held when they came."""
        held = self.door not in BY_WORD
        return "Released" if held else CAME[self.door]

    def make_sure(self, how: Sure, at: datetime) -> None:
        """The team has met them, or rung them back: it is them."""
        self.sure_at = at
        self.sure_how = how
