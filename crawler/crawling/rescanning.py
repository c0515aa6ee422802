"""Kept pages looked through again for wrong wordings when an office's table has changed: nothing is asked for."""

from dataclasses import asdict
from typing import Any

from crawler.fetching.snapshots import LostEvidence, SnapshotStore
from crawler.listing.own_pages import read_posting
from db.connect import Connection
from db.recording.rescans import KeptArticle, articles_scanned_otherwise, save_facts
from rules.scanners.wording import scan_wording
from rules.vocabulary.places import Site
from rules.vocabulary.wording import digest_of

# Pages a night, at some 15 ms each; what is left the next nights do.
MOST = 300
TITLE, TEXT = "标题", "正文"


def rescan_wording(connection: Connection, site: Site, room: SnapshotStore, most: int = MOST) -> None:
    """Looks through pages that were opened under another table of wordings, the newest first. What stood in their files, which
    are not kept, stays as it was found."""
    digest = digest_of(site.wording)
    for kept in articles_scanned_otherwise(connection, site.key, digest, most):
        save_facts(connection, kept.id, {**kept.facts, **_found(site, room, kept), "words": digest})


def _found(site: Site, room: SnapshotStore, kept: KeptArticle) -> dict[str, Any]:
    """The facts that change; none where the page is not kept any more, or is not read now."""
    try:
        page = room.show(kept.path, kept.sha256, kept.file_sha256)
    except LostEvidence:
        return {}
    article, outcome = read_posting(page)
    if not outcome.outcome.good:
        return {}
    texts = ((TITLE, article.title or ""), (TEXT, article.text))
    hits = [asdict(hit) for place, text in texts for hit in scan_wording(text, place, site.wording)]
    in_files = [hit for hit in kept.facts.get("wording", ()) if hit["place"] not in (TITLE, TEXT)]
    return {"wording": [*hits, *in_files]}
