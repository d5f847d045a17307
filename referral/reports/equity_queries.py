"""Whether the way is as open to everybody: each step by who people are."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_

from referral.directory.areas import Area, areas_of
from referral.directory.models import CustodyCentre
from referral.directory.queries import centres, councils, labels
from referral.journey.models import StayFacts
from referral.published.telling import Counted
from referral.reports.equity import AGES, ENGLISH, GROUPS, HOMES, NOT_ASKED, SEXES
from referral.reports.grouping import Cut, cut_of, lay_step, table_of
from referral.reports.laying import Laid, Tallies, key_of
from referral.reports.scopes_queries import held_in
from referral.reports.steps import STEPS
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.wanted import Wanted

NAME = "equity"
TITLE = "Is the way as open to everybody?"
SAME, NEAR, AWAY = HOMES


def equity(wanted: Wanted) -> Counted:
    """The report of the custody centres of an area. Raises FactsNotMade."""
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    cuts: dict[str, ColumnElement[Any]] = {
        "sex": func.nullif(StayFacts.sex, "U"),
        "age": _age(),
        "ethnicity": _ethnicity(),
        "disability": func.nullif(StayFacts.disability, ""),
        "language": func.coalesce(StayFacts.language, ENGLISH),
        "home": _home(),
    }
    found = tallied(wanted.period, wanted.world, held_in(wanted.area), cuts=cuts)
    told_apart = list(_cuts(found))
    for before, step in pairwise(STEPS):
        about = WORDS if before is STEPS[0] else f"Of those at the step before: {before.title}."
        words = table_of(step.code, step.title, about)
        lay_step(laid, words, found[EVERYBODY][""], told_apart, place)
    definitions = {step.title: step.definition for step in STEPS}
    notes = (SELECTED, SPOKEN, SMALL_GROUPS)
    return laid.report(key_of("booked", place, wanted.period.name), definitions, notes)


def _cuts(found: Mapping[str, Mapping[str, Tallies]]) -> Iterator[Cut]:
    yield cut_of("sex", "Sex", SEXES, found["sex"], "not stated")
    ages = {code: title for code, (_, title) in AGES.items()}
    yield cut_of("age", "Age", ages, found["age"], "not known")
    ethnicities = dict(GROUPS) | {UNSAID: labels("ethnicity")[UNSAID]}
    yield cut_of("ethnicity", "Ethnicity", ethnicities, found["ethnicity"], NOT_ASKED)
    limits = labels("disability")
    yield cut_of("disability", "Limited by health", limits, found["disability"], NOT_ASKED)
    spoken = {ENGLISH: NO_OTHER} | dict(labels("language")) | {ENGLISH: NO_OTHER}  # comes first
    yield cut_of("language", "Language", spoken, found["language"])
    yield cut_of("home", "Home", HOMES, found["home"], "not known, or no fixed home")


def _age() -> ColumnElement[Any]:
    """The band of the age at the start of a stay."""
    bands = [(StayFacts.age >= least, code) for code, (least, _) in [*AGES.items()][::-1]]
    return case(*bands)


def _ethnicity() -> ColumnElement[Any]:
    """The group of the census by how a code begins; a code of no group stands for itself."""
    code = StayFacts.ethnicity
    return case(*((code.startswith(f"{group}-"), group) for group in GROUPS), else_=code)


def _home() -> ColumnElement[Any]:
    """Whether somebody lives in the council of the custody centre, near it or far away."""
    held = centres()
    every = areas_of(councils())
    same = _held_where_they_live(held, [area for area in every if area.kind == "Council"])
    near = _held_where_they_live(held, [area for area in every if area.kind == "Police division"])
    return case((StayFacts.home.is_(None), None), (same, SAME), (near, NEAR), else_=AWAY)


def _held_where_they_live(
    held: Sequence[CustodyCentre], areas: Sequence[Area]
) -> ColumnElement[bool]:
    """Whether the centre of a stay is in that of these areas in which somebody lives."""
    there = [
        (area, ids)
        for area in areas
        if (ids := [one.id for one in held if one.council_code in area.councils])
    ]
    return or_(
        false(),
        *(
            and_(StayFacts.centre_id.in_(ids), StayFacts.home.in_(area.councils))
            for area, ids in there
        ),
    )


UNSAID = "UNSAID"
NO_OTHER = "English, or no other was said"
WORDS = (
    "People, each counted once, by what is known first in this time. Age is at the start of the "
    "stay; ethnicity and disability are what people said in an assessment, in the groups of the "
    "census of 2022. Language is the one in which to speak with them, as they said last. Home is "
    "the council where they live, beside that of the custody centre."
)
SELECTED = (
    "Ethnicity and disability are asked in the assessment, so that they are known of those who "
    "agreed far more often than of others: compare groups from “Referred” on, and not before."
)
SPOKEN = (
    "A language is written down where it is not English: who was not asked counts with those who "
    "speak English."
)
SMALL_GROUPS = "A difference between small groups may be chance: look at how many people it counts."
