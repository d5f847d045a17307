"""Stories that the outcome report must count, each of one clause of a definition.

What each must count stands in `pencil.py`, so that the two can be read apart.
"""

OPENING = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG MH
"""
REFERRED = f"""{OPENING}
2026-08-03 10:00 Ann referred to hub
"""
ACCEPTED = f"""{REFERRED}
2026-08-04 09:00 Ann accepted by hub
"""
STARTED = f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 11:00 Ann came to hub
"""
MET = f"""{OPENING}
2026-08-03 13:00 Ann planned
2026-08-03 14:00 Ann released
"""

DESK = {
    "somebody of whom nothing was recorded is unknown, and was not asked for all we know": """
2026-08-03 09:00 Ann booked at Govan
""",
    "who was not asked for a reason was not asked, and that is known": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann not-asked because RELQ telling ALC
""",
    "who puts it off was asked": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann put-off
""",
    "who is not fit yet was not asked, and that is the reason": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann not-fit
""",
    "who was first not asked and then asked was asked; the reason counts all the same": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann not-asked because NOSTAFF
2026-08-03 15:30 Ann declined because TRUST
""",
    "each refusal counts among the reasons, the stay once": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined because TRUST
2026-08-03 15:30 Ann declined because TRUST
2026-08-03 16:30 Ann declined
2026-08-03 09:00 Bob booked at Govan
2026-08-03 09:30 Bob declined because NONEED
""",
    "who declined first and then accepted agreed": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined because NOTNOW
2026-08-03 15:30 Ann agreed telling DRUG MH
""",
    "who accepted and then thought better of it agreed once all the same": f"""{OPENING}
2026-08-03 15:30 Ann declined because TRIED telling DRUG MH
""",
    "two stays of one person are one person": """
2026-07-03 09:00 Ann booked at Govan
2026-07-03 09:30 Ann agreed
2026-09-03 09:00 Ann booked at Falkirk
2026-09-03 09:30 Ann agreed telling DRUG
""",
    "two people are two": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed
2026-08-03 09:00 Bob booked at Govan
2026-08-03 09:30 Bob declined
2026-08-03 09:00 Cat booked at Govan
""",
    "two records of one person are one person once they are joined": """
2026-07-03 09:00 Ann booked at Govan
2026-07-03 09:30 Ann declined telling DRUG
2026-09-03 09:00 Annie booked at Govan
2026-09-03 09:30 Annie declined telling DRUG
2026-09-04 09:00 Ann same-as Annie
""",
}

WORKER = {
    "an assessment that was begun is none": f"""{OPENING}
2026-08-03 10:00 Ann half-assessed
""",
    "an assessment that was finished counts": f"""{OPENING}
2026-08-03 10:00 Ann assessed
""",
    "two assessments of one stay are one": f"""{OPENING}
2026-08-03 10:00 Ann assessed
2026-08-20 10:00 Ann assessed
""",
    "an assessment counts for the stay in which they agreed": f"""{OPENING}
2026-08-03 14:00 Ann released
2026-08-10 09:00 Ann booked at Govan
2026-08-10 09:30 Ann not-asked because ALREADY telling DRUG
2026-08-10 10:00 Ann assessed
""",
    "one referral": REFERRED,
    "one person handed to two services are two referrals": f"""{OPENING}
2026-08-03 10:00 Ann referred to hub homes
""",
    "a referral that waits for a worker was not sent": f"""{OPENING}
2026-08-03 10:00 Ann half-referred to hub
""",
    "a referral recorded by mistake is none": f"""{REFERRED}
2026-08-03 11:00 Ann entered-in-error by hub
""",
    "also when it had been accepted and they had come": f"""{STARTED}
2026-08-07 11:00 Ann entered-in-error by hub
""",
    "who comes back and is handed on without being asked again was referred": f"""{OPENING}
2026-08-03 14:00 Ann released
2026-08-10 09:00 Ann booked at Govan
2026-08-10 09:30 Ann not-asked because ALREADY telling DRUG
2026-08-10 10:00 Ann referred to hub
""",
}

SERVICE = {
    "a service that has asked something has not answered": f"""{REFERRED}
2026-08-03 11:00 Ann asked-about by hub
""",
    "a service that said yes": ACCEPTED,
    "a service that said no has answered": f"""{REFERRED}
2026-08-04 09:00 Ann turned-away by hub because CAP
""",
    "a referral that was withdrawn before the answer is no open question": f"""{REFERRED}
2026-08-04 09:00 Ann withdrew from hub
""",
    "a yes counts also when the person withdraws later": f"""{ACCEPTED}
2026-08-05 09:00 Ann withdrew from hub
""",
    "a yes counts also while it is paused": f"""{ACCEPTED}
2026-08-05 09:00 Ann paused by hub because REMAND
""",
    "one said yes, one said no, one has not answered": f"""{OPENING}
2026-08-03 10:00 Ann referred to hub homes counselling
2026-08-04 09:00 Ann accepted by hub
2026-08-04 09:00 Ann turned-away by homes because CAP
""",
    "who was reached had contact and is not engaged": f"""{ACCEPTED}
2026-08-05 09:00 Ann reached by hub
""",
    "a message left is no contact": f"""{ACCEPTED}
2026-08-05 09:00 Ann left-message by hub
""",
    "reached by a service that had not said yes is no first contact": f"""{REFERRED}
2026-08-03 11:00 Ann reached by hub
2026-08-04 09:00 Ann turned-away by hub because CAP
""",
    "who came had contact and is engaged": STARTED,
    "who came to the second appointment is engaged": f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 11:00 Ann missed at hub
2026-08-06 12:00 Ann expected by hub 2026-08-08 10:00
2026-08-08 11:00 Ann came to hub
""",
    "who did not come is not engaged, and that is known": f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 11:00 Ann missed at hub
""",
    "silence after an appointment is unknown": f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
""",
    "an appointment of which nobody knows whether they came is unknown": f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 11:00 Ann maybe-came to hub
""",
    "an appointment that did not take place is no silence": f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 11:00 Ann not-held by hub
""",
    "silence after a moved appointment is unknown": f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 09:00 Ann moved by hub to 2026-08-09 10:00
""",
    "reached, and then silence: contact, but whether they are engaged is unknown": f"""{ACCEPTED}
2026-08-04 10:00 Ann reached by hub
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
""",
    "came once, and then silence: both are known": f"""{STARTED}
2026-08-06 12:00 Ann expected by hub 2026-08-08 10:00
""",
    "with two services, met at one": f"""{OPENING}
2026-08-03 10:00 Ann referred to hub counselling
2026-08-04 09:00 Ann accepted by hub
2026-08-04 09:00 Ann accepted by counselling
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-04 10:00 Ann expected by counselling 2026-08-06 14:00
2026-08-06 11:00 Ann came to hub
""",
    "something is better": f"""{STARTED}
2026-09-06 11:00 Ann completed by hub DRUG=better MH=unknown
""",
    "something is the same": f"""{STARTED}
2026-09-06 11:00 Ann completed by hub DRUG=unknown MH=same
""",
    "something is worse, though it ended early": f"""{STARTED}
2026-09-06 11:00 Ann ended-early by hub DRUG=worse MH=unknown
""",
    "nobody knows what changed": f"""{STARTED}
2026-09-06 11:00 Ann completed by hub DRUG=unknown MH=unknown
""",
    "nobody knows what changed where it ended early": f"""{ACCEPTED}
2026-09-06 11:00 Ann ended-early by hub DRUG=unknown MH=unknown
""",
    "what changed so far is no outcome while it goes on": f"""{STARTED}
2026-09-06 11:00 Ann paused by hub because REMAND DRUG=better
""",
    "two of one person ended, of one nobody knows what changed": f"""{OPENING}
2026-08-03 10:00 Ann referred to hub counselling
2026-08-04 09:00 Ann accepted by hub
2026-08-04 09:00 Ann accepted by counselling
2026-08-20 11:00 Ann completed by hub DRUG=better MH=better
2026-08-20 11:00 Ann ended-early by counselling DRUG=unknown MH=unknown
""",
}

RETURNED = {
    "booked again": """
2026-07-03 09:00 Ann booked at Govan
2026-07-23 09:00 Ann booked at Govan
""",
    "ninety days to the second is within ninety days": """
2026-07-03 09:00 Ann booked at Govan
2026-10-01 09:00 Ann booked at Govan
""",
    "a second more is not": """
2026-07-03 09:00:00 Ann booked at Govan
2026-10-01 09:00:01 Ann booked at Govan
""",
    "ninety days are days of 24 hours when the clocks change": """
2026-09-01 09:00 Ann booked at Govan
2026-11-30 08:00 Ann booked at Govan
""",
    "and not an hour longer": """
2026-09-01 09:00 Ann booked at Govan
2026-11-30 08:00:01 Ann booked at Govan
""",
    "somebody else who comes is nobody who returns": """
2026-07-03 09:00 Ann booked at Govan
2026-07-23 09:00 Bob booked at Govan
""",
    "who was here before the period and comes in it has not returned yet": """
2026-06-20 09:00 Ann booked at Govan
2026-07-23 09:00 Ann booked at Govan
""",
    "who comes back elsewhere has returned": """
2026-07-03 09:00 Ann booked at Govan
2026-07-23 09:00 Ann booked at Falkirk
""",
    "three stays: the last has no return": """
2026-07-03 09:00 Ann booked at Govan
2026-07-23 09:00 Ann booked at Govan
2026-08-23 09:00 Ann booked at Govan
""",
}

WORTH = {
    "what they told the team": f"""{MET}
2026-09-02 10:00 Ann told-us 28d partly
""",
    "that they did not say is an answer": f"""{MET}
2026-09-02 10:00 Ann told-us 28d notsay
""",
    "what they wrote themselves": f"""{MET}
2026-09-02 10:00 Ann wrote 28d no
""",
    "what they wrote goes before what they told the team, and counts once": f"""{MET}
2026-09-02 10:00 Ann told-us 28d yes
2026-09-03 10:00 Ann wrote 12w no
2026-10-30 10:00 Ann told-us 12w yes
""",
    "who was reached before the question is asked has not answered it": f"""{MET}
2026-08-10 10:00 Ann told-us 7d yes
""",
}
