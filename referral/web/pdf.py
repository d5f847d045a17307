"""Pages as tagged PDF. WeasyPrint and its system libraries are loaded when a PDF is asked for."""

from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import segno
from flask import Response
from markupsafe import Markup

from referral.errors import RuleBroken
from referral.web.drawn import in_words

STATIC = Path(__file__).parent.parent / "static"
KINDS = {".css": "text/css", ".ttf": "font/ttf"}
DRAWN = "data:image/svg+xml;base64,"  # a drawing that stands in the document itself
HERE = "http://own.invalid/"  # a name that can lead nowhere: only own_file answers to it


class NoPdf(RuleBroken):
    """This server cannot make PDFs. Ask its administrator to install the Pango library."""

    status = 503


class Refused(ValueError):
    """A document asked for something other than our own files."""


def as_pdf(html: str) -> bytes:
    """The document as tagged PDF/UA; letters that no font of ours has are said in words.

    Raises NoPdf where the system libraries are missing.
    """
    try:
        from weasyprint import HTML
    except OSError:
        raise NoPdf from None
    made: bytes = HTML(
        string=in_words(html), base_url=HERE, url_fetcher=own_files_only()
    ).write_pdf(pdf_variant="pdf/ua-1")
    return made


def as_picture(address: str) -> Markup:
    """An address as a QR code: SVG that stands in the document itself."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=0, omitsize=True, title=address))  # noqa: S704  # ours


def pdf_answer(made: bytes, name: str) -> Response:
    """The answer with which a browser shows a PDF, and saves it under this name."""
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def own_files_only() -> Any:
    """A fetcher that hands out our static files and drawings, and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            if url.startswith(DRAWN):
                return URLFetcherResponse(url, drawn_in(url), {"Content-Type": "image/svg+xml"})
            path = own_file(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})

    return OwnFiles()


def drawn_in(url: str) -> bytes:
    """The drawing that an address holds."""
    return b64decode(url.removeprefix(DRAWN), validate=True)


def own_file(url: str) -> Path:
    """The static file that an address means. Raises Refused for anything else."""
    parts = urlsplit(url)
    path = (STATIC / unquote(parts.path).lstrip("/")).resolve()
    if (parts.scheme, parts.netloc) != ("http", "own.invalid") or not path.is_relative_to(STATIC):
        raise Refused(url)
    return path
