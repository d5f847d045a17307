"""Draws the order of the chapters as the contracts in pyproject.toml state it: `make drawing`.

One row is one layer, the highest first; what stands in a row together does not know each other. A
chapter with wings shows them in their own order.
"""

import ast
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PLACE = ROOT / "docs" / "layers.svg"
ROW = 46
WIDTH = 1100
LEFT = 20
ABOUT = 430


def layers_of(contract: dict) -> list[list[str]]:
    """The rows of one contract, each with the names that stand side by side."""
    rows = [row.split("|") for row in contract["layers"]]
    return [[name.strip(" ()") for name in row] for row in rows]


def about(name: str) -> str:
    """What a chapter says of itself in its first line."""
    place = ROOT / "referral" / name
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    said = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0]


def drawn(pyproject: str) -> str:
    """The drawing of these settings, as SVG; the same settings give the same drawing."""
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    whole, *rest = [c for c in contracts if c["type"] == "layers"]
    wings = {
        c["containers"][0].removeprefix("referral."): layers_of(c)
        for c in rest
        if len(c["containers"]) == 1
    }
    rows = layers_of(whole)
    height = len(rows) * ROW + 60
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' font-family="sans-serif" font-size="15">',
        "<title>The chapters of referral/, each importing only from those below it</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for number, row in enumerate(rows):
        lines += _row(row, wings, 20 + number * ROW)
    lines.append(
        f'<text x="{LEFT}" y="{height - 14}" fill="#505a5f">A chapter imports only from those below'
        " it. In brackets: its wings, the highest first.</text>"
    )
    return "\n".join([*lines, "</svg>", ""])


def _row(names: list[str], wings: dict[str, list[list[str]]], top: int) -> list[str]:
    wide = (WIDTH - 2 * LEFT) // len(names)
    lines = []
    for place, name in enumerate(names):
        left = LEFT + place * wide
        lines.append(
            f'<rect x="{left}" y="{top}" width="{wide - 6}" height="{ROW - 8}" rx="4"'
            ' fill="#f3f2f1" stroke="#1d3b5c"/>'
        )
        inner = " › ".join(" | ".join(row) for row in wings.get(name, []))
        said = f' <tspan fill="#505a5f">({escape(inner)})</tspan>' if inner else ""
        lines.append(
            f'<text x="{left + 12}" y="{top + 25}"><tspan font-weight="bold">{escape(name)}'
            f"</tspan>{said}</text>"
        )
        if len(names) == 1:
            said = escape(about(name))
            lines.append(f'<text x="{left + ABOUT}" y="{top + 25}" font-size="12">{said}</text>')
    return lines


if __name__ == "__main__":
    PLACE.write_text(drawn((ROOT / "pyproject.toml").read_text(encoding="utf-8")), encoding="utf-8")
    print(f"Drawn: {PLACE.relative_to(ROOT)}")
