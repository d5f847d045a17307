"""Tables and numbers of a report by the names that people read."""

from collections.abc import Hashable

from referral.published.tables import Count
from referral.published.telling import Counted


def titles_of(counted: Counted) -> dict[str, str]:
    """The titles of its tables by their codes."""
    return {table.code: table.title for table in counted.tables}


def named(counted: Counted, key: Hashable) -> str:
    """A count by the table, the row and the column in which it stands first: never its number.

    One that stands in none, as that of another edition, by its own name.
    """
    for table in counted.tables:
        for row in table.rows:
            for column, entry in zip(table.columns, row.cells, strict=True):
                if isinstance(entry, Count) and entry.key == key:
                    return f"“{table.title}”, {row.title}, {column.title.lower()}"
    return in_words(key)


def in_words(key: Hashable) -> str:
    """A cell by its name, as it can be read: never its number."""
    parts = [str(part) for part in key] if isinstance(key, tuple) else [str(key)]
    return ", ".join(part.replace("/", " ").replace("_", " ") for part in parts)
