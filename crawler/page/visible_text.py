"""A page as a citizen first sees it, before anybody reads rows: title, shown text, scripts. Bounded work."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.page.model import CLOSE, CLOSED_TAGS, INLINE, TEXT, PageModel
from crawler.page.page import Page

# Bounds of the work: notices, challenges and empty lists stand at the head of small pages, and are never longer.
MOST_NODES = 6_000
LONGEST_TEXT = 20_000
LONGEST_SCRIPT = 60_000
# Characters shown: notices, logins and challenges of the fixtures and the corpus show 271 at most.
SHORT = 500
# Characters of script: an alert and a redirect take two hundred, a page's own program thousands.
BRIEF = 1_000
BORDER = "\x1e"

_UNSEEN = CLOSED_TAGS | {"template"}
_HEADINGS = frozenset({"h1", "h2", "h3"})
DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_ALERT = re.compile(r"\balert\s?\(\s?(?:'([^'\n]{2,120})'|\"([^\"\n]{2,120})\")")
_DIVIDER = re.compile(r"\s*[-_—–|｜·»>/:：]+\s*|\s{2,}")


@dataclass(frozen=True, slots=True)
class VisibleText:
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
    def text(self) -> str:
        """All that a citizen reads, links last."""
        return self.plain + self.linked

    @property
    def shown(self) -> int:
        """How many characters a citizen sees."""
        return len(self.text)

    @property
    def short(self) -> bool:
        """So little is shown that one notice can be the whole page; three dates are a list, however short."""
        return self.shown < SHORT and self.dates < 3

    @property
    def dates(self) -> int:
        """How many dates a citizen sees."""
        return len(DATE.findall(self.text))


def title_of(page: Page) -> str:
    """The text of <title>, single-spaced; "" if there is none."""
    return page.model.view(_title)


def _title(model: PageModel) -> str:
    return " ".join((model.root.findtext(".//title") or "")[:300].split())


def segments(title: str) -> list[str]:
    """The parts of a title between its dividers: 通知公告-某县人民政府 → 通知公告, 某县人民政府."""
    return [part for part in _DIVIDER.split(title) if part]


def visible_text(page: Page) -> VisibleText:
    """What the page shows at first, seen once."""
    return page.model.view(_look)


def _look(model: PageModel) -> VisibleText:
    found = defaultdict[str, list[str]](list)
    for kind, text in islice(_walk(model), MOST_NODES):
        found[kind].append(text)
    scripts = "\n".join(found["script"])[:LONGEST_SCRIPT]
    silent = not any(map(str.strip, (*found["plain"], *found["linked"])))
    if silent and len(scripts) < BRIEF and not found["source"]:
        found["plain"] = [a or b for a, b in _ALERT.findall(scripts)]
    return VisibleText(
        title=model.view(_title),
        headings=tuple(_tidy(text) for text in found["head"][:10]),
        plain=_tidy("".join(found["plain"]))[:LONGEST_TEXT],
        linked=_tidy("".join(found["linked"]))[:LONGEST_TEXT],
        scripts=scripts,
        sources=tuple(found["source"]),
        noscript=_tidy("".join(found["noscript"])),
    )


def _walk(model: PageModel) -> Iterator[tuple[str, str]]:
    """Every text shown, with what holds it; one that begins a block begins with BORDER."""
    events, at = model.events, 0
    links, border = 0, BORDER
    while at < len(events):
        kind, node, text = events[at]
        at += 1
        if kind == TEXT:
            yield ("linked" if links else "plain"), border + text
            border = BORDER  # what follows a text within the same element stands behind a comment
            continue
        border = "" if node.tag in INLINE else BORDER
        if kind == CLOSE:
            links -= node.tag == "a"
            continue
        yield from _one(node.element)
        if node.tag in _UNSEEN or node.hidden:
            at = node.closed + 1
        else:
            links += node.tag == "a"


def _one(item: html.HtmlElement) -> Iterator[tuple[str, str]]:
    if item.tag == "script":
        yield ("source", item.get("src", "")[:300]) if item.get("src") else ("script", item.text or "")
    elif item.tag == "noscript":
        yield "noscript", "".join(islice(item.itertext(), 50))
    elif item.tag in _HEADINGS:
        yield "head", "".join(islice(item.itertext(), 20))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(BORDER))
    return "\n".join(line for line in lines if line)
