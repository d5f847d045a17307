"""The house keeps its rules, and each rule notices a planted breach."""

from pathlib import Path

import pytest
from flask import Flask
from guards import house

from referral import serving
from referral.app import create_app
from referral.locks import is_reading
from referral.settings import DEVELOPMENT_KEY, Settings, UnsafeSettings

CODE = sorted((house.ROOT / "referral").rglob("*.py"))
TEMPLATES = sorted((house.ROOT / "templates").rglob("*.html"))
TESTS = sorted((house.ROOT / "tests").rglob("*.py"))
by_name = {"ids": lambda path: str(path.relative_to(house.ROOT))}


@pytest.fixture
def bare() -> Flask:
    return create_app(Settings(database_url="sqlite://"))


def test_every_route_has_a_permission(bare):
    assert house.routes_without_permission(bare) == []


def test_a_route_without_permission_is_noticed(bare):
    bare.add_url_rule("/planted", "planted", lambda: "")
    assert house.routes_without_permission(bare) == ["planted"]


def test_every_request_that_only_looks_begins_by_reading(bare):
    looked, written = set(), set()
    for rule in bare.url_map.iter_rules():
        for method in rule.methods - {"OPTIONS"}:
            with bare.test_request_context(method=method) as context:
                context.request.url_rule = rule
                serving._begin()
                (looked if is_reading() else written).add((method, rule.endpoint))
    assert {method for method, _ in written} == {"POST"}
    assert {endpoint for method, endpoint in looked if method == "POST"} == house.ASKED_BY_POST


def test_a_template_is_short_safe_and_tells_nothing_in_its_title():
    for path in TEMPLATES:
        template = path.read_text(encoding="utf-8")
        assert house.forms_without_token(template) == [], path
        assert house.unused_imports(template) == [], path
        assert house.breaks_the_policy(template) == [], path
        assert house.titles_that_tell(template) == [], path
        assert house.pages_by_hand_in(template) == [], path
        assert len(template.splitlines()) <= 120, path


def test_code_is_short_commits_only_at_the_page_and_orders_its_lists():
    for path in CODE:
        source = path.read_text(encoding="utf-8")
        assert house.commits_below_the_page(path, source) == [], path
        if path != house.PAGING:  # whose callers say the order
            assert house.queries_without_order(source) == [], path
            assert house.pages_by_hand(source) == [], path
        assert house.days_by_hand(source) == [] or path.name == "clock.py", path
        assert house.too_long(source) == [], path
        assert house.packed_lines(source) == [], path
        assert len(source.splitlines()) <= 300, path


def test_a_test_file_is_short_too():
    long = [path for path in TESTS if len(path.read_text(encoding="utf-8").splitlines()) > 330]
    assert long == []


UNORDERED = (
    "return s.scalars(select(A)).all()",
    "return s.execute(select(A.x, A.y)).all()",
    "return {row.x: row for row in s.scalars(select(A))}",
    "for x, y in s.execute(select(A.x, A.y)):\n  yield x",
    "rows = select(A)\n return list(s.scalars(rows.where(A.x == 1)))",
    "other = select(B).order_by(B.x)\n return s.scalars(select(A)).all()",
    "for q in (select(A), select(B)):\n  yield from s.scalars(q)",
    "return page_of(select(A), 1)",
    "found = paging.page_of_rows(select(A.x, A.y), 1)\n return found.holding([])",
)
ORDERED = (
    "rows = select(A)\n known = rows.order_by(A.x)\n return s.scalars(known.limit(5)).all()",
    "return s.scalars(select(A)).one_or_none()",
    "rows = select(A)\n return page_of(rows.order_by(A.x), 1)",
    "return s.execute(select(count())).one()",
    "s.execute(update(A).values(x=1))",
)


@pytest.mark.parametrize("body", UNORDERED)
def test_rows_that_nobody_put_in_order_are_noticed(body):
    assert house.queries_without_order(f"def f():\n {body}")


@pytest.mark.parametrize("body", ORDERED)
def test_ordered_rows_single_rows_and_writes_are_let_pass(body):
    assert house.queries_without_order(f"def f():\n {body}") == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>{{ note|safe }}</p>",
        '<p style="color: red">',
        "<style>",
        "<script>1</script>",
        '<p onclick="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_what_the_policy_would_stop_is_noticed(planted):
    assert house.breaks_the_policy(planted)


def test_planted_breaches_are_noticed():
    assert house.forms_without_token('<form method="post"><p></p></form>')
    assert house.unused_imports('{% from "a" import one, two %}{{ one() }}') == ["two"]
    assert house.commits_below_the_page(Path("actions.py"), "db.session.commit()") == [1]
    assert house.commits_below_the_page(Path("actions.py"), "return done(url)") == [1]
    assert house.commits_below_the_page(Path("web/forms.py"), "db.session.commit()") == [1]
    assert house.commits_below_the_page(house.DONE, "db.session.commit()") == []
    assert house.titles_that_tell("{% block title %}{{ person.name }}{% endblock %}")
    assert house.pages_by_hand("rows.limit(PAGE).offset((page - 1) * PAGE)") == [1]
    assert house.pages_by_hand("rows.limit(10_000)") == [1]
    assert house.days_by_hand("today = at.astimezone(SCOTLAND).date()") == [1]
    assert house.pages_by_hand("rows.limit(1)\nrows.limit(most)") == []
    assert house.pages_by_hand_in('<a href="?page={{ page + 1 }}">') == ["?page="]
    assert house.too_long("def f():\n" + "    x = 1\n" * 26) == ["f"]
    assert house.too_long("def f():\n" + "    x = 1\n" * 25) == []


FOR_TESTS = [
    "referral/casework/facts/meanings.py: OTHER_LISTS",
    "referral/demo/organisations.py: PASSWORD",
]


def test_every_constant_is_read_by_somebody():
    sources = {path.relative_to(house.ROOT): path.read_text(encoding="utf-8") for path in CODE}
    assert house.constants_nobody_reads(sources) == FOR_TESTS
    planted = {Path("a/one.py"): "USED = 1\nIDLE: int = 2", Path("b.py"): "from a.one import USED"}
    assert house.constants_nobody_reads(planted) == ["a/one.py: IDLE"]


def test_production_refuses_the_development_key():
    with pytest.raises(UnsafeSettings):
        Settings(database_url="sqlite://", production=True, secret_key=DEVELOPMENT_KEY)
    with pytest.raises(UnsafeSettings):
        Settings(database_url="sqlite://", production=True, secret_key="s" * 32)


@pytest.mark.parametrize("line", ["form, at = Form(), now()", "a.x, a.y = at, 0", "n, m = 0, None"])
def test_two_things_in_one_line_are_found(line):
    assert house.packed_lines(line) == [1]


@pytest.mark.parametrize(
    "line",
    ["a, b = b, a", "year, month = year - 1, month or year", "a, b = f(1), f(2)", "a, b = pair()",
     "opens, closes = time(9), time(17)", "p.x, p.y = q.x, q.y", "x, = y,", "a = 1, 'b'"],
)  # fmt: skip
def test_a_swap_a_pair_and_what_comes_from_one_call_are_left_alone(line):
    assert house.packed_lines(line) == []
