"""Opened pages whose kept copies are to be looked through again: those scanned under another table of wrong wordings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, cast, select, update

from db.readings import site_id_of
from db.recording.articles import OPENED
from db.tables.articles import ArticleRow
from db.tables.crawl import PostingRow, SnapshotRow
from db.tables.site import ColumnRow


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article's row, and where its page is kept (see `db.tables.crawl.SnapshotRow`)."""

    id: int
    facts: Mapping[str, Any]
    path: str
    sha256: str
    file_sha256: str


def articles_scanned_otherwise(
    connection: Connection, site_key: str, digest: str, most: int
) -> list[KeptArticle]:
    """At most so many pages of a site that were read under another table than the one of this digest, the newest first."""
    # Both databases keep the text of a JSON value as it was written.
    scanned = cast(ArticleRow.facts, String).contains(f'"words": "{digest}"')
    rows = connection.execute(
        select(ArticleRow.id, ArticleRow.facts, SnapshotRow.path, SnapshotRow.sha256, SnapshotRow.file_sha256)
        .join(PostingRow, PostingRow.id == ArticleRow.posting_id)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .join(SnapshotRow, SnapshotRow.id == ArticleRow.snapshot_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.withdrawn_on.is_(None))
        .where(ArticleRow.outcome.in_(OPENED), ~scanned)
        .where(SnapshotRow.pruned_on.is_(None))
        .order_by(PostingRow.published.desc(), ArticleRow.id)
        .limit(most)
    )
    return [KeptArticle(*row) for row in rows]


def save_facts(connection: Connection, article_id: int, facts: Mapping[str, Any]) -> None:
    """Puts an article's facts in place of its earlier ones."""
    connection.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(facts=dict(facts)))
