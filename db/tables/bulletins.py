"""Tables of what the office has published: once written, never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Table


class PublishedBulletinRow(Table):
    """通报, frozen. `number` 1 is the bulletin of its period, greater ones are corrections (更正) of it. `facts` are
    the counts, sums, letters and names it said, `files` the SHA-256 of each paper by its name; `command` is what
    was typed."""

    __tablename__ = "published_bulletins"
    __table_args__ = (UniqueConstraint("site_id", "period", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    period: Mapped[str]
    number: Mapped[int]
    as_of: Mapped[date]
    published_at: Mapped[datetime]
    command: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    files: Mapped[dict[str, str]] = mapped_column(JSON)
