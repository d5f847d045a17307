"""Styles, scripts and fonts are kept for a year, sent small, and named by what they hold."""

import gzip
import re
import shutil
from urllib.parse import urljoin

import pytest
from flask import url_for
from guards.house import ROOT

from referral.app import create_app
from referral.settings import Settings
from referral.web.assets import KINDS, STATIC, assets

NAMED = r"url_for\('static', filename='([^']+)'\)"
USED = sorted(
    {
        name
        for t in (ROOT / "templates").rglob("*.html")
        for name in re.findall(NAMED, t.read_text())
    }
)
ASKS = {"Accept-Encoding": "br;q=0, gzip"}


@pytest.fixture(scope="module")
def bare():
    return create_app(Settings(database_url="sqlite://"))


def address(bare, name):
    with bare.test_request_context():
        return url_for("static", filename=name)


@pytest.mark.parametrize("name", USED)
def test_every_file_that_a_page_names_is_kept_for_a_year_and_sent_small(bare, name):
    answer = bare.test_client().get(address(bare, name), headers=ASKS)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert gzip.decompress(answer.data) == (STATIC / name).read_bytes()
    plain = bare.test_client().get(address(bare, name))
    assert "Content-Encoding" not in plain.headers
    assert plain.data == (STATIC / name).read_bytes()
    assert plain.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize("name", [name for name in USED if name.endswith(".css")])
def test_what_a_style_names_is_kept_for_a_year_too(bare, name):
    for file in re.findall(r"url\(\"?([^\")]+)", (STATIC / name).read_text("utf-8")):
        if not file.startswith("data:"):
            answer = bare.test_client().get(urljoin(address(bare, name), file), headers=ASKS)
            assert answer.status_code == 200, file
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["Content-Type"] == "font/woff2"


def test_templates_name_static_files_in_no_other_way():
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        assert "/static/" not in text, template
        assert len(re.findall("'static'", text)) == len(re.findall(NAMED, text)), template


@pytest.mark.parametrize("name", USED)
def test_an_address_changes_with_what_it_leads_to(name, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(STATIC, changed)
    with (changed / name).open("a") as file:
        file.write(" ")
    assert assets(changed)[name].mark != assets(STATIC)[name].mark


def test_a_font_that_changes_gives_its_style_another_address(tmp_path):
    shutil.copytree(STATIC, tmp_path / "changed")
    name = "vendor/source-sans-3/source-sans-3"
    (tmp_path / "changed" / f"{name}-latin-400-normal.woff2").write_bytes(b"another")
    assert assets(tmp_path / "changed")[f"{name}.css"].mark != assets(STATIC)[f"{name}.css"].mark
    assert assets(tmp_path / "changed")["app.css"].mark == assets(STATIC)["app.css"].mark


def test_an_older_page_gets_its_file_and_does_not_keep_it(bare):
    answer = bare.test_client().get("/static/0123456789abcdef/app.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert (
        bare.test_client().get("/static/0123456789abcdef/app.css", headers=known).status_code == 304
    )


@pytest.mark.parametrize(
    "name",
    ["vendor/vendor_assets.py", "vendor/SHA256SUMS", "../settings.py", "none.css", "vendor"],
)
def test_nothing_else_is_handed_out(app, name):
    assert app.test_client().get(f"/static/x/{name}").status_code == 404


def test_every_kind_that_lies_there_is_known_or_not_for_browsers():
    lying = {path.suffix for path in STATIC.rglob("*") if path.is_file()}
    assert lying - set(KINDS) <= {"", ".py", ".pyc", ".ttf", ".txt"}
