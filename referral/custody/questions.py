"""The questions of the desk beside the offer: each need by its code, and each danger."""

from collections.abc import Mapping

NEEDS: Mapping[str, str] = {
    "DRUG": "Drugs",
    "ALC": "Alcohol",
    "MH": "Mental health",
    "HOUS": "Housing",
    "DEBT": "Money",
}
COLUMNS: Mapping[str, str] = {  # of a booking, where the answer lies
    "DRUG": "drugs",
    "ALC": "alcohol",
    "MH": "mental_health",
    "HOUS": "housing",
    "DEBT": "money",
}
DANGERS: Mapping[str, str] = {
    "overdose": "Overdose in the last 30 days",
    "naloxone_given": "Naloxone given at arrest",
    "injecting": "Injecting",
    "withdrawal": "Withdrawal",
    "self_harm": "Self-harm",
    "pregnant": "Pregnant",
}
