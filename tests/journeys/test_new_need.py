"""A need that an administrator adds in the browser is known everywhere, without a line of code."""

from api.test_referrals import token_of
from journeys.test_whole_loop import book, hand_over
from support.html import address, fields, link, read, words

from referral.access.permissions import Role
from referral.clock import today

PETS = {"code": "PETS", "label": "A dog at home"}
AT_DESK = PETS | {"label": "Pets"}


def added(administrator) -> None:
    """To the needs, to those that the desk asks about, and to what the hub is there for."""
    assert administrator.submit("/directory/codes/need", PETS).status_code == 303
    assert administrator.submit("/directory/codes/desk_need", AT_DESK).status_code == 303
    hub = link(administrator.get("/directory").text, "Recovery hub")
    form = read(administrator.get(hub).text).select("form")[-1]
    ticked = {
        name: [box["value"] for box in form.select(f"input[name={name}][checked]")]
        for name in ("councils", "needs")
    }
    said = fields(form) | ticked | {"needs": [*ticked["needs"], "PETS"]}
    assert administrator.post(hub, data=said).status_code == 303


def needs_on(page) -> list[str]:
    """What the form of a page asks about needs."""
    return [box["value"] for box in read(page.text).select("input[name=needs]")]


def test_a_need_that_is_added_in_the_browser_is_asked_told_counted_and_handed_on(app, as_role):
    administrator, desk = as_role(Role.ADMINISTRATOR), as_role(Role.CUSTODY_OFFICER)
    worker, service = as_role(Role.WORKER), as_role(Role.SERVICE_WORKER)
    booking = book(desk)
    assert "PETS" not in needs_on(desk.get(booking))
    added(administrator)
    assert "PETS" in needs_on(desk.get(booking))
    said = {"answer": "accepted", "contact": "yes", "outcome": "yes", "needs": ["PETS"]}
    assert desk.submit(booking, said).status_code == 303

    assert "A dog at home" in words(read(worker.get("/cases").text).select_one(".app-items"))
    found = worker.submit("/cases?tab=team", {"need": "PETS"}, page="/cases?tab=team")
    assert "McAlister" in found.text
    assert "No case here" in worker.submit("/cases", {"need": "ALC"}, page="/cases").text
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    assert "Known: said by the person" in worker.get(f"{case}/assessment").text
    weighed = worker.submit(f"{case}/assessment", {"severity_PETS": "high", "wants_PETS": "y"})
    assert "A dog at home" in worker.get(weighed.location).text
    offered = words(read(worker.get(f"{case}/hand-off").text).select_one("main"))
    assert "Needs: a dog at home (high need)." in offered
    assert "Recovery hub" in offered
    hand_over(worker)

    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert "Needs: A dog at home" in words(read(service.get(referral).text))
    program = app.test_client()
    bearer = {"Authorization": f"Bearer {token_of(app, Role.SERVICE_WORKER)}"}
    number = referral.rpartition("/")[2]
    told = program.get(f"/api/v1/referrals/{number}", headers=bearer).json
    assert told["person"]["needs"] == ["PETS"]
    for move in ("accept", "start"):
        assert service.submit(referral, {"move": move}).status_code == 303
    ending = service.get(f"{referral}/end")
    assert read(ending.text).select("[name=change_PETS]")
    done = {"move": "complete", "reason": "complete:COMPL", "change_PETS": "better"}
    assert service.submit(f"{referral}/end", done).status_code == 303

    period = f"{today():%Y}"
    report = read(as_role(Role.TEAM_LEAD).get(f"/reports/outcomes?period={period}").text)
    row = report.find("th", string="A dog at home").find_parent("tr")
    assert words(row) == "A dog at home 1 1 0"
