"""The application factory: extensions, chapters, filters, error pages and headers."""

from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix

from referral.access.guard import acting, public, signed_in
from referral.accounts.addresses import routes as addresses
from referral.accounts.addresses.actions import ask_for
from referral.accounts.credentials import routes as credentials
from referral.accounts.second_factor import routes as entry
from referral.accounts.users import lock_routes as locks
from referral.accounts.users import routes as accounts
from referral.accounts.users.actions import LEAVING
from referral.accounts.users.models import ApiToken, SignIn
from referral.accounts.users.queries import Patience, live_sign_in, live_token
from referral.alerts import routes as alerts
from referral.api import routes as api
from referral.api.documents import publish
from referral.api.guard import for_programs
from referral.casefile import calendar_routes as calendars
from referral.casefile import door_routes as doors
from referral.casefile import news_routes as news
from referral.casefile import note_routes as notes
from referral.casefile import owner_routes as owners
from referral.casefile import paper_routes as case_paper
from referral.casefile import promise_routes as promised
from referral.casefile import routes as casefile
from referral.casework.along import routes as along
from referral.casework.assessment import routes as needs
from referral.casework.change import routes as changes
from referral.casework.contact_plan import routes as plans
from referral.casework.cover import routes as leave
from referral.casework.outreach import routes as outreach
from referral.casework.saved import routes as saved
from referral.cli.groups import GROUPS
from referral.clock import now
from referral.consent import routes as words
from referral.contact.messages import routes as reaching
from referral.contact.own_page import card_routes as printed
from referral.contact.own_page import routes as own
from referral.contact.own_page import tongue_routes as tongues
from referral.contact.worth_it import routes as worth
from referral.db import db, engine_options
from referral.demo import tour_routes as tours
from referral.demo.queries import is_demo
from referral.desk import draft_routes as drafts
from referral.desk import health_routes as health
from referral.desk import register_routes as registers
from referral.desk import routes as desk
from referral.desk import sheet_routes as sheets
from referral.desk import stay_routes as stays
from referral.desk import who_routes as who
from referral.directory import loading_routes as loading
from referral.directory import routes as directory
from referral.directory.actions import ADDRESS_TYPED, CLOSED, MOVED
from referral.editions import routes as editions
from referral.handoff.by_link import routes as answers
from referral.handoff.by_link.actions import write_anew
from referral.handoff.followup import back_routes as taken_back
from referral.handoff.followup import letter_routes as letters
from referral.handoff.followup import list_routes as inbox
from referral.handoff.followup import routes as followup
from referral.handoff.referrals import routes as handoff
from referral.handoff.referrals.promise_actions import hand_on_anew
from referral.handoff.withdrawals import routes as stopping
from referral.history import routes as history
from referral.jobs import routes as jobs
from referral.jobs.queries import worked_lately
from referral.locks import is_busy, writing
from referral.merging.joining import routes as joining
from referral.merging.parting import routes as parting
from referral.official import routes as official
from referral.overdue.escalation import routes as escalation
from referral.overdue.escalation.actions import take_back
from referral.oversight import routes as oversight
from referral.post.messages import routes as messages
from referral.refusing import answer_refusals
from referral.reports import routes as reports
from referral.rounds import put_to_work
from referral.serving import serve
from referral.settings import Settings
from referral.templating import dress
from referral.web import way_back
from referral.web.assets import serve_assets
from referral.web.compression import compress_pages
from referral.web.headers import harden
from referral.web.logs import LoggedFlask, log_requests
from referral.web.origin import check_origin
from referral.web.readiness import is_migrated

ROOT = Path(__file__).parent.parent
TOUCH_EVERY = timedelta(minutes=1)


def create_app(settings: Settings) -> Flask:
    """The application for these settings, ready to serve."""
    app = LoggedFlask(
        "referral",
        root_path=str(Path(__file__).parent),
        template_folder=ROOT / "templates",
        static_folder=None,  # see web/assets.py
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        WTF_CSRF_SECRET_KEY=[*reversed(settings.secret_key_fallbacks), settings.secret_key],
        LINK_KEYS=settings.link_keys,
        AUDIT_KEY=settings.audit_key,
        PRODUCTION=settings.production,
        AUDIT_KEY_FALLBACKS=settings.audit_key_fallbacks,
        PUBLIC_URL=settings.public_url,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_SECURE=settings.production,
        # a browser takes this name only from this very host over https, so nobody can plant it
        SESSION_COOKIE_NAME="__Host-session" if settings.production else "session",
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=256 * 1024,
        SECOND_FACTOR_REQUIRED=settings.second_factor_required,
        DATA_KEYS=settings.data_keys,
        WTF_CSRF_SSL_STRICT=False,  # no Referer is asked for: the origin is checked instead
        WTF_CSRF_TIME_LIMIT=None,  # a form left open through the night is not thrown away
    )
    if settings.database_url.startswith("sqlite:///"):
        folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
        folder.mkdir(parents=True, exist_ok=True)
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), govuk])
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    log_requests(app)  # first, so that what is refused below has its number and its line too
    app.before_request(check_origin)
    csrf = CSRFProtect(app)
    _know_users(app, settings)
    app.extensions["settings"] = settings
    app.extensions["asks_whether_demo"] = is_demo
    LEAVING.joined_by(take_back)
    MOVED.joined_by(write_anew)
    CLOSED.joined_by(hand_on_anew)
    ADDRESS_TYPED.joined_by(ask_for)
    for chapter in (
        accounts,
        locks,
        entry,
        credentials,
        addresses,
        directory,
        loading,
        needs,
        plans,
        changes,
        handoff,
        followup,
        inbox,
        taken_back,
        escalation,
        outreach,
        leave,
        saved,
        alerts,
        words,
        desk,
        drafts,
        stays,
        who,
        health,
        registers,
        sheets,
        casefile,
        owners,
        calendars,
        notes,
        case_paper,
        news,
        promised,
        doors,
        along,
        oversight,
        joining,
        parting,
        history,
        reports,
        editions,
        official,
        jobs,
        messages,
        answers,
        own,
        stopping,
        reaching,
        worth,
    ):
        app.register_blueprint(chapter.blueprint)
    for more in (
        letters.letters,
        printed.cards,
        printed.of_case,
        tongues.blueprint,
        tours.blueprint,
    ):
        app.register_blueprint(more)
    csrf.exempt(answers.blueprint)  # the link is what no other site can know
    csrf.exempt(worth.blueprint)
    put_to_work(app, settings)
    _publish(app, csrf)
    dress(app)
    answer_refusals(app)
    _add_probes(app)
    serve_assets(app)
    compress_pages(app)
    app.after_request(harden)
    serve(app)
    app.before_request(_give_back)
    if hops := settings.trusted_proxies:  # else tries would be counted against the proxy's address
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops)  # type: ignore[method-assign]
    for group in GROUPS:
        app.cli.add_command(group)
    return app


def _publish(app: Flask, csrf: CSRFProtect) -> None:
    documents = publish(app)
    documents.register_blueprint(api.blueprint)
    csrf.exempt(api.blueprint)  # it shows a token, which no other site can make a browser send
    openapi = app.view_functions["api-docs.openapi_json"]
    app.view_functions["api-docs.openapi_json"] = public(lambda: app.ensure_sync(openapi)())
    app.extensions["api_documents"] = documents


def _give_back() -> None:
    """Fetch what had been typed when a sign-in ended mid-form, for the page that shows it again."""
    if way_back.waits() and signed_in():
        with writing():
            way_back.give_back(acting().user_id, now())


def _touch_due(at: datetime) -> bool:
    touched = session.get("touched", 0)
    return "token" in session and at.timestamp() - float(touched) > TOUCH_EVERY.total_seconds()


def _know_users(app: Flask, settings: Settings) -> None:
    login = LoginManager(app)
    login.unauthorized_handler(entry.to_the_door)
    patience = Patience(
        timedelta(minutes=settings.idle_minutes),
        timedelta(minutes=settings.desk_idle_minutes),
        timedelta(minutes=settings.session_minutes),
    )

    @login.request_loader
    def load(_: object) -> SignIn | ApiToken | None:
        if for_programs():  # with a token only: by a cookie other sites could act in a browser
            scheme, _, text = request.headers.get("Authorization", "").partition(" ")
            good = scheme == "Bearer" and text.startswith("ar_")
            return live_token(text, now()) if good else None
        if not (token := session.get("token")):
            return None
        at = now()
        found = live_sign_in(str(token), at, patience)
        if found and _touch_due(at):
            session["touched"] = at.timestamp()
            _touch(found, at)
        return found


def _touch(sign_in: SignIn, at: datetime) -> None:
    """Note that somebody is still there. If others are writing, it can wait a minute."""
    try:
        with writing():
            sign_in.seen_at = at
    except DBAPIError as error:
        if not is_busy(error):
            raise


def _add_probes(app: Flask) -> None:
    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        if not is_migrated():
            return {"status": "not migrated"}, 503
        rounds = app.extensions["work"].rhythms
        return {"status": "ok", "worker_lately": worked_lately(rounds, now())}

    for view in (healthz, readyz):
        view.permission = None  # type: ignore[attr-defined]
