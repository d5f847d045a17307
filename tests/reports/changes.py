"""Stories of measures that were asked twice, and what each must count, worked out by hand.

Of a measure: people who are better, the same, worse; together they are those asked twice.
"""

OPENING = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 13:00 Ann planned
"""
LATER = """
2026-08-03 14:00 Ann released
2026-10-26 10:00 Ann told-us 12w yes
"""
BOB = """
2026-08-03 09:00 Bob booked at Govan
2026-08-03 09:30 Bob agreed telling DRUG
2026-08-03 10:00 Bob measured phq-2=5
2026-08-03 13:00 Bob planned
2026-08-03 14:00 Bob released
2026-10-26 10:00 Bob told-us 12w yes
"""
MOOD, WORRY, WELL = "PHQ-2 (mood)", "GAD-2 (worry)", "SWEMWBS (wellbeing)"


def told(then: str, now: str, more: str = "") -> str:
    """Ann answers at first, and again after twelve weeks."""
    first = f"2026-08-03 10:00 Ann measured {then}"
    again = f"2026-10-26 11:00 Ann measured-again 12w {now}" if now else ""
    return f"{OPENING}{first}{LATER}{again}\n{more}"


CHANGES = {
    "a lower score is better where the pack says so": (
        told("phq-2=5", "phq-2=2"), {MOOD: (1, 0, 0)}),
    "a higher one is worse": (told("phq-2=2", "phq-2=5"), {MOOD: (0, 0, 1)}),
    "the same score is the same": (told("phq-2=2", "phq-2=2"), {MOOD: (0, 1, 0)}),
    "of wellbeing a higher score is better": (
        told("swemwbs=15", "swemwbs=21"), {WELL: (1, 0, 0)}),
    "of a measure whose pack says no direction nothing is counted": (
        told("row=20", "row=60"), {}),
    "who was not asked again is in no number": (told("phq-2=5", ""), {}),
    "who left a question open then has no score to compare": (
        told("phq-2=5? gad-2=1", "gad-2=1"), {WORRY: (0, 1, 0)}),
    "who leaves one open now has none either": (told("phq-2=5", "phq-2=3?"), {}),
    "each measure counts for itself": (
        told("phq-2=5 gad-2=1", "phq-2=2 gad-2=3"), {MOOD: (1, 0, 0), WORRY: (0, 0, 1)}),
    "the first of two assessments is then": (
        told("phq-2=5", "phq-2=4").replace(
            "2026-08-03 13:00", "2026-08-03 12:00 Ann measured phq-2=2\n2026-08-03 13:00"),
        {MOOD: (1, 0, 0)}),
    "the latest answer is now, also where it was given once more": (
        told("phq-2=3", "phq-2=1", "2026-10-26 12:00 Ann measured-again 12w phq-2=6"),
        {MOOD: (0, 0, 1)}),
    "after half a year they are asked once more": (
        told("phq-2=3", "phq-2=6", """
2027-02-01 10:00 Ann told-us 26w
2027-02-01 11:00 Ann measured-again 26w phq-2=1"""), {MOOD: (1, 0, 0)}),
    "two people are two": (
        told("phq-2=5", "phq-2=2", f"{BOB}2026-10-26 11:00 Bob measured-again 12w phq-2=6"),
        {MOOD: (1, 0, 1)}),
    "who was booked before the period is not in it": (
        told("phq-2=5", "phq-2=2").replace("2026-08-03", "2026-06-03").replace(
            "2026-10-26", "2026-08-26"), {}),
}  # fmt: skip

SAID = {
    "nobody was assessed": (OPENING, {}, {}),
    "who was not asked is one of those assessed": (
        f"{OPENING}2026-08-03 10:00 Ann assessed", {"Not asked": 1}, {"Not asked": 1}),
    "an ethnicity counts in its group of the census": (
        f"{OPENING}2026-08-03 10:00 Ann says-of-herself ethnicity=W-POL disability=LOT",
        {"White": 1}, {"Yes, limited a lot": 1}),
    "that they did not want to say is an answer": (
        f"{OPENING}2026-08-03 10:00 Ann says-of-herself ethnicity=UNSAID disability=UNSAID",
        {"Did not want to say": 1}, {"Did not want to say": 1}),
    "silence later takes nothing back, another answer does": (
        f"""{OPENING}2026-08-03 10:00 Ann says-of-herself ethnicity=A-IND disability=NONE
2026-08-03 11:00 Ann says-of-herself disability=LITTLE""",
        {"Asian, Scottish Asian or British Asian": 1}, {"Yes, limited a little": 1}),
    "two assessments are one person": (
        f"""{OPENING}2026-08-03 10:00 Ann says-of-herself ethnicity=F-AFR
2026-08-03 11:00 Ann says-of-herself ethnicity=C-CAB""",
        {"Caribbean or Black": 1}, {"Not asked": 1}),
}  # fmt: skip
