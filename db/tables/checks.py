"""Tables of what is checked beside the crawl: whether the home page opens, whether the links of the home page and of postings do, and
new-media accounts (政务新媒体, imported from CSV)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Address, Table


class ProbeRow(Table):
    """探测: one look at the home page, or at a neutral host that tells whether our own network works. `day` is the
    day (Asia/Shanghai) it stands for, `seconds` the time until the answer was whole; `status` is empty where no
    answer came, `error` then says why."""

    __tablename__ = "probes"
    __table_args__ = (Index("ix_probes_day", "site_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    day: Mapped[date]
    url: Mapped[Address]
    moment: Mapped[datetime]
    seconds: Mapped[float]
    status: Mapped[int | None]
    error: Mapped[str]
    neutral: Mapped[bool]


class OutboundLinkRow(Table):
    """One address on another site that postings link to; `dead_nights` is on how many nights running it did not
    open, 0 while it opens."""

    __tablename__ = "outbound_links"
    __table_args__ = (UniqueConstraint("site_id", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[Address]
    dead_nights: Mapped[int]
    tried_on: Mapped[date]


class HomeLinkRow(Table):
    """One address that the home page linked to when it was last seen there, on `seen_on`, and the link's text there.
    `missing_nights`: on how many of the nights on which it was asked for, running, the server said that it is not there;
    `tried_on`: the last of them (None: never)."""

    __tablename__ = "home_links"
    __table_args__ = (UniqueConstraint("site_id", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[Address]
    text: Mapped[str]
    seen_on: Mapped[date]
    tried_on: Mapped[date | None]
    missing_nights: Mapped[int]


class AccountRow(Table):
    """One account; its posts are known from `since` to `until`. `interactive`: it can be written to (None: not told)."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("site_id", "platform", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    platform: Mapped[str]
    name: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    interactive: Mapped[bool | None]


class AccountUpdateRow(Table):
    """How many posts an account made on a day; how many comments citizens left on it, and how many of these were answered
    (None: not told)."""

    __tablename__ = "account_updates"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    posts: Mapped[int]
    comments: Mapped[int | None]
    answered: Mapped[int | None]
