"""Filters and functions for all templates: times, codes and states in words; parts of pages."""

import uuid

from flask import Flask

from referral.access.guard import acting, signed_in
from referral.access.navigation import NAVIGATION
from referral.access.permissions import Permission
from referral.accounts.credentials import routes as credentials
from referral.alerts import routes as alerts
from referral.casework.cases.acts import ACTS
from referral.consent.names import LEVELS, PURPOSES
from referral.contact.messages import routes as reaching
from referral.contact.own_page import routes as own
from referral.demo.queries import is_demo
from referral.desk import routes as desk
from referral.directory.queries import label_of
from referral.handoff.followup.attendance import words_of
from referral.handoff.referrals.states import LABELS, MOVE_LABELS
from referral.handoff.referrals.stops import LABELS as STOP_LABELS
from referral.handoff.withdrawals import routes as stopping
from referral.history import routes as history
from referral.jobs.queries import undelivered_count
from referral.merging.joining.looks import look
from referral.overdue.escalation import routes as escalation
from referral.overdue.escalation.steps import WORDS as LATE_STEPS
from referral.web import filters, way_back
from referral.web.paging import query_with, searched_for


def dress(app: Flask) -> None:
    """Give the templates their filters, the navigation and what stands on other chapters' pages."""
    app.jinja_env.filters.update(
        when=filters.when,
        day=filters.day,
        month=filters.month,
        look=look,
        held=filters.held,
        left=filters.left,
        in_words=filters.in_words,
        label=label_of,
        attendance=words_of,
        referral_state=lambda state: LABELS[state],
        stop_state=lambda state: STOP_LABELS[state],
        late_step=lambda step: LATE_STEPS.get(step, ""),
        move_name=lambda move: MOVE_LABELS[move],
        purpose=lambda purpose: PURPOSES[purpose],
        level_name=lambda level: LEVELS[level],
    )
    app.jinja_env.globals.update(
        acting=acting,
        Permission=Permission,
        signed_in=signed_in,
        new_key=uuid.uuid4,
        acts=ACTS,
        desk_card=history.desk_card,
        navigation=NAVIGATION,
        undelivered_count=undelivered_count,
        still_true=desk.still_true,
        unconfirmed=desk.unconfirmed,
        late_steps=escalation.late_steps,
        harm_alerts=alerts.harm_alerts,
        stops_in_case=stopping.stops_in_case,
        stops_in_inbox=stopping.stops_in_inbox,
        stops_in_list=stopping.stops_in_list,
        own_word=own.own_word_said,
        card_in_case=own.card_in_case,
        messages_to=reaching.messages_to,
        ways_back=credentials.ways_back,
        waiting_resets=credentials.waiting_resets,
        is_demo=is_demo,
        given_back=way_back.given_back,
        query_with=query_with,
        searched_for=searched_for,
    )
