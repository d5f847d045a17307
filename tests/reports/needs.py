"""Stories of needs that the outcome report must count: whose mouth, which answer, and the latest.

What each must count stands in `pencil.py`.
"""

from reports.stories import STARTED

LADDER = {
    "of who speaks of nothing it is unknown whether they have a need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined
""",
    "who says no to one need has none that anybody knows of, and that is known": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined denying DRUG
""",
    "who did not want to say leaves it unknown": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined withholding DRUG ALC
""",
    "silence later takes nothing back": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann put-off telling DRUG
2026-08-03 15:30 Ann declined
""",
    "who says no later has no need any more": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann put-off telling DRUG
2026-08-03 15:30 Ann declined denying DRUG
""",
    "who says yes after all has one": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann put-off denying DRUG
2026-08-03 15:30 Ann declined telling DRUG
""",
    "drugs are a need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined telling DRUG
""",
    "alcohol is a need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined telling ALC
""",
    "mental health is a need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined telling MH
""",
    "housing is a need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined telling HOUS
""",
    "money is a need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined telling DEBT
""",
    "a need that only a worker found is one": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed denying DRUG
2026-08-03 10:00 Ann assessed BEN=high
""",
    "what a worker weighs as no need is none": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 10:00 Ann assessed DRUG=none
""",
}

NEEDS = {
    "a need counts by the latest answer, whoever heard it": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG MH
2026-08-03 10:00 Ann assessed DRUG=none BEN=some
2026-08-03 11:00 Ann agreed telling DEBT denying MH
2026-08-03 12:00 Ann referred to advice
""",
    "each need that was told counts, and what became of the person counts for each": f"""{STARTED}
2026-08-03 09:00 Bob booked at Govan
2026-08-03 09:30 Bob agreed telling MH DEBT
2026-08-03 10:00 Bob referred to advice
2026-08-04 09:00 Bob accepted by advice
2026-08-03 09:00 Cat booked at Govan
2026-08-03 09:30 Cat declined telling MH HOUS ALC
""",
    "a person with two stays and two referrals is one for each need": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 10:00 Ann referred to hub counselling
2026-08-13 09:00 Ann booked at Govan
2026-08-13 09:30 Ann agreed telling DRUG HOUS
2026-08-13 10:00 Ann referred to homes
""",
    "a need told in a stay without a referral was not referred": """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling ALC
2026-08-13 09:00 Ann booked at Govan
2026-08-13 09:30 Ann agreed telling MH
2026-08-13 10:00 Ann referred to counselling
""",
}
