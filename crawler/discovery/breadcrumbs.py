"""The way to a page as the page shows it: 当前位置：首页 > 政务公开 > 通知公告."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from crawler.discovery.names import clean_name, is_name
from crawler.discovery.outline import LONGEST, Outline
from crawler.discovery.page_links import absolute
from crawler.page.addresses import find_base
from crawler.page.page import Page
from crawler.page.page_words import WHERE_START

# Links of a breadcrumb; an element with more is a menu.
MOST_CRUMBS = 12
_HOME = re.compile(r"\s*(?:网站|本站|返回)?首\s?页\s*(?:[>›»＞→/\\-]|::)")
_DIVIDER = re.compile(r"[>›»＞→/\\|]+|::|\s-{1,2}\s?|--+|\s·\s")
_HOME_NAMES = re.compile(r"(?:网站|本站|返回|门户|政府网)?首\s?页|主页|网站")
_NO_CRUMB = re.compile(r"正文|列表|内容|详情|文章内容|文章正文|信息内容|浏览文章|当前栏目")


@dataclass(frozen=True, slots=True)
class Crumb:
    name: str
    url: str = ""


def read_crumbs(page: Page, outline: Outline) -> tuple[Crumb, ...]:
    """The names from the first below the home page to the page's own; () where it shows no way."""
    place = _place(outline)
    if place is None:
        return ()
    return tuple(_crumbs(place, find_base(page)))


def _place(outline: Outline) -> html.HtmlElement | None:
    """The innermost element that begins with 当前位置, or else with 首页 >, and holds links."""
    for words in (WHERE_START, _HOME):
        found = next((element for element in outline.elements if _begins(outline, element, words)), None)
        inner = found
        while inner is not None:
            found = inner
            inner = next((child for child in found if _begins(outline, child, WHERE_START, _HOME)), None)
        if found is not None:
            return found
    return None


def _begins(outline: Outline, element: html.HtmlElement, *words: re.Pattern[str]) -> bool:
    summary = outline[element]
    if not 0 < summary.links <= MOST_CRUMBS or len(summary.text) >= LONGEST or element.tag == "a":
        return False
    return any(word.match(summary.text) for word in words)


def _crumbs(place: html.HtmlElement, base: str) -> Iterator[Crumb]:
    for text, anchor in _pieces(place):
        url = absolute(base, anchor.get("href")) if anchor is not None else ""
        parts = [text] if anchor is not None else _DIVIDER.split(WHERE_START.sub("", text, count=1))
        for part in parts:
            name = clean_name(part)
            if is_name(name) and not _HOME_NAMES.fullmatch(name) and not _NO_CRUMB.fullmatch(name):
                yield Crumb(name, url)


def _pieces(place: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement | None]]:
    """The texts inside an element in the order of reading, each with the link that holds it."""
    anchor: html.HtmlElement | None = None
    held: list[str] = []
    for event, element in etree.iterwalk(place, events=("start", "end")):
        if event == "start":
            if element.tag == "a" and anchor is None:
                anchor = element
            held_text = element.text if isinstance(element.tag, str) else ""
        else:
            if element is anchor:
                yield "".join(held), anchor
                anchor, held = None, []
            held_text = element.tail if element is not place else ""
        if anchor is not None:
            held.append(held_text or "")
        elif held_text and held_text.strip():
            yield held_text, None
