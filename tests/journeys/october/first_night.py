"""Friday night to Monday: Jim is booked twice, asked twice, moved, kept for court, and heard."""

from journeys.october.cast import Cast

JIM = {"surname": "McAlister", "forename": "Jim", "date_of_birth": "3 5 1985"}
DESK, NEW = "/custody/", "/custody/bookings/new"


def kirsty_books_him_and_he_is_not_fit(cast: Cast) -> None:
    """Ten past ten in Govan: he has had an overdose, and cannot be asked yet."""
    cast.at("02 22:10")
    desk = cast.kirsty().open(NEW)
    held = {"sex": "M", "authorised_at": "2026-10-02T22:00"}
    desk.type(**JIM, **held).press("Save")
    cast.known["stay"] = desk.path
    desk.type(answer="not fit yet", ask_again_at="+2", dangers="overdose").press("Save")
    assert "Tell custody healthcare and the supervisor now" in desk.words()
    desk.type(told="both", name="Nurse Bell").press("They have been told")
    desk.open(DESK)
    assert "This month: 1 stay, 0 asked, 0 agreed" in desk.words()


def alan_books_him_once_more(cast: Cast) -> None:
    """An hour later the supervisor types him in again, and is brought to the booking that is there.

    Who is live cannot be live twice without a sentence and a choice.
    """
    cast.at("02 23:30")
    desk = cast.alan().open(NEW)
    desk.type(**JIM, authorised_at="2026-10-02T23:20").press("Save")
    desk.type(same_as=desk.code("same_as", "Jim McAlister")).press("Save")
    assert "This person's stay has not ended yet. Say what is true of it." in desk.words()
    assert "Govan, held since 2 Oct 2026, 22:00" in desk.words()
    desk.type(already="twice").press("Save")
    assert desk.path == cast.known["stay"]
    desk.open(DESK)
    assert "This month: 1 stay, 0 asked, 0 agreed" in desk.words()


def kirsty_asks_again_and_he_accepts(cast: Cast) -> None:
    """After midnight he says yes, and speaks of drugs. Nobody says a word of the overdose.

    To be silent takes nothing back: it stands as it was said.
    """
    cast.at("03 00:40")
    desk = cast.kirsty().open(cast.known["stay"])
    assert "Not fit yet, 2 Oct 2026, 22:10" in desk.words()
    desk.type(answer="accepted", contact="yes", phone="07700 900123", channels=["call", "text"])
    desk.type(desk="yes", history="yes", outcome="yes", needs="DRUG").press("Save")
    assert "This month: 1 stay, 1 asked, 1 agreed" in desk.open(DESK).words()
    worker = cast.morag().open("/cases")
    assert "In the cells now (1)" in worker.words()
    cast.known["case"] = worker.press("Jim McAlister").path
    assert "At risk: overdose in the last 30 days. Custody has been told." in worker.words()
    assert "Overdose in the last 30 days: said by the person, 2 Oct 2026, 22:10" in worker.words()


def he_is_taken_to_clydebank(cast: Cast) -> None:
    """At five the cells are full. Fiona takes him over: one stay, held since the same minute."""
    cast.at("03 05:00")
    desk = cast.kirsty().open(cast.known["stay"]).press("Move to another centre")
    desk.type(centre=desk.code("centre", "Clydebank")).press("They are on the way")
    assert "Nobody is booked in at this centre." in desk.words()
    there = cast.fiona().open(DESK)
    assert "On the way here (1)" in there.words()
    there.press("They have come: J.M.")
    assert "Said yes (1)" in there.words()
    assert "7 h 00" in there.words()
    assert "This month: 0 stays" in there.words()  # it began in Govan, and counts there


def he_is_kept_for_court(cast: Cast) -> None:
    """Saturday: no release, but a place. The worker has until Monday at ten, not until today.

    The twelve hours would have been over at 10:00 on Saturday.
    """
    cast.at("03 07:30")
    desk = cast.fiona().open(f"{cast.known['stay']}/release")
    desk.type(route="COURT", expected_at="2026-10-05T10:00", naloxone="supplied").press("Save")
    assert "Kept for court" in desk.words()
    assert "court Mon 10:00" in desk.words()
    cast.at("03 12:00")
    row = cast.morag().open("/cases").words(".app-item")
    assert row.startswith("46 h 0 min left")
    assert all(said in row for said in ("Jim McAlister", "Kept for court", "Overdose: 46 h"))
    assert "late" not in row


def morag_hears_what_the_desk_never_did(cast: Cast) -> None:
    """She sees him at the court's cells: he has nowhere to sleep, and that cannot wait."""
    cast.at("05 08:00")
    worker = cast.morag().open(cast.known["case"]).press("Take this case")
    worker.press("Assess")
    worker.type(place="COURT", severity_DRUG="high", wants_DRUG="y")
    worker.type(severity_HOUS="urgent", wants_HOUS="y").press("Finish")
    assert "Drugs High need, wants help" in worker.words()
    assert "Housing or homelessness Needs help now, wants help" in worker.words()
    for desk in (cast.fiona(), cast.kirsty()):
        assert "nowhere to sleep" not in desk.open(DESK).words()
    assert "ousing" not in cast.fiona().open(cast.known["stay"]).words(".app-person, .app-known")
