"""Several files in one, the same bytes each time: no clock, no machine, no order of chance."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

OLDEST = 1980  # the format knows no earlier year


def as_zip_of(files: Mapping[str, bytes], at: datetime, plain: str = "") -> bytes:
    """The files in this order, each as if written at a moment. `plain`: the one not packed."""
    packed = io.BytesIO()
    moment = at.astimezone(UTC)
    written = moment.timetuple()[:6] if moment.year >= OLDEST else (OLDEST, 1, 1, 0, 0, 0)
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, written)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()
