"""Tables of what was seen: crawls, visits, readings, postings, letters; and the nights on which the service ran them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.masked_types import MaskedJson
from db.tables.metadata import Address, Key, Table


class CrawlRow(Table):
    """One run over a site. `as_of` is the day it stands for; `unit_id` is set for an audit of one unit;
    `finished_at` stays empty if it was killed. `clock_off`: by so many seconds our clock stood before the servers' (behind
    them: less than nothing), so that `as_of` is wrong and nothing was entered; empty on every other crawl."""

    __tablename__ = "crawls"
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    as_of: Mapped[date]
    since: Mapped[date]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    clock_off: Mapped[int | None]


class SnapshotRow(Table):
    """快照: one kept page. `sha256` is of the body as received, `file_sha256` of the file that keeps it,
    `path` is within the evidence folder. `pruned_on`: dropped by policy, nothing leans on it."""

    __tablename__ = "snapshots"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[Address]
    path: Mapped[Key] = mapped_column(unique=True)
    sha256: Mapped[Key]
    file_sha256: Mapped[Key]
    bytes: Mapped[int]
    fetched_at: Mapped[datetime]
    pruned_on: Mapped[date | None]


class VisitRow(Table):
    """访问: one reading of one page; `snapshot_id` is what came, kept (empty for a 304 or no answer), `page_number`
    its place in the list, `row_count` the entries on it, `meta_names` the META tags of a column's first page that
    carry a value, in lower case (empty: the page did not come)."""

    __tablename__ = "visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"), index=True)
    column_id: Mapped[int | None] = mapped_column(ForeignKey("columns.id"))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailboxes.id"))
    url: Mapped[Address]
    page_number: Mapped[int]
    outcome: Mapped[Key]
    cause: Mapped[str]
    status: Mapped[int | None]
    row_count: Mapped[int]
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"))
    fetched_at: Mapped[datetime]
    meta_names: Mapped[list[str] | None] = mapped_column(MaskedJson)


class ReadingRow(Table):
    """通读: one column or mailbox as one crawl saw it, written when its last page was.

    `standing` is `outcome` with `unchanged` resolved to what it repeats. `covered_whole`: the list is known to
    its very end; else it is known whole from the day `covered_since` on (empty: not at all). `read_through_on` is the
    last day on which it was read through page by page, `proof_crawl_id` the crawl whose pages say what this reading
    says; `undated` rows show no day. `witness` (`rules.vocabulary.terms.Witness`) proves that the list was seen as far as it
    says; `row_count` different rows were met; `template` is the make of the rows' place, and `page_size` how many rows one
    page of it holds (empty: it showed no second page; of a short_list, its siblings'). `etag`, `last_modified`,
    `fingerprint` and `body_sha256` (its bytes) are its first page's."""

    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint("(column_id IS NULL) <> (mailbox_id IS NULL)", name="one_subject"),
        Index("ix_readings_column", "column_id", "as_of", "id"),
        Index("ix_readings_mailbox", "mailbox_id", "as_of", "id"),
        UniqueConstraint("crawl_id", "column_id"),
        UniqueConstraint("crawl_id", "mailbox_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"))
    column_id: Mapped[int | None] = mapped_column(ForeignKey("columns.id"))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailboxes.id"))
    as_of: Mapped[date]
    outcome: Mapped[Key]
    standing: Mapped[Key]
    cause: Mapped[str]
    covered_whole: Mapped[bool]
    covered_since: Mapped[date | None]
    read_through_on: Mapped[date | None]
    proof_crawl_id: Mapped[int | None]
    stated_total: Mapped[int | None]
    pages: Mapped[int]
    undated: Mapped[int] = mapped_column(default=0)
    witness: Mapped[Key] = mapped_column(default="")
    row_count: Mapped[int] = mapped_column(default=0)
    page_size: Mapped[int | None]
    template: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    fingerprint: Mapped[Key | None]
    body_sha256: Mapped[Key | None]


class PostingRow(Table):
    """信息: one entry under a column. `identity` is what told it from the others when it was first seen: its address without
    scheme and session, with title and day where others bear that too, or where it has none; it stays whatever becomes of
    the address (`crawler.listing.identities`). `withdrawn_on`: the first day a full reading no longer held it. `unit_id` is
    whose it is in a shared column. `doubted_day`: another day that most rows of its list showed overnight, until a second
    night says the same. `detail_snapshot_id`: its own page, where that told the day or the unit and the list
    row did not."""

    __tablename__ = "postings"
    __table_args__ = (
        UniqueConstraint("column_id", "identity"),
        Index("ix_postings_day", "column_id", "published"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int] = mapped_column(ForeignKey("columns.id"))
    identity: Mapped[Address]
    title: Mapped[str]
    url: Mapped[Address | None]
    published: Mapped[date | None]
    doubted_day: Mapped[date | None]
    source: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    first_seen: Mapped[date]
    last_seen: Mapped[date]
    first_visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    last_crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"))
    withdrawn_on: Mapped[date | None]
    detail_snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"))


class LetterRow(Table):
    """信件. Dates are days; texts are kept with personal numbers masked. `accepted` is the day of 受理;
    `unanswered_on` the last on which a page showed that there was no answer (None: no page ever did); `extended_on` and
    `suspended_on` the last on which it showed that the time for it was prolonged or stood still. `kind` and `deadline` (the
    time for its answer) are as printed. From `thinned_on` on its texts are gone (`db.recording.retention`): "" where one
    was, None where none was ever read."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("mailbox_id", "identity"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"))
    identity: Mapped[Address]
    number: Mapped[str | None]
    subject: Mapped[str]
    url: Mapped[Address | None]
    unit_name: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    received: Mapped[date | None]
    accepted: Mapped[date | None]
    answered: Mapped[date | None]
    unanswered_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    suspended_on: Mapped[date | None]
    kind: Mapped[str | None]
    deadline: Mapped[str | None]
    status: Mapped[str | None]
    question: Mapped[str | None]
    answer: Mapped[str | None]
    answer_unread: Mapped[bool | None]
    thinned_on: Mapped[date | None]
    first_seen: Mapped[date]
    last_seen: Mapped[date]
    last_crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"))


class NightRow(Table):
    """One night of the service: claimed by the one process that inserts it."""

    __tablename__ = "nights"
    night: Mapped[date] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    claimed_by: Mapped[str]
    attempts: Mapped[int]
    finished_at: Mapped[datetime | None]
    note: Mapped[str | None]
