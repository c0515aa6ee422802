"""Where an article's body stands: after its title and byline, in the element that holds the prose."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lxml import html

from crawler.page.labels import Field
from crawler.page.lines import MOST_DEPTH, Line
from crawler.page.model import BLOCKS
from crawler.page.page_words import ends_page, is_boilerplate
from crawler.readers.articles.attachments import is_file_link
from crawler.readers.articles.zone import PROSE, Zone, body_start
from rules.vocabulary.white_space import squeeze

# A child that holds so much of the prose is the body; with less the prose is spread over siblings, and they are.
DOMINANT = 0.6
# From a paragraph to the box that holds the article: editors wrap in up to five.
MOST_CLIMBS = 6
_LEAVES = ("p", "li", "tr", "h1", "h2", "h3", "h4", "pre")
_CREDIT = re.compile(
    r"^[【\[（(\s]*(?:(?:相关)?(?:附件|文件)(?:下载|列表)?\s*[：:]?|(?:信息|文章|稿件)来源\s*[：:].{0,40}|"
    r"(?:责任编辑|编\s?辑|责\s?编|审\s?核|初\s?审|复\s?审|终\s?审|校\s?对|校\s?核|录\s?入)人?\s*[：:].{0,24})[\]】)）\s]*$"
)


@dataclass(slots=True, frozen=True)
class Body:
    """`start` is the first line after the byline; `element` is None where no prose was found; `inside` are
    the lines of the text."""

    start: int
    element: html.HtmlElement | None
    inside: frozenset[int]


@dataclass(slots=True, frozen=True)
class Layout:
    """What stands where on an article's page. `title_at` is the title's line, None where only the head names it."""

    tree: html.HtmlElement
    meta: Mapping[str, str]
    lines: Sequence[Line]
    fields: Sequence[Field]
    zone: Zone
    title_at: int | None
    body: Body

    def labelled(self, labels: frozenset[str]) -> list[Field]:
        """The values under these labels, without those that are words of the text."""
        inside = self.body.inside - self.zone.record
        return [one for one in self.fields if one.label in labels and one.at not in inside]


def find_body(tree: html.HtmlElement, lines: Sequence[Line], title_at: int | None, zone: Zone) -> Body:
    """The lines of the body; an article of pictures alone has none."""
    start = body_start(lines, title_at, zone)
    end = next((at for at in range(start, len(lines)) if ends_page(lines[at].text)), len(lines))
    weights = {at: _weight(lines[at]) for at in range(start, end)}
    if not any(weights.values()):
        return Body(start, None, frozenset())
    element, inside = _climb(_descend(tree, _sums(tree, lines, weights)), lines, start)
    if title_at is not None and lines[title_at].element not in set(element.iter()):
        whole = _lines_of(element, lines, title_at + 1)
        inside = whole[_lead(whole, zone, title_at, start) :]
    return Body(min([start, *inside]), element, frozenset(_trim(lines, inside)))


def _weight(line: Line) -> float:
    if line.is_link or line.hidden or is_boilerplate(line.text):
        return 0.0
    plain = len(line.text) - line.linked
    return float(plain) if plain >= 15 or PROSE.search(line.text) else 0.3 * plain


def _sums(
    tree: html.HtmlElement, lines: Sequence[Line], weights: dict[int, float]
) -> dict[html.HtmlElement, float]:
    """The prose under each element."""
    sums: dict[html.HtmlElement, float] = {}
    for at, weight in weights.items():
        if weight:
            element = lines[at].element
            sums[element] = sums.get(element, 0.0) + weight
    for element in reversed(list(tree.iter())):
        parent = element.getparent()
        if parent is not None and element in sums:
            sums[parent] = sums.get(parent, 0.0) + sums[element]
    return sums


def _descend(tree: html.HtmlElement, sums: dict[html.HtmlElement, float]) -> html.HtmlElement:
    """From the root to the element in which the prose spreads over several blocks."""
    node = tree
    for _ in range(MOST_DEPTH):
        children = sorted((one for one in node if one in sums), key=sums.__getitem__, reverse=True)[:2]
        if not children:
            return node
        best = children[0]
        twin = len(children) > 1 and 0.8 * sums[best] < sums[children[1]] and _same_text(*children)
        if sums[best] < DOMINANT * sums[node] and not twin:
            return node
        if not any(one in sums and one.tag in BLOCKS for one in best):
            return node if best.tag in _LEAVES else best
        node = min(children, key=node.index) if twin else best
    return node


def _same_text(one: html.HtmlElement, other: html.HtmlElement) -> bool:
    """Two copies of one text, as pages for wide and narrow screens keep them."""
    a, b = squeeze(one.text_content()), squeeze(other.text_content())
    return len(a) > 30 and abs(len(a) - len(b)) < 0.1 * len(a) and (a[-60:] == b[-60:] or a[:60] == b[:60])


def _climb(
    element: html.HtmlElement, lines: Sequence[Line], start: int
) -> tuple[html.HtmlElement, list[int]]:
    """Up again while the parent adds nothing but prose: a first paragraph or a caption in a block of its own."""
    inside = _lines_of(element, lines, start)
    node = element
    for _ in range(MOST_CLIMBS):
        node = node.getparent()
        if node is None or node.tag in ("body", "html", "form"):
            break
        more = _lines_of(node, lines, start)
        added = set(more) - set(inside)
        if not all(_belongs(lines[at]) for at in added) or _repeats(lines, inside, added):
            break
        if len(more) > len(inside):
            element, inside = node, more
    return element, inside


def _repeats(lines: Sequence[Line], inside: Sequence[int], added: AbstractSet[int]) -> bool:
    """Whether what is added says only what the element says already: its copy for other screens."""
    said = {squeeze(lines[at].text) for at in inside}
    return bool(added) and all(squeeze(lines[at].text) in said for at in added)


def _lines_of(element: html.HtmlElement, lines: Sequence[Line], start: int) -> list[int]:
    """The element's lines from `start` to the first line of boilerplate."""
    holders = set(element.iter())
    inside: list[int] = []
    for at in range(start, len(lines)):
        if lines[at].element in holders:
            if is_boilerplate(lines[at].text) and inside:
                break
            inside.append(at)
    return inside


def _belongs(line: Line) -> bool:
    if line.hidden or is_boilerplate(line.text):
        return False
    return _weight(line) > 0 or (bool(line.linked) and is_file_link(line.element))


def _lead(inside: Sequence[int], zone: Zone, title_at: int, start: int) -> int:
    """How many of the first lines are still the byline: none where it stood outside, for then a 来源 is prose."""
    outside = any(title_at < at < inside[0] for at in zone.dated) if inside else False
    byline = {at for at in zone.dated if at < start} | zone.record if outside else zone.bylines
    return next((count for count, at in enumerate(inside) if at not in byline), 0)


def _trim(lines: Sequence[Line], inside: Sequence[int]) -> list[int]:
    """Without hidden lines, and without credits and empty headings at the end."""
    kept = [at for at in inside if not lines[at].hidden] or list(inside)
    while kept and (_CREDIT.match(lines[kept[-1]].text) or is_boilerplate(lines[kept[-1]].text)):
        kept.pop()
    return kept
