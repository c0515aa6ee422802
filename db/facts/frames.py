"""The case of the frame that a site's pages have in common, from the postings' pages that were opened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rules.cases import FrameCase
from rules.cases.frame_links import OpenedPage, frame_links
from rules.scanners.outbound_links import Link
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome


def opened_pages(rows: Iterable[Any], dead: Mapping[str, int]) -> list[OpenedPage]:
    """The pages of a ledger's rows that were seen, if not with all their files; `dead` as in `db.recording.link_checks.dead_nights`."""
    return [
        OpenedPage(
            text_key=row.signature or row.url or f"{row.column} {row.identity}",
            url=row.url or "",
            column=row.column,
            looked_on=row.looked_on,
            links=links_of(row, dead),
        )
        for row in rows
        if row.outcome is not None and Outcome(row.outcome).seen
    ]


def links_of(row: Any, dead: Mapping[str, int]) -> tuple[Link, ...]:
    """The links to other sites that a row's own page carries."""
    links: Sequence[dict[str, Any]] = (row.facts or {}).get("links", ())
    return tuple(Link(**link, dead_nights=dead.get(link["url"], 0)) for link in links)


def frame_case(site: Site, as_of: date, pages: Sequence[OpenedPage]) -> FrameCase:
    """What stands in the frame is the portal's."""
    portal = site.units[0]
    return FrameCase(site.key, (portal.key,), portal.name, as_of, len(pages), frame_links(pages))
