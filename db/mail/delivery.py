"""Sending from the outbox, one transaction a step: claim, hand over, settle.

Only one sender works on a site's outbox at a time (the caller holds its lock). Should one that was given up for dead
wake up again, its attempt is out of date and it is refused the next step."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, exists, select, update

from db.readings import site_id_of
from db.tables.mail import DeliveryRow, DeliveryState, MailRow, MailState


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this sender, and no other, may carry; `addresses` are those still to be served."""

    id: int
    attempt: int
    recipient: str
    message_id: str
    subject: str
    text: str
    html: str
    composed_at: datetime
    everyone: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one address."""

    address: str
    state: DeliveryState
    code: int | None = None
    text: str = ""


def queued(engine: Engine, site_key: str) -> list[tuple[int, str]]:
    """Id and recipient of the mails that wait, the oldest first."""
    waiting = (MailRow.site_id == site_id_of(site_key), MailRow.state == MailState.QUEUED.value)
    with engine.connect() as connection:
        rows = connection.execute(select(MailRow.id, MailRow.recipient).where(*waiting).order_by(MailRow.id))
        return [(row.id, row.recipient) for row in rows]


def claim(engine: Engine, mail: int) -> Claimed | None:
    """Takes a waiting mail, before anything is said to a server; None where another took it."""
    with engine.begin() as connection:
        waiting = (MailRow.id == mail, MailRow.state == MailState.QUEUED.value)
        values = {"state": MailState.SENDING.value, "attempt": MailRow.attempt + 1}
        if connection.execute(update(MailRow).where(*waiting).values(**values)).rowcount != 1:
            return None
        row = connection.execute(select(MailRow.__table__).where(MailRow.id == mail)).one()
        addresses = connection.execute(
            select(DeliveryRow.address, DeliveryRow.state)
            .where(DeliveryRow.mail_id == mail)
            .order_by(DeliveryRow.id)
        ).all()
    names = ("id", "attempt", "recipient", "message_id", "subject", "text", "html", "composed_at")
    return Claimed(
        **{name: getattr(row, name) for name in names},
        everyone=tuple(each.address for each in addresses),
        addresses=tuple(each.address for each in addresses if each.state == DeliveryState.QUEUED.value),
    )


def hand_over(engine: Engine, claimed: Claimed, answers: Sequence[Answer], moment: datetime) -> bool:
    """Writes down, before the mail's last byte goes out, that it may have gone. False: it must not go."""
    with _lasting(engine) as connection:
        values = {"state": MailState.HANDED.value, "handed_at": moment}
        if not _step(connection, claimed, MailState.SENDING, values):
            return False
        _write_answers(connection, claimed.id, answers, moment)
    return True


def settle(engine: Engine, claimed: Claimed, answers: Sequence[Answer], moment: datetime) -> None:
    """Writes down what the server said; addresses put off leave the mail waiting for the next run."""
    states = {answer.state for answer in answers}
    state = MailState.DONE
    if DeliveryState.UNKNOWN in states:
        state = MailState.UNKNOWN
    elif DeliveryState.QUEUED in states:
        state = MailState.QUEUED
    with _lasting(engine) as connection:
        mine = (MailRow.id == claimed.id, MailRow.attempt == claimed.attempt)
        values = {"state": state.value, "settled_at": moment, "note": ""}
        if connection.execute(update(MailRow).where(*mine).values(**values)).rowcount != 1:
            return
        _write_answers(connection, claimed.id, answers, moment)
        if state is MailState.QUEUED:
            _unhand(connection, claimed.id)


def put_back(engine: Engine, claimed: Claimed, why: str) -> None:
    """The mail surely did not go: it waits again, with the reason."""
    with engine.begin() as connection:
        _step(connection, claimed, MailState.SENDING, {"state": MailState.QUEUED.value, "note": why})


@contextmanager
def _lasting(engine: Engine) -> Iterator[Connection]:
    """A transaction that outlives a power cut too: elsewhere SQLite may lose the last ones, which here would send
    a mail twice."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA synchronous=FULL")
        yield connection


def _step(connection: Connection, claimed: Claimed, before: MailState, values: dict[str, Any]) -> bool:
    """One step of a mail that is still this sender's."""
    mine = (MailRow.id == claimed.id, MailRow.attempt == claimed.attempt, MailRow.state == before.value)
    return connection.execute(update(MailRow).where(*mine).values(**values)).rowcount == 1


def _unhand(connection: Connection, mail: int) -> None:
    """A mail that waits and that nobody has is as good as new."""
    had = (DeliveryState.ACCEPTED.value, DeliveryState.UNKNOWN.value)
    somebody = exists().where(DeliveryRow.mail_id == mail, DeliveryRow.state.in_(had))
    connection.execute(update(MailRow).where(MailRow.id == mail, ~somebody).values(handed_at=None))


def _write_answers(connection: Connection, mail: int, answers: Iterable[Answer], moment: datetime) -> None:
    for answer in answers:
        values = {"state": answer.state.value, "code": answer.code, "answer": answer.text, "at": moment}
        of_address = (DeliveryRow.mail_id == mail, DeliveryRow.address == answer.address)
        connection.execute(update(DeliveryRow).where(*of_address).values(**values))
