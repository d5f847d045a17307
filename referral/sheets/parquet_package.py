"""The data package with its tables as Parquet, which keeps their types; DuckDB writes them."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from referral.errors import RuleBroken
from referral.published.tables import Told
from referral.sheets.data_package import packed
from referral.sheets.plain import OURS, Imprint
from referral.sheets.star import DataTable, Kind, star_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARQUET = ("parquet", "application/vnd.apache.parquet")
TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.NUMBER: "DOUBLE",
    Kind.DAY: "DATE",
    Kind.MOMENT: "TIMESTAMPTZ",
    Kind.YES_NO: "BOOLEAN",
}
# nothing is fetched, and one thread writes the rows in their order
SET_UP = {"autoinstall_known_extensions": "false", "threads": "1"}


class NoParquet(RuleBroken):
    """This server cannot make Parquet. Ask its administrator to install the extra “parquet”, or
    take the data package with CSV."""

    status = 503


def as_parquet(told: Told, imprint: Imprint = OURS) -> bytes:
    """The same package with Parquet for CSV. Raises NoParquet where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError:
        raise NoParquet from None
    star = star_of(told, imprint)
    with (
        duckdb.connect(config=dict(SET_UP)) as connection,
        tempfile.TemporaryDirectory() as folder,
    ):
        files = {table.name: _written(table, connection, Path(folder)) for table in star}
    return packed(told, imprint, star, files, PARQUET)


def _written(table: DataTable, connection: "DuckDBPyConnection", folder: Path) -> bytes:
    columns = [f'"{field.name}" {TYPES[field.kind]}' for field in table.fields]
    lists = [f"unnest(?::{TYPES[field.kind]}[])" for field in table.fields]
    values = [[row[number] for row in table.rows] for number, _ in enumerate(table.fields)]
    place = folder / f"{table.name}.parquet"
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
    fill = f'INSERT INTO "{table.name}" SELECT {", ".join(lists)}'  # names of ours
    connection.execute(fill, values)
    connection.execute(f"COPY \"{table.name}\" TO '{place}' (FORMAT parquet)")
    return place.read_bytes()
