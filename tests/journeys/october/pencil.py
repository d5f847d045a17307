"""What the report, the ledger and the trail must count, worked out by hand from the story.

Three stays, all of which began in Govan: Jim on 2 October (S1), his cousin James on the 20th (S2),
Jim on the 22nd (S3). Booked twice in one night is one stay.

A step is people, instances, and instances of which it is unknown.
"""

# S1 spoke of drugs, S2 of alcohol; of S3 nobody knows, since he was asked nothing. All three said
# yes. Morag assessed in S1. Two referrals are of S1: the hub took him, met him and says that it is
# better; the house said no. Jim is back after 20 days; whether James and he return once more is not
# known before January.
HE_GOES_ON = {
    "Booked": (2, 3, 0),
    "Need disclosed": (2, 2, 1),
    "Asked": (2, 3, 0),
    "Agreed": (2, 3, 0),
    "Assessed": (1, 1, 0),
    "Referred": (1, 2, 0),
    "Accepted": (1, 1, 0),
    "First contact": (1, 1, 0),
    "Engaged": (1, 1, 0),
    "Outcome known": (1, 1, 0),
    "Returned": (1, 1, 2),
}
# Who told of it, who of them was handed on, who of them engaged: the house did not take him, but he
# told of a flat in the stay in which he engaged with the hub.
NEEDS_OF_BOTH = {
    "Drugs": (1, 1, 1),
    "Housing or homelessness": (1, 1, 1),
    "Alcohol": (1, 0, 0),
}
# Only S1 is there, and nobody knows what changed. He cannot return any more; the definition asks
# for the 90 days all the same, and they are not over.
HE_DIED = dict.fromkeys(HE_GOES_ON, (1, 1, 0)) | {
    "Referred": (1, 2, 0),
    "Outcome known": (0, 0, 1),
    "Returned": (0, 0, 1),
}
NEEDS_OF_JIM = {name: row for name, row in NEEDS_OF_BOTH.items() if name != "Alcohol"}
# He was found not fit once, on the first night.
NOT_ASKED = {"Not fit to be asked yet (return later)": (1,), "Together": (1,)}
# Morag wrote down that nobody has a flat for him, on Tuesday the 6th.
LEDGER = {"Housing or homelessness": {"5 Oct": 1, "All": 1}}

# Agreed: five at the desk, one for each of two services, and again for the hub when it was told the
# new number; that he has another one is no new answer. Moved: to Clydebank, and to the court.
# Referral: two sent, a no, a yes, a start, an end.
TIMELINE_OF_JIM = {
    "Safety": 1,
    "Booked": 1, "Asked": 2, "Agreed": 3, "Moved": 2, "Assessed": 1, "Referral": 6, "Released": 1,
    "Appointment": 1, "Tried to reach": 1, "Outcome": 1,
    # agreed: to five questions at the desk, to two services at once, to one more
    "Said": 2,  # a number at the desk, and another one on his own page
}  # fmt: skip
# When he is back: booked, asked and free once more, and agreed to talk. Nothing of the cousin.
TIMELINE_OF_BOTH = TIMELINE_OF_JIM | {"Booked": 2, "Asked": 3, "Agreed": 4, "Released": 2}

# The same by who answers for it. Booked once, recognised when Alan typed him in again, moved three
# times: sent, taken over, kept for court.
TRAIL = {
    "booking:collected": 1, "person:altered-by-recognising": 1, "offer:collected": 2,
    "warning:collected": 1, "consent:collected": 8, "case:collected": 1, "case:altered": 1,
    "booking:altered-by-moving": 3, "booking:altered": 1, "assessment:collected": 1,
    "referral:collected": 2, "referral:disclosed": 2, "referral:altered": 4, "unmet:collected": 1,
    "plan:collected": 1, "plan:altered": 1, "own-card:collected": 1, "letter:disclosed": 1,
    "own-page:opened": 1, "person:altered-by-themselves": 1, "referral:disclosed-more": 1,
    "appointment:collected": 1, "appointment:altered": 1, "attempt:collected": 1,
    "fact:collected": 1, "case:altered-by-closing": 1,
}  # fmt: skip
TRAIL_OF_WHO_DIED = TRAIL | {"fact:altered-by-confirming": 1, "inbox:consulted": 4}
# The inbox shows his number in his row, each time that the hub looks at it while it may.
# What was done while the cousin was taken for him stays in his trail: booked and recognised, asked,
# two answers, his case went on and was opened to them; and all of it once more, with one answer,
# when he came himself. The card was shown both times.
TRAIL_OF_WHO_CAME_BACK = TRAIL | {
    "fact:altered-by-taking-back": 1, "booking:collected": 3, "person:altered-by-recognising": 3,
    "offer:collected": 4, "consent:collected": 11, "case:altered-by-returning": 2,
    "case:collected": 3, "booking:altered": 2, "card:consulted": 2,
    "person:separated-from-a-stay": 1, "person:altered-by-telling-apart": 1, "inbox:consulted": 4,
}  # fmt: skip
TRAIL_OF_JAMES = {
    "case:collected": 1, "person:separated-from-a-stay": 1, "person:altered-by-telling-apart": 1,
}  # fmt: skip
