"""Pages that ask the database while they are drawn: their view has not loaded what they show."""

from contextvars import ContextVar

from flask import Flask
from jinja2 import Template
from sqlalchemy import Connection, Engine, event

drawn: ContextVar[str] = ContextVar("drawn", default="")


class Asked(AssertionError):
    """A statement was made for a template that was being drawn."""


class Watched(Template):
    """A template of which it is known while it is drawn, with all that it includes."""

    def render(self, *args: object, **kwargs: object) -> str:
        """As always."""
        before = drawn.set(self.name or "a string")
        try:
            return super().render(*args, **kwargs)
        finally:
            drawn.reset(before)


def watch(app: Flask) -> None:
    """From now on a template of this application that asks fails whoever wanted the page."""
    app.jinja_env.template_class = Watched


@event.listens_for(Engine, "before_cursor_execute")
def _asked(connection: Connection, cursor: object, statement: str, *more: object) -> None:
    del connection, cursor, more
    if drawn.get():
        raise Asked(f"{drawn.get()} asks: {statement}")
