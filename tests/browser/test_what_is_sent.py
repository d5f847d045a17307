"""What a real browser fetches: pages and files compressed, and each file once."""

FETCHED = "() => performance.getEntriesByType('resource').map(one => [one.name, one.transferSize])"
PAGE = "() => performance.getEntriesByType('navigation').map(one => one.toJSON())"


def test_a_second_page_fetches_no_file_again_and_is_compressed(site, page):
    page.goto(f"{site}/sign-in", wait_until="networkidle")
    first = page.evaluate(FETCHED)
    assert len(first) >= 5
    assert sum(size for _, size in first) < 90_000, first
    page.goto(f"{site}/api/v1/reference", wait_until="networkidle")
    again = dict(page.evaluate(FETCHED))
    both = {name: again[name] for name, _ in first if name in again}
    assert len(both) >= 4
    assert set(both.values()) == {0}, both
    page.click("a[href='/']")
    page.wait_for_load_state("networkidle")
    (sent,) = page.evaluate(PAGE)
    assert 0 < sent["encodedBodySize"] < sent["decodedBodySize"] / 2
