"""One act for each address that takes a form: who does it, on which page, and what they type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from access.walking import PERSON, PROGRAM, STRANGER
from conftest import EMAILS
from official.figures import A_DAISY_FILE, A_FILE_OF_FIGURES

from referral.access.permissions import Role
from referral.clock import today
from referral.demo.organisations import PASSWORD

DESK, WORKER, LEAD = (role.value for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.TEAM_LEAD))
SERVICE, MANAGER, ANALYST = (
    role.value for role in (Role.SERVICE_WORKER, Role.SERVICE_MANAGER, Role.ADP_ANALYST)
)
GUARDIAN, ADMIN, PEER = (role.value for role in (Role.GUARDIAN, Role.ADMINISTRATOR, Role.PEER))
NURSE, SUPERVISOR = Role.HEALTHCARE.value, Role.CUSTODY_SUPERVISOR.value
NATIONAL = Role.CJS_ANALYST.value
NEW_PASSWORD = "correct horse battery"
CHANGED = {"change_DRUG": "better", "change_HOUS": "same"}
ENDED = {"move": "complete", "reason": "complete:COMPL", **CHANGED}


@dataclass(frozen=True)
class Act:
    """Who acts; what they type besides what the form holds; the page of the form, if another one.

    `of` says which records fill the address, `proved` that the code to a link was typed before.
    """

    who: str
    typed: Mapping[str, object] = field(default_factory=dict)
    page: str | None = None
    of: Mapping[str, str] = field(default_factory=dict)
    proved: bool = False


ACTS: Mapping[str, Act] = {
    "/a/<text>/again": Act(STRANGER, page=""),
    "/a/<text>/answer": Act(STRANGER, {"answer": "ask", "note": "When?"}),
    "/a/<text>/appointment": Act(STRANGER, {"starts_at": "tomorrow 10:00"}, proved=True),
    "/a/<text>/came": Act(STRANGER, {"answer": "yes"}),
    "/a/<text>/code": Act(STRANGER),
    "/a/<text>/end": Act(STRANGER, ENDED, proved=True),
    "/a/<text>/open": Act(STRANGER, {"code": "000000"}, page=""),
    "/a/<text>/still": Act(STRANGER, {"sure": "y"}, page=""),
    "/a/<text>/stopped": Act(STRANGER, {"sure": "y"}, page=""),
    "/a/<text>/try": Act(
        STRANGER, {"channel": "call", "result": "reached"}, proved=True),
    "/accounts/<user_id>": Act(ADMIN, {"name": "Ann Ray"}),
    "/accounts/<user_id>/<state>": Act(ADMIN, page=""),
    "/accounts/<user_id>/invitation": Act(ADMIN, page="/accounts/{user_id}"),
    "/accounts/<user_id>/second-factor/keep": Act(
        ADMIN, page="/accounts/{user_id-vouched}/second-factor/reset",
        of={"user_id": "user_id-vouched"}),
    "/accounts/<user_id>/second-factor/reset": Act(
        ADMIN, {"how": "met"}, of={"user_id": "user_id-lost"}),
    "/accounts/invite": Act(ADMIN, {
        "name": "Ann Ray", "email": "ann@example.org", "role": Role.SERVICE_WORKER.value,
        "organisation": "{number-organisation}"}),
    "/addresses/<change_id>": Act(MANAGER, {"code": "000000"}),
    "/addresses/<change_id>/keep": Act(MANAGER, page=""),
    "/alerts": Act(ANALYST, {
        "headline": "Strong", "text": "Very", "councils": ["S12000049"],
        "ends_on": str(today())}),
    "/alerts/<alert_id>/end": Act(ANALYST, page="/alerts"),
    "/cases/give": Act(LEAD, {"cases": "{ticked}", "worker": "team"}, page="/cases?tab=team"),
    "/cases/given/<given_id>/undo": Act(LEAD, page="/cases/given/{given_id}"),
    "/cases/<case_id>/agreements": Act(WORKER, {"history": "yes"}),
    "/cases/<case_id>/assessment": Act(WORKER, {"severity_DRUG": "high"}),
    "/cases/<case_id>/assessment/draft": Act(WORKER, {"goal_1": "sleep"}, page=""),
    "/along/<going_id>": Act(PEER, {"became": "met"}, page="/along"),
    "/cases/<case_id>/along": Act(WORKER, {
        "errand": "gate", "mentor": "{mentor}", "place": "Door", "starts_at": "tomorrow 10:00",
        "agrees": "y"}),
    "/cases/<case_id>/along/<going_id>/stop": Act(
        WORKER, of={"case_id": "case_id-met", "going_id": "going_id"}),
    "/cases/<case_id>/card/stop": Act(WORKER),
    "/cases/<case_id>/earlier": Act(
        WORKER, {"same_as": "new"}, of={"case_id": "case_id-came"}),
    "/cases/<case_id>/sure": Act(WORKER, {"how": "met"}, of={"case_id": "case_id-called"}),
    "/cases/<case_id>/open-again": Act(
        WORKER, page="/cases/{case_id-unmet}", of={"case_id": "case_id-unmet"}),
    "/cases/came/<way>": Act(
        WORKER, {"talk": "yes", "contact": "yes", "forename": "Ann", "phone": "07700 900888",
                 "due_at": "tomorrow 10:00"}),
    "/cases/messages/<left_id>/over": Act(WORKER, page="/cases/messages"),
    "/cases/messages/new": Act(WORKER, {
        "caller": "Karen", "phone": "0141 496 0778", "whom": "Ann", "due_at": "tomorrow 10:00"}),
    "/cases/<case_id>/close": Act(WORKER, {"reason": "DONE"}, of={"case_id": "case_id-here"}),
    "/cases/<case_id>/confirm-agreements": Act(WORKER, page="", of={"case_id": "case_id-doubted"}),
    "/cases/<case_id>/danger": Act(WORKER, {"danger": "injecting", "applies": "yes"}),
    "/cases/<case_id>/give": Act(WORKER),
    "/cases/<case_id>/hand-off": Act(WORKER,
        {"level_{service}": "full", "needs_{service}": ["DRUG"]}, of={"case_id": "case_id-here"}),
    "/cases/<case_id>/messages": Act(WORKER, page="", of={"case_id": "case_id-free"}),
    "/cases/<case_id>/messages/<message_id>/stop": Act(WORKER, page="/cases/{case_id}"),
    "/cases/<case_id>/notes": Act(WORKER, {"words": "sister"}),
    "/cases/<case_id>/notes/<note_id>/correct": Act(WORKER, {"said": "She rings on Friday"}),
    "/cases/<case_id>/notes/<note_id>/take-back": Act(WORKER, {"why": "twice"}),
    "/cases/<case_id>/notes/new": Act(WORKER, {"said": "Rings again", "whom": "person"}),
    "/cases/<case_id>/not-same-as/<other_id>": Act(LEAD, page=""),
    "/cases/<case_id>/plan": Act(WORKER, {"number_confirmed": "rang"}),
    "/cases/<case_id>/plan/back": Act(WORKER,
        {"back_at": "now"}, of={"case_id": "case_id-held"}),
    "/cases/<case_id>/plan/end": Act(WORKER),
    "/cases/<case_id>/plan/still-held": Act(WORKER, page="", of={"case_id": "case_id-held"}),
    "/cases/<case_id>/reached": Act(WORKER, page=""),
    "/cases/<case_id>/facts/<fact_id>/<now_known>": Act(
        WORKER, page="", of={"case_id": "case_id-refused"}),
    "/cases/<case_id>/promises/<promise_id>/drop": Act(
        WORKER, {"reason": "HAS"}, of={"case_id": "case_id-refused"}),
    "/cases/<case_id>/reviews/<point_id>": Act(WORKER),
    "/cases/<case_id>/same-as/<other_id>": Act(LEAD),
    "/cases/<case_id>/reviews/<point_id>/measures": Act(WORKER,
        {"item_phq-2_0": "1", "item_phq-2_1": "1"}, of={"point_id": "point_id-reached"}),
    "/cases/<case_id>/seen": Act(WORKER, page=""),
    "/cases/<case_id>/not-seen": Act(WORKER, of={"case_id": "case_id-one"}),
    "/cases/<case_id>/spoken": Act(WORKER, page=""),
    "/cases/<case_id>/take": Act(
        WORKER, page="/cases/{case_id-one}", of={"case_id": "case_id-one"}),
    "/cases/<case_id>/timeline": Act(LEAD, {"why": "LEAD"}),
    "/cases/<case_id>/where": Act(
        WORKER, {"route": "FROMCOURT"}, of={"case_id": "case_id-court"}),
    "/cases/<case_id>/unmet": Act(WORKER, {"unmet": ["MH"], "reason": "none"}),
    "/cases/<case_id>/withdraw/<purpose>": Act(WORKER),
    "/custody/bookings/<booking_id>": Act(DESK,
        {"answer": "accepted", "contact": "yes", "all_right": "y"},
        of={"booking_id": "booking_id-back"}),
    "/custody/bookings/<booking_id>/hand-off": Act(
        DESK, {"level_{service}": "full", "needs_{service}": ["DRUG"]}),
    "/custody/bookings/<booking_id>/arrived": Act(
        DESK, page="/custody/", of={"booking_id": "booking_id-coming"}),
    "/custody/bookings/<booking_id>/healthcare/knows": Act(NURSE, page="/custody/healthcare"),
    "/custody/bookings/<booking_id>/healthcare/lift": Act(NURSE, {"reason": "It was in 2019"}),
    "/custody/bookings/<booking_id>/healthcare/naloxone": Act(
        NURSE, {"naloxone": "supplied"}, page="/custody/healthcare"),
    "/custody/bookings/<booking_id>/healthcare/undo/<act_id>": Act(
        NURSE, of={"booking_id": "booking_id-tended", "act_id": "act_id-tended"}),
    "/custody/bookings/<booking_id>/lift": Act(DESK, {"reason": "It was in 2019"}),
    "/custody/bookings/<booking_id>/release": Act(DESK),
    "/custody/bookings/<booking_id>/expected": Act(DESK, {"expected_at": "tomorrow 10:00"}),
    "/custody/bookings/<booking_id>/began": Act(
        DESK, {"authorised_at": "yesterday 10:00", "why": "clock"},
        of={"booking_id": "booking_id-fresh"}),
    "/custody/bookings/<booking_id>/correct": Act(DESK, {"surname": "Right", "why": "misheard"}),
    "/custody/bookings/<booking_id>/leaving": Act(
        DESK, {"route": "NOCHARGE", "released_at": "{minute}", "naloxone": "has", "why": "row"},
        of={"booking_id": "booking_id-left"}),
    "/custody/bookings/<booking_id>/mistake": Act(
        DESK, {"why": "never came"}, of={"booking_id": "booking_id-fresh"}),
    "/custody/bookings/<booking_id>/somebody-else": Act(
        DESK, {"why": "her card"}, of={"booking_id": "booking_id-wrong"}),
    "/custody/bookings/<booking_id>/who": Act(
        DESK, {"same_as": "new"}, of={"booking_id": "booking_id-register"}),
    "/custody/bookings/<booking_id>/undo/<act_id>": Act(
        DESK, {"why": "wrong row"}, of={"booking_id": "booking_id-left", "act_id": "act_id"}),
    "/custody/bookings/<booking_id>/transfer": Act(DESK, {"centre": "{elsewhere}"}),
    "/custody/bookings/<booking_id>/warning": Act(DESK),
    "/custody/paper": Act(DESK, {"how_many": "2"}),
    "/custody/paper/<sheet_number>": Act(DESK, {
        "surname": "Ray", "forename": "Ann", "authorised_at": "{minute}",
        "written_at": "{minute}", "phone": "07700 900555"}),
    "/custody/register": Act(SUPERVISOR, {"checked": (
        "Custody centre,Custody reference,Held since,Surname,Forename\n"
        "Govan,GV/1,{minute},Ray,Ann")}),
    "/custody/bookings/likely": Act(DESK, {
        "surname": "SurOwnone", "forename": "ForeOwnone", "date_of_birth": "3 5 1985"},
        page=""),
    "/custody/bookings/new": Act(
        DESK, {"surname": "Ray", "forename": "Ann", "sex": "F", "phone": "07700 900555"}),
    "/directory/centres/<number>": Act(ADMIN),
    "/directory/centres/new": Act(ADMIN, {"name": "New centre"}),
    "/directory/codes/<list_name>": Act(ADMIN, {"code": "NEW", "label": "New"}),
    "/directory/codes/<list_name>/<code>/<valid_from>": Act(ADMIN, {"label": "Substances"}),
    "/directory/deadlines": Act(ADMIN, {"day": "2027-01-05"}),
    "/directory/deadlines/<kind>": Act(ADMIN, {"number": "3"}),
    "/directory/languages": Act(ADMIN, {"language": "pl", "translator": "Anna, 2 December 2026",
        "checked": "name,english,translation\nyes,Yes,Ẏéś"}),
    "/directory/organisations/<number>": Act(ADMIN),
    "/directory/organisations/<number>/confirm": Act(
        ADMIN, page="/directory/organisations/{number-shipped}"),
    "/directory/organisations/new": Act(ADMIN, {"name": "New organisation"}),
    "/directory/services/<number>": Act(ADMIN),
    "/directory/services/<number>/confirm": Act(
        ADMIN, page="/directory/services/{number-shipped-service}"),
    "/directory/services/load": Act(
        ADMIN, {"checked": "Organisation,Service,Needs\nOpen Arms,Shelter,HOUS"}),
    "/directory/services/new": Act(ADMIN, {"name": "New service", "needs": ["DRUG"]}),
    "/editions/<edition_id>/check": Act(NATIONAL),
    "/editions/<edition_id>/freeze": Act(NATIONAL),
    "/editions/<edition_id>/sign": Act(NATIONAL, {"second": "{signer}"}),
    "/editions/<edition_id>/take-back": Act(NATIONAL, page="/editions/{edition_id-planned}"),
    "/editions/<edition_id>/words": Act(NATIONAL, {"contact": "statistics@example.org"}),
    "/editions/new": Act(NATIONAL),
    "/official/daisy/<file_id>/take-back": Act(ADMIN),
    "/official/daisy/import": Act(ADMIN, {"file": A_DAISY_FILE, "numbering": "calendar"}),
    "/official/throughput/<figure_id>/correct": Act(ADMIN, {"number": "101"}),
    "/official/throughput/<figure_id>/take-back": Act(ADMIN),
    "/official/throughput/import": Act(ADMIN, {"file": A_FILE_OF_FIGURES}),
    "/official/throughput/new": Act(ADMIN, {
        "place": "S92000003", "span": "2022-23", "number": "99", "definition": "stays",
        "source": "Invented", "published_on": "1 6 2023"}),
    "/inbox/<referral_id>": Act(SERVICE,
        {"move": "accept"}, of={"referral_id": "referral_id-requested"}),
    "/inbox/<referral_id>/appointments": Act(SERVICE, {"starts_at": "tomorrow 10:00"}),
    "/inbox/<referral_id>/attempts": Act(SERVICE),
    "/inbox/<referral_id>/end": Act(SERVICE, ENDED),
    "/inbox/<referral_id>/handler": Act(SERVICE),
    "/inbox/<referral_id>/take-back": Act(SERVICE, of={"referral_id": "referral_id-answered"}),
    "/inbox/appointments/<appointment_id>/take-back": Act(
        SERVICE, of={"appointment_id": "appointment_id-said"}),
    "/inbox/<referral_id>/write-up": Act(
        SERVICE, CHANGED, of={"referral_id": "referral_id-over"}),
    "/inbox/appointments/<appointment_id>/attendance": Act(SERVICE, {"came": "yes"}, page="/inbox"),
    "/inbox/appointments/<appointment_id>/not-held": Act(SERVICE),
    "/inbox/<referral_id>/still": Act(SERVICE, page="/inbox"),
    "/inbox/places": Act(MANAGER, {"places_{service}": "3"}, page="/inbox"),
    "/instruments": Act(ADMIN, {"licence_reference": "L-1"}),
    "/join/<text>": Act(STRANGER, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}),
    "/joinings/<joining_id>/part": Act(LEAD),
    "/leave": Act(WORKER, {
        "cover": "{colleague}", "first_day": str(today() + timedelta(days=40)),
        "last_day": str(today() + timedelta(days=50))}),
    "/leave/<cover_id>/end": Act(WORKER, page="/leave"),
    "/me": Act(STRANGER, {"code": "{card}", "born": "3 5 1985"}),
    "/me/language": Act(PERSON, {"language": "pl"}, page="/me/page"),
    "/me/again": Act(PERSON, page="/me/page"),
    "/me/names": Act(PERSON, page="/me/page"),
    "/me/reach": Act(PERSON, page="/me/page"),
    "/me/stop": Act(PERSON, page="/me/page"),
    "/me/word": Act(PERSON, {"helped": "yes", "about": "{service_id}"}, page=""),
    "/me/worth": Act(PERSON, {"answer": "yes"}, page="/me/page"),
    "/password": Act(WORKER, {"old": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}),
    "/password/new/<text>": Act(STRANGER, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}),
    "/referrals/<referral_id>": Act(WORKER, {"move": "cancel", "reason": "cancel:NONEED"}),
    "/referrals/<referral_id>/call": Act(WORKER, {"spoken_to": "Anna"}),
    "/referrals/<referral_id>/links/stop": Act(WORKER, page="/referrals/{referral_id}"),
    "/referrals/<referral_id>/reply": Act(WORKER, {"move": "start"}),
    "/referrals/<referral_id>/reply/end": Act(WORKER, ENDED),
    "/referrals/<referral_id>/take-back": Act(
        WORKER, of={"referral_id": "referral_id-typed"}),
    "/referrals/<referral_id>/withdraw-sharing": Act(WORKER),
    "/referrals/<referral_id>/tell": Act(WORKER, {"reach": "y", "agrees": "y"}),
    "/services/<number>": Act(MANAGER),
    "/services/<number>/still-true": Act(MANAGER, page=""),
    "/sign-in": Act(STRANGER, {"email": EMAILS[Role.WORKER], "password": PASSWORD}),
    "/lock": Act(DESK, page="/access"),
    "/sign-out": Act(WORKER, page="/access"),
    "/stops/<stop_id>/call": Act(WORKER, {"spoken_to": "Anna"}),
    "/stops/<stop_id>/confirm": Act(SERVICE, page="/inbox"),
    "/tokens": Act(MANAGER, {"name": "Program", "service": "all"}),
    "/tokens/<token_id>/revoke": Act(MANAGER, page="/tokens"),
    "/trail": Act(GUARDIAN),
    "/undelivered/<job_id>/send-again": Act(WORKER, page="/undelivered"),
    "/undelivered/<job_id>/settle": Act(WORKER, page="/undelivered"),
    "/w/<text>": Act(STRANGER, {"answer": "yes"}),
    "/api/v1/appointments/<appointment_id>/attendance": Act(PROGRAM),
    "/api/v1/referrals/<referral_id>/appointments": Act(PROGRAM),
    "/api/v1/referrals/<referral_id>/attempts": Act(PROGRAM),
    "/api/v1/referrals/<referral_id>/outcome": Act(PROGRAM),
    "/api/v1/referrals/<referral_id>/reply": Act(PROGRAM),
    "/api/v1/statements": Act(PROGRAM),
}  # fmt: skip
# what leaves no event, or none that this walk can see, and why
NO_EVENT: Mapping[str, str] = {
    "/accounts": "a search among accounts, which are no person's",
    "/guide.pdf": "words of ours, about nobody",
    "/directory/languages/<language>/sheet.csv": "the same, for a translator",
    "/alerts/<alert_id>/hand-out.pdf": "a warning names nobody, and its readers are counted",
    "/cases": "a search, whose events tests/casework/cases/test_header_search.py holds",
    "/cases/saved/<filter_id>": "what a list is narrowed to, about nobody",
    "/cases/saved/<filter_id>/remove": "the same",
    "/cases/saved/new": "the same",
    "/custody/drafts": "what is typed and not saved: nobody but its writer can open it",
    "/custody/drafts/throw-away": "the same, thrown away",
    "/locked": "asks who locked the browser: tests/accounts/users/test_lock.py holds its events",
    "/me/can": "an appointment ahead: tests/contact/own_page/test_cannot_come.py holds its events",
    "/me/cannot": "the same",
    "/me/back": "what was stopped: tests/contact/own_page/test_taking_back.py holds its events",
    "/me/stays": "the same",
    "/me/leave": "the end of a visit, whose beginning and every look are events",
    "/news/look": "when one looked last: whom its page shows, that page notes",
    "/tour/begin": "how far somebody is in the demo's tour: their own steps, about nobody",
    "/tour/on": "the same",
    "/tour/stop": "the same",
    "/second-factor": "asks for an app's code: tests/accounts holds its events",
    "/second-factor/set-up": "asks for an app's code: tests/accounts holds its events",
    "/sign-in/forgotten": "tells nothing of any account: the worker looks, and notes what it sent",
    "/sign-in/code": "asks for an app's code: tests/accounts holds its events",
    "/sign-in/set-up": "asks for an app's code: tests/accounts holds its events",
}
