"""What each story must count, worked out by hand from the definitions.

A step is people, instances, and instances of which it is unknown; a step that is not named is
(0, 0, 0). A need is people who told of it, who were referred, who engaged.
"""

ONE = (1, 1, 0)
UNASKED = {"booked": ONE, "need": (0, 0, 1), "asked": (0, 0, 1)}
SILENT = {"booked": ONE, "asked": ONE, "need": (0, 0, 1)}
NEEDLESS = {"booked": ONE, "asked": ONE}
TOLD = SILENT | {"need": ONE}
AGREED = TOLD | {"agreed": ONE}
WAITING = AGREED | {"referred": ONE, "accepted": (0, 0, 1)}
ACCEPTED = AGREED | {"referred": ONE, "accepted": ONE}
STARTED = ACCEPTED | {"contact": ONE, "engaged": ONE}
QUIET = ACCEPTED | {"contact": (0, 0, 1), "engaged": (0, 0, 1)}
TWO_SENT = {"referred": (1, 2, 0), "accepted": (1, 2, 0)}

LADDER = {
    "somebody of whom nothing was recorded is unknown, and was not asked for all we know": UNASKED,
    "of who speaks of nothing it is unknown whether they have a need": SILENT,
    "who says no to one need has none that anybody knows of, and that is known": NEEDLESS,
    "who did not want to say leaves it unknown": SILENT,
    "silence later takes nothing back": TOLD,
    "who says no later has no need any more": NEEDLESS,
    "who says yes after all has one": TOLD,
    "drugs are a need": TOLD,
    "alcohol is a need": TOLD,
    "mental health is a need": TOLD,
    "housing is a need": TOLD,
    "money is a need": TOLD,
    "who was not asked for a reason was not asked, and that is known": {"booked": ONE, "need": ONE},
    "who puts it off was asked": SILENT,
    "who is not fit yet was not asked, and that is the reason": {"booked": ONE, "need": (0, 0, 1)},
    "who was first not asked and then asked was asked; the reason counts all the same": SILENT,
    "each refusal counts among the reasons, the stay once": {
        "booked": (2, 2, 0),
        "asked": (2, 2, 0),
        "need": (0, 0, 2),
    },
    "who declined first and then accepted agreed": AGREED,
    "who accepted and then thought better of it agreed once all the same": AGREED,
    "two stays of one person are one person": {
        "booked": (1, 2, 0),
        "need": (1, 1, 1),
        "asked": (1, 2, 0),
        "agreed": (1, 2, 0),
        "returned": ONE,
    },
    "two people are two": {
        "booked": (3, 3, 0),
        "need": (0, 0, 3),
        "asked": (2, 2, 1),
        "agreed": ONE,
    },
    "two records of one person are one person once they are joined": {
        "booked": (1, 2, 0),
        "need": (1, 2, 0),
        "asked": (1, 2, 0),
        "returned": ONE,
    },
    "a need that only a worker found is one": AGREED | {"assessed": ONE},
    "what a worker weighs as no need is none": AGREED | {"assessed": ONE, "need": (0, 0, 0)},
    "an assessment that was begun is none": AGREED,
    "an assessment that was finished counts": AGREED | {"assessed": ONE},
    "two assessments of one stay are one": AGREED | {"assessed": ONE},
    "an assessment counts for the stay in which they agreed": AGREED
    | {"booked": (1, 2, 0), "need": (1, 2, 0), "returned": ONE},
    "one referral": WAITING,
    "one person handed to two services are two referrals": WAITING
    | {"referred": (1, 2, 0), "accepted": (0, 0, 2)},
    "a referral that waits for a worker was not sent": AGREED,
    "a referral recorded by mistake is none": AGREED,
    "also when it had been accepted and they had come": AGREED,
    "who comes back and is handed on without being asked again was referred": WAITING
    | {"booked": (1, 2, 0), "need": (1, 2, 0), "returned": ONE},
    "a service that has asked something has not answered": WAITING,
    "a service that said yes": ACCEPTED,
    "a service that said no has answered": AGREED | {"referred": ONE},
    "a referral that was withdrawn before the answer is no open question": AGREED
    | {"referred": ONE},
    "a yes counts also when the person withdraws later": ACCEPTED,
    "a yes counts also while it is paused": ACCEPTED,
    "one said yes, one said no, one has not answered": AGREED
    | {"referred": (1, 3, 0), "accepted": (1, 1, 1)},
    "who was reached had contact and is not engaged": ACCEPTED | {"contact": ONE},
    "a message left is no contact": ACCEPTED,
    "reached by a service that had not said yes is no first contact": AGREED | {"referred": ONE},
    "who came had contact and is engaged": STARTED,
    "who came to the second appointment is engaged": STARTED,
    "who did not come is not engaged, and that is known": ACCEPTED,
    "silence after an appointment is unknown": QUIET,
    "an appointment of which nobody knows whether they came is unknown": QUIET,
    "an appointment that did not take place is no silence": ACCEPTED,
    "silence after a moved appointment is unknown": QUIET,
    "reached, and then silence: contact, but whether they are engaged is unknown": ACCEPTED
    | {"contact": ONE, "engaged": (0, 0, 1)},
    "came once, and then silence: both are known": STARTED,
    "with two services, met at one": AGREED
    | TWO_SENT
    | {"contact": (1, 1, 1), "engaged": (1, 1, 1)},
    "something is better": STARTED | {"outcome": ONE},
    "something is the same": STARTED | {"outcome": ONE},
    "something is worse, though it ended early": STARTED | {"outcome": ONE},
    "nobody knows what changed": STARTED | {"outcome": (0, 0, 1)},
    "nobody knows what changed where it ended early": ACCEPTED | {"outcome": (0, 0, 1)},
    "what changed so far is no outcome while it goes on": STARTED,
    "two of one person ended, of one nobody knows what changed": AGREED
    | TWO_SENT
    | {"outcome": (1, 1, 1)},
    "booked again": {
        "booked": (1, 2, 0),
        "need": (0, 0, 2),
        "asked": (0, 0, 2),
        "returned": ONE,
    },
    "ninety days to the second is within ninety days": UNASKED | {"returned": ONE},
    "a second more is not": UNASKED,
    "ninety days are days of 24 hours when the clocks change": UNASKED | {"returned": ONE},
    "and not an hour longer": UNASKED,
    "somebody else who comes is nobody who returns": {
        "booked": (2, 2, 0),
        "need": (0, 0, 2),
        "asked": (0, 0, 2),
    },
    "who was here before the period and comes in it has not returned yet": UNASKED,
    "who comes back elsewhere has returned": {
        "booked": (1, 2, 0),
        "need": (0, 0, 2),
        "asked": (0, 0, 2),
        "returned": ONE,
    },
    "three stays: the last has no return": {
        "booked": (1, 3, 0),
        "need": (0, 0, 3),
        "asked": (0, 0, 3),
        "returned": (1, 2, 0),
    },
}

NOT_ASKED, DECLINED = "Why people were not asked", "Why people declined"
REASONS = {
    "who was not asked for a reason was not asked, and that is known": (
        {"Released too quickly": 1},
        {},
    ),
    "who was first not asked and then asked was asked; the reason counts all the same": (
        {"No staff time": 1},
        {"Does not trust police or services": 1},
    ),
    "each refusal counts among the reasons, the stay once": (
        {},
        {"Does not trust police or services": 2, "No reason given": 1, "Says no need": 1},
    ),
    "who puts it off was asked": ({}, {}),
    "who is not fit yet was not asked, and that is the reason": (
        {"Not fit to be asked yet (return later)": 1},
        {},
    ),
}

NEEDS = {
    "a need counts by the latest answer, whoever heard it": {
        "Debt and money": (1, 1, 0),
        "Benefits": (1, 1, 0),
    },
    "each need that was told counts, and what became of the person counts for each": {
        "Drugs": (1, 1, 1),
        "Alcohol": (1, 0, 0),
        "Mental health": (3, 2, 1),
        "Housing or homelessness": (1, 0, 0),
        "Debt and money": (1, 1, 0),
    },
    "a person with two stays and two referrals is one for each need": {
        "Drugs": (1, 1, 0),
        "Housing or homelessness": (1, 1, 0),
    },
    "a need told in a stay without a referral was not referred": {
        "Alcohol": (1, 0, 0),
        "Mental health": (1, 1, 0),
    },
}

WORTH = {
    "what they told the team": {"Partly": 1},
    "that they did not say is an answer": {"Did not say": 1},
    "what they wrote themselves": {"No": 1},
    "what they wrote goes before what they told the team, and counts once": {"Yes": 1, "No": 1},
    "who was reached before the question is asked has not answered it": {},
}
