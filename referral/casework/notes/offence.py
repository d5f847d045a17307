"""Words that may be about what somebody is accused of: whoever writes them is warned, once.

A word may well be about something else, such as an assault on the person: so nothing is refused.
"""

import re

STEMS = (
    "accus", "alleg", "offen[cd]", "charged", "charges", "crime", "criminal", "convict", "guilty",
    "plead", "pled", "assault", "theft", "thie[fv]", "stole", "stealing", "shoplift", "robb",
    "housebreak", "burgl", "fraud", "vandal", "breach of", "possession", "dealing", "dealer",
    "suppl(?:y|ied|ying) (?:of )?drugs", "weapon", "stabb", "murder", "homicide", "rap(?:e|ed|ist)",
    "indecent", "fire-?rais", "drink[- ]driv", "drunk[- ]driv", "complainer", "indict",
    "procurator", "prosecut",
)  # fmt: skip
WORDS = re.compile(rf"\b(?:{'|'.join(STEMS)})\w*", re.IGNORECASE)


def about_an_offence(text: str) -> list[str]:
    """The words that may be about an alleged offence, as they were typed, each once."""
    return list(dict.fromkeys(found.group().casefold() for found in WORDS.finditer(text)))
