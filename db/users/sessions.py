"""Sessions: a user signed in at one browser, found again by a cookie of which only the digest is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from db.tables.users import SessionRow, UserRow
from db.users.users import User, user_of

# Of a session that is not used, and of any.
IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)
# `used_at` is written once in so long, so that looking at pages is not writing.
TOUCHED = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """Who has signed in; `token` is what the session's forms carry."""

    user: User
    token: str
    used_at: datetime


def open_session(connection: Connection, user: User, moment: datetime) -> str:
    """Signs a user in and forgets sessions that are over. Returns the cookie."""
    connection.execute(delete(SessionRow).where(_over(moment)))
    cookie = secrets.token_urlsafe(32)
    values = {"token": secrets.token_urlsafe(32), "opened_at": moment, "used_at": moment}
    connection.execute(insert(SessionRow).values(digest=_digest(cookie), user_id=user.id, **values))
    return cookie


def session_of(connection: Connection, cookie: str, moment: datetime) -> Session | None:
    """The session of a cookie, unless it is over or its user was disabled."""
    row = connection.execute(
        select(UserRow.__table__, SessionRow.token, SessionRow.used_at)
        .join(SessionRow, SessionRow.user_id == UserRow.id)
        .where(SessionRow.digest == _digest(cookie), ~_over(moment), UserRow.disabled_at.is_(None))
    ).first()
    return Session(user_of(row), row.token, row.used_at) if row else None


def touch(connection: Connection, cookie: str, moment: datetime) -> None:
    """Notes that a session is in use."""
    connection.execute(update(SessionRow).where(SessionRow.digest == _digest(cookie)).values(used_at=moment))


def close_session(connection: Connection, cookie: str) -> None:
    connection.execute(delete(SessionRow).where(SessionRow.digest == _digest(cookie)))


def _digest(cookie: str) -> str:
    # The cookie is 256 random bits: nothing is gained by a slow hash.
    return hashlib.sha256(cookie.encode()).hexdigest()


def _over(moment: datetime) -> ColumnElement[bool]:
    return (SessionRow.used_at < moment - IDLE) | (SessionRow.opened_at < moment - LONGEST)
