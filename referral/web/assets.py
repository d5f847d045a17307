"""Styles, scripts and fonts: named by their content, kept for a year, sent compressed."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

STATIC = Path(__file__).parent.parent / "static"
ENDPOINT = "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
PACKED_ALREADY = {".woff2"}
A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: its type, plain and compressed, and the mark of its folder."""

    kind: str
    mark: str
    plain: bytes
    packed: bytes | None


def serve_assets(app: Flask) -> None:
    """Give every static address its mark: `/static/<mark>/app.css`.

    A page names a file by what it holds, so that a browser may keep it for a year and asks for a
    new one by another name.
    """
    app.add_url_rule("/static/<mark>/<path:filename>", ENDPOINT, _send)

    @app.url_defaults
    def put_mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == ENDPOINT and (found := assets(STATIC).get(values["filename"])):
            values.setdefault("mark", found.mark)


@cache
def assets(folder: Path) -> dict[str, Asset]:
    """Every file of a folder that may be sent, by its path; other files are not there.

    The mark is made of all files that lie beside it, because a style names its fonts without one.
    """
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in KINDS):
        plain = path.read_bytes()
        packed = None if path.suffix in PACKED_ALREADY else gzip.compress(plain, 9, mtime=0)
        name = path.relative_to(folder).as_posix()
        found[name] = Asset(KINDS[path.suffix], _mark(path.parent), plain, packed)
    return found


@cache
def _mark(folder: Path) -> str:
    digest = sha256()
    for path in sorted(p for p in folder.iterdir() if p.suffix in KINDS):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _send(mark: str, filename: str) -> ResponseReturnValue:
    """The file; one that an older page asks for by its old mark is sent and not kept."""
    found = assets(STATIC).get(filename) or abort(404)
    packs = found.packed is not None and request.accept_encodings["gzip"] > 0
    response = Response(found.packed if packs else found.plain, content_type=found.kind)
    response.headers["Cache-Control"] = A_YEAR if mark == found.mark else ASK_AGAIN
    response.set_etag(f"{found.mark}-gzip" if packs else found.mark)
    if found.packed is not None:
        response.vary.add("Accept-Encoding")
    if packs:
        response.content_encoding = "gzip"
    return response.make_conditional(request)
