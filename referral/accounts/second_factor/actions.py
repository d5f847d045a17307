"""Set up a second factor, ask for it, renew its recovery codes, and remove it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from referral.accounts.second_factor.totp import is_code, new_recovery_code, plain, step_of
from referral.accounts.users.actions import (
    end_sign_ins,
    let_on,
    note_failure,
    rests,
)
from referral.accounts.users.models import RecoveryCode, SecondFactor, SignIn, Stage, User
from referral.accounts.users.passwords import hash_of, matches
from referral.accounts.users.refusals import WrongPassword
from referral.audit.trail import Tag, record
from referral.db import db
from referral.errors import RuleBroken
from referral.web.sealing import seal, unseal

AT_REST = "second factor"
CODES = 10
WRONG_IN_A_ROW = 50  # NIST SP 800-63B allows no more than a hundred


class CodeRefused(RuleBroken):
    """That code is wrong or already used, or there were too many tries. Wait for a new code."""


class NotSetUp(RuleBroken):
    """Your app shows a different code now. Wait for the next one and try again."""


class SetUpAlready(RuleBroken):
    """You have already set up an app. Go on to sign in."""


@dataclass(frozen=True)
class SetUpDetails:
    """The secret that was offered, the code that the app makes of it, and for who is in already
    the password again."""

    secret: str
    code: str
    password: str = ""


def set_up(row: SignIn, details: SetUpDetails, at: datetime) -> tuple[str, list[str]]:
    """Set up the app; returns a new token for this sign-in, and the recovery codes.

    All other sign-ins end. Raises WrongPassword, SetUpAlready, NotSetUp.
    """
    user = row.user
    db.session.refresh(user, with_for_update={"of": User})  # so that a twin of this waits here
    if row.stage == Stage.OPEN:
        _prove(user, details.password)
    if db.session.get(SecondFactor, user.id):
        raise SetUpAlready
    step = step_of(details.secret, plain(details.code), at, after=0)
    if step is None:
        raise NotSetUp
    sealed = seal(AT_REST, f"{user.id} {details.secret}")
    db.session.add(SecondFactor(user_id=user.id, secret=sealed, last_step=step, set_up_at=at))
    record(Tag.FACTOR_SET_UP, user.actor, at, record_id=user.id)
    codes = _new_codes(user, at)
    end_sign_ins(user, at)
    row.ended_at = None
    return let_on(row, Stage.OPEN, at), codes


def answer(row: SignIn, typed: str, address: str, at: datetime) -> str | None:
    """The token of a sign-in whose second factor was right, or None when it is refused.

    Takes a code of the app, each one once, or one of the recovery codes, which is spent.
    The caller commits either way, so that a refusal is counted.
    """
    user = row.user
    db.session.refresh(user, with_for_update={"of": User})  # one code at a time
    if rests(user, at) or not _is_right(user, plain(typed), at):
        note_failure(user, address, at)
        record(Tag.FACTOR_REFUSED, user.actor, at)
        return None
    return let_on(row, Stage.OPEN, at)


def renew_codes(user: User, password: str, at: datetime) -> list[str]:
    """New recovery codes in place of the earlier ones. Raises WrongPassword."""
    _prove(user, password)
    return _new_codes(user, at)


def remove(user: User, password: str, at: datetime) -> None:
    """Remove the app and its codes; all sign-ins end. Raises WrongPassword."""
    _prove(user, password)
    forget(user, at)
    record(Tag.FACTOR_REMOVED, user.actor, at, record_id=user.id)


def _is_right(user: User, typed: str, at: datetime) -> bool:
    factor = db.session.get(SecondFactor, user.id, with_for_update=True)
    if factor is None or factor.wrong >= WRONG_IN_A_ROW:
        return False
    if is_code(typed):
        owner, _, secret = (unseal(AT_REST, factor.secret) or "").partition(" ")
        step = step_of(secret, typed, at, after=factor.last_step) if owner == str(user.id) else None
        right = step is not None
        factor.last_step = step or factor.last_step
    else:
        right = _spend_recovery_code(user, typed, at)
    factor.wrong = 0 if right else factor.wrong + 1
    return right


def _spend_recovery_code(user: User, typed: str, at: datetime) -> bool:
    spent = delete(RecoveryCode).where(
        RecoveryCode.user_id == user.id, RecoveryCode.code_hash == hash_of(typed)
    )
    if db.session.execute(spent.returning(RecoveryCode.id)).first() is None:
        return False
    record(Tag.RECOVERY_CODE_USED, user.actor, at, record_id=user.id)
    return True


def _new_codes(user: User, at: datetime) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [new_recovery_code() for _ in range(CODES)]
    hashes = [hash_of(plain(code)) for code in codes]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=text) for text in hashes)
    record(Tag.RECOVERY_CODES_MADE, user.actor, at, record_id=user.id)
    return codes


def _prove(user: User, password: str) -> None:
    if not matches(user.password_hash, password):
        raise WrongPassword


def forget(user: User, at: datetime) -> None:
    """Delete the app and the recovery codes; all sign-ins end. The caller records why."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    end_sign_ins(user, at)
