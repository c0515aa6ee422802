"""The frame of a site's pages: menus, friendly links, a footer. Its links belong to no single posting.

A link belongs to the frame if more than MOST_CARRIERS different pages carry it. Old pages are not opened again, so it
counts as removed once more than MOST_CARRIERS newer pages, of the columns that carried it, are without it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.cases.postings import ArticleCase
from rules.scanners.outbound_links import Link, commercial_word

# A few postings on one subject may cite the same address; a template puts it on every page.
MOST_CARRIERS = 3


@dataclass(frozen=True, slots=True)
class FrameLink:
    """A link of the frame in its worst appearance (hidden, commercial), the address of a page that shows it so
    (`example`), and how many different pages carry its address."""

    link: Link
    pages: int
    example: str = ""

    def described(self, *words: str) -> str:
        """Its address with these remarks, the number of its pages and an example, in Chinese."""
        example = f"，例：{self.example}" if self.example else ""
        return f"{self.link.url}（{'；'.join([*filter(None, words), f'{self.pages} 个页面都有{example}'])}）"


def framed(pages: Iterable[ArticleCase]) -> dict[str, int]:
    """The addresses of the frame's links, and how many different pages carry each."""
    carriers: dict[str, set[Hashable]] = defaultdict(set)
    for page in pages:
        for link in page.links:
            carriers[link.url].add(page.text_key)
    return {url: len(on) for url, on in carriers.items() if len(on) > MOST_CARRIERS}


def frame_links(pages: Sequence[ArticleCase]) -> tuple[FrameLink, ...]:
    """The links of the frame that were not removed, those on most pages first."""
    counts, days = framed(pages), _days(pages)
    worst: dict[str, tuple[Link, list[ArticleCase]]] = {}
    for link, carriers in _appearances(pages, counts).items():
        known = worst.get(link.url)
        if _is_current(carriers, days) and (known is None or _severity(link) > _severity(known[0])):
            worst[link.url] = link, carriers
    found = (FrameLink(link, counts[url], carriers[-1].url) for url, (link, carriers) in worst.items())
    return tuple(sorted(found, key=lambda each: (-each.pages, each.link.url)))


def _appearances(pages: Sequence[ArticleCase], counts: Mapping[str, int]) -> dict[Link, list[ArticleCase]]:
    """Every appearance of the frame's links, with the pages that show it, the last opened last."""
    appearances: dict[Link, list[ArticleCase]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: (_day(page), page.url)):
        for link in page.links:
            if link.url in counts:
                appearances[link].append(page)
    return appearances


def _days(pages: Iterable[ArticleCase]) -> dict[str, list[date]]:
    """Column → the days on which its pages were opened, in order."""
    days: dict[str, list[date]] = defaultdict(list)
    for page in sorted(pages, key=_day):
        days[page.about.column].append(_day(page))
    return days


def _is_current(carriers: Sequence[ArticleCase], days: Mapping[str, Sequence[date]]) -> bool:
    """Whether no more than MOST_CARRIERS pages opened since are without the link."""
    last = _day(carriers[-1])
    columns = {page.about.column for page in carriers}
    return sum(len(days[column]) - bisect_right(days[column], last) for column in columns) <= MOST_CARRIERS


def _day(page: ArticleCase) -> date:
    return page.looked_on or date.min


def _severity(link: Link) -> tuple[bool, bool]:
    return link.hidden, commercial_word(link) is not None
