"""The pager as printed: 下一页, numbers, arrows, a choice of pages. Yields what is clicked, not yet an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from lxml import html

from crawler.page.elements import zone
from crawler.page.page_code import PAGER_PLACE
from crawler.page.scripts import script_text
from crawler.page.tokens import Token, TokenStream
from rules.vocabulary.words import word_set

_NEXT = word_set("navigation.next_page", "navigation.next_page_loose")
_ARROWS = (">", "＞", "›", "→", "»", "＞＞", ">>", "》", "››")
_DOTS = re.compile(r"\.{3,}|…+")
_EDGES = re.compile(r"[\s>»›＞→\[\]【】()（）<«‹|·.…]+")
_PAGER_WORDS = re.compile(r"[上前首第末尾后下]一?页|最后|^\d{1,4}$|^\.\.\.$|共\d+")
_OFF = re.compile(
    r"(?:^|[\s_-])(?:disabled?|unable|forbid|nolink|no-?click|gray|grey|off)(?:[\s_-]|$|page)|NextDisabled",
    re.I,
)
_CURRENT = re.compile(
    r"(?:^|[\s_-])(?:cur|curr|current|cur_page|active|here|now|on|sel|select(?:ed)?|this(?:class)?|hover|bg-?now)(?:[\s_-]|$)|cur_?page|currentpage|pagecur",
    re.I,
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|nextpage|page-?next|laypage-next)(?:[\s_-]|$)", re.I)
_PAGER_NAME = re.compile(r"pag(?:e|in)|fenye|(?:^|[\s_-])pg|number", re.I)
# @click, v-on:click, ng-click, ms-click
_HANDLER = re.compile(r"[@:-]click\b")
_CARRIES = re.compile(r"data-(?:page|num|index|to)")
_ADDRESS = re.compile(r"(?!#|javascript:)\S", re.I)
# Tokens around a link: a pager prints ten numbers, words and totals between them.
AROUND = 6
BEHIND_ROWS = 24  # tokens: a pager stands right behind the rows, a ranking or a carousel further off
FIRST_YEAR = 1900  # 2023 beside 2022 is a choice of years


@dataclass(frozen=True, slots=True)
class Click:
    """What a reader would click for the following page; `element` None: the pager says there is none.
    `number` is the page it leads to, where it is said. `unbound`: it is a link without an address, which a script of
    another file may bind."""

    element: html.HtmlElement | None
    number: int | None = None
    unbound: bool = False


def find_clicks(stream: TokenStream, tree: html.HtmlElement, after: int) -> Iterator[Click]:
    """Ways on as printed, the plainest first; none where the page prints no pager. `after`: the rows' end."""
    current = current_number(stream, after)
    words = [i for i, token in enumerate(stream.tokens) if _says_next(token.text)]
    arrows = [i for i, token in enumerate(stream.tokens) if token.link >= 0 and _is_arrow(stream, i)]
    for i in [*_nearest(words, after), *_nearest(arrows, after)]:
        element = _clickable(stream, stream.tokens[i])
        unbound = element is None and _unbound(stream, stream.tokens[i], tree)
        yield Click(element, current + 1 if current else None, unbound)
    for element in _pictured(stream, tree, after):
        yield Click(element if _alive(element) else None, None)
    yield from _by_number(stream, tree, after, current)
    yield from _by_choice(tree)


def current_number(stream: TokenStream, after: int) -> int | None:
    """The number among the pager's that is marked as the current one; where none is, the first that is no link."""
    bare: int | None = None
    for i, token in enumerate(stream.tokens[after:], after):
        if len(text := token.text.strip()) < 5 and text.isdecimal():
            number = int(text)
            marked = _marked(token)
            known = 0 < number < FIRST_YEAR and (marked or (bare is None and _bare(stream, token)))
            if known and (_beside_links(stream, i, number) or _in_a_row(stream, i, after)):
                if marked:
                    return number
                bare = number
    return bare


def offers_page(stream: TokenStream, i: int, after: int) -> bool:
    """Whether token `i` is a number of the pager's behind the rows, which end at `after`."""
    token = stream.tokens[i]
    text = token.text.strip()
    return len(text) < 4 and text.isdecimal() and (token.link >= 0 or _in_a_row(stream, i, after))


def offers_following(stream: TokenStream, after: int, current: int) -> bool:
    """Whether the number after the current one is printed right behind it, close behind the rows, and nothing says that it
    is switched off: then this is not the last page, whatever can be clicked."""
    near = [token for token in stream.tokens[after : after + BEHIND_ROWS] if token.text.strip()]
    return any(
        one.text.strip() == str(current)
        and other.text.strip() == str(current + 1)
        and not _switched_off(other.element)
        for one, other in pairwise(near)
    )


# A site prints the same navigation on every page.
@lru_cache(maxsize=8192)
def _says_next(text: str) -> bool:
    return 1 < len(text) < 16 and _EDGES.sub("", text).lower() in _NEXT


def _is_arrow(stream: TokenStream, i: int) -> bool:
    """An arrow is a pager's only among its words and numbers; elsewhere it is a bullet or a breadcrumb."""
    token = stream.tokens[i]
    if token.text.strip() not in _ARROWS:
        return False
    return _words_around(stream, i) >= 2 or (_words_around(stream, i) > 0 and _in_named_pager(token.element))


def _in_named_pager(element: html.HtmlElement) -> bool:
    return any(PAGER_PLACE.search(one.get("class") or "") for one in islice(element.iterancestors(), 2))


def _words_around(stream: TokenStream, at: int) -> int:
    """How many words and numbers of a pager stand near token `at`."""
    around = [t.text.strip() for t in stream.tokens[max(0, at - AROUND) : at + AROUND + 1] if t.text]
    return sum(bool(_PAGER_WORDS.search(word)) for word in around if len(word) < 12)


def _nearest(places: list[int], after: int) -> list[int]:
    """The first one after the rows, else the last one before them."""
    behind = [i for i in places if i >= after]
    return behind[:1] or places[-1:]


def _clickable(stream: TokenStream, token: Token) -> html.HtmlElement | None:
    """The link or the element with a click's script that holds the text; None where it is switched off."""
    if token.link >= 0:
        element = stream.links[token.link].element
        return element if _alive(element) else None
    at: html.HtmlElement | None = token.element
    for _ in range(3):
        if at is None:
            return None
        if at.get("onclick") or at.tag == "a":
            return at if _alive(at) else None
        at = at.getparent()
    return None


def _unbound(stream: TokenStream, token: Token, tree: html.HtmlElement) -> bool:
    """Whether a way on without an address is a link all the same, or what a script answers a click on, and nothing says
    that it is switched off."""
    linked = token.link >= 0
    element = stream.links[token.link].element if linked else token.element
    if _switched_off(element) or any(map(_CURRENT.search, _classes_around(element))):
        return False
    return linked or _answers_clicks(element, tree)


def _answers_clicks(element: html.HtmlElement, tree: html.HtmlElement) -> bool:
    """Whether an element that is no link carries a framework's handler or a page's number, or a script of the page answers
    clicks on its id or class."""
    for one in [element, *element.iterancestors("li", "span")][:2]:
        carried = one.items()
        if any(
            _HANDLER.search(name) or (_CARRIES.match(name) and value.isdecimal()) for name, value in carried
        ):
            return True
        names = [one.get("id") or "", *(one.get("class") or "").split()]
        asked = "|".join(re.escape(name) for name in names if name)
        if asked and re.search(
            rf"(?:[#.]|ById\(\s?[\"'])(?:{asked})(?![\w-])[^;{{}}]{{0,80}}click", script_text(tree)
        ):
            return True
    return False


def _alive(element: html.HtmlElement) -> bool:
    if _switched_off(element):
        return False
    return bool(element.get("href") or element.get("onclick")) or element.get("type") == "submit"


def _switched_off(element: html.HtmlElement) -> bool:
    return any(map(_OFF.search, _classes_around(element))) or element.get("disabled") is not None


def _classes_around(element: html.HtmlElement) -> list[str]:
    return [one.get("class") or "" for one in [element, *element.iterancestors("li", "span")][:2]]


def _pictured(stream: TokenStream, tree: html.HtmlElement, after: int) -> Iterator[html.HtmlElement]:
    """下一页 as a picture, a button or an icon. An arrow without words is more often a carousel's."""
    for element in tree.iter("img", "input", "button", "a"):
        if element.tag == "a" and (element.text or "").strip():
            continue  # as most links: told before their texts are gathered
        text = "".join(islice(element.itertext(), 9)).strip()
        if element.tag == "a" and text:
            continue
        named = (element.get(name) or "" for name in ("alt", "title", "value", "aria-label"))
        said = [word for word in (text, *named) if _says_next(word)]
        link = element if element.tag != "img" else next(element.iterancestors("a"), None)
        if link is None or not (said or (element.tag == "a" and _marked_next(element))):
            continue
        if any(not word.isascii() for word in said) or _in_pager(stream, link, after):
            yield link


def _in_pager(stream: TokenStream, link: html.HtmlElement, after: int) -> bool:
    """Beside a pager's words or numbers, or leading somewhere from right behind the rows."""
    at = next((stream.extent(one)[0] for one in (link, *link.iterancestors()) if one in stream.extents), 0)
    if after <= at < after + BEHIND_ROWS and _ADDRESS.match(link.get("href") or ""):
        return True
    return at >= after and _words_around(stream, at) > 0


def _marked_next(link: html.HtmlElement) -> bool:
    return link.get("rel") == "next" or bool(_NEXT_CLASS.search(link.get("class") or ""))


def _by_number(
    stream: TokenStream, tree: html.HtmlElement, after: int, current: int | None
) -> Iterator[Click]:
    """The link whose text is the number after the current one."""
    if current is None:
        return
    for i, token in enumerate(stream.tokens[after:], after):
        if token.text.strip() == str(current + 1) and offers_page(stream, i, after):
            element = stream.links[token.link].element if token.link >= 0 else token.element
            alive = token.link < 0 or _alive(element)
            yield Click(element if alive else None, current + 1, not alive and _unbound(stream, token, tree))
            return
    yield Click(None, unbound=_goes_on_in_dots(stream, after, current))


def _goes_on_in_dots(stream: TokenStream, after: int, current: int) -> bool:
    """Whether the current number is followed by dots: there are more pages, which the pager does not offer."""
    shown = [text.strip() for text in stream.texts(after, len(stream.tokens)) if text.strip()]
    return any(one == str(current) and _DOTS.fullmatch(other) for one, other in pairwise(shown))


def _by_choice(tree: html.HtmlElement) -> Iterator[Click]:
    """A <select> of page addresses: the option after the selected (or first) one."""
    for select in tree.iter("select"):
        options = list(select.iter("option"))
        numbers = [(option.text or "").strip() for option in options]
        if len(options) > 1 and all(re.fullmatch(r"第?\d+页?", number) for number in numbers):
            chosen = next((i for i, one in enumerate(options) if one.get("selected") is not None), 0)
            following = options[chosen + 1 : chosen + 2]
            yield Click(following[0] if following else None, None)


def _beside_links(stream: TokenStream, i: int, number: int) -> bool:
    """Whether the page before or after it is offered nearby: totals and sizes have no such neighbours."""
    around = stream.tokens[max(0, i - AROUND * 2) : i + AROUND * 2 + 1]
    offered = {token.text.strip() for token in around if token.link >= 0}
    return str(number + 1) in offered or str(number - 1) in offered


def _in_a_row(stream: TokenStream, i: int, after: int) -> bool:
    """Whether the number is one of several alike with nothing between them, close behind the rows: a pager
    whose numbers only a script makes clickable. Numbers elsewhere are a carousel's or a ranking's."""
    if not after <= i < after + BEHIND_ROWS:
        return False
    token, number = stream.tokens[i], int(stream.tokens[i].text)
    beside = [stream.tokens[j] for j in (i - 1, i + 1) if after <= j < len(stream.tokens)]
    alike = [one.text.strip() for one in beside if one.element.tag == token.element.tag]
    near = islice((token.element, *token.element.iterancestors()), 3)
    named = any(_PAGER_NAME.search(one.get("class") or one.get("id") or "") for one in near)
    return named and not {str(number - 1), str(number + 1)}.isdisjoint(alike) and zone(token.element) >= 1


def _marked(token: Token) -> bool:
    around = [token.element, *token.element.iterancestors("a", "li", "span")][:2]
    return any(_CURRENT.search(one.get("class") or "") for one in around)


def _bare(stream: TokenStream, token: Token) -> bool:
    """A number without a link beside numbers with links."""
    return token.link < 0 or not (stream.links[token.link].element.get("href") or "").strip("#")
