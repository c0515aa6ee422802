"""The log of what users did: rows are added, and the database refuses to change or remove one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from db.tables.users import ChangeRow

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Change:
    """`who` did `action` to what `about` names."""

    moment: datetime
    who: str
    action: str
    about: str


def log_change(connection: Connection, change: Change) -> None:
    values = {"moment": change.moment, "who": change.who, "action": change.action, "about": change.about}
    connection.execute(insert(ChangeRow).values(values))


def changes(connection: Connection, most: int = MOST_SHOWN) -> Sequence[Change]:
    """The last changes, the newest first."""
    rows = connection.execute(select(ChangeRow.__table__).order_by(ChangeRow.id.desc()).limit(most))
    return [Change(row.moment, row.who, row.action, row.about) for row in rows]
