"""A page as a citizen first sees it, before anybody reads rows: title, shown text, scripts. Bounded work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.page.page import Page

MOST_NODES = 6_000
WIDEST = 2_000
LONGEST_TEXT = 20_000
LONGEST_SCRIPT = 60_000
SHORT = 500
BRIEF = 1_000
BORDER = "\x1e"

_HIDING_CLASSES = frozenset(
    {"hide", "hidden", "dn", "d-none", "layui-hide", "is-hidden", "invisible", "sr-only", "visually-hidden"}
)
_HIDES_NONE = re.compile(
    r"\.none\s{0,9}\{[^{}]{0,200}display\s{0,9}:\s{0,9}none|\.none['\"]|(?:add|remove|toggle)Class\(\s{0,9}['\"]none"
)
_LISTS = frozenset({"ul", "ol", "dl", "table", "li", "a"})
_CONDITIONS = frozenset(
    {"v-if", "v-else", "v-else-if", "v-show", "ng-if", "ng-show", "ng-hide", "x-show", "x-if"}
)
_UNSEEN = frozenset({"script", "noscript", "title", "style", "template", "svg", "select", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_INLINE = frozenset(
    {"a", "b", "br", "em", "font", "i", "img", "input", "label", "small", "span", "strong", "u"}
)
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_ALERT = re.compile(r"\balert\s?\(\s?(?:'([^'\n]{2,120})'|\"([^\"\n]{2,120})\")")
_DIVIDER = re.compile(r"\s*[-_—–|｜·»>/:：]+\s*|\s{2,}")


@dataclass(frozen=True, slots=True)
class Glance:
    """`plain` is the text shown outside links, `linked` the text of links; hidden and conditional parts are
    left out, and blocks stand on lines of their own. A page that is nothing but a brief script shows what it
    alerts. `scripts` is what inline scripts say, `sources` the addresses of the others."""

    title: str
    headings: tuple[str, ...]
    plain: str
    linked: str
    scripts: str
    sources: tuple[str, ...]
    noscript: str

    @property
    def shown(self) -> int:
        """How many characters a citizen sees."""
        return len(self.plain) + len(self.linked)

    @property
    def short(self) -> bool:
        """So little is shown that one notice can be the whole page; three dates are a list, however short."""
        return self.shown < SHORT and self.dates < 3

    @property
    def dates(self) -> int:
        """How many dates a citizen sees."""
        return len(_DATE.findall(self.plain + self.linked))


def title_of(page: Page) -> str:
    """The text of <title>, single-spaced; "" if there is none."""
    return " ".join((page.tree.findtext(".//title") or "")[:300].split())


def segments(title: str) -> list[str]:
    """The parts of a title between its dividers: 通知公告-某县人民政府 → 通知公告, 某县人民政府."""
    return [part for part in _DIVIDER.split(title) if part]


def glance(page: Page) -> Glance:
    """Look once over the page's tree."""
    found: dict[str, list[str]] = {
        "plain": [],
        "linked": [],
        "script": [],
        "source": [],
        "noscript": [],
        "head": [],
    }
    for kind, text in islice(_walk(page.tree), MOST_NODES):
        found[kind].append(text)
    scripts = "\n".join(found["script"])[:LONGEST_SCRIPT]
    if (
        not any(map(str.strip, (*found["plain"], *found["linked"])))
        and len(scripts) < BRIEF
        and not found["source"]
    ):
        found["plain"] = [a or b for a, b in _ALERT.findall(scripts)]
    return Glance(
        title=title_of(page),
        headings=tuple(_tidy(text) for text in found["head"][:10]),
        plain=_tidy("".join(found["plain"]))[:LONGEST_TEXT],
        linked=_tidy("".join(found["linked"]))[:LONGEST_TEXT],
        scripts=scripts,
        sources=tuple(found["source"]),
        noscript=_tidy("".join(found["noscript"])),
    )


def hidden(element: html.HtmlElement) -> bool:
    """Whether the element is not shown as the page stands, or only if a script says so."""
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style", "").replace(" ", "").lower()
    classes = attributes.get("class", "").lower().split()
    return (
        "display:none" in style
        or "visibility:hidden" in style
        or "hidden" in attributes
        or not _HIDING_CLASSES.isdisjoint(classes)
        or ("none" in classes and not (len(classes) == 1 and _says_none(element)))
        or not _CONDITIONS.isdisjoint(attributes)
    )


def _says_none(element: html.HtmlElement) -> bool:
    """Whether class=none calls its words "nothing" (as templates do that print 暂无信息 in it) rather than hiding
    them: it holds no list, and no style or script of the page speaks of the name."""
    if any(inner.tag in _LISTS for inner in islice(element.iter(), 20)):
        return False
    rules = islice(element.getroottree().getroot().iter("style", "script"), 60)
    text = "\n".join(rule.text or "" for rule in rules)[:LONGEST_SCRIPT]
    return "none" not in text or not _HIDES_NONE.search(text)


def _walk(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    stack: list[tuple[html.HtmlElement | str, str]] = [(root, "plain")]
    while stack:
        item, kind = stack.pop()
        if isinstance(item, str):
            yield kind, item
        elif isinstance(item.tag, str):
            yield from _one(item)
            if item.tag not in _UNSEEN and not hidden(item):
                stack.extend(_inside(item, "linked" if item.tag == "a" else kind))


def _one(item: html.HtmlElement) -> Iterator[tuple[str, str]]:
    if item.tag == "script":
        yield ("source", item.get("src", "")[:300]) if item.get("src") else ("script", item.text or "")
    elif item.tag == "noscript":
        yield "noscript", "".join(islice(item.itertext(), 50))
    elif item.tag in _HEADINGS:
        yield "head", "".join(islice(item.itertext(), 20))


def _inside(item: html.HtmlElement, kind: str) -> Iterator[tuple[html.HtmlElement | str, str]]:
    """Children and texts, last first, for a stack."""
    for child in reversed(item[:WIDEST]):
        if child.tail:
            yield _border(child) + child.tail, kind
        yield child, kind
    if item.text:
        yield _border(item) + item.text, kind


def _border(element: html.HtmlElement) -> str:
    return "" if element.tag in _INLINE else BORDER


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(BORDER))
    return "\n".join(line for line in lines if line)
