"""Ten people who come back, each as what happened to them; what is true of it stands in truth.py.

Lines are those of support/stories.py. Each ends before the person is booked again on 1 September.
"""

IN = """
2026-07-06 09:00 Ann booked at Govan
2026-07-06 09:30 Ann agreed telling DRUG HOUS
2026-07-06 12:00 Ann planned
"""

STORIES = {
    "she went to every meeting and is still there": f"""{IN}
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann came to hub
2026-07-10 12:00 Ann expected by hub 2026-08-20 10:00
2026-08-20 11:00 Ann came to hub
2026-08-21 10:00 Ann wrote 28d yes
""",
    "one service helped her, another had no room": f"""{IN}
2026-07-06 13:00 Ann referred to hub homes
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 09:10 Ann turned-away by homes because CAP
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann came to hub
2026-08-04 10:00 Ann told-us 28d partly
2026-08-10 10:00 Ann completed hub DRUG=better HOUS=same
""",
    "she was expected twice and never seen": f"""{IN}
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann missed hub
2026-07-10 12:00 Ann expected by hub 2026-07-14 10:00
2026-07-14 11:00 Ann missed hub
2026-08-01 10:00 Ann ended-early by hub DRUG=unknown HOUS=unknown
""",
    "she went, and does not want it any more": f"""{IN}
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann came to hub
2026-08-01 10:00 Ann withdrew from hub
""",
    "nobody took her": f"""{IN}
2026-07-06 13:00 Ann referred to hub homes
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann turned-away by hub because ELIG
2026-07-07 09:10 Ann turned-away by homes because CAP
""",
    "the service waits while she is in prison": f"""{IN}
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann came to hub
2026-07-20 10:00 Ann paused by hub because REMAND
""",
    "the service was asked and has not answered": f"""{IN}
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
""",
    "she was reached by telephone and not met": f"""{IN}
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-08 15:00 Ann reached by hub
""",
    "she was handed on by mistake, and then rightly": f"""{IN}
2026-07-06 13:00 Ann referred to homes
2026-07-06 13:10 Ann entered-in-error of homes
2026-07-06 13:20 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann not-held by hub
2026-07-10 12:00 Ann expected by hub 2026-07-14 10:00
2026-07-14 11:00 Ann came to hub
2026-08-01 10:00 Ann completed hub DRUG=better HOUS=unknown
2026-08-04 10:00 Ann told-us 28d no
""",
    "she said no to everything": """
2026-07-06 09:00 Ann booked at Govan
2026-07-06 09:30 Ann declined because TRUST
2026-07-06 14:00 Ann released
""",
}
