"""Where a list should be and no rows are: filled by a script, kept in a frame, said to be empty, plainly empty.

A zero is earned here, so every doubt is read against it: words that a script shows or replaces say nothing."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.page.addresses import join, leads_to_column, same_site, split
from crawler.page.model import is_hidden
from crawler.page.page import Page
from crawler.page.visible_text import DATE, VisibleText

_TEMPLATE = re.compile(r"\{\{[^{}]{1,120}\}\}|<%[=#]?[^%]{1,120}%>|\$\{[\w.]{1,60}\}|\[!--[\w.]{1,60}--\]")
# Something went wrong, or there is nothing more, or nothing of this month: no statement that a column is empty.
NO_STATEMENT = re.compile(
    r"失败|错误|异常|超时|出错|加载|重试|刷新|网络|登录|更多|近期|[本今当](?:年度?|季度?|月|周|日|天)(?!常)"
)
_LOADS = re.compile(
    r"\b(?:get|load|query|fetch|render|search|show|init)\w{0,12}(?:list|data|info|news|rows?|content|article)\w{0,8}\s?\(",
    re.I,
)
_KEPT = re.compile(r"html|template|tmpl|tpl", re.I)
_BINDING = re.compile(
    r"\s(?:v-for|v-html|v-text|v-if|:data|ng-repeat|ng-bind|x-for|data-bind|wx:for|th:each|ms-for|\*ngFor)\s*="
)
_FETCHES = re.compile(
    r"\$\.(?:ajax|get|post|getJSON|getScript)\s*\(|\.load\s*\(\s*['\"]|\bfetch\s*\(|XMLHttpRequest|axios\b|dataproxy|"
    r"\bnew Vue\b|createApp\s*\(|layui\.(?:use|table|laypage)|\.datagrid\s*\(|\.bootstrapTable\s*\(|laytpl|jsonp",
    re.I,
)
_WRITES = re.compile(
    r"innerHTML|\.(?:html|append|prepend|appendTo|insertAdjacentHTML)\s*\(|document\.write", re.I
)
_LOADING = re.compile(
    r"(?:正在)?(?:加载|载入|读取)(?:中|数据)|请稍[候后等](?![再重访刷])|^loading|\bloading\s*\.{2,}", re.I
)
_ZERO = re.compile(
    r"[共总计有]\s*(?:计|数)?\s*[:：]?\s*0\s*(?:条|项|篇|页|件|个|封)(?!评论|回复|留言|点评|附件)|(?<!\d)0\s*(?:条|项|篇|件|封)(?!评论|回复|留言|点评|附件)|"
    r"总(?:记录)?(?:条|页)?数\s*[:：]?\s*0(?!\d)"
)
_EMPTY_STORE = re.compile(r"<recordset>\s{0,200}</recordset>\s{0,200}</datastore>", re.I)
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|superslide|koala|share|html5shiv|respond|"
    r"modernizr|aria|wza|analytics|tongji|statistic|count|click|layer|laydate|datepicker|qrcode|weather|pdfobject|"
    r"video|player|print|font|nav|menu|search|head|foot|tab(?!le)|scroll|piwik|matomo|accessib",
    re.I,
)
_SERVICE = re.compile(
    r"baidu|bdimg|cnzz|51\.la|conac|jiathis|bshare|qq\.com|weixin|google|trs\.cn|kaipuyun|umeng|sina", re.I
)
_GENERAL = re.compile(
    r"/(?:common|public|base|global|main|site|style|page|createpage\w*)[\w.-]{0,12}\.js", re.I
)
_FEW_PAGES = re.compile(r"\bcreatePage\w{0,12}\s?\(\s?(?:['\"][\w-]{1,40}['\"]\s?,\s?)?[01]\s?,")
_LIST_NAME = re.compile(r"list|news|xxgk|info|content|column|article|zwgk|lb\b|liebiao|con\b", re.I)
_FILLED = re.compile(r"list|news|info|article|rows?$|data|liebiao", re.I)
_ASIDE = re.compile(r"nav|menu|foot|head|link|banner|side|hot|crumb|search|share|pager|tab", re.I)
PLACES = ("ul", "ol", "dl", "tbody")
_FRAME_MIN = 200  # pixels: counters, weather and share buttons stand in smaller frames, lists in larger ones
LONG_TITLE = 11  # characters: few names of columns are longer, few titles of postings shorter
# Characters: the sentence that there is nothing, with a button or two; more is not it alone.
LONGEST_HOLDER = 60
LONGEST_BLOCK = 4_000  # characters: a page of forty rows; two dates, if there are any, stand among the first


def templated(page: Page, seen: VisibleText) -> bool:
    """Whether the page is drawn in the browser from a template: what it shows before is no statement."""
    if _TEMPLATE.search(seen.plain) or _TEMPLATE.search(seen.linked) or _BINDING.search(page.text[:300_000]):
        return True
    kept = islice((script for script in page.tree.iter("script") if _KEPT.search(script.get("type", ""))), 20)
    return any(_TEMPLATE.search((script.text or "")[:20_000]) for script in kept)


def loads_rows(seen: VisibleText) -> bool:
    """Whether the page fetches something and writes it into itself, or says that it is still loading."""
    return bool(
        _LOADING.search(seen.plain) or (_FETCHES.search(seen.scripts) and _WRITES.search(seen.scripts))
    )


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
    return all(not size.isdigit() or int(size) >= _FRAME_MIN for size in sizes)


def states_empty(page: Page, seen: VisibleText, words: str) -> bool:
    """Whether the page really shows these words where its list should be, and no script is to replace them."""
    said = "".join(words.split())
    if not said or said not in "".join(seen.text.split()):
        return False
    fetches = bool(_FETCHES.search(seen.scripts))
    unknown = _has_unknown(page, seen)
    key = words.split(maxsplit=1)[0][:20]
    holders = islice(page.tree.xpath("//*[not(self::script)][contains(text(), $key)]", key=key), 5)
    return not any(
        _among_titles(holder, page.url)
        or NO_STATEMENT.search("".join(islice(holder.itertext(), 9))[:LONGEST_HOLDER])
        or (fetches and _replaced(holder, seen))
        or _beside_rows(holder, unknown=unknown)
        for holder in holders
    )


def _has_unknown(page: Page, seen: VisibleText) -> bool:
    """Whether the page loads a script of the site's own whose name does not tell what it does."""
    return not all(_harmless(source, page) or _GENERAL.search(source) for source in seen.sources)


def _beside_rows(holder: html.HtmlElement, *, unknown: bool) -> bool:
    """Whether beside the words stand dated lines, a script that loads a list, or an empty list that an unknown
    script may fill."""
    block, wider = [*islice(holder.iterancestors(), 2), holder, holder][:2]
    if any(_LOADS.search(script.text or "") for script in islice(block.iter("script"), 9)):
        return True
    dates = DATE.findall("".join(islice(block.itertext(), 200))[:LONGEST_BLOCK])
    return len(dates) > 1 or (unknown and awaits_rows(wider))


def awaits_rows(block: html.HtmlElement) -> bool:
    """Whether an empty place with a name for scripts stands within: <ul id="list"></ul>, <div id="newsList"></div>."""
    places = (element for element in islice(block.iter(*PLACES, "div"), 200) if element.get("id"))
    return any(
        not len(place)
        and not (place.text or "").strip()
        and not _ASIDE.search(place.get("id", ""))
        and (place.tag != "div" or _FILLED.search(place.get("id", "")))
        for place in places
    )


def _among_titles(holder: html.HtmlElement, here: str) -> bool:
    """Whether links as long as titles stand beside the words: rows that we failed to read, perhaps. A menu's names may
    be as long, but they lead to columns."""
    links = _long_links(next(islice(holder.iterancestors(), 1, None), holder))
    return sum(not leads_to_column(link.get("href") or "", here) for link in links) > 2


def _long_links(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The links within that read like titles of postings."""
    links = islice(element.iter("a"), 300)
    return [link for link in links if len("".join(islice(link.itertext(), 9)).strip()) > LONG_TITLE]


def _replaced(holder: html.HtmlElement, seen: VisibleText) -> bool:
    """Whether a script names the element that holds the words, a piece of them, or one of its nearest parents."""
    near = [*islice((holder, *holder.iterancestors()), 4), *islice(holder.iter("span", "b", "em", "i"), 5)]
    names = {name for element in near for name in (element.get("id", ""), *element.get("class", "").split())}
    return any(re.search(rf"['\"#.]{re.escape(name)}['\"\s]", seen.scripts) for name in names if name)


def empty_store(page: Page) -> bool:
    """Whether the page carries the rows that its script is to print, and there are none."""
    return bool(_EMPTY_STORE.search(page.text))


def states_zero(page: Page, seen: VisibleText) -> bool:
    """Whether the page shows that its total is zero (共 0 条), or the server wrote a pager of no pages. A
    variable that is zero (var total = 0) may only be so until a script has asked, and so may a printed one
    where an empty list waits for a script."""
    if _has_unknown(page, seen) and awaits_rows(page.tree):
        return False
    called = calls_pager(seen) and not _FETCHES.search(seen.scripts)
    return bool(_ZERO.search(seen.plain)) or called


def calls_pager(seen: VisibleText) -> bool:
    """Whether the server wrote the call of a pager of no page or one: createPageHTML(1, 0, "index", "html")."""
    return bool(_FEW_PAGES.search(seen.scripts))


def bare_place(page: Page, seen: VisibleText, *, paged: bool) -> bool:
    """Whether the page plainly shows the place of a list with nothing in it, and no script could fill it.

    `paged`: the server wrote a pager for this list, so the server writes its rows too; then the site's general
    scripts (common.js) are no doubt."""
    if _FETCHES.search(seen.scripts) or _WRITES.search(seen.scripts) or any(_frames(page)):
        return False
    if seen.dates > 1 or len(_long_links(page.tree)) > 2 or "请选择" in seen.plain:
        return False
    if not all(_harmless(source, page) or (paged and _GENERAL.search(source)) for source in seen.sources):
        return False
    places = [element for element in islice(page.tree.iter(*PLACES), 60) if is_bare(element)]
    return len(places) == 1


def _harmless(source: str, page: Page) -> bool:
    """A script that by its name, or by its host's, does something else than filling lists. A host that is not the
    site's own proves nothing: platforms keep the scripts of all their sites on one."""
    parts = split(join(page.url, source) or "")
    return bool(_LIBRARY.search(parts.path.rsplit("/", 1)[-1]) or _SERVICE.search(parts.netloc))


def is_bare(element: html.HtmlElement) -> bool:
    """An empty list, named as one, outside navigation, sidebars and footers, and bound to no script."""
    if any(name.startswith(("data-", "v-", "ng-", "x-", ":", "@")) for name in element.attrib):
        return False
    if element.text_content().strip() or element.xpath("boolean(.//a|.//img|.//input)") or is_hidden(element):
        return False
    near = islice((element, *element.iterancestors()), 2)
    names = [f"{holder.get('class', '')} {holder.get('id', '')}" for holder in near]
    return bool(_LIST_NAME.search(" ".join(names))) and not any(map(_ASIDE.search, names))
