"""Filters and functions for all templates: times, codes and states in words; parts of pages."""

import re
import uuid
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Flask, g, has_request_context, request, url_for
from jinja2.ext import Extension

from referral.access.actor import Actor
from referral.access.guard import acting, signed_in
from referral.access.navigation import NAVIGATION
from referral.access.permissions import ROLES, Permission
from referral.audit.sentences import said_of
from referral.casefile.news_queries import count_of
from referral.casework.cases.next_steps import NEXT_STEPS
from referral.clock import now, today
from referral.consent.names import LEVELS, PURPOSES
from referral.consent.routes import installed
from referral.consent.words import ReadOut
from referral.db import db
from referral.demo.queries import is_demo
from referral.demo.tour import Standing
from referral.demo.tour_queries import standing_of
from referral.desk.saving import A_SERVICE, DANGER_SAVED, NOBODY_TOLD, when_saved
from referral.directory.queries import words
from referral.drawings.filters import FOR_TEMPLATES as FOR_REPORTS
from referral.handoff.followup.attendance import words_of
from referral.handoff.referrals.states import HAPPENED, LABELS, MOVE_LABELS
from referral.handoff.referrals.stops import LABELS as STOP_LABELS
from referral.known.names import SOURCES
from referral.merging.joining.looks import look
from referral.overdue.escalation.steps import WORDS as LATE_STEPS
from referral.oversight.reasons import WHY
from referral.people.ages import Age, age_on
from referral.people.models import Person
from referral.web import filters, way_back
from referral.web.bidi import apart
from referral.web.done import just_done
from referral.web.forms import something_is_wrong
from referral.web.paging import query_with, searched_for
from referral.web.tongue import FOR_TEMPLATES


class Unindented(Extension):
    """Sends no line of a page with its indentation: it is for who writes, and a tenth of a list."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template as it is compiled; each line stays on its line."""
        return re.sub(r"(?m)^[ \t]+", "", source) if (name or "").endswith(".html") else source


def dress(app: Flask) -> None:
    """Give the templates their filters, the navigation and what stands around every page."""
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.finalize = apart
    app.jinja_env.filters.update(
        counted=filters.counted,
        dialled=filters.dialled,
        when=filters.when,
        day=filters.day,
        month=filters.month,
        weekday=filters.weekday,
        hour=filters.hour,
        look=look,
        held=filters.held,
        short=filters.short,
        soon=filters.soon,
        age=_age,
        left=filters.left,
        by=filters.by,
        ago=filters.ago,
        in_words=filters.in_words,
        label=_label,
        attendance=words_of,
        referral_state=lambda state: LABELS[state],
        stop_state=lambda state: STOP_LABELS[state],
        late_step=lambda step: LATE_STEPS.get(step, ""),
        move_name=lambda move: MOVE_LABELS[move],
        happened=lambda move: HAPPENED[move],
        purpose=lambda purpose: PURPOSES[purpose],
        source=lambda source: SOURCES[source],
        level_name=lambda level: LEVELS[level],
        recording=_recording,
        born=_born,
        young=_young,
        **FOR_REPORTS,
    )
    app.context_processor(_around)
    app.jinja_env.globals.update(
        Permission=Permission,
        new_key=uuid.uuid4,
        acts=NEXT_STEPS,
        WHY=WHY,
        when_saved=when_saved(),
        DANGER_SAVED=DANGER_SAVED,
        NOBODY_TOLD=NOBODY_TOLD,
        A_SERVICE=A_SERVICE,
        query_with=query_with,
        searched_for=searched_for,
        wrong=something_is_wrong,
        **FOR_TEMPLATES,
    )


def _recording(shown: ReadOut, purpose: str) -> str:
    """Where the words that are shown can be heard; empty where nobody has recorded these."""
    spoken = shown.spoken(purpose)
    if spoken is None or installed(spoken) is None:
        return ""
    return url_for("words.recording", **asdict(spoken))


def _around() -> dict[str, object]:
    """The variables of each page around its own matter, loaded before it is drawn.

    The words of the code lists lie ready here as well: a page finds them without asking. Most of
    it is kept, and who is there was loaded when they were let in.
    """
    g.words = words()
    if not has_request_context():
        return {"demo": is_demo()}
    actor = acting() if signed_in() else None
    return {
        "actor": actor,
        "demo": is_demo(),
        "given_back": way_back.given_back() is not None,
        "drafted_at": g.get("drafted_at"),
        "navigation": _navigation(actor) if actor else (),
        "news": _news(actor) if actor and request.method == "GET" else None,
        "this_page": request.full_path if request.query_string else request.path,
        "last_done": _said(actor) if actor and request.method == "GET" else None,
        "tour": _tour(actor) if actor else None,
        "starts_at": ROLES[actor.role].begins if actor and actor.role else None,
    }


def _tour(actor: Actor) -> Standing | None:
    """Where they are in their first day; None outside the demo, and on paper."""
    return standing_of(actor) if is_demo() and not _on_paper() else None


def _on_paper() -> bool:
    return request.path.endswith(".pdf")


def _news(actor: Actor) -> int | None:
    """How much came from others since they looked; None for who works no cases, and on paper."""
    if _on_paper() or not actor.may(Permission.WORK_CASES):
        return None
    return count_of(actor, now())


def _said(actor: Actor) -> dict[str, object] | None:
    """What the last save of this browser did: to whom, as the reader may name them, and when."""
    last = just_done()
    words = (said_of(last.events) or last.told.get("said", "")) if last else ""
    if not last or not words:
        return None
    return {"what": words, "who": _named(actor, last.subject_id), "at": last.at, "undo": last.undo}


def _named(actor: Actor, person_id: UUID | None) -> str:
    """Initials at a desk, which all can see; the name for who works with cases; else nothing."""
    at_desk = actor.may(Permission.SEE_BOOKINGS) or actor.may(Permission.KNOW_DANGERS)
    person = db.session.get(Person, person_id) if person_id else None
    if person is None or not (at_desk or actor.may(Permission.WORK_CASES)):
        return ""
    return person.initials if at_desk else person.name


def _navigation(actor: Actor) -> list[tuple[str, str, bool]]:
    """The address and name of each page that the actor may open, and whether it is this one.

    Where one address begins another, the longer one is meant; where none begins the page's, the
    first that has its first word.
    """
    pages = [(url_for(page), name) for may, page, name in NAVIGATION if actor.may(may)]
    fits = [address for address, _ in pages if request.path.startswith(address)]
    alike = (one for one, _ in pages if one.split("/")[1] == request.path.split("/")[1])
    here = max(fits, key=len, default="") or next(alike, "")
    return [(address, name, address == here) for address, name in pages]


def _age(whose: Any) -> Age | None:
    return age_on(whose.date_of_birth, getattr(whose, "born_about", None), today())


def _born(whose: Any) -> str:
    """The birth date with the age beside it; of the rest what is known."""
    age = _age(whose)
    if age and age.about:
        return f"about {whose.born_about} ({age.words})"
    return f"{filters.day(whose.date_of_birth)} ({age.words})" if age else "not known"


def _young(whose: Any) -> str:
    """How somebody under 18 is marked wherever they are named; empty for the others."""
    age = _age(whose)
    return age.mark if age else ""


def _label(code: str, list_name: str = "") -> str:
    """A code in words, from its list or whichever knows it."""
    found: str = g.words.get(list_name, {}).get(code, code)
    return found
