"""The case of the frame that a site's pages have in common, from the postings' pages that were opened."""

from collections.abc import Sequence
from datetime import date

from rules.cases import ArticleCase, FrameCase
from rules.cases.frame_links import frame_links
from rules.vocabulary.places import Site


def frame_case(site: Site, as_of: date, pages: Sequence[ArticleCase]) -> FrameCase:
    """What stands in the frame is the portal's."""
    portal = site.units[0]
    return FrameCase(site.key, (portal.key,), portal.name, as_of, len(pages), frame_links(pages))
