"""At most one crawl a site and one service a database, whoever starts them: the lock dies with its holder."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from db.connect import sqlite_path
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
        lock = FileLock(f"{path}.{name}.lock")
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
