"""Tables of what was opened: postings' own pages, and the site's home page."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.masked_types import MaskedJson
from db.tables.metadata import Key, Table


class ArticleRow(Table):
    """一条信息自己的页面, as last opened. `facts` holds what rules look at besides: lists of annexes promised,
    files not scanned, personal numbers (masked only), links to other sites, META tags. Days: `shown` on the page, `meta`
    of its META tag, `signed` (成文日期) in its text, `published` the one that counts. `length` is in characters of the
    body, `signature` its MinHash (`rules.scanners.similarity`)."""

    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), unique=True)
    looked_on: Mapped[date]
    outcome: Mapped[Key]
    cause: Mapped[str]
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"))
    title: Mapped[str | None]
    published: Mapped[date | None]
    shown: Mapped[date | None]
    meta: Mapped[date | None]
    signed: Mapped[date | None]
    source: Mapped[str | None]
    document_number: Mapped[str | None]
    length: Mapped[int]
    pictures: Mapped[int]
    embedded: Mapped[int]
    attachments: Mapped[int]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    facts: Mapped[dict[str, Any]] = mapped_column(MaskedJson)


class HomePageRow(Table):
    """The home page as one crawl saw it: the newest day it shows, whose page it says it is, and its META tags with a value
    (names in lower case; null: not seen). The `cause` of one that was read: scripts may show newer rows. `undated`: its titles without
    a day, as digests of their addresses (null: not looked at). `footer`: what its foot names (`rules.scanners.footer`; null: no foot
    was seen, or scripts may still write one)."""

    __tablename__ = "home_pages"
    __table_args__ = (UniqueConstraint("crawl_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    as_of: Mapped[date]
    outcome: Mapped[Key]
    cause: Mapped[str]
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"))
    newest: Mapped[date | None]
    identity: Mapped[str]
    meta_names: Mapped[list[str] | None] = mapped_column(MaskedJson)
    undated: Mapped[list[str] | None] = mapped_column(MaskedJson)
    footer: Mapped[list[str] | None] = mapped_column(MaskedJson)
