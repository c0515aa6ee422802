"""Kept pages: those behind a finding's subject, and those that nothing leans on any more."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select, update

from db.declared import ColumnRow, MailboxRow
from db.judged import FindingRow
from db.opened import ArticleRow, HomeRow
from db.seen import PostingRow, SnapshotRow, VisitRow
from rules.life import Stage

MOST = 20


def snapshots_of(connection: Connection, site_id: int, subject: str) -> list[dict[str, str]]:
    """The latest kept pages of a finding's subject (a column's or mailbox's key, then a unit or an identity)."""
    key, _, identity = subject.partition(" ")
    columns = select(ColumnRow.id).where(ColumnRow.site_id == site_id, ColumnRow.key == key)
    boxes = select(MailboxRow.id).where(MailboxRow.site_id == site_id, MailboxRow.key == key)
    lists = select(VisitRow.snapshot_id).where(
        or_(VisitRow.column_id.in_(columns), VisitRow.mailbox_id.in_(boxes))
    )
    posting = (PostingRow.column_id.in_(columns)) & (PostingRow.identity == identity)
    articles = (
        select(ArticleRow.snapshot_id).join(PostingRow, PostingRow.id == ArticleRow.posting_id).where(posting)
    )
    rows = connection.execute(
        select(SnapshotRow.url, SnapshotRow.path, SnapshotRow.fetched_at)
        .where(or_(SnapshotRow.id.in_(lists), SnapshotRow.id.in_(articles)), SnapshotRow.pruned_on.is_(None))
        .order_by(SnapshotRow.id.desc())
        .limit(MOST)
    )
    return [
        {"url": r.url, "path": r.path, "fetched_at": r.fetched_at.isoformat(timespec="seconds")} for r in rows
    ]


def prunable(connection: Connection, before: date, held: Any) -> list[Any]:
    """Snapshots taken before a day that neither an open finding nor `held` (a SELECT of snapshot ids that a
    published bulletin leans on) needs, and that are not the latest proof of their column."""
    open_subjects = select(FindingRow.subject).where(
        FindingRow.stage.in_([Stage.OPEN.value, Stage.WATCHED.value])
    )
    troubled = [subject.split(" ")[0] for subject in connection.scalars(open_subjects)]
    columns = select(ColumnRow.id).where(ColumnRow.key.in_(troubled))
    needed = select(VisitRow.snapshot_id).where(
        VisitRow.column_id.in_(columns), VisitRow.snapshot_id.is_not(None)
    )
    homes = select(HomeRow.snapshot_id).where(HomeRow.snapshot_id.is_not(None))
    rows = connection.execute(
        select(SnapshotRow.id, SnapshotRow.path, SnapshotRow.fetched_at)
        .where(SnapshotRow.pruned_on.is_(None), SnapshotRow.id.not_in(needed), SnapshotRow.id.not_in(homes))
        .where(SnapshotRow.id.not_in(held))
    )
    return [row for row in rows if row.fetched_at.date() < before]


def mark_pruned(connection: Connection, ids: list[int], on: date) -> None:
    if ids:
        connection.execute(update(SnapshotRow).where(SnapshotRow.id.in_(ids)).values(pruned_on=on))
