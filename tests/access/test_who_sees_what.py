"""Who sees what of each kind of record: role by relation, over everything that can be fetched."""

import re

import pytest
from access.marked import by_email, tell, withdraw_all
from access.seen import everything
from conftest import Browser, hidden_fields

from referral.clock import today
from referral.demo.organisations import PASSWORD

VIEWERS = {  # the heading of a column, and how the address of that viewer begins
    "dsk": "custody.officer@",  # of the centre where the person is
    "sup": "custody.supervisor@",
    "ds2": "fiona.muir",  # of another centre
    "hea": "custody.healthcare@",  # of the centre where the person is
    "wrk": "arrest.referral.worker@",  # of the team that has the case
    "led": "team.lead@",
    "per": "peer.mentor@",
    "te2": "far.team@",
    "ful": "service.worker@",  # of the service that is told all
    "nee": "lewis.tait",  # of the one that is told what the person needs
    "con": "anna.weir",  # of the one that is told how to reach them, and no more
    "bos": "service.manager@",  # the manager there
    "pr2": "far.provider@",
    "adp": "adp.analyst@",
    "cjs": "community.justice.scotland.analyst@",
    "gua": "privacy.guardian@",
    "adm": "administrator@",
}
MARKS = {
    "name": "Quillfeather",
    "birth date": "3 Feb 1971|1971-02-03",
    "phone": "900 ?555",
    "number to know": "900 ?666",  # typed at the desk; by it they are recognised, and no more
    "postcode": "G12 8QQ",
    "S-number": "S7654321",
    "custody number": "CUST-7[78]Q",
    "live booking": "/custody/bookings/[0-9a-f-]{36}",
    "stays": "Booked</strong> Govan",
    "offers": "Asked</strong> Not fit",
    "safe times": "heron sings",
    "doubt noted": "kestrel",
    "agreements": "Workers may see what happened before: ",
    # the pages of a new booking and of who calls ask needs and dangers, and know nobody's
    "needs": "(?is)^(?!/directory|/reports|/custody/bookings/new|/cases/came)"
    '.*(dragonfly|houseleek|"DRUG"|change_DRUG)',
    "danger": "(?is)^(?!/custody/bookings/new|/cases/came)"
    ".*(At risk|verdose in the last|Overdose: )",
    "who was told": "Wagtail",
    "release": r"Released \d|Released</(strong|td)>",
    "case": "/cases/[0-9a-f-]{36}",
    "goal": "goldcrest",
    "strength": "stonechat",
    "substance": "27 of the last 28",
    "unmet need": "No service for",
    "hub: referral": "R-HUBHUB",
    "hub: note": "nuthatch to Recovery",
    "hub: talk": "avocet at Recovery|redstart to Recovery",
    "hub: meeting": "plover, Recovery",
    "needs: referral": "R-FORTHS",
    "needs: note": "nuthatch to Forth",
    "needs: talk": "avocet at Forth|redstart to Forth",
    "needs: meeting": "plover, Forth",
    "cont: referral": "R-HOUSES",
    "cont: note": "nuthatch to Housing",
    "cont: talk": "avocet at Housing|redstart to Housing",
    "cont: meeting": "plover, Housing",
    "attempts": "Tries to reach|Tried to reach</strong>",
    "outcomes": "What changed</h2>|Outcome</strong>",
    "desk's card": "Known to us",
    "letter": r"^\S*/letter\.pdf",
    "person's card": r"^\S*/card\.pdf",
    "audit events": "booking:collected",
    "counts": "ladder,booked",
    "small counts": "ladder,booked,people,1,",
    "accounts": "lewis.tait",
    "tokens": "Program of the linnet",
}


WIDE = 16
# while the person agrees to all; "prg" is the program of "ful", "non" has not signed in
BEFORE = """
                dsk sup ds2 hea wrk led per te2 ful nee con bos pr2 adp cjs gua adm prg non
name            x   x   x   -   x   x   -   -   x   x   x   x   -   -   -   -   -   x   -
birth date      x   x   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   x   -
phone           -   -   -   -   x   x   -   -   x   x   x   x   -   -   -   -   -   x   -
number to know  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
postcode        -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
S-number        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
custody number  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
live booking    x   x   -   x   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
stays           -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
offers          -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
safe times      -   -   -   -   x   x   -   -   x   x   x   x   -   -   -   -   -   x   -
doubt noted     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
agreements      -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
needs           x   x   -   -   x   x   -   -   x   x   -   -   -   -   -   -   -   x   -
danger          x   x   -   x   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
who was told    -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
release         -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
case            -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
goal            -   -   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   x   -
strength        -   -   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   x   -
substance       -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
unmet need      -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
hub: referral   -   -   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   x   -
hub: note       -   -   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   -   -
hub: talk       -   -   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   x   -
hub: meeting    -   -   -   -   -   -   -   -   x   -   -   -   -   -   -   -   -   x   -
needs: referral -   -   -   -   x   x   -   -   -   x   -   -   -   -   -   -   -   -   -
needs: note     -   -   -   -   x   x   -   -   -   x   -   -   -   -   -   -   -   -   -
needs: talk     -   -   -   -   x   x   -   -   -   x   -   -   -   -   -   -   -   -   -
needs: meeting  -   -   -   -   -   -   -   -   -   x   -   -   -   -   -   -   -   -   -
cont: referral  -   -   -   -   x   x   -   -   -   -   x   x   -   -   -   -   -   -   -
cont: note      -   -   -   -   x   x   -   -   -   -   x   x   -   -   -   -   -   -   -
cont: talk      -   -   -   -   x   x   -   -   -   -   x   x   -   -   -   -   -   -   -
cont: meeting   -   -   -   -   -   -   -   -   -   -   x   x   -   -   -   -   -   -   -
attempts        -   -   -   -   x   x   -   -   x   x   x   x   -   -   -   -   -   -   -
outcomes        -   -   -   -   x   x   -   -   -   x   -   -   -   -   -   -   -   -   -
desk's card     x   x   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
letter          -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
person's card   -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
audit events    -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   x   -   -   -
counts          -   -   -   -   -   x   -   -   -   -   -   -   -   -   -   -   -   -   -
small counts    -   -   -   -   -   x   -   -   -   -   -   -   -   -   -   -   -   -   -
accounts        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   x   -   -
tokens          -   -   -   -   -   -   -   -   -   -   -   x   -   -   -   -   -   -   -
"""
# after they have taken everything back
AFTER = """
                dsk sup ds2 hea wrk led per te2 ful nee con bos pr2 adp cjs gua adm prg non
name            x   x   x   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
birth date      x   x   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
phone           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
number to know  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
postcode        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
S-number        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
custody number  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
live booking    x   x   -   x   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
stays           -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
offers          -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
safe times      -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
doubt noted     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
agreements      -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
needs           x   x   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
danger          x   x   -   x   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
who was told    -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
release         -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
case            -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
goal            -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
strength        -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
substance       -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
unmet need      -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
hub: referral   -   -   -   -   x   x   -   -   x   -   -   -   -   -   -   -   -   x   -
hub: note       -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
hub: talk       -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
hub: meeting    -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
needs: referral -   -   -   -   x   x   -   -   -   x   -   -   -   -   -   -   -   -   -
needs: note     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
needs: talk     -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
needs: meeting  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
cont: referral  -   -   -   -   x   x   -   -   -   -   x   x   -   -   -   -   -   -   -
cont: note      -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
cont: talk      -   -   -   -   x   x   -   -   -   -   -   -   -   -   -   -   -   -   -
cont: meeting   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
attempts        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
outcomes        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
desk's card     -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
letter          -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
person's card   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
audit events    -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   x   -   -   -
counts          -   -   -   -   -   x   -   -   -   -   -   -   -   -   -   -   -   -   -
small counts    -   -   -   -   -   x   -   -   -   -   -   -   -   -   -   -   -   -   -
accounts        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   x   -   -
tokens          -   -   -   -   -   -   -   -   -   -   -   x   -   -   -   -   -   -   -
"""


@pytest.fixture
def seen(app):
    """For each mark, the viewers who find it anywhere."""
    app.test_client_class = Browser
    with app.app_context():
        token = tell()
        emails = {viewer: by_email(start).email for viewer, start in VIEWERS.items()}

    def look(viewer: str) -> dict[str, str]:
        browser, csrf = app.test_client(), ""
        if viewer in emails:
            said = {"email": emails[viewer], "password": PASSWORD}
            assert browser.submit("/sign-in", said).status_code == 303
            csrf = hidden_fields(browser.get("/access").text)["csrf_token"]
        if viewer == "prg":
            browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return everything(app, browser, today().year, csrf)

    def all_marks() -> dict[str, set[str]]:
        found: dict[str, set[str]] = {mark: set() for mark in MARKS}
        for viewer in [*VIEWERS, "prg", "non"]:
            given = [f"{address} {words}" for address, words in look(viewer).items()]
            for mark, pattern in MARKS.items():
                if any(re.search(pattern, one) for one in given):
                    found[mark].add(viewer)
        return found

    return all_marks


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # some 2,000 requests
def test_everybody_sees_of_each_record_just_what_the_tables_say(app, seen):
    assert seen() == expected(BEFORE)
    with app.app_context():
        withdraw_all()
    assert seen() == expected(AFTER)


def expected(table: str) -> dict[str, set[str]]:
    """For each mark, the viewers who see it."""
    head, *rows = table.strip("\n").splitlines()
    cells = {row[:WIDE].strip(): row[WIDE:].split() for row in rows}
    assert cells.keys() == MARKS.keys()
    return {
        mark: {v for v, cell in zip(head.split(), row, strict=True) if cell == "x"}
        for mark, row in cells.items()
    }
