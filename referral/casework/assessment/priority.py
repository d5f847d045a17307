"""The rule for who must be seen first, with the reasons in words.

An overdose in the last 30 days, an opioid together with alcohol or a benzodiazepine, nowhere to
sleep tonight, or any need that cannot wait.
"""

from collections.abc import Collection, Mapping

OPIOIDS = {"HEROIN", "OPIOID", "METHADONE"}
DEPRESSANTS = {"ALCOHOL", "BENZO", "GABA"}


def urgent_because(
    dangers: Collection[str], severities: Mapping[str, str], substances: Collection[str]
) -> list[str]:
    """Why somebody is urgent; empty when nothing says so."""
    found = []
    if {"overdose", "naloxone_given"} & set(dangers):
        found.append("overdose in the last 30 days")
    if OPIOIDS & set(substances) and DEPRESSANTS & set(substances):
        found.append("opioids together with alcohol or other depressants")
    if severities.get("HOUS") == "urgent":
        found.append("nowhere to sleep tonight")
    if any(severity == "urgent" for need, severity in severities.items() if need != "HOUS"):
        found.append("a need that cannot wait")
    return found
