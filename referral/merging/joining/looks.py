"""Events of the trail as looks at a person, in words a guardian can pass on."""

KINDS = {"consulted": "Read", "disclosed": "Given out"}
SUBJECTS = {"person": "who it is", "card": "the desk's card"}


def look(tag: str) -> str:
    """'Read: case' or 'Changed: booking', from the tag of an event."""
    subject, _, deed = tag.partition(":")
    kind = KINDS.get(deed.partition("-")[0], "Changed")
    return f"{kind}: {SUBJECTS.get(subject, subject)}"
