"""At most one crawl a site and one service a database, whoever starts them: the lock dies with its holder. And nights of the
service: each is claimed by one process, once, and a claim outlives its process."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from db.connect import sqlite_path
from db.private_files import FILE
from db.tables.crawl import NightRow
from rules.errors import SiteBusy

CLASS = 4711


@contextmanager
def hold(engine: Engine, name: str, busy: str) -> Iterator[None]:
    """Holds the lock `name` of this database; raises SiteBusy with the sentence `busy` where it is taken."""
    path = sqlite_path(engine)
    if engine.dialect.name == "postgresql":
        with _advisory(engine, name, busy):
            yield
    elif path is None:
        yield
    else:
        lock = FileLock(f"{path}.{name}.lock", mode=FILE)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise SiteBusy(busy) from None
        try:
            yield
        finally:
            lock.release()


@contextmanager
def _advisory(engine: Engine, name: str, busy: str) -> Iterator[None]:
    key = {"class": CLASS, "key": zlib.crc32(name.encode()) - 2**31}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:class, :key)"), key):
            raise SiteBusy(busy)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:class, :key)"), key)


MOST_ATTEMPTS = 2


def claim_night(engine: Engine, night: date, now: datetime, who: str, *, again: bool = False) -> bool:
    """True for the one caller who may run this night. `again`: a night whose run was cut off may be claimed
    once more, by a caller that holds the service's lock, which its dead holder no longer does."""
    claim = {"claimed_at": now, "claimed_by": who}
    try:
        with engine.begin() as connection:
            connection.execute(insert(NightRow).values(night=night, attempts=1, **claim))
        return True
    except IntegrityError:
        if not again:
            return False
    cut_off = (NightRow.night == night, NightRow.finished_at.is_(None), NightRow.attempts < MOST_ATTEMPTS)
    with engine.begin() as connection:
        once_more = update(NightRow).where(*cut_off).values(attempts=NightRow.attempts + 1, **claim)
        return connection.execute(once_more).rowcount == 1


def finish_night(connection: Connection, night: date, now: datetime, note: str) -> None:
    connection.execute(update(NightRow).where(NightRow.night == night).values(finished_at=now, note=note))


def release_night(connection: Connection, night: date) -> None:
    """Takes a claim back, as if it had not been made."""
    connection.execute(delete(NightRow).where(NightRow.night == night))


def last_finished(connection: Connection) -> date | None:
    """The newest night, if it is finished."""
    newest = connection.execute(
        select(NightRow.night, NightRow.finished_at).order_by(NightRow.night.desc())
    ).first()
    return newest.night if newest and newest.finished_at else None


def begin_service(engine: Engine, night: date, now: datetime, who: str) -> None:
    """A first start owes no night from before it: the one just past is entered as not missed."""
    with engine.begin() as connection:
        if connection.scalar(select(func.count()).select_from(NightRow)):
            return
        claim = {"claimed_at": now, "claimed_by": who, "attempts": 0}
        note = "服务首次启动，此前的夜间任务不补"
        connection.execute(insert(NightRow).values(night=night, finished_at=now, note=note, **claim))
