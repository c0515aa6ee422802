"""The frame of a site's pages: menus, friendly links, a footer. What stands in it is nobody's posting's.

A frame is told by its links alone: one that more than MOST_CARRIERS different pages carry. It is mended by as much:
old pages are not opened again, so a link is gone once more newer pages than these, of the columns that carried it,
are without it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.scanners.outbound_links import Link, commercial_word

MOST_CARRIERS = 3


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A posting's own page as last opened and read. `matter` is the same for what is one text in several places:
    a copy brings its links with it, and proves no frame."""

    matter: Hashable
    url: str
    column: str
    looked_on: date
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FrameLink:
    """A link of the frame, as it looks where it looks worst (`example` is that page's address), and how many
    different pages carry its address."""

    link: Link
    pages: int
    example: str = ""

    def told(self, *words: str) -> str:
        """Its address with these words of it, and where it stands."""
        example = f"，例：{self.example}" if self.example else ""
        return f"{self.link.url}（{'；'.join([*filter(None, words), f'{self.pages} 个页面都有{example}'])}）"


def framed(pages: Iterable[OpenedPage]) -> dict[str, int]:
    """The addresses of the frame's links, and how many different pages carry each."""
    carriers: dict[str, set[Hashable]] = defaultdict(set)
    for page in pages:
        for link in page.links:
            carriers[link.url].add(page.matter)
    return {url: len(on) for url, on in carriers.items() if len(on) > MOST_CARRIERS}


def frame_links(pages: Sequence[OpenedPage]) -> tuple[FrameLink, ...]:
    """The links of the frame as it stands, those on most pages first."""
    counts, days = framed(pages), _days(pages)
    worst: dict[str, tuple[Link, list[OpenedPage]]] = {}
    for link, carriers in _looks(pages, counts).items():
        known = worst.get(link.url)
        if _stands(carriers, days) and (known is None or _badness(link) > _badness(known[0])):
            worst[link.url] = link, carriers
    found = (FrameLink(link, counts[url], carriers[-1].url) for url, (link, carriers) in worst.items())
    return tuple(sorted(found, key=lambda each: (-each.pages, each.link.url)))


def _looks(pages: Sequence[OpenedPage], counts: Mapping[str, int]) -> dict[Link, list[OpenedPage]]:
    """Every look of the frame's links, with the pages on which it looks so, the last opened last."""
    looks: dict[Link, list[OpenedPage]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: (page.looked_on, page.url)):
        for link in page.links:
            if link.url in counts:
                looks[link].append(page)
    return looks


def _days(pages: Iterable[OpenedPage]) -> dict[str, list[date]]:
    """Column → the days on which its pages were opened, in order."""
    days: dict[str, list[date]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: page.looked_on):
        days[page.column].append(page.looked_on)
    return days


def _stands(carriers: Sequence[OpenedPage], days: Mapping[str, Sequence[date]]) -> bool:
    last = carriers[-1].looked_on
    columns = {page.column for page in carriers}
    return sum(len(days[column]) - bisect_right(days[column], last) for column in columns) <= MOST_CARRIERS


def _badness(link: Link) -> tuple[bool, bool]:
    return link.hidden, commercial_word(link) is not None
