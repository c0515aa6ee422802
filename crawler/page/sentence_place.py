"""Whether the page's words that it has nothing speak for its whole list: not for one year, tab, box or suggestion of it,
and not beside rows that we failed to read."""

import re
from itertools import islice

from lxml import html

from crawler.page.addresses import folder_of, join, leads_to_column
from crawler.page.list_place import long_links, waiting_places
from crawler.page.model import is_hidden
from crawler.page.page import Page
from crawler.page.page_code import may_fill, page_code
from crawler.page.visible_text import DATE, VisibleText

# Something went wrong, or there is nothing more, or nothing of this month, or it is kept elsewhere now, or is still being
# built: no statement that a column is empty.
NO_STATEMENT = re.compile(
    r"失败|错误|异常|超时|出错|加载|重试|刷新|网络|登录|权限|更多|近期|迁移|[迁移转]至|迁往|改版|前往|并入|合并|(?:建设|筹建|筹备|整理|完善|更新|维护|升级|改造)之?中(?!心)|[本今当](?:年度?|季度?|月|周|日|天)(?!常)"
)
# Nothing is shown before somebody asks for something.
_ASKS = re.compile(r"请先?(?:输入|选择|填写|设置|点击)[^。，,；]{0,8}(?:条件|查询|检索|搜索)")
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?(?:度|份)?")
_PART = re.compile(rf"{_YEAR.pattern}|\d{{1,2}}\s?月份?")
_TABS = re.compile(
    r"(?:^|[\s_-])(?:tabs?|qiehuan|switch)(?:[\s_-]|\d|$)|tab(?:title|menu|nav|head|hd|bar|list|box)", re.I
)
_HEADING = re.compile(
    r"(?:^|[\s_-])(?:tit\w*|hd|head\w*|bt|caption|h[1-6])(?:[\s_-]|\d|$)|title|biaoti", re.I
)
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "dt"})
_ITEMS = ("a", "li", "option", "span", "button", "dd")
# Characters: the sentence that there is nothing, with a button or two; more is not it alone.
LONGEST_HOLDER = 60
LONGEST_BLOCK = 4_000  # characters: a page of forty rows; two dates, if there are any, stand among the first
LONGEST_HEADING = 16  # characters; longer is a title
# Steps up to the block in which a list and what chooses its part stand: item, list, box.
CHOICE_STEPS = 3


def states_empty(page: Page, seen: VisibleText, words: str, own: frozenset[str]) -> bool:
    """Whether the page shows these words where its list should be, speaking of all of it, and no code is to replace
    them. `own`: the names of the column."""
    said = "".join(words.split())
    if not said or said not in "".join(seen.text.split()):
        return False
    holders = holders_of(page, words)
    return bool(holders) and not any(_doubtful(page, holder, own) for holder in holders)


def _doubtful(page: Page, holder: html.HtmlElement, own: frozenset[str]) -> bool:
    if NO_STATEMENT.search("".join(islice(holder.itertext(), 9))[:LONGEST_HOLDER]):
        return True
    beside = _beside(holder, own)
    return (
        _among_titles(beside, page.url)
        or _dated(beside)
        or may_fill(page, holder)
        or _awaits_rows(page, holder)
        or _waits_for_query(holder)
        or shows_a_part(page, holder)
    )


def holders_of(page: Page, words: str) -> list[html.HtmlElement]:
    """The elements that show the words."""
    key = next(iter(words.split()), "")[:20]
    if not key:
        return []
    shown = "//*[not(self::script or self::style or self::title)][text()[contains(., $key)]]"
    found = page.tree.xpath(shown, key=key)
    return list(islice(found, 5))


def _beside(holder: html.HtmlElement, own: frozenset[str]) -> list[html.HtmlElement]:
    """The words' own element, and what stands with it in the same box and the next, blocks left out that have a heading
    of their own: rows under a neighbour's name are the neighbour's."""
    found = [holder]
    for parent in islice(holder.iterancestors(), 2):
        children = (child for child in parent if isinstance(child.tag, str) and child not in found)
        found += [one for one in children if holder not in one.iter() and not _headed(one, own)]
    return found


def _among_titles(beside: list[html.HtmlElement], here: str) -> bool:
    """Whether links as long as titles stand beside the words: rows that we failed to read, perhaps. A menu's names may
    be as long, but they lead to columns."""
    links = [link for block in beside for link in long_links(block)]
    return sum(not leads_to_column(link.get("href") or "", here) for link in links) > 2


def _dated(beside: list[html.HtmlElement]) -> bool:
    """Whether dated lines stand beside the words."""
    texts = ("".join(islice(block.itertext(), 200))[:LONGEST_BLOCK] for block in beside)
    return len(DATE.findall("\n".join(texts))) > 1


def _awaits_rows(page: Page, holder: html.HtmlElement) -> bool:
    """Whether an empty place that code may fill stands beside the words."""
    around = list(islice(holder.iterancestors(), 2))
    if page_code(page).idle or not around:
        return False
    return next(waiting_places(around[-1]), None) is not None


def _waits_for_query(holder: html.HtmlElement) -> bool:
    """Whether words that ask for a query stand in the block around."""
    block = next(islice(holder.iterancestors("div", "form", "section", "td"), 0, 1), holder)
    return bool(_ASKS.search("".join(islice(block.itertext(), 60))[:LONGEST_BLOCK]))


def _headed(block: html.HtmlElement, own: frozenset[str]) -> bool:
    """Whether a block begins with a heading of its own that is not the column's name."""
    elements = (one for one in islice(block.iter(), 12) if isinstance(one.tag, str))
    first = next((one for one in elements if (one.text or "").strip()), None)
    while first is not None:
        text = "".join(islice(first.itertext(), 9)).strip()
        if not 1 < len(text) < LONGEST_HEADING:
            return False
        if first.tag in _HEADING_TAGS or _HEADING.search(
            f"{first.get('class') or ''} {first.get('id') or ''}"
        ):
            return text not in own
        first = first.getparent() if first is not block else None
    return False


def shows_a_part(page: Page, holder: html.HtmlElement) -> bool:
    """Whether years, months or tabs to choose from stand beside the words, or rows that only a choice would show; or,
    anywhere on the page, links to single years of this list."""
    if _links_years(page):
        return True
    below: html.HtmlElement = holder
    for parent in islice(holder.iterancestors(), CHOICE_STEPS):
        if parent.tag in ("body", "html"):
            break
        for child in parent:
            if child is not below and isinstance(child.tag, str) and _chooses(child):
                return True
        below = parent
    return False


def _links_years(page: Page) -> bool:
    own, years = folder_of(page.url), set()
    for link in islice(page.tree.iter("a"), 2_000):
        text = "".join(islice(link.itertext(), 3)).strip()
        if (
            _YEAR.fullmatch(text)
            and folder_of(join(page.url, link.get("href") or "") or "")[: len(own)] == own
        ):
            years.add(text)
    return len(years) > 1


def _chooses(block: html.HtmlElement) -> bool:
    if is_hidden(block):
        return len(DATE.findall("".join(islice(block.itertext(), 200))[:LONGEST_BLOCK])) > 1
    items = list(islice((one for one in block.iter(*_ITEMS)), 60))
    parts = {text for one in items if _PART.fullmatch(text := "".join(islice(one.itertext(), 5)).strip())}
    return len(parts) > 1 or any(map(_is_tabs, islice(block.iter(), 12)))


def _is_tabs(element: html.HtmlElement) -> bool:
    """Tabs that change what is shown here; a tab that is a link to another page is a menu's."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.get("role") != "tablist" and not _TABS.search(named):
        return False
    return sum(_stays(one) for one in islice(element, 12) if isinstance(one.tag, str)) > 1


def _stays(tab: html.HtmlElement) -> bool:
    links = [tab] if tab.tag == "a" else list(tab.iter("a"))
    leads = any((one.get("href") or "#")[0] not in "#j" for one in links)
    return 0 < len("".join(tab.itertext()).strip()) < LONGEST_HEADING and not leads
