"""Published figures in the browser: what is held, one to type, a file to take in."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.clock import now, today
from referral.db import whole
from referral.official import actions, daisy_actions
from referral.official.daisy import COLUMNS as DAISY
from referral.official.daisy import Numbering, cells_of
from referral.official.files import Wrong
from referral.official.forms import DaisyForm, FigureForm, FileForm, StatedForm
from referral.official.line_forms import figures_from
from referral.official.queries import (
    adp_names,
    daisy_file,
    ended_page,
    figure,
    figures_page,
    files_page,
    places,
)
from referral.official.throughput import COLUMNS
from referral.web.asking import Question, ask_once
from referral.web.done import done
from referral.web.forms import Form, keeping, options
from referral.web.paging import this_page
from referral.web.tables import NoTable, table_of

blueprint = Blueprint("official", __name__, url_prefix="/official")


@blueprint.get("")
@requires(Permission.SEE_OFFICIAL)
def front() -> ResponseReturnValue:
    """The figures of others that are held, each with its source."""
    return render_template(
        "official/front.html",
        figures=figures_page(this_page()),
        ended=ended_page(this_page("ended")),
        files=files_page(this_page("files")),
        names={place.key: place.name for place in places()},
        keeps=acting().may(Permission.KEEP_OFFICIAL),
    )


@blueprint.route("/throughput/new", methods=["GET", "POST"])
@requires(Permission.KEEP_OFFICIAL)
def enter() -> ResponseReturnValue:
    """One figure of custody throughput, typed."""
    known = {place.key: place for place in places()}
    form = FigureForm()
    form.place.choices = options([("", "Choose"), *((key, p.name) for key, p in known.items())])
    with keeping(form):
        if form.validate_on_submit():
            actions.enter(form.details_of(known[form.place.data]), acting(), now())
            return done(url_for(".front"))
    page = render_template("official/figure.html", form=form, places=list(known.values()))
    return page, form.status


@blueprint.route("/throughput/<uuid:figure_id>/correct", methods=["GET", "POST"])
@requires(Permission.KEEP_OFFICIAL)
def correct(figure_id: UUID) -> ResponseReturnValue:
    """The source says something else by now, or it was typed wrong."""
    row = figure(figure_id)
    form = StatedForm(obj=row)
    form.of = row.span
    with keeping(form):
        if form.validate_on_submit():
            actions.correct(row, form.stated(), acting(), now())
            return done(url_for(".front"))
    names = {place.key: place.name for place in places()}
    shown = {"row": whole(row), "name": names[row.place_key]}
    return render_template("official/correct.html", form=form, **shown), form.status


@blueprint.route("/throughput/<uuid:figure_id>/take-back", methods=["GET", "POST"])
@requires(Permission.KEEP_OFFICIAL)
def take_back(figure_id: UUID) -> ResponseReturnValue:
    """The figure should not have been entered."""
    row = figure(figure_id)
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            actions.take_back(row, acting(), now())
            return done(url_for(".front"))
    row = whole(row)
    asked = f"Take back {row.number:,}, {row.span.words}, by “{row.source}”?"
    follows = "No rate is made with it any more. It stays under “Corrected or taken back”."
    return ask_once(form, Question(asked, follows, "Take it back", url_for(".front")))


@blueprint.route("/throughput/import", methods=["GET", "POST"])
@requires(Permission.KEEP_OFFICIAL)
def throughput() -> ResponseReturnValue:
    """A file of throughput is taken in whole, or not at all."""
    form = FileForm()
    wrong: Sequence[Wrong] = ()
    with keeping(form):
        if form.validate_on_submit():
            try:
                sent = form.sent()
                coming, wrong = figures_from(table_of(sent.content), places())
            except NoTable as refused:
                form.tell(form.file, str(refused))
            else:
                form.refuse(wrong)
            if not form.errors:
                actions.take_in(sent, coming, acting(), now())
                return done(url_for(".front"))
    shown = {"columns": COLUMNS, "mistakes": wrong}
    return render_template("official/throughput.html", form=form, **shown), form.status


@blueprint.route("/daisy/import", methods=["GET", "POST"])
@requires(Permission.KEEP_OFFICIAL)
def daisy() -> ResponseReturnValue:
    """A file of Source of Referrals is taken in whole, or not at all."""
    form = DaisyForm()
    wrong: Sequence[Wrong] = ()
    with keeping(form):
        if form.validate_on_submit():
            numbering = Numbering(form.numbering.data)
            try:
                sent = form.sent()
                read = cells_of(table_of(sent.content), adp_names(), numbering, today())
            except NoTable as refused:
                form.tell(form.file, str(refused))
            else:
                form.refuse(wrong := read.wrong)
            if not form.errors:
                daisy_actions.take_in(sent, read.cells, numbering, acting(), now())
                return done(url_for(".front"))
    shown = {"columns": DAISY, "mistakes": wrong}
    return render_template("official/daisy.html", form=form, **shown), form.status


@blueprint.route("/daisy/<uuid:file_id>/take-back", methods=["GET", "POST"])
@requires(Permission.KEEP_OFFICIAL)
def take_back_file(file_id: UUID) -> ResponseReturnValue:
    """A file should not have been taken in, or its quarters were read in the wrong way."""
    file = daisy_file(file_id)
    form = Form()
    with keeping(form):
        if form.validate_on_submit():
            daisy_actions.take_back(file, acting(), now())
            return done(url_for(".front"))
    asked = f"Take back the file “{whole(file).name}”?"
    follows = "What it says counts no more; of its quarters the file before it counts again."
    return ask_once(form, Question(asked, follows, "Take it back", url_for(".front")))
