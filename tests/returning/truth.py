"""What is true of each of the ten, written by hand from the story and from nothing else.

Engaged, worthwhile, still on, what to offer; what the desk may read of each service: whether it is
open, when they were last seen there, what to offer.
"""

HUB = "Recovery hub"
ASK = "Ask what they want now"
HALF = "within half a year"

TRUTH = {
    "she went to every meeting and is still there": (
        (f"Yes, with {HUB}", "They say yes", f"Yes, with {HUB}", f"Go on with {HUB}"),
        [f"{HUB}: still open, last seen there within a month. Offer: Go on with {HUB}."],
    ),
    "one service helped her, another had no room": (
        (f"Yes, with {HUB}", "They say partly", "No", f"{HUB} again"),
        [f"{HUB}: ended, last seen there {HALF}. Offer: {HUB} again."],
    ),
    "she was expected twice and never seen": (
        ("No, never met", "Not known", "No", ASK),
        [f"{HUB}: ended."],
    ),
    "she went, and does not want it any more": (
        (f"Yes, with {HUB}", "Not known", "No", ASK),
        [f"{HUB}: ended, last seen there {HALF}."],
    ),
    "nobody took her": (
        ("No service took them", "Not known", "No", ASK),
        [],
    ),
    "the service waits while she is in prison": (
        (f"Yes, with {HUB}", "Not known", f"Paused, with {HUB}", f"Go on with {HUB}"),
        [f"{HUB}: still open, last seen there {HALF}. Offer: Go on with {HUB}."],
    ),
    "the service was asked and has not answered": (
        ("No, never met", "Not known", "Not answered yet", f"Ask {HUB} for its answer"),
        [f"{HUB}: asked, not answered yet."],
    ),
    "she was reached by telephone and not met": (
        ("Not known", "Not known", f"Yes, with {HUB}", f"A first meeting with {HUB}"),
        [f"{HUB}: still open, last seen there {HALF}. Offer: A first meeting with {HUB}."],
    ),
    "she was handed on by mistake, and then rightly": (
        (f"Yes, with {HUB}", "They say no", "No", ASK),
        [f"{HUB}: ended, last seen there {HALF}."],
    ),
    "she said no to everything": (
        ("Nothing was tried", "Not known", "No", ASK),
        [],
    ),
}
