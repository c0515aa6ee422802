"""Where a list should be and no rows are: filled by a script, kept in a frame, plainly empty."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from crawler.page.addresses import join, same_site
from crawler.page.elements import zone
from crawler.page.model import is_hidden
from crawler.page.page import Page
from crawler.page.page_code import FETCHES, PAGER_PLACE, WRITES, carries_data
from crawler.page.visible_text import VisibleText
from crawler.page.whole_numbers import whole_number

_TEMPLATE = re.compile(r"\{\{[^{}]{1,120}\}\}|<%[=#]?[^%]{1,120}%>|\$\{[\w.]{1,60}\}|\[!--[\w.]{1,60}--\]")
# Parts that the server was to put in and left as they stand in its template.
_UNPROCESSED = re.compile(
    r"<!--\s?#(?:include|exec)\b|<\?php\b|<(?:esi|jsp):include\b|<%@?\s?include\b|<!--\s?\{(?:loop|foreach)",
    re.I,
)
_KEPT = re.compile(r"html|template|tmpl|tpl", re.I)
_BINDING = re.compile(
    r"\s(?:v-for|v-html|v-text|v-if|:data|ng-repeat|ng-bind|x-for|data-bind|wx:for|th:each|ms-for|\*ngFor)\s*="
)
_LOADING = re.compile(
    r"(?:正在)?(?:加载|载入|读取)(?:中|数据)|请稍[候后等](?![再重访刷])|^loading|\bloading\s*\.{2,}", re.I
)
_FEW_PAGES = re.compile(r"\bcreatePage\w{0,12}\s?\(\s?(?:['\"]([\w-]{1,40})['\"]\s?,\s?)?[01]\s?,")
_LIST_NAME = re.compile(r"list|news|xxgk|info|content|column|article|zwgk|lb\b|liebiao|con\b", re.I)
_FILLED = re.compile(r"list|news|info|article|rows?$|data|liebiao", re.I)
_ASIDE = re.compile(r"nav|menu|foot|head|link|banner|side|hot|crumb|search|share|pager|tab", re.I)
# What code fills beside a list: a menu, a footer, a window, a counter.
_BESIDE = re.compile(
    r"nav|menu|foot|head|top|link|banner|side|hot|crumb|search|share|tab(?!le)|clear|float|code|count|tip|mask|wza",
    re.I,
)
_FILLABLE = frozenset({"ul", "ol", "dl", "tbody", "div", "section", "article", "main", "table"})
MOST_ELEMENTS = 4_000  # the largest page of the corpus has 3,810
PLACES = ("ul", "ol", "dl", "tbody")
_FRAME_MIN = 200  # pixels: counters, weather and share buttons stand in smaller frames, lists in larger ones
LONG_TITLE = 11  # characters: few names of columns are longer, few titles of postings shorter


def templated(page: Page, seen: VisibleText) -> bool:
    """Whether the page is drawn in the browser from a template: what it shows before is no statement."""
    if _TEMPLATE.search(seen.plain) or _TEMPLATE.search(seen.linked) or _BINDING.search(page.text[:300_000]):
        return True
    if _UNPROCESSED.search(page.text):
        return True
    kept = islice((script for script in page.tree.iter("script") if _KEPT.search(script.get("type", ""))), 20)
    return any(_TEMPLATE.search((script.text or "")[:20_000]) for script in kept)


def loads_rows(seen: VisibleText) -> bool:
    """Whether the page fetches something and writes it into itself, or says that it is still loading."""
    return bool(_LOADING.search(seen.plain) or (FETCHES.search(seen.scripts) and WRITES.search(seen.scripts)))


def frame_of(page: Page) -> str:
    """The address of a frame of the site's own, large enough to hold the list; "" if none."""
    return next((src for src in _frames(page) if same_site(join(page.url, src) or "", page.url)), "")


def _frames(page: Page) -> Iterator[str]:
    for frame in islice(page.tree.iter("iframe", "frame"), 20):
        src = (frame.get("src") or "").strip()
        if (
            src
            and not src.startswith(("about:", "javascript:", "#"))
            and _large(frame)
            and not is_hidden(frame)
        ):
            yield src


def _large(frame: html.HtmlElement) -> bool:
    style = dict(re.findall(r"(width|height)\s*:\s*(\d{1,5})", frame.get("style", "")))
    sizes = [style.get(side) or frame.get(side, "") for side in ("width", "height")]
    return all((number := whole_number(size)) is None or number >= _FRAME_MIN for size in sizes)


def waiting_places(block: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The empty places within that code may fill with rows: a list, or a block with a hook for code or the name of a list
    (<ul></ul>, <div id="gkList"></div>, <div data-url="…"></div>, <news-list></news-list>). A pager's place, a menu's
    and what stands outside the page's matter are none."""
    return (one for one in islice(block.iter(), MOST_ELEMENTS) if isinstance(one.tag, str) and _waits(one))


def _waits(element: html.HtmlElement) -> bool:
    if element.tag not in _FILLABLE and "-" not in element.tag:
        return False
    if (element.text or "").strip() or any(isinstance(child.tag, str) for child in element):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    hooked = bool(element.get("id")) or carries_data(element) or bool(_FILLED.search(named))
    if not (hooked or element.tag in PLACES) or _BESIDE.search(named) or PAGER_PLACE.search(named):
        return False
    return zone(element) >= 1 and not is_hidden(element)


def long_links(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The links within that read like titles of postings."""
    links = islice(element.iter("a"), 300)
    return [link for link in links if len("".join(islice(link.itertext(), 9)).strip()) > LONG_TITLE]


def calls_pager(page: Page, seen: VisibleText) -> bool:
    """Whether the server wrote the call of a pager of no page or one: createPageHTML(1, 0, "index", "html"). One that
    is to be drawn in an element that the page does not have says nothing."""
    called = _FEW_PAGES.search(seen.scripts)
    if called is None:
        return False
    return not called[1] or bool(page.tree.xpath("//*[@id=$name]", name=called[1]))


def bare_place(page: Page, seen: VisibleText, *, named: bool) -> html.HtmlElement | None:
    """The one place of a list that the page plainly shows with nothing in it; None where rows or a choice of what is
    to be shown may stand elsewhere on the page. `named`: only one that is called a list."""
    if any(_frames(page)) or seen.dates > 1 or len(long_links(page.tree)) > 2 or "请选择" in seen.plain:
        return None
    lists = [one for one in islice(page.tree.iter(*PLACES), 60) if _shows_nothing(one) and zone(one) >= 1]
    places = [one for one in lists if is_bare(one)] or ([] if named else lists)
    return places[0] if len(places) == 1 else None


def is_bare(element: html.HtmlElement) -> bool:
    """An empty list, named as one, outside navigation, sidebars and footers, and bound to no script."""
    if carries_data(element) or not _shows_nothing(element):
        return False
    near = islice((element, *element.iterancestors()), 2)
    names = [f"{holder.get('class', '')} {holder.get('id', '')}" for holder in near]
    return bool(_LIST_NAME.search(" ".join(names))) and not any(map(_ASIDE.search, names))


def _shows_nothing(element: html.HtmlElement) -> bool:
    filled = element.text_content().strip() or element.xpath("boolean(.//a|.//img|.//input)")
    rows = any("<a" in (one.text or "") for one in islice(element.iter(etree.Comment), 20))
    return not filled and not rows and not is_hidden(element)
