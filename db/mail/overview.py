"""The outbox as it is shown: mails with their addresses, and what became of each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, select

from db.readings import site_id_of
from db.tables.mail import DeliveryRow, MailRow

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
