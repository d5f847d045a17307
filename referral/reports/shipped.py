"""The words of all measures, as they are shipped."""

import tomllib
from pathlib import Path
from typing import Any

SHIPPED: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "measures.toml").read_text(encoding="utf-8")
)
