"""Tables of new-media accounts (政务新媒体), imported from CSV."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Table


class AccountRow(Table):
    """One account; its posts are known from `since` to `until`."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("site_id", "platform", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    platform: Mapped[str]
    name: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]


class AccountUpdateRow(Table):
    """How many posts an account made on a day."""

    __tablename__ = "account_updates"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    posts: Mapped[int]
