"""Signs that a list holds more than the rows its page shows. Each is the code of a cause (`crawler.outcomes.causes`).

A sign makes doubt only, never a number: where a stated total equals the rows, or a row older than the period is met, the
list is known for all that (`crawler.crawling.pagination`)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from lxml import html

from crawler.page.addresses import join, same_list_page
from crawler.page.budget import TOO_MANY_ROWS
from crawler.page.page import Page
from crawler.page.page_words import MORE_LINK
from crawler.page.scripts import script_text
from crawler.page.titles import tidy
from crawler.page.tokens import TokenStream
from crawler.page.values import Entry
from crawler.readers.lists.groups import MOST_BETWEEN, Group, dated_groups, is_alike
from crawler.readers.lists.hidden_rows import hidden_rows
from crawler.readers.pagers.pager import Pager
from rules.vocabulary.words import alternatives

_MORE = re.compile(
    rf"[\s\[【<《«]*(?:{alternatives('navigation.load_more')}|(?:load|show|view)\s?(?:more|all))[\s>＞»+…\]】》]*",
    re.IGNORECASE,
)
# 历史信息请点击这里, 往年文件查询: words that lead to rows of earlier years.
_EARLIER = re.compile(
    r"(?:历史|以往|往期|往年|历年|过往|更早|以前|之前|旧版|归档)的?(?:政务|公开|有关)?(?:信息|数据|内容|文件|公告|公示|资料|目录|记录)"
    r"[^。]{0,8}(?:点击|点此|查看|查询|浏览|移步|请见|详见|入口|回顾)"
)
# Texts before and behind the rows in which their own 更多 stands; further off it is a neighbour's.
BEFORE, AFTER = 4, 3
_SCROLLS = re.compile(
    r"\bscroll(?:Top|Height|load)?\b|onscroll|IntersectionObserver|infinite-?scroll|\bloadMore\b|load_more",
    re.IGNORECASE,
)
_LOADS = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\s?\(|\bfetch\s?\(|XMLHttpRequest|axios|\.load\s?\(|\.append\s?\(|\bload\w{0,20}\s?\(",
    re.IGNORECASE,
)
# Characters behind the word in which its handler asks for rows; a button back to the top is shorter.
HANDLER = 600
_PAGER_NAME = re.compile(
    r"(?:^|[\s_-])(?:pages?|pag(?:er|ing|ination|inator)\w*|fenye|kkpager|laypage|jpage|page_?(?:div|box|bar|list|nav|con))"
    r"(?:[\s_-]|\d|$)",
    re.IGNORECASE,
)
_PROGRAM_ERROR = re.compile(
    r"(?:Warning|Notice|(?:Fatal|Parse|Catchable fatal) error|Deprecated)\s?:.{1,300}?\bon line\b|Server Error in '"
    r"|(?:VBScript|JScript|ADODB|OLE DB|ODBC).{0,40}(?:错误|error)|(?:java|javax|org|System)\.[\w.]{3,80}(?:Exception|Error)\b"
    r"|ORA-\d{5}|SQLSTATE\[|Traceback \(most recent|server has gone away|You have an error in your SQL",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?(?:度|份)?")
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月份?|第?[一二三四1-4]\s?季度")
_CURRENT = re.compile(
    r"(?:^|[\s_-])(?:cur|curr|current|active|here|now|on|sel|select(?:ed)?|hover|this)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_LEADS_NOWHERE = re.compile(r"#|javascript:|$", re.IGNORECASE)
# Links that hand their script something: each shows another part.
_SHOWS_PART = re.compile(r"(?:javascript:)?\s?[\w.$]{2,40}\s?\(\s?(?:this\s?,\s?)?['\"]?\w", re.IGNORECASE)
# Characters; a longer text is no offer.
LONGEST_OFFER = 40
# A tab's name is short; a strip of more is a menu.
LONGEST_TAB, MOST_TABS = 10, 12
FEWEST_MONTHS = 4


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as read: its rows on the page's token stream, and what was made of them."""

    page: Page
    stream: TokenStream
    group: Group
    entries: tuple[Entry, ...]
    pager: Pager
    as_of: date | None


def doubts_of(shown: ShownList) -> tuple[str, ...]:
    """Why the rows may not be all, most telling first; empty where nothing says so."""
    return tuple(dict.fromkeys(_signs(shown)))


def _signs(shown: ShownList) -> Iterator[str]:
    page, stream, group, pager = shown.page, shown.stream, shown.group, shown.pager
    if stream.cut:
        yield TOO_MANY_ROWS
    hidden = list(hidden_rows(page, group, shown.entries, shown.as_of))
    yield from hidden
    tabs = _tabs_over(group)
    years = bool(tabs) and all(_YEAR.fullmatch(name) for name in tabs)
    if _rows_alike(shown.entries):
        yield "rows_alike"
    if _is_broken_off(shown):
        yield "broken_off"
    if tabs and not hidden and not years:
        yield "tabs_unread"
    if years or _chooses_year(page, stream, group):
        yield "year_choice"
    yield from pager.doubts
    if _PROGRAM_ERROR.search(" ".join(stream.texts(group.end, len(stream.tokens)))):
        yield "program_error"
    if _offers_more(page, stream, group):
        yield "more_link"
    if _loads_on_scroll(page):
        yield "scroll_loading"
    said = pager.ended or pager.turn is not None or pager.pages is not None
    if not said and _has_bare_pager(page, group):
        yield "pager_empty"


def _rows_alike(entries: tuple[Entry, ...]) -> bool:
    """Whether rows without an address (a script opens them) bear one title and day: two postings, or one twice."""
    told = [(entry.title, entry.date) for entry in entries if entry.url is None]
    return len(set(told)) < len(told)


def _is_broken_off(shown: ShownList) -> bool:
    """Whether rows of the same make stand before or behind, apart by nothing but a short text: a heading of another list,
    or a word in the middle of this one (广告). Where rows have addresses these tell it."""
    if any(entry.url for entry in shown.entries):
        return False
    return any(_lies_beyond_a_word(shown.stream, shown.group, other) for other in dated_groups(shown.stream))


def _lies_beyond_a_word(stream: TokenStream, own: Group, other: Group) -> bool:
    first, second = sorted((own, other), key=lambda one: one.start)
    if not first.end <= second.start <= first.end + MOST_BETWEEN:
        return False
    between = "".join(stream.texts(first.end, second.start)).strip()
    alike = is_alike(first.parent, second.parent) and first.rows[0].box.tag == second.rows[0].box.tag
    return alike and 0 < len(between) < LONGEST_TAB


def _offers_more(page: Page, stream: TokenStream, group: Group) -> bool:
    """更多 over the rows or behind them, or a button that loads more; a link to this page itself is none."""
    before = [t for t in stream.tokens[max(0, group.start - BEFORE) : group.start] if t.text]
    after = list(islice((t for t in stream.tokens[group.end :] if t.text.strip()), AFTER))
    for token in (*before, *after):
        text = tidy(token.text)
        offered = MORE_LINK.fullmatch(text) or _MORE.fullmatch(text)
        link = stream.links[token.link].element if token.link >= 0 else None
        if offered and not (link is not None and link.get("href") and _is_here(page, link)):
            return True
    if any(len(token.text) < LONGEST_OFFER and _EARLIER.search(tidy(token.text)) for token in after):
        return True
    if any(_pictures_more(page, element) for element in _beside(group)):
        return True
    buttons = page.tree.iter("button", "input")
    return any(
        _MORE.fullmatch(tidy(one.text_content() or one.get("value") or "")) for one in islice(buttons, 100)
    )


def _beside(group: Group) -> Iterator[html.HtmlElement]:
    """What stands right over the rows and right behind them."""
    at = group.parent
    for _ in range(2):
        if at is None:
            return
        yield from (one for one in (at.getprevious(), at.getnext()) if one is not None)
        at = at.getparent()


def _pictures_more(page: Page, block: html.HtmlElement) -> bool:
    """Whether a picture that says 更多 leads from a block to another page."""
    links = (next(one.iterancestors("a"), None) for one in islice(block.iter("img"), 10) if _says_more(one))
    return not all(_is_here(page, link) for link in links if link is not None)


def _says_more(picture: html.HtmlElement) -> bool:
    text = tidy(picture.get("alt") or picture.get("title") or "")
    return bool(MORE_LINK.fullmatch(text) or _MORE.fullmatch(text))


def _is_here(page: Page, link: html.HtmlElement) -> bool:
    """Whether a link leads to the page it stands on."""
    return same_list_page(join(page.url, link.get("href") or "") or "", page.url)


def _loads_on_scroll(page: Page) -> bool:
    """Whether a script of the page asks for more rows when the page is scrolled."""
    scripts = script_text(page.tree)
    return any(
        _LOADS.search(scripts, found.end(), found.end() + HANDLER) for found in _SCROLLS.finditer(scripts)
    )


def _has_bare_pager(page: Page, group: Group) -> bool:
    """Whether an empty place with a pager's name stands behind the rows: a script fills it."""
    behind = False
    last = group.rows[-1].box
    for element in page.tree.iter():
        if element is last:
            behind = True
        elif behind and element.tag in ("div", "ul", "p", "span", "td", "nav") and _is_bare_pager(element):
            return True
    return False


def _is_bare_pager(element: html.HtmlElement) -> bool:
    named = _PAGER_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    return (
        bool(named)
        and not "".join(
            islice(element.itertext("div", "span", "a", "li", "ul", "p", "td", "b", "em", "i"), 20)
        ).strip()
    )


def _tabs_over(group: Group) -> list[str]:
    """The names of a strip of tabs right over the rows: short, none an address, and one of them the current one or all with
    a script that is told which part to show; none where there is no such strip."""
    at = group.parent
    for _ in range(3):
        if at is None:
            return []
        before = at.getprevious()
        names = _strip(before) if before is not None and isinstance(before.tag, str) else []
        if names:
            return names
        at = at.getparent()
    return []


def _strip(element: html.HtmlElement) -> list[str]:
    items = [one for one in element.iter("li", "a", "span") if not len(one) or one.tag == "li"]
    if not 2 <= len(items) <= MOST_TABS * 2:
        return []
    names = ["".join(one.itertext()).strip() for one in items]
    if not all(0 < len(name) <= LONGEST_TAB for name in names):
        return []
    addressed = any(not _LEADS_NOWHERE.match(a.get("href") or "") for a in element.iter("a"))
    current = sum(bool(_CURRENT.search(one.get("class") or "")) for one in items)
    parts = {script for one in element.iter("a", "li", "span") if (script := _script_of(one))}
    return names if (current == 1 or len(parts) == len(set(names))) and not addressed else []


def _script_of(element: html.HtmlElement) -> str:
    """What a click on an element runs, where it is a call with an argument; "" if not."""
    scripts = (element.get("onclick") or "", element.get("href") or "")
    return next((script for script in scripts if _SHOWS_PART.match(script)), "")


def _chooses_year(page: Page, stream: TokenStream, group: Group) -> bool:
    """Whether the list is shown by years, quarters or months: links or a choice of them outside the rows."""
    linked = {
        "".join(stream.texts(link.start, link.end)).strip()
        for link in stream.links
        if not group.start <= link.start < group.end
    }
    return _are_periods(linked) or any(
        options and _is_period(options[0]) and _are_periods(options)
        for select in islice(page.tree.iter("select"), 20)
        if (options := [(option.text or "").strip() for option in islice(select.iter("option"), 40)])
    )


def _are_periods(texts: Iterable[str]) -> bool:
    """Two years or more, or as many months or quarters as no menu has by chance."""
    periods = {text for text in texts if _is_period(text)}
    years = sum(bool(_YEAR.fullmatch(text)) for text in periods)
    return years > 1 or sum(bool(_MONTH.fullmatch(text)) for text in periods) >= FEWEST_MONTHS


# A site prints the same navigation on every page.
@lru_cache(maxsize=8192)
def _is_period(text: str) -> bool:
    return bool(_YEAR.fullmatch(text) or _MONTH.fullmatch(text))
