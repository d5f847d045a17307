"""Somebody says that he has died. In one run it is not so, and he comes back; in one it is."""

from journeys.october.cast import Cast
from journeys.october.first_night import DESK, JIM
from journeys.october.first_night import NEW as NEW_BOOKING
from journeys.october.two_services import NEW, told

AT_HUB = told("Drugs", NEW)


def the_hub_has_heard_that_he_died(cast: Cast) -> None:
    """It is said, and not sure: nothing goes out to him, and Morag has a working day."""
    cast.at("12 15:00")
    service = cast.ian().open(cast.known["at hub"]).press("Log a try to reach them")
    service.type(channel="call", result="DECEASED").press("Save")
    worker = cast.morag().open(cast.known["case"])
    assert "Said to have died. Ian Low, 12 Oct 2026, 15:00." in worker.words()
    assert "No message can go to them now: somebody said that they have died." in worker.words()
    owed = "26 h 0 min left Find out whether they have died Due 13 Oct 2026, 17:00"
    assert owed in worker.words()


def it_is_not_so(cast: Cast) -> None:
    """She finds him in the café: everything goes on."""
    cast.at("13 09:00")
    worker = cast.morag().open(cast.known["case"]).press("It is not so: go on died")
    assert "have died" not in worker.words()
    assert "Ask how they are: first contact" in worker.words()


def james_is_booked_on_his_record(cast: Cast) -> None:
    """A week later a cousin is brought in, and Kirsty takes him for Jim.

    Nothing that he says reaches the hub, which has Jim.
    """
    cast.at("20 22:00")
    desk = cast.kirsty().open(NEW_BOOKING)
    cousin = JIM | {"forename": "James", "date_of_birth": "3 5 1986"}
    desk.type(**cousin, authorised_at="2026-10-20T21:50").press("Save")
    desk.type(same_as=desk.code("same_as", "Jim McAlister")).press("Save")
    cast.known["cousin"] = desk.path
    assert "Recovery hub : still open, last seen there within a month" in desk.words()
    desk.type(answer="accepted", contact="yes", needs="ALC").press("Save")
    worker = cast.morag().open(cast.known["case"])
    assert "Alcohol" in worker.words()
    assert (
        worker.open(f"{cast.known['case']}/timeline?show=everything").words("ol").count("Booked")
        == 2
    )
    service = cast.ian().open(cast.known["at hub"])
    assert AT_HUB in service.words()
    assert "Alcohol" not in service.words()


def it_was_somebody_else(cast: Cast) -> None:
    """His card says another name. He gets a record with all that he said; Jim has his own."""
    cast.at("20 23:30")
    desk = cast.kirsty().open(f"{cast.known['cousin']}/stay")
    desk.press("This is somebody else")
    desk.type(why="His card says James").press("It is somebody else")
    worker = cast.morag().open(cast.known["case"])
    assert "Alcohol" not in worker.words()
    assert (
        worker.open(f"{cast.known['case']}/timeline?show=everything").words("ol").count("Booked")
        == 1
    )
    team = worker.open("/cases?tab=team")
    assert "James McAlister" in team.words()
    assert AT_HUB in cast.ian().open(cast.known["at hub"]).words()


def jim_comes_back(cast: Cast) -> None:
    """Now it is he. The desk sees the hub, and no more; and he goes on where he was."""
    cast.at("22 20:00")
    desk = cast.kirsty().open(NEW_BOOKING)
    desk.type(**JIM, authorised_at="2026-10-22T19:45").press("Save")
    desk.type(same_as=desk.code("same_as", "Jim McAlister")).press("Save")
    cast.known["again"] = desk.path
    card = desk.words()
    assert "Recovery hub : still open, last seen there within a month" in card
    assert "Offer: Go on with Recovery hub." in card
    assert "Asked once before: accepted, Oct 2026, Govan" in card
    assert "Housing first" not in card  # it never had him
    desk.type(answer="accepted").press("Save")
    cast.at("22 23:00")
    desk = cast.kirsty().open(f"{cast.known['again']}/release")
    desk.type(route="UNDERTAKING", naloxone="has").press("Save")
    assert "Nobody is booked in at this centre." not in desk.open(DESK).words()  # James is there


def the_hub_is_done(cast: Cast) -> None:
    """On Monday it ends: his drugs are better. It was never asked about a flat."""
    cast.at("26 10:00")
    service = cast.ian().open(cast.known["at hub"]).press("End with an outcome")
    assert "ousing" not in service.words()
    service.type(move="complete", reason="complete:COMPL", change_DRUG="better").press("Save")
    assert "McAlister" not in service.open(cast.known["at hub"]).words()
    assert "Until 9 Nov 2026, 10:00 you can write up what came of it." in service.words()


def morag_closes_the_case(cast: Cast) -> None:
    """All that was agreed is done."""
    cast.at("26 11:00")
    worker = cast.morag().open(cast.known["case"]).press("Close the case")
    worker.type(reason="DONE").press("Close the case")
    assert "Jim McAlister" in worker.open("/cases?tab=closed").words()
    assert "Jim McAlister" not in worker.open("/cases?tab=team").words()


def it_is_so(cast: Cast) -> None:
    """His mother says it. The plan ends; the hub ends; the case is closed for that reason."""
    cast.at("13 09:00")
    worker = cast.morag().open(cast.known["case"]).press("It is so: end the plan died")
    assert "Find out whether they have died" not in worker.words()
    service = cast.ian().open(cast.known["at hub"]).press("End with an outcome")
    service.type(move="fail", reason="fail:DIED", change_DRUG="unknown").press("Save")
    worker.open(cast.known["case"])
    assert "Find out whether they have died" not in worker.words()  # she has
    cast.at("26 11:00")
    worker = cast.morag().open(cast.known["case"]).press("Close the case")
    worker.type(reason="DIED").press("Close the case")
    assert "Jim McAlister" in worker.open("/cases?tab=closed").words()


def nothing_goes_out_any_more(cast: Cast) -> None:
    """Four weeks after he was free nobody is asked whether it was worth it."""
    before = {letter.id for letter in cast.letters()}
    cast.at("30 12:00")
    after = [letter for letter in cast.letters() if letter.id not in before]
    assert [letter for letter in after if NEW in letter.to] == []
    assert "McAlister" not in cast.morag().open("/outreach").words()
    assert "McAlister" not in cast.morag().open("/cases?tab=overdue").words()
