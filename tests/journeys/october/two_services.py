"""Monday to Thursday: two services are asked, one says no, one meets him; his number changes."""

import io
import re

from journeys.october.cast import Cast
from pypdf import PdfReader
from support.html import addresses, read

HOMES, OLD, NEW = "housing.first@example.org", "07700 900123", "07700 900456"


def morag_hands_him_to_two(cast: Cast) -> None:
    """To each what it is there for, in the very words that it will read."""
    cast.at("05 08:30")
    worker = cast.morag().open(cast.known["case"]).press("Hand to services")
    homes, hub = (one["name"] for one in read(worker.html).select("[name^=level_][value=summary]"))
    assert told("Drugs") in worker.words(".app-told--summary")
    worker.type(**{homes: "summary", hub: "summary"}).press("Send")
    assert "Chase the service’s answer: Recovery hub" in worker.words()
    for service, page in zip(("homes", "hub"), referrals(worker, "Housing first"), strict=True):
        cast.known[f"team {service}"] = page


def told(needs: str, number: str = OLD, ways: str = "phone call, text message") -> str:
    """What a service reads of him."""
    return f"Jim McAlister, {number} ({ways}). Speaks English. Needs: {needs}."


def referrals(worker, first: str) -> list[str]:
    """The pages of the two referrals; first that to the service which is named."""
    listed = read(worker.html).select("main a[href]")
    pages = [one for one in listed if re.fullmatch(r"/referrals/[0-9a-f-]{36}", one["href"])]
    return sorted(
        (one["href"] for one in pages),
        key=lambda href: first not in worker.open(href).words(),
    )


def the_house_says_no_by_its_link(cast: Cast) -> None:
    """Nobody there has an account: it looks first who it is, with a code, and cannot take him."""
    cast.at("05 09:00")
    link = cast.link("Please answer", HOMES)
    page = cast.anybody().open(link)
    assert "McAlister" not in page.html
    page.press("Send me a code")
    digits = re.search(r"\d{6}", cast.letter("Your code", HOMES).body)[0]
    page.type(code=digits).press("Show me")
    assert told("Housing or homelessness (help now)") in page.words()
    assert "Drugs" not in page.words()
    page.type(answer="reject", reason="CAP").press("Send answer")
    assert "McAlister" not in page.open(link).html
    cast.known["link homes"] = link
    worker = cast.morag().open(cast.known["case"])
    assert "A service said no: find another: Housing first" in worker.words()
    assert "They said: no capacity, 5 Oct 2026, 09:00" in worker.words()
    assert "They see nothing of the person any more." in worker.words()


def the_hub_says_yes_and_sees_its_need_alone(cast: Cast) -> None:
    """Ian has an account. Of a flat that is not his business he reads nothing."""
    cast.at("05 09:30")
    inbox = cast.ian().open("/inbox")
    assert "1 to answer" in inbox.words()
    [cast.known["at hub"]] = set(addresses(inbox.html, r"/inbox/[0-9a-f-]{36}"))
    inbox.open(cast.known["at hub"])
    cast.known["reference"] = re.search(r"R-\w{6}", inbox.words("h1"))[0]
    assert told("Drugs") in inbox.words()
    assert "ousing" not in inbox.words(".app-told, .app-person")
    inbox.type(move="accept").press("Save")
    assert "Accepted. To Recovery hub" in inbox.words()


def he_is_free(cast: Cast) -> None:
    """The court lets him go. Morag plans with him how to stay in touch, and gives him a card."""
    cast.at("05 11:00")
    worker = cast.morag().open(cast.known["case"]).press("Where are they now?")
    worker.type(route="FROMCOURT").press("Save")
    assert "Released 5 Oct 2026, 11:00." in worker.words()
    worker.press("Plan how to stay in touch")
    worker.type(best_way="text", number_confirmed="rang").press("Save")
    assert "24 h 0 min left Ask how they are: first contact" in worker.words()
    sheets = PdfReader(io.BytesIO(cast.pdf(f"{cast.known['team hub']}/card.pdf"))).pages
    card = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets))
    assert len(sheets) == 2
    assert "Recovery hub will be in touch with a day and a time." in card
    assert "ousing" not in card
    cast.known["code"] = re.search(r"Code ((?:[0-9A-Z]{4} ?){3}) and", card)[1]


def jim_says_that_his_number_is_another(cast: Cast) -> None:
    """With his card, on a borrowed phone. The hub is told at once what not to use, and no more."""
    cast.at("06 10:00")
    phone = cast.anybody().open("/me")
    phone.type(code=cast.known["code"], born="3 5 1985").press("Go on")
    assert phone.words().count("They were given your details: 5 October 2026, 08:30.") == 1
    assert phone.words().count("They have your details since 5 October 2026, 08:30.") == 1
    phone.type(wanted="yes", phone=NEW).press("This is right")
    service = cast.ian().open(cast.known["at hub"])
    assert "Do not use: the phone number that you were told. Ask the team." in service.words()
    assert OLD not in service.html
    assert NEW not in service.html


def morag_tells_the_hub(cast: Cast) -> None:
    """He agrees, and the hub reads the new number: an act of its own."""
    cast.at("06 11:00")
    worker = cast.morag().open(cast.known["team hub"]).press("Tell the service the new number")
    worker.type(reach="y", agrees="y").press("Tell them")
    assert "told" in worker.words()
    service = cast.ian().open(cast.known["at hub"])
    assert told("Drugs", NEW) in service.words()
    assert "Do not use" not in service.words()


def morag_finds_no_other_house(cast: Cast) -> None:
    """What the house said no to stays on her list until she says what becomes of it."""
    cast.at("06 11:30")
    worker = cast.morag().open(cast.known["case"])
    assert "A service said no: find another" in worker.words()
    worker.press("No service fits").type(unmet="HOUS", reason="full").press("Save")
    assert "A service said no: find another" not in worker.words()


def he_comes_to_the_hub(cast: Cast) -> None:
    """Expected on Thursday at ten; on Thursday at noon Ian says that he came."""
    cast.at("06 12:00")
    service = cast.ian().open(cast.known["at hub"]).press("Book an appointment")
    service.type(starts_at="2026-10-08T10:00", place="12 High Street").press("Save")
    cast.at("08 12:00")
    service = cast.ian().open("/inbox")
    service.press(f"Came, {cast.known['reference']}")
    assert "With the service" in service.open("/inbox").words()
