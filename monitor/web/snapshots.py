"""A kept page as inert text, with what the reader took for a row marked, so that a person checks the reader with their eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from crawler.fetching.snapshots import LostEvidence, SnapshotStore, evidence_folder
from crawler.listing.source import ListSource, read_page
from crawler.outcomes.costly import within_budget
from crawler.page.lines import read_lines
from crawler.page.page import Page
from crawler.page.values import Listing
from db.facts.column_history import KeptPage, kept_page
from monitor.web.columns import owners_of
from monitor.web.looks import page
from monitor.web.security.guards import NOT_THERE, Asked, CurrentRequest, Refused
from monitor.web.security.headers import KEPT_PAGE_POLICY
from rules.vocabulary.places import Site

routes = APIRouter()
Number = Annotated[int, Path(ge=1, lt=2**31)]  # as the databases count
MOST_LINES = 2000
TOO_COSTLY = "这个页面太大，不能显示。"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the page as a citizen sees it; `row` is the number of the row that the reader took it for (0: none)."""

    text: str
    row: int = 0


def shown_lines(kept: Page, is_list: bool) -> tuple[Listing, Sequence[ShownLine]]:
    """The lines of a kept page, those of rows marked, and what the reader read."""
    listing = read_page(kept, ListSource(kept.asked or kept.url), 1, None).listing if is_list else Listing()
    titles = {"".join(entry.title.split()): number for number, entry in enumerate(listing.entries, 1)}
    lines = [
        ShownLine(line.text, _row_of(line.text, titles))
        for line in read_lines(kept)[:MOST_LINES]
        if line.text.strip() and not line.hidden
    ]
    return listing, lines


def _row_of(text: str, titles: dict[str, int]) -> int:
    """The row whose title a line holds."""
    tight = "".join(text.split())
    if tight in titles:
        return titles[tight]
    return next((number for title, number in titles.items() if title and title in tight), 0)


def _kept(asked: Asked, site: Site, number: int) -> KeptPage:
    """A kept page that the viewer may see. Raises Refused."""
    with asked.sources.read() as connection:
        found = kept_page(connection, site.key, number)
    if found is None:
        raise Refused(404, NOT_THERE)
    owners = tuple(
        unit for column in site.columns if column.key in found.columns for unit in owners_of(column)
    )
    if not asked.viewer.sees_units(site.key, owners):
        raise Refused(404, NOT_THERE)
    return found


@routes.get("/s/{site_key}/snapshots/{number}")
def snapshot_page(asked: CurrentRequest, site_key: str, number: Number) -> Response:
    site = asked.site(site_key)
    found = _kept(asked, site, number)
    return page("snapshot", asked.session, site=site, kept=found, title="快照")


@routes.get("/kept/{site_key}/{number}")
def kept_text(asked: CurrentRequest, site_key: str, number: Number) -> Response:
    """The text of a kept page, for the frame that shows it: no script, no style, no picture, no link."""
    site = asked.site(site_key)
    found = _kept(asked, site, number)
    store = SnapshotStore(evidence_folder(asked.sources.engine))
    try:
        kept = store.show(found.path, found.sha256, found.file_sha256)
    except LostEvidence as error:
        raise Refused(404, f"{error}，不能显示，请查看别的快照。") from None
    listing, lines = within_budget(
        kept, lambda: shown_lines(kept, found.list_page), lambda _: (Listing(), [ShownLine(TOO_COSTLY)])
    )
    answer = page("kept", None, lines=lines, listing=listing, title="快照")
    answer.headers["Content-Security-Policy"] = KEPT_PAGE_POLICY
    return answer
