"""The one way in for what was seen: a page is one transaction, and a page that was saved is never lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert

from db.readings import ids_by_key
from db.recording.closing import Close, held_back, values_of, with_days, withdraw
from db.recording.redated import Redating, begin_redating
from db.recording.retention import GONE, thinned_letters
from db.tables.crawl import CrawlRow, LetterRow, PostingRow, ReadingRow, SnapshotRow, VisitRow
from db.tables.site import ColumnRow, MailboxRow, UnitRow
from db.upsert import upsert, upsert_into
from rules.scanners.letter_status import LetterDelay, read_delay
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class Sighting:
    """A posting as seen: by a crawl, by the nights before, or by a proof. `unit` is the key of the unit it belongs to
    in a shared column; `detail`, its own page as kept, where that was asked for what its list row does not tell.
    `absurd`: the day is shown and is kept, but it orders nothing (far past, in the future, out of place). `told`: its
    own page was read, tonight or before, and kept."""

    identity: str
    title: str
    url: str | None
    published: date | None
    source: str | None = None
    unit: str | None = None
    detail: "Snapshot | None" = None
    absurd: bool = False
    told: bool = False

    @property
    def order_day(self) -> date | None:
        """The day by which it stands in its list, where that can be trusted."""
        return None if self.absurd else self.published

    @property
    def dated(self) -> bool:
        return self.published is not None


@dataclass(frozen=True, slots=True)
class LetterSighting:
    """A letter as seen on a page. `unit` is the key of the unit that answers, where it is one we know;
    `unanswered`: a page showed that there is no answer, which is more than that we read none. `answer_unread`: an answer,
    or part of it, stands where it is not read; None where nothing new was learnt. `order_day` is the day by which it
    stands in its list. `kind` and `deadline` are as printed; `delay` is what its own page says of the time for its
    answer, where the list's `status` says nothing of it."""

    identity: str
    subject: str
    url: str | None
    number: str | None = None
    unit_name: str | None = None
    unit: str | None = None
    received: date | None = None
    answered: date | None = None
    status: str | None = None
    question: str | None = None
    answer: str | None = None
    answer_unread: bool | None = None
    accepted: date | None = None
    unanswered: bool = False
    order_day: date | None = None
    kind: str | None = None
    deadline: str | None = None
    delay: LetterDelay | None = None

    @property
    def dated(self) -> bool:
        """A list of letters is no shorter for a letter without a day."""
        return True


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A kept page; see `db.tables.crawl.SnapshotRow`."""

    url: str
    path: str
    sha256: str
    file_sha256: str
    bytes: int
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One page of a column (`column` is its key) or of a mailbox, and the end of its reading if it was the
    last one."""

    url: str
    number: int
    outcome: Outcome
    fetched_at: datetime
    column: str | None = None
    mailbox: str | None = None
    cause: str = ""
    status: int | None = None
    snapshot: Snapshot | None = None
    postings: Sequence[Sighting] = field(default_factory=tuple)
    letters: Sequence[LetterSighting] = field(default_factory=tuple)
    tags: Sequence[str] | None = None
    close: Close | None = None


# Statements made once: composing one anew for every page costs more processor time than running it.
ENTER_VISIT = insert(VisitRow.__table__).returning(VisitRow.id)  # type: ignore[arg-type]
ENTER_READING = insert(ReadingRow.__table__)  # type: ignore[arg-type]


# What a posting's or a letter's row takes over each time it is seen, by the attribute's name; of LEARNT, what is not empty. A
# posting's day waits until its reading closes.
POSTING = ("identity", "title", "url", "source")
LETTER = ("subject", "url", "status")
LEARNT = (
    "number",
    "kind",
    "deadline",
    "unit_name",
    "received",
    "accepted",
    "answered",
    "question",
    "answer",
    "answer_unread",
)


class Recorder:
    """Writes one crawl. Ids of columns, mailboxes and units are looked up once."""

    def __init__(self, connection: Connection, site_key: str, crawl_id: int) -> None:
        self.crawl_id = crawl_id
        self.as_of: date = connection.scalars(select(CrawlRow.as_of).where(CrawlRow.id == crawl_id)).one()
        self.columns = ids_by_key(connection, ColumnRow, site_key)
        self.mailboxes = ids_by_key(connection, MailboxRow, site_key)
        self.units = ids_by_key(connection, UnitRow, site_key)
        held = connection.execute(
            select(PostingRow.column_id, PostingRow.withdrawn_on.is_(None)).distinct()
        ).all()
        # Only these know postings of the nights before, and only those of them that hold some can lose any.
        self.known = {column for column, _ in held}
        self.holding = {column for column, there in held if there}
        # Columns of which pages were saved and whose readings are not closed yet.
        self.redatings: dict[int, Redating] = {}

    def save(self, connection: Connection, page: PageSeen) -> PageSeen:
        """Saves a page: its visit, its postings or letters, and the reading it closes; returns the page with the reading
        as it was entered, which is held back where most of the column's postings are gone overnight."""
        column = self.columns[page.column] if page.column is not None else None
        mailbox = self.mailboxes[page.mailbox] if page.mailbox is not None else None
        values = {
            "crawl_id": self.crawl_id, "column_id": column, "mailbox_id": mailbox, "url": page.url, "page_number": page.number,
            "outcome": page.outcome.value, "cause": page.cause, "status": page.status,
            "row_count": len(page.postings) + len(page.letters), "fetched_at": page.fetched_at,
            "snapshot_id": keep_snapshot(connection, page.snapshot) if page.snapshot else None,
            "meta_names": list(page.tags) if page.tags is not None else None,
        }  # fmt: skip
        visit = connection.scalars(ENTER_VISIT, values).one()
        if page.postings and column is not None:
            self._save_postings(connection, column, visit, page.postings)
        if page.letters and mailbox is not None:
            self._save_letters(connection, mailbox, page.letters)
        if page.close and column is not None:
            page = replace(page, close=self._judged(connection, column, page.close))
        if page.close:
            self._close(connection, column, mailbox, page.close)
        return page

    def _judged(self, connection: Connection, column: int, close: Close) -> Close:
        """The reading as it is entered: held back where it shows too little, or other days, overnight."""
        if column in self.holding:
            close = held_back(connection, column, self.crawl_id, close, self.as_of)
        redating = self.redatings.pop(column, None)
        if redating is None:
            return close
        return with_days(connection, column, self.crawl_id, close, redating, self.as_of)

    def close(self, connection: Connection, column: str | None, mailbox: str | None, close: Close) -> None:
        """Closes the reading of a column or of a mailbox (its key) without a page of its own."""
        column_id = self.columns[column] if column is not None else None
        mailbox_id = self.mailboxes[mailbox] if mailbox is not None else None
        self._close(connection, column_id, mailbox_id, close)

    def _save_postings(
        self, connection: Connection, column: int, visit: int, seen: Sequence[Sighting]
    ) -> None:
        if column not in self.redatings:
            known = column in self.known
            self.redatings[column] = begin_redating(connection, column) if known else Redating({})
        for one in seen:
            self.redatings[column].show(one.identity, one.published)
        shared = self._seen_tonight() | {"column_id": column, "first_visit_id": visit, "withdrawn_on": None}
        rows = [
            {name: getattr(one, name) for name in (*POSTING, "published")}
            | {"unit_id": self.units[one.unit] if one.unit else None}
            | {"detail_snapshot_id": keep_snapshot(connection, one.detail) if one.detail else None}
            | shared
            for one in {one.identity: one for one in seen}.values()
        ]
        moved = (*POSTING[1:], "unit_id", "last_seen", "last_crawl_id", "withdrawn_on")
        upsert(connection, PostingRow, ("column_id", "identity"), moved, rows, ("detail_snapshot_id",))

    def _save_letters(self, connection: Connection, mailbox: int, seen: Sequence[LetterSighting]) -> None:
        shared = self._seen_tonight() | {"mailbox_id": mailbox}
        gone = thinned_letters(connection, mailbox)
        seen = [
            replace(one, subject=GONE, question=None, answer=None) if one.identity in gone else one
            for one in seen
        ]
        rows = [
            {name: getattr(one, name) for name in ("identity", *LETTER, *LEARNT)}
            | {"unit_id": self.units[one.unit] if one.unit else None}
            | {"unanswered_on": self.as_of if one.unanswered else None}
            | self._delayed(one)
            | shared
            for one in {one.identity: one for one in seen}.values()
        ]
        moved = (*LETTER, "last_seen", "last_crawl_id")
        learnt = (*LEARNT, "unit_id", "unanswered_on", "extended_on", "suspended_on")
        upsert(connection, LetterRow, ("mailbox_id", "identity"), moved, rows, learnt)

    def _delayed(self, one: LetterSighting) -> dict[str, date | None]:
        delay = read_delay(one.status or "") or one.delay
        return {
            "extended_on": self.as_of if delay is LetterDelay.EXTENDED else None,
            "suspended_on": self.as_of if delay is LetterDelay.SUSPENDED else None,
        }

    def _seen_tonight(self) -> dict[str, Any]:
        return {"first_seen": self.as_of, "last_seen": self.as_of, "last_crawl_id": self.crawl_id}

    def _close(self, connection: Connection, column: int | None, mailbox: int | None, close: Close) -> None:
        values = {name: getattr(close, name) for name in Close.__slots__ if name not in ("withdraw", "only")}
        values |= values_of(close)
        values["proof_crawl_id"] = close.proof_crawl_id or self.crawl_id
        values |= {"crawl_id": self.crawl_id, "column_id": column, "mailbox_id": mailbox, "as_of": self.as_of}
        connection.execute(ENTER_READING, values)
        lost = column in self.holding or close.only is not None
        if lost and close.withdraw and column is not None and close.covered_since is not None:
            withdraw(connection, column, self.crawl_id, close.covered_since, self.as_of, close.only)


def begin_crawl(
    connection: Connection, site_id: int, as_of: date, since: date, unit: str | None, started_at: datetime
) -> int:
    """Opens a crawl and returns its id. `unit` is the key of the one unit that an audit is of."""
    of_key = select(UnitRow.id).where(UnitRow.site_id == site_id, UnitRow.key == unit)
    unit_id = connection.scalars(of_key).one() if unit is not None else None
    new = insert(CrawlRow).values(
        site_id=site_id, as_of=as_of, since=since, unit_id=unit_id, started_at=started_at
    )
    return connection.scalars(new.returning(CrawlRow.id)).one()


def finish_crawl(connection: Connection, crawl_id: int, finished_at: datetime) -> None:
    connection.execute(update(CrawlRow).where(CrawlRow.id == crawl_id).values(finished_at=finished_at))


def void_crawl(connection: Connection, crawl_id: int, clock_off: timedelta) -> None:
    """Our clock was so far ahead (behind: less than nothing): what stands under the crawl's day means nothing."""
    seconds = int(clock_off.total_seconds())
    connection.execute(update(CrawlRow).where(CrawlRow.id == crawl_id).values(clock_off=seconds))


def keep_snapshot(connection: Connection, snapshot: Snapshot) -> int:
    """The snapshot's id; one that was pruned and came again is kept anew."""
    values = {name: getattr(snapshot, name) for name in Snapshot.__slots__}
    return connection.scalars(_enter_snapshot(connection.dialect.name), {**values, "pruned_on": None}).one()


@cache
def _enter_snapshot(dialect: str) -> ReturningInsert[int]:
    into = upsert_into(dialect, SnapshotRow, ("path",), ("file_sha256", "pruned_on"))
    return into.returning(SnapshotRow.id)
