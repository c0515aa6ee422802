"""A zero takes two independent witnesses: the page's own sentence in the list's place, or that place plainly bare, and
something else that only the server can have written. One alone is a doubt; so is a place that code may still fill.

That no code runs shows who wrote a sentence; beside a bare place it says nothing: a server that failed leaves one too."""

import re
from dataclasses import dataclass

from lxml import html

from crawler.outcomes.identity import Names, proved
from crawler.page.list_place import bare_place, calls_pager, long_links
from crawler.page.page import Page
from crawler.page.page_code import is_hook, may_fill, page_code
from crawler.page.sentence_place import holders_of, shows_a_part, states_empty
from crawler.page.values import Expectation, LetterList, Listing
from crawler.page.visible_text import VisibleText
from rules.vocabulary.words import alternatives

_TOTAL = re.compile(
    r"[共总计有]\s*(?:计|数)?\s*[:：]?\s*0\s*(?:条|项|篇|页|件|个|封)(?!评论|回复|留言|点评|附件)|(?<!\d)0\s*(?:条|项|篇|件|封)(?!评论|回复|留言|点评|附件)|"
    r"总(?:记录)?(?:条|页)?数\s*[:：]?\s*0(?!\d)"
)
_NUMBER = re.compile(r"\s*0\s*(?:条|项|篇|件|封)?\s*")
_EMPTY_STORE = re.compile(r"<recordset>\s{0,200}</recordset>\s{0,200}</datastore>", re.I)
_SERVERS_OWN = re.compile(alternatives("empty.server_sentence"))
# A page that says of its own program that it broke, or prints a total without its number, shows no list's end.
_BROKEN = re.compile(
    r"(?:数据|连接|查询|读取|加载|系统|服务器|程序|接口|网络)[^。\n]{0,8}(?:失败|错误|异常|出错|超时|繁忙)|"
    r"[共总]\s*(?:计|数|有)?\s*[:：]?\s*(?:条|篇|页)(?![\u4e00-\u9fff])"
)
_HEADS = re.compile(r"标题|名称|日期|时间|序号|编号|文号|索引号|机构|单位|主题|状态")


BARE = "列表处没有内容"
TOTAL = "所称总条数为0"
CALLED = "服务器写出的翻页不足两页"


@dataclass(frozen=True, slots=True)
class Zero:
    """What says that a list is empty, each as a phrase for the user; fewer than two are no zero."""

    witnesses: tuple[str, ...]

    @property
    def earned(self) -> bool:
        return len(self.witnesses) > 1

    @property
    def bare(self) -> bool:
        """Whether a place with nothing in it is all there is: no word of the page says so."""
        return self.witnesses == (BARE,)

    def __str__(self) -> str:
        return "；".join(self.witnesses)


def witnesses_of_zero(
    page: Page, listing: Listing | LetterList, seen: VisibleText, expect: Expectation | None
) -> Zero:
    """What says of a page without rows that its list is empty."""
    if _BROKEN.search(seen.plain):
        return Zero(())
    if listing.stated_total == 0 and _EMPTY_STORE.search(page.text):
        return Zero(("列表数据区为空", TOTAL))
    words = (listing.says_empty or "").strip()
    # A nought that no pager states (0 件办理中) is another count's.
    total = listing.stated_total == 0 and _prints_total(page, seen)
    if words and not _TOTAL.search(words):
        first, second = _by_sentence(page, seen, words, expect, total=total)
    else:
        first, second = _by_bare_place(page, seen, expect, total=total)
    return Zero(tuple(one for one in (first, second) if one))


def _by_sentence(
    page: Page, seen: VisibleText, words: str, expect: Expectation | None, *, total: bool
) -> tuple[str, str]:
    """The page's own sentence in the list's place, and what goes with it; "" for each that is not there."""
    own = frozenset((*expect.column_path[-1:], *expect.units)) if expect else frozenset()
    place = next(iter(holders_of(page, words)), None)
    if place is None or not states_empty(page, seen, words, own):
        return "", ""
    return f"列表处写明“{words}”", TOTAL if total else _second(page, seen, place, words)


def _by_bare_place(
    page: Page, seen: VisibleText, expect: Expectation | None, *, total: bool
) -> tuple[str, str]:
    """The list's place with nothing in it, and what goes with it. What files of scripts may fill is proved empty by what
    this page prints only where the server wrote its pager: then it writes the rows too."""
    place = bare_place(page, seen, named=not total)
    if place is None or may_fill(page, place) or shows_a_part(page, place):
        return "", ""
    if not (total or proved(Names(page), expect)):
        return "", ""
    called = calls_pager(page, seen)
    if page_code(page).foreign and not called:
        # Here the total may be code's as well: one witness, but one in words.
        return (f"{BARE}，{TOTAL}" if total else BARE), ""
    return BARE, TOTAL if total else CALLED if called else ""


def _second(page: Page, seen: VisibleText, place: html.HtmlElement, words: str) -> str:
    """What besides a sentence and a total only the server can have written; "" if nothing."""
    if calls_pager(page, seen):
        return CALLED
    if _SERVERS_OWN.search(words):
        return "这句话由网站平台的服务器写在列表处"
    if _only_row(page, place, words):
        return "表头之下只有这一行"
    return "网页中没有能改动列表的脚本" if page_code(page).idle else ""


def _prints_total(page: Page, seen: VisibleText) -> bool:
    """Whether the page shows that its total is zero (共 0 条). A number in an element of its own that has a hook for code
    may only be so until the code has asked, as may a variable that is zero (var total = 0)."""
    if not _TOTAL.search(seen.plain):
        return False
    if page_code(page).idle:
        return True
    numbers = (
        one
        for one in page.tree.iter("span", "b", "em", "i", "strong", "font", "label")
        if _NUMBER.fullmatch(one.text or "")
    )
    return not any(one.get("id") or may_fill(page, one) for one in numbers)


def _only_row(page: Page, place: html.HtmlElement, words: str) -> bool:
    """Whether the words are the only row below the heads of a table, or of a list that prints heads."""
    row = next((one for one in (place, *place.iterancestors()) if one.tag in ("tr", "li")), None)
    if row is None:
        return False
    holder = next(row.iterancestors("table" if row.tag == "tr" else "ul"), None)
    if holder is None or (page_code(page).foreign and is_hook(holder, page)):
        return False
    if "".join(row.itertext()).split() != words.split():
        return False
    rows = [one for one in holder.iter(row.tag) if "".join(one.itertext()).strip()]
    before, after = rows[: rows.index(row)], rows[rows.index(row) + 1 :]
    headed = len(before) == 1 and len(_HEADS.findall("".join(before[0].itertext()))) > 1
    return headed and not any(long_links(one) for one in after)
