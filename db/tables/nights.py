"""The table of the service's nights."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Table


class NightRow(Table):
    """One night of the service: claimed by the one process that inserts it."""

    __tablename__ = "nights"
    night: Mapped[date] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    claimed_by: Mapped[str]
    attempts: Mapped[int]
    finished_at: Mapped[datetime | None]
    note: Mapped[str | None]
