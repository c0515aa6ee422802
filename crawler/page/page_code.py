"""What the page's code may still do to a place: what it fetches, what it calls in other files, which elements it names.

Nothing is run. Code that stands in the page is judged by what it says; a file that we have not read may do anything to
what it can find. Neither its name nor its host tells what it does: lists have been filled by common.js."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml import html

from crawler.page.model import PageModel
from crawler.page.page import Page

_CODE_TYPE = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma|j)script(?:;.*)?|module)?", re.I)
FETCHES = re.compile(
    r"\$\.(?:ajax|get|post|getJSON|getScript)\s*\(|\.load\s*\(\s*['\"]|\bfetch\s*\(|XMLHttpRequest|axios\b|dataproxy|"
    r"\bnew Vue\b|createApp\s*\(|layui\.(?:use|table|laypage)|\.datagrid\s*\(|\.bootstrapTable\s*\(|laytpl|jsonp|"
    r"customElements\.define|\bimport\b",
    re.I,
)
WRITES = re.compile(
    r"innerHTML|\.(?:html|append|prepend|appendTo|insertAdjacentHTML|replaceWith)\s*\(|document\.write|"
    r"\bnew Vue\b|createApp\s*\(|layui\.|\.datagrid\s*\(|\.bootstrapTable\s*\(|customElements\.define|\bimport\b",
    re.I,
)
_TOGGLES = re.compile(
    r"\.(?:show|hide|toggle|remove|empty|text|fadeIn|fadeOut)\s*\(|\.style\b|textContent|innerText"
)
_ADDS_CODE = re.compile(r"createElement\s*\(\s*['\"]script|(?:%3C|<|\\x3c)\s?script\b[^>]{0,200}\bsrc", re.I)
# A call of what stands in another file: loadChannel("3101", 1), getList(). What draws a pager brings no rows.
_CALL = re.compile(r"(?<![\w.$])(?<!function )(?<!new )([A-Za-z_$][\w$]{2,40})\s?\(\s?(\)?)")
_BRINGS = re.compile(r"_?(?:get|load|query|fetch|render|request|ajax|bind|fill|find|list)", re.I)
_MAY_BRING = re.compile(
    r"_?(?:get|load|query|fetch|render|request|ajax|bind|fill|find|list|search|show|init)", re.I
)
_ROWS = re.compile(r"list|data|info|news|rows?|content|article|channel|column|item|table", re.I)
_PAGER_NAME = re.compile(r"page", re.I)
_DEFINED = re.compile(
    r"function\s+([\w$]{2,40})\s*\(|([\w$]{2,40})\s?=\s?(?:async\s)?(?:function\b|\([\w\s,]*\)\s?=>)"
)
_QUOTED = re.compile(r"['\"`]([^'\"`\n]{1,120})['\"`]")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_BOUND = ("data-", "v-", "ng-", "x-", ":", "@", "ms-", "lay-", "hx-", "wx:", "th:")
_HANDLERS = ("onload", "onpageshow")
# A class by which a template says that what it shows is to be replaced.
_WAITING = re.compile(r"skeleton|loading|placeholder|lazyload", re.I)
# A pager's words, left out where it is asked what else an element says.
_PAGER_TEXT = re.compile(
    r"[\s\d/,，.。:：|<>«»‹›&\[\]()（）]|[共第每]|[条页篇项]|记录|信息|[首尾末上下]一?页|前往?|跳转?到?|go",
    re.I,
)
# The place of a pager; but not a list that is called pageList.
PAGER_PLACE = re.compile(
    r"(?:^|[\s_-])page(?:r|s|_?(?:div|box|bar|nav|num|con|wrap)|-?(?:div|box|bar|nav|num|con|wrap))?\d*(?:[\s_-]|$)"
    r"|paginat|paging|fenye|laypage|turnpage|pagesize|pagediv",
    re.I,
)
MOST_SCRIPTS = 200
LONGEST = 60_000  # characters of one script; longer ones are libraries pasted into the page


@dataclass(frozen=True, slots=True)
class PageCode:
    """`inline`: the texts of the page's own code. `loaders`: those among them that fetch and write, or call
    what loads. `foreign`: whether code of other files runs, named by the page or added by its code."""

    inline: tuple[str, ...] = ()
    loaders: tuple[str, ...] = ()
    foreign: bool = False

    @property
    def idle(self) -> bool:
        """Whether nothing runs that could bring anything into the page."""
        return not self.foreign and not self.loaders


def page_code(page: Page) -> PageCode:
    """The page's code, looked at once."""
    return page.model.view(_look)


def _look(model: PageModel) -> PageCode:
    scripts = [one for one in islice(model.root.iter("script"), MOST_SCRIPTS) if _is_code(one)]
    body = model.root.find("body")
    handlers = [body.get(name) or "" for name in _HANDLERS] if body is not None else []
    inline = [text[:LONGEST] for text in chain((one.text or "" for one in scripts), handlers) if text.strip()]
    defined = {name for text in inline for pair in _DEFINED.findall(text) for name in pair if name}
    loaders = tuple(text for text in inline if _loads(text, defined))
    foreign = any(one.get("src") for one in scripts) or any(map(_ADDS_CODE.search, inline))
    return PageCode(tuple(inline), loaders, foreign)


def _is_code(script: html.HtmlElement) -> bool:
    return bool(_CODE_TYPE.fullmatch((script.get("type") or "").strip()))


def _loads(text: str, defined: set[str]) -> bool:
    return bool(FETCHES.search(text) and WRITES.search(text)) or any(_calls(text, defined))


def _calls(text: str, defined: set[str]) -> Iterator[str]:
    """Names of functions of other files that by what they are called bring rows."""
    for name, bare in _CALL.findall(text):
        if name in defined or _PAGER_NAME.search(name):
            continue
        if (not bare and _BRINGS.match(name)) or (_MAY_BRING.match(name) and _ROWS.search(name)):
            yield name


def may_fill(page: Page, holder: html.HtmlElement) -> bool:
    """Whether the page's code may still replace the words in `holder`, or bring rows beside them."""
    code, own = page_code(page), held_alone(holder)
    if _written_into(own[-1]):
        return True
    names = {name for element in own for name in _names(element)}
    names |= {name for piece in islice(holder.iter("span", "b", "em", "i"), 5) for name in _names(piece)}
    if any(names & _named(text) for text in code.inline if WRITES.search(text) or _TOGGLES.search(text)):
        return True
    around = {name for element in islice(holder.iterancestors(), 4) for name in _names(element)}
    if any(_aims(text, names | around, page) for text in code.loaders):
        return True
    return code.foreign and any(is_hook(element, page) for element in own)


def _written_into(place: html.HtmlElement) -> bool:
    """Whether code of another file runs right in the place or beside it: it writes where it stands. One in the place of
    a pager draws the pager."""
    parent = place.getparent()
    block = parent if parent is not None and parent.tag not in ("body", "html") else place
    sources = (one for one in islice(block.iter("script"), 20) if one.get("src"))
    return any(not _in_pager(one, block) for one in sources)


def _in_pager(script: html.HtmlElement, block: html.HtmlElement) -> bool:
    around = (one for one in script.iterancestors() if one is not block and block in one.iterancestors())
    return any(PAGER_PLACE.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in around)


def held_alone(holder: html.HtmlElement) -> list[html.HtmlElement]:
    """The element that holds the words, and those around it that hold nothing else but perhaps a pager."""
    said = _rest("".join(islice(holder.itertext(), 40)))
    found = [holder]
    for element in holder.iterancestors():
        if element.tag in ("body", "html") or _rest(_shown(element)) != said:
            break
        found.append(element)
    return found


def _rest(text: str) -> str:
    return _PAGER_TEXT.sub("", text[:400])


def _shown(element: html.HtmlElement) -> str:
    return "".join(islice(element.xpath(".//text()[not(parent::script or parent::style)]"), 200))


def _aims(loader: str, near: set[str], page: Page) -> bool:
    """Whether a loader names what stands here, or nothing that the page has elsewhere: then it may be anything."""
    named = _named(loader)
    return bool(named & near) or not named & page.model.view(_all_names)


def _all_names(model: PageModel) -> frozenset[str]:
    return frozenset(name for node in model.nodes for name in _names(node.element))


def _named(text: str) -> set[str]:
    return {name for quoted in _QUOTED.findall(text) for name in _NAME.findall(quoted)}


def _names(element: html.HtmlElement) -> list[str]:
    """The names by which a script finds an element: its id, its classes, a tag of the page's own."""
    own = [element.tag] if isinstance(element.tag, str) and "-" in element.tag else []
    return [*(element.get("id") or "").split(), *(element.get("class") or "").split(), *own]


def is_hook(element: html.HtmlElement, page: Page) -> bool:
    """Whether the element is made for code to find: by an id, by data for it, by a tag of its own, or by a class that
    says that it waits. ASP.NET gives everything an id on the server."""
    named = bool(element.get("id")) and "__VIEWSTATE" not in page.text
    return named or carries_data(element) or bool(_WAITING.search(element.get("class") or ""))


def carries_data(element: html.HtmlElement) -> bool:
    """Whether an element carries data for a script, is bound to one, or has a tag that only a script knows."""
    bound = any(name.startswith(_BOUND) for name in element.attrib)
    return bound or (isinstance(element.tag, str) and "-" in element.tag)
