"""A row's link and its title: which of a row's links is the posting, and what it is called in full."""

import re
from functools import lru_cache
from itertools import takewhile

from lxml import html

from crawler.page.dates import spans
from crawler.page.lines import ancestors
from crawler.page.marks import EMBEDDED, LABELLED, PURE, SPENT, find_mark
from crawler.page.page_words import BUTTON
from crawler.page.tokens import Link, Token, TokenStream
from rules.vocabulary.white_space import squeeze

_ARROWS = re.compile(r"[<>«»‹›]{1,2}")
_EDGES = " \t\u3000·•▪◆■□●○>»›→|-—–_+＋:：[]【】()（）"
_BULLETS = " \t\u3000·•▪◆■□●○►▶>»›|\ue000"
# A run begins where no sign like it stands before: from each sign of a long run the search would go to its end.
_CUT = re.compile(r"(?:(?<!\.)\.{2,}|(?<!…)…+|(?<!。)。{2,}|(?<!⋯)⋯+)\s*$")
_OLD_TIP = re.compile(
    r"标\s?题\s?[:：]\s{0,9}(.{1,400}?)(?:\s{0,9}(?:\r|\n|作\s?者|点\s?击|发表|更新|发布)|$)"
)
_MORE_LINES = re.compile(r"[\r\n]\s{0,9}(?=(?:发布|发表|更新|添加|点击|作\s?者|来源|日期|时间)\S{0,4}[:：])")
_CALL_URL = re.compile(
    r"""["']((?:https?:/|\.{0,2})/[^"'\s]{2,300}|[\w./-]{1,200}\.(?:s?html?|jspx?|aspx?|php)[^"'\s]{0,200})["']"""
)
_BADGE = re.compile(r"[\[【(（]?(?:置?顶|热|荐|推荐|新|图|精|new|hot|top)[\]】)）]?!?", re.I)
_DEAD = ("", "#", "###", "/#")
SHORTEST_TIP = 6  # shorter ones name a button's picture: 联系方式, 业务咨询
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def is_title_link(stream: TokenStream, link: Link) -> bool:
    """Whether a link may be a posting: it says something, and not merely 更多 or a page's number."""
    text = link_text(stream, link)
    return len(text) > 1 and not is_button(text) and not is_date(text)


def is_date(text: str) -> bool:
    """Nothing but a date: a row's date is often a link too."""
    mark = find_mark(text) if len(text) < 40 else None
    return bool(mark and mark.strength in (PURE, LABELLED))


# A site prints the same navigation on every page: what was said of a text is remembered for some pages.
@lru_cache(maxsize=8192)
def is_button(text: str) -> bool:
    bare = text.strip(_EDGES)
    return not bare or bool(BUTTON.fullmatch(bare) or _ARROWS.fullmatch(bare))


def link_text(stream: TokenStream, link: Link) -> str:
    """What the link shows, or what its `title` (or its picture's `alt`) says where it shows nothing."""
    if link.shown is None:
        text = "".join(stream.texts(link.start, link.end))
        tip = "" if text else _attribute(link.element, "title")
        link.shown = text or (tip if len(tip) >= SHORTEST_TIP else "")
    return link.shown


def find_url(element: html.HtmlElement) -> str | None:
    """The link as printed, also from a click's script; None where it leads nowhere."""
    href = (element.get("href") or "").strip()
    if href.lower().startswith(("javascript:", "mailto:", "tel:")) or href in _DEAD:
        call = _CALL_URL.search(element.get("onclick") or href)
        return call[1] if call else None
    return href


def find_title(stream: TokenStream, link: Link, *, dated: bool = True) -> str:
    """The title in full: the `title` attribute where the text is cut or missing. A date set apart at its end is
    the row's where the link is `dated`, its own where the row has another."""
    text = _shown_title(stream, link, dated)
    whole = _attribute(link.element, "title")
    if whole and _completes(whole, text):
        return whole
    return text or whole


def tidy(text: str) -> str:
    return " ".join(text.split()).strip(_BULLETS)


def _completes(whole: str, text: str) -> bool:
    if not text:
        return True
    start = squeeze(_CUT.sub("", text))
    return len(whole) > len(start) and bool(start) and squeeze(whole).startswith(start)


def _shown_title(stream: TokenStream, link: Link, dated: bool) -> str:
    """The heading inside the link, else its first block of text; dates set apart are left out."""
    tokens = [token for token in stream.tokens[link.start : link.end] if token.text and not _only_date(token)]
    heading = [token for token in tokens if _in_heading(token, link)]
    chosen = heading or _without_badges(_first_cell(tokens, link))
    if link.element.tag != "a":
        chosen = sorted(tokens, key=lambda token: len(token.text), reverse=True)
    first = chosen[0].block if chosen else None
    own = [token for token in chosen if token.block is first or token.block.tag == "br"]
    parts = [_without_date(token) if dated else token.text for token in own]
    return tidy("".join(parts))


def _first_cell(tokens: list[Token], link: Link) -> list[Token]:
    """Where the link holds nothing but spans of different classes, they are a row's cells: title, unit, hits."""
    names = [token.element.get("class") for token in tokens]
    apart = all(token.element.getparent() is link.element for token in tokens)
    if len(tokens) < 2 or not apart or None in names or len(set(names)) < len(names):
        return tokens
    return [next((token for token in tokens if len(token.text.strip()) >= SHORTEST_TIP), tokens[0])]


def _without_badges(tokens: list[Token]) -> list[Token]:
    """Without 置顶, 热, NEW in an element of their own."""
    kept = [token for token in tokens if not _BADGE.fullmatch(token.text.strip())]
    return kept or tokens


def _only_date(token: Token) -> bool:
    mark = token.mark
    return bool(mark and (mark.strength == SPENT or (mark.strength > EMBEDDED and mark.day)))


def _without_date(token: Token) -> str:
    if not (token.mark and token.mark.day and token.link >= 0):
        return token.text
    day = [one for one in spans(token.text) if one[0] == token.mark.day]
    return token.text[: day[-1][1]].rstrip("[【(（〔 ") if day else token.text


def _in_heading(token: Token, link: Link) -> bool:
    within = takewhile(lambda node: node is not link.element, ancestors(token.element))
    return any(node.tag in _HEADINGS for node in within)


def _attribute(element: html.HtmlElement, name: str) -> str:
    text = element.get(name) or ""
    tip = _OLD_TIP.search(text)
    return tidy(tip[1] if tip else _MORE_LINES.split(text, maxsplit=1)[0])
