"""Looking after the outbox: putting mails in, picking up after a crash, dropping what is out of date, a person's word on a
mail of which nothing is known, and the list of what became of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, exists, insert, select, update

from db.readings import site_id_of
from db.tables.mail import DeliveryRow, DeliveryState, MailRow, MailState, NotificationRow
from rules.alerting import Mark

GIVE_UP_AFTER = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Said:
    """A notification to be written down with its mail; see `db.tables.mail.NotificationRow`."""

    finding: int
    unit: str
    opened_on: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it goes in."""

    recipient: str
    message_id: str
    subject: str
    text: str
    html: str
    addresses: tuple[str, ...]
    said: tuple[Said, ...] = ()


def put_in(
    connection: Connection, site_key: str, day: date, moment: datetime, letters: Iterable[Letter]
) -> None:
    """Writes the mails of a day, which must not be there yet, with their addresses and what they say. They say all
    that still holds of earlier ones to the same recipients."""
    for letter in letters:
        doubtful = (MailRow.site_id == site_id_of(site_key), MailRow.state == MailState.UNKNOWN.value)
        restated = {"state": MailState.RESTATED.value, "settled_at": moment}
        connection.execute(
            update(MailRow).where(*doubtful, MailRow.recipient == letter.recipient).values(**restated)
        )
        written = {
            "recipient": letter.recipient, "day": day, "message_id": letter.message_id, "subject": letter.subject,
            "text": letter.text, "html": letter.html, "composed_at": moment,
        }  # fmt: skip
        new = insert(MailRow).values(
            site_id=site_id_of(site_key), state=MailState.QUEUED.value, attempt=0, note="", **written
        )
        mail = connection.execute(new.returning(MailRow.id)).scalar_one()
        queued = {"mail_id": mail, "state": DeliveryState.QUEUED.value, "answer": ""}
        connection.execute(insert(DeliveryRow), [queued | {"address": each} for each in letter.addresses])
        if letter.said:
            told = [
                {"mail_id": mail, "finding_id": s.finding, "unit": s.unit, "opened_on": s.opened_on, "mark": s.mark.value}
                for s in letter.said
            ]  # fmt: skip
            connection.execute(insert(NotificationRow), told)


def pick_up(engine: Engine, site_key: str, moment: datetime) -> list[int]:
    """After a crash: what was surely not handed over waits again; what may have been is 不明. Returns the ids of
    the latter."""
    of_site = MailRow.site_id == site_id_of(site_key)
    with engine.begin() as connection:
        half_way = (of_site, MailRow.state == MailState.SENDING.value)
        connection.execute(update(MailRow).where(*half_way).values(state=MailState.QUEUED.value))
        handed = select(MailRow.id).where(of_site, MailRow.state == MailState.HANDED.value)
        doubtful = list(connection.scalars(handed))
        for mail in doubtful:
            _put_deliveries(connection, mail, DeliveryState.HANDED, DeliveryState.UNKNOWN, moment)
            _put_mail(connection, mail, MailState.UNKNOWN, moment)
    return doubtful


def drop_unsent(connection: Connection, site_key: str, day: date, moment: datetime) -> None:
    """Mails of earlier days that no server has seen are not sent any more: what they said may be out of date, and
    what still holds is said by the next one. Addresses put off for days are given up."""
    tried = exists().where(DeliveryRow.mail_id == MailRow.id, DeliveryRow.state != DeliveryState.QUEUED.value)
    waiting = (MailRow.site_id == site_id_of(site_key), MailRow.state == MailState.QUEUED.value)
    unseen = (*waiting, MailRow.day < day, MailRow.handed_at.is_(None), ~tried)
    dropped = {"state": MailState.DROPPED.value, "settled_at": moment}
    connection.execute(update(MailRow).where(*unseen).values(**dropped))
    for mail in connection.scalars(
        select(MailRow.id).where(*waiting, MailRow.composed_at < moment - GIVE_UP_AFTER)
    ).all():
        _put_deliveries(connection, mail, DeliveryState.QUEUED, DeliveryState.GIVEN_UP, moment)
        _put_mail(connection, mail, MailState.DONE, moment)


def resolve(connection: Connection, site_key: str, mail: int, *, arrived: bool, moment: datetime) -> bool:
    """A person's word on a mail of which nothing is known: it arrived, or it is to be sent again (under the same
    Message-ID). False where there is no such mail."""
    doubtful = (MailRow.site_id == site_id_of(site_key), MailRow.state == MailState.UNKNOWN.value)
    found = connection.scalar(select(MailRow.id).where(MailRow.id == mail, *doubtful))
    if found is None:
        return False
    to = DeliveryState.ACCEPTED if arrived else DeliveryState.QUEUED
    _put_deliveries(connection, mail, DeliveryState.UNKNOWN, to, moment)
    # Other addresses may have been put off before: they are still owed.
    owed = exists().where(DeliveryRow.mail_id == mail, DeliveryRow.state == DeliveryState.QUEUED.value)
    state = MailState.QUEUED if connection.scalar(select(owed)) else MailState.DONE
    _put_mail(connection, mail, state, moment)
    return True


def _put_mail(connection: Connection, mail: int, state: MailState, moment: datetime) -> None:
    connection.execute(update(MailRow).where(MailRow.id == mail).values(state=state.value, settled_at=moment))


def _put_deliveries(
    connection: Connection, mail: int, before: DeliveryState, after: DeliveryState, moment: datetime
) -> None:
    of_mail = (DeliveryRow.mail_id == mail, DeliveryRow.state == before.value)
    connection.execute(update(DeliveryRow).where(*of_mail).values(state=after.value, at=moment))


MOST = 500


def deliveries_of(engine: Engine, site_key: str, mails: Sequence[int] | None = None) -> list[Any]:
    """An address a row, the latest mail last: of all mails (the last MOST rows), or of those with these ids. A row has
    what `MailRow` has, and of the delivery `address`, `code`, `answer`, `at` and, as `delivery`, its state."""
    wanted = [MailRow.id.in_(mails)] if mails is not None else []
    delivery = (DeliveryRow.address, DeliveryRow.code, DeliveryRow.answer, DeliveryRow.at)
    rows = (
        select(MailRow.__table__, *delivery, DeliveryRow.state.label("delivery"))
        .join(DeliveryRow, DeliveryRow.mail_id == MailRow.id)
        .where(MailRow.site_id == site_id_of(site_key), *wanted)
        .order_by(MailRow.id.desc(), DeliveryRow.id.desc())
        .limit(MOST)
    )
    with engine.connect() as connection:
        return list(reversed(connection.execute(rows).all()))
