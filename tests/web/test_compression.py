"""A page is sent small, but not where another site could learn from its length."""

import gzip

import pytest

ASKS = {"Accept-Encoding": "br;q=0, gzip"}
PAGE = "/sign-in"


@pytest.mark.parametrize(
    ("asked", "packed"),
    [
        ("same-origin", True),
        ("none", True),
        ("same-site", False),
        ("cross-site", False),
        ("", False),
    ],
)
def test_a_page_is_compressed_only_where_no_other_site_had_a_part(app, asked, packed):
    said = ASKS | ({"Sec-Fetch-Site": asked} if asked else {})
    answer = app.test_client().get(PAGE, headers=said)
    assert answer.status_code == 200
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    assert {"Accept-Encoding", "Sec-Fetch-Site"} <= set(answer.headers["Vary"].split(", "))
    page = gzip.decompress(answer.data) if packed else answer.data
    assert b"<title>" in page
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_browser_that_does_not_ask_gets_a_page_as_it_is(app):
    answer = app.test_client().get(PAGE, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Content-Encoding" not in answer.headers
