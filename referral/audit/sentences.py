"""What a page says after a save: what happened, and what comes next.

Of all that one save leaves in the trail, the first in this order is said; that somebody was handed
on is said beside it.
"""

from collections.abc import Collection, Mapping

from referral.audit.tags import Tag

T = Tag
SENTENCES: Mapping[Tag, str] = {
    T.STAY_VOIDED: "The booking is recorded as a mistake. It counts nowhere any more.",
    T.PERSON_DETACHED: "The stay is off the wrong record. What it had brought is gone from there.",
    T.STAY_PUT_BACK: "It is as it was before.",
    T.PERSON_CORRECTED: "The record is corrected. The earlier name still finds it.",
    T.STAY_CORRECTED: "The stay is corrected.",
    T.RELEASED: "They have left. What was promised for after the release counts from now.",
    T.STAY_MOVED: "Where they are now is recorded.",
    T.FACT_UNDONE: "It is taken back. What it had stopped goes on.",
    T.CASE_OPENED: "They said yes. The team has been told and sees them on its list.",
    T.CASE_CAME: "It is written down, and you have the case. Next: by when you promised.",
    T.CASE_OPEN_AGAIN: "The case is open again. Next: meet them, and ask what they agree to.",
    T.CASE_MADE_SURE: "It is them. What they agreed to holds from now on.",
    T.MESSAGE_LEFT: "The message is kept for your team. Tell the caller nothing more.",
    T.CASE_CONTINUED: "They said yes. Their team has been told that they are here again.",
    T.WARNING_GIVEN: "It is recorded who was told of the danger.",
    T.DANGER_LIFTED: "The danger does not apply any more. Who said so is recorded.",
    T.DANGER_KNOWN: "It is recorded that healthcare knows. The desk and its supervisor see it.",
    T.NALOXONE_SAID: "It is recorded about naloxone.",
    T.DANGER_NOTED: "The danger is recorded.",
    T.SHEET_ENTERED: "The sheet is entered, and its number is spent. Shred it.",
    T.SHEETS_PRINTED: "The sheets are made.",
    T.OFFER_RECORDED: "The answer is recorded.",
    T.BOOKINGS_LOADED: "The bookings of the register are taken in. Ask them now.",
    T.BOOKING_OPENED: "Booked. Ask now, or when they are fit.",
    T.PERSON_JOINED: "The two records are one.",
    T.PERSON_PARTED: "The two records are two again.",
    T.PERSON_TOLD_APART: "They are recorded as two people.",
    T.CASE_CLOSED: "The case is closed. Nothing is promised in it any more.",
    T.STOP_ASKED: "They took it back. Each service that knew is asked to stop, and must confirm.",
    T.REFERRAL_TOLD_MORE: "The service has been told.",
    T.REFERRAL_SENT: "Handed on. The service is told now, and you see when it has answered.",
    T.REFERRAL_MADE: "The referral is kept. It goes when it is confirmed what they agree to.",
    T.ANSWER_TAKEN_BACK: "The answer is taken back. It counts as if it had not been given.",
    T.ATTENDANCE_SAID: "It is recorded whether they came.",
    T.APPOINTMENT_BOOKED: "The appointment is recorded.",
    T.OUTCOME_WRITTEN_UP: "The outcome is recorded.",
    T.REFERRAL_MOVED: "The referral has moved on. The team sees it now.",
    T.REFERRAL_ASSIGNED: "It is recorded who has it.",
    T.ASSESSED: "The assessment is finished. What it found is offered at the hand-off.",
    T.DRAFT_SAVED: "The draft is saved.",
    T.NOTE_TAKEN_BACK: "The note is taken back. Its words are gone; that it was there is kept.",
    T.NOTE_CORRECTED: "The note is corrected. What was written before still stands under it.",
    T.NOTE_WRITTEN: "The note is kept, for your team alone.",
    T.PERSON_REACHED: "They were reached. That ends the search for them.",
    T.ATTEMPT_MADE: "The attempt is recorded.",
    T.MEASURED_AGAIN: "The measures are recorded. The case shows how far they have come.",
    T.PLAN_MADE: "The plan for after the release is made.",
    T.PLAN_CHANGED: "The plan is changed.",
    T.CASE_SEEN_THEM: "You have seen them. Next: assess, or hand to a service.",
    T.CASE_NOT_SEEN: "They are still to be seen, by when it was promised.",
    T.CASE_SPOKEN: "It is recorded that somebody spoke to them.",
    T.CASE_TAKEN: "You have the case now.",
    T.CASE_GIVEN: "The case has been given on.",
    T.COVER_ARRANGED: "It is recorded who covers. They are told, and it ends by itself.",
    T.COVER_ENDED: "The cover has ended. What is due goes to the worker alone again.",
    T.FACT_SURE: "It is confirmed. What it stops is stopped everywhere.",
    T.FACT_SAID: "It is recorded. What it stops is stopped everywhere.",
    T.UNMET_NOTED: "The need is on the list of what nobody could meet.",
    T.UNMET_MET: "The need is met, and off the list.",
    T.PROMISE_DROPPED: "It need not be done any more. The reason is kept.",
    T.STOP_CONFIRMED: "The service has stopped.",
    T.STOP_TOLD: "The call is recorded.",
    T.STOP_LIFTED: "They agreed again. The service may go on.",
    T.CONSENT_MISTAKEN: "What was recorded by mistake does not count.",
    T.CONSENT_RECORDED: "What they agreed to is recorded.",
    T.PERSON_CONFIRMED: "The details are confirmed.",
    T.PERSON_MESSAGE_WRITTEN: "The message is written. It goes at its time, unless you stop it.",
    T.PERSON_MESSAGE_STOPPED: "The message will not go.",
    T.OWN_CARD_REVOKED: "The card opens nothing any more.",
    T.OUTREACH_LISTED: "The list is made.",
    T.LINK_REVOKED: "The link opens nothing any more.",
    T.ALERT_POSTED: "The alert is saved.",
    T.ADDRESS_PROVED: "The address is confirmed. From now on messages go there.",
    T.ADDRESS_TYPED: "A code is on its way to the new address. Nothing goes there before.",
    T.ADDRESS_REFUSED: "That was not the code.",
    T.ADDRESS_FORGOTTEN: "The old address stays.",
    T.USER_INVITED: "The invitation is on its way.",
    T.FACTOR_RESET: "The authenticator app is reset. The user is told.",
    T.FACTOR_RESET_ASKED: "A second person must agree before the app is reset.",
    T.FACTOR_RESET_WITHDRAWN: "The reset is withdrawn.",
    T.USER_CHANGED: "The account is changed.",
    T.DIRECTORY_CONFIRMED: "It is confirmed. A service is offered at the hand-off from now on.",
    T.DIRECTORY_CHANGED: "The directory is changed.",
    T.OWN_WORDS_PUT_IN: "The translation stands on the page of the person from now on.",
    T.CODE_CHANGED: "The list is changed.",
    T.DEADLINE_CHANGED: "The deadline is changed. It holds for what is promised from now on.",
    T.INSTRUMENT_ENABLED: "The screening instrument is changed.",
    T.PASSWORD_CHANGED: "The password is changed.",
    T.FACTOR_REMOVED: "The authenticator app is removed.",
    T.TOKEN_REVOKED: "The key opens nothing any more.",
    T.ALONG_ASKED: "The mentor has it on their list: first name, place, time. Ring them as well.",
    T.ALONG_SAID: "It is recorded, and the team sees it. You can say it otherwise until midnight.",
    T.ALONG_STOPPED: "It is called off, and off the mentor’s list.",
    T.MESSAGE_OVER: "It is dealt with. What the message said is gone.",
    T.JOB_SENT_AGAIN: "It is sent again.",
    T.JOB_SETTLED: "It is dealt with.",
}


BESIDE = (T.REFERRAL_SENT, T.REFERRAL_MADE)  # the first that was left is said, whatever else was


def said_of(events: Collection[str]) -> str:
    """What is said of the events that one save left; empty where none of them is said."""
    first = next((words for tag, words in SENTENCES.items() if tag.value in events), "")
    beside = next((SENTENCES[tag] for tag in BESIDE if tag.value in events), first)
    return first if beside == first else f"{first} {beside}"
