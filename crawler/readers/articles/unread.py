"""What a page may hold of an article without our reading it: no text and no file are not yet a proof of none."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.page.labels import read_fields
from crawler.page.lines import Line, ancestors, read_lines
from crawler.page.list_place import loads_rows, templated
from crawler.page.page import Page
from crawler.page.page_words import TOOLS, is_boilerplate
from crawler.page.values import Article
from crawler.page.visible_text import VisibleText, visible_text
from crawler.readers.articles.attachments import is_called_annex
from crawler.readers.articles.zone import WORDS, find_zone
from rules.vocabulary.white_space import squeeze
from rules.vocabulary.words import alternatives

# Guard: counted only to tell none from some.
MOST_PLACES = 200
# Boxes around the title in which leftover words may belong to the article; wider ones hold the page's frame.
NEAR = 3
_PLACES = ("div", "section", "article", "span", "td", "ul", "tbody", "p")
_FILES_NAME = re.compile(r"(?:^|[\W_])(?:fj|fujian|attach|annex|appendix)", re.IGNORECASE)
_LOADED = re.compile(
    r"\.(?:pdf|ofd|docx?|xlsx?|wps|zip|rar|mp4|m3u8|flv|mp3|swf)(?:[?#][^'\"\s]{0,200})?['\"|]", re.IGNORECASE
)
# An article on several pages: what is not on this one may be on the next.
_FURTHER = re.compile(
    rf"[\s\[【]*(?:{alternatives('navigation.next_page', spaced=True)}|余下全文)[\s\]】>»]*"
)
_CLICKED = re.compile(r"^\s*(?:javascript:|#|$)", re.IGNORECASE)
# By their names these do something else than drawing a text.
_QUIET = re.compile(
    r"jquery|bootstrap|swiper|slide|share|html5shiv|respond|modernizr|aria|wza|analytics|tongji|count|click|layer|"
    r"laydate|qrcode|print|font|nav|menu|search|head|foot|scroll|accessib|common|public|global",
    re.IGNORECASE,
)
_TOOLS = re.compile(rf"{TOOLS.pattern}|[大中小\s]{{1,8}}$|^\W*$")


def places_for_files(page: Page) -> int:
    """How many places may offer a file or a film elsewhere or by script: links that only a script follows, empty places named
    after annexes, a script that names a file, a further page of the article."""
    clicks = (
        link
        for link in page.tree.iter("a")
        if _CLICKED.match(link.get("href") or "") and is_called_annex(link)
    )
    named = (place for place in _empty_places(page) if _FILES_NAME.search(_names(place)))
    script = bool(_LOADED.search(visible_text(page).scripts))
    further = any(_FURTHER.fullmatch(link.text_content().strip()) for link in page.tree.iter("a"))
    return sum(1 for _ in islice(clicks, MOST_PLACES)) + sum(1 for _ in named) + script + further


def may_hold_text(page: Page, article: Article) -> bool:
    """Whether an article without a text may have one all the same: drawn by a script, sent for, kept in a field, or
    printed as something that we took for no text."""
    seen = visible_text(page)
    return (
        templated(page, seen)
        or loads_rows(seen)
        or any(not _QUIET.search(source.rsplit("/", 1)[-1]) for source in seen.sources)
        or any(_spoken_of(place, seen) for place in _empty_places(page))
        or any((field.text or "").strip() for field in page.tree.iter("textarea"))
        or any("refresh" in (meta.get("http-equiv") or "").lower() for meta in page.tree.iter("meta"))
        or _leftover(page, article)
    )


def _empty_places(page: Page) -> Iterator[html.HtmlElement]:
    named = (place for place in page.tree.iter(*_PLACES) if place.get("id") or place.get("class"))
    return (
        place for place in islice(named, MOST_PLACES) if len(place) == 0 and not (place.text or "").strip()
    )


def _names(place: html.HtmlElement) -> str:
    return f"{place.get('id') or ''} {place.get('class') or ''}"


def _spoken_of(place: html.HtmlElement, seen: VisibleText) -> bool:
    name = (place.get("id") or "").strip()
    return bool(name) and any(f"{quote}{name}" in seen.scripts for quote in ("#", "'", '"'))


def _leftover(page: Page, article: Article) -> bool:
    """Whether words stand around the title that are neither byline nor buttons; or the title's place is not known."""
    lines = read_lines(page)
    title = squeeze(article.title or "")
    at = next((at for at, line in enumerate(lines) if title and squeeze(line.text) == title), None)
    if at is None:
        return True
    bylines = find_zone(lines, read_fields(lines, WORDS)).bylines
    holders = [
        node for node in islice(ancestors(lines[at].element), NEAR) if node.tag not in ("body", "html")
    ]
    box = set(holders[-1].iter()) if holders else set()
    return any(
        _says(line) for n, line in enumerate(lines) if n > at and n not in bylines and line.element in box
    )


def _says(line: Line) -> bool:
    return not (line.hidden or is_boilerplate(line.text) or _TOOLS.search(line.text))
