"""Every form and every program that gives a moment is refused one that cannot be.

By reflection: each act of acts.py whose form asks for a moment, and each body of the API.
"""

from dataclasses import replace

import pytest
from access.acts import ACTS, Act
from access.test_every_act_leaves_an_event import do, filled
from access.walking import BODIES, Site, lines, shown
from bs4 import BeautifulSoup

from referral.directory.bounds import BOUNDS

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LONG_AGO, FAR_AHEAD = ("1 Jan 1900 10:00", "0026-01-01T10:00:00Z"), (
    "31 Dec 2199 10:00", "9998-12-31T10:00:00Z",
)  # fmt: skip
# what else has to be said for a moment to count
BESIDES = {
    "ask_again_at": {"answer": "not now"},
    "expected_at": {"route": "COURT"},
    "moved_to": {"answer": "moved", "moved_by": "person"},
}


def asked(site: Site, rule, act: Act) -> set[str]:
    """The moments that an act gives."""
    _, sent = filled(site, rule, act)
    site.put_back()
    return BOUNDS.keys() & sent.keys()


@sqlite_alone
def test_a_moment_that_cannot_be_is_refused_with_its_sentence_at_the_field(site):
    tried, taken = set(), []
    for method, rule, of in lines(site.app):
        if method == "GET" or of == "foreign" or shown(rule) not in ACTS:
            continue
        act = ACTS[shown(rule)]
        for name in asked(site, rule, act):
            for extreme in (LONG_AGO, FAR_AHEAD):
                tried.add(name)
                answer = given(site, rule, act, name, extreme)
                if answer.status_code != 422 or not stands(answer, name, rule.endpoint in BODIES):
                    taken.append(f"{shown(rule)}: {name} {extreme} {answer.status_code}")
                site.put_back()
    assert taken == []
    assert tried == BOUNDS.keys() - {"told_at", "asked_at"}  # which a sheet takes from written_at


def given(site: Site, rule, act: Act, name: str, extreme: tuple[str, str]):
    """The act, with this moment."""
    if rule.endpoint not in BODIES:
        typed = {**act.typed, **BESIDES.get(name, {}), name: extreme[0]}
        return do(site, rule, replace(act, typed=typed))
    address, sent = filled(site, rule, act)
    return site.visitors[act.who].post(address, json=sent | {name: extreme[1]})


def stands(answer, name: str, program: bool) -> bool:
    """Whether the refusal names the field; a program is told in words."""
    if program:
        return bool(answer.get_json()["detail"])
    page = BeautifulSoup(answer.text, "html.parser")
    return bool(page.select_one(f"#{name}-error, .govuk-error-summary a[href='#{name}']"))
