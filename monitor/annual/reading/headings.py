"""The six headings wherever they stand: a paragraph of their own, the beginning of a long one, an element of a web page."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import html

from crawler.documents.document import Block, Paragraph, collapse_blanks
from monitor.annual.checks.forms import SECTIONS
from monitor.annual.checks.numbers import even
from monitor.annual.checks.report import SectionHeading

LONGEST = 40  # characters of a title; the longest of the form has 17
_NUMERALS = "一二三四五六七八九十"
_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ123456789", 2 * _NUMERALS + _NUMERALS[:9])
_NUMBERED = re.compile(
    rf"(?P<open>\()?第?(?P<ordinal>[{_NUMERALS}])(?:部分)?(?(open)\)|) ?(?(open)[、.: ]?|[、.,，: ]) ?"
    rf"(?P<title>\S.{{1,{LONGEST}}})"
)
_TITLES = (
    "总体情况",
    "主动公开政府信息的?情况",
    "收到和处理政府信息公开申请的?情况",
    "(?:因?政府信息公开(?:工作)?(?:被)?(?:申请|提起)?)?行政复议(?:和|及|、)? ?(?:提起)?行政诉讼的?情况",
    "(?:政府信息公开工作)?存在的?主要问题(?:及|和|与|、)改进(?:情况|措施)",
    "其[他它]需要报告的?事项",
)
_EXACT = re.compile("|".join(f"(?P<s{at}>{title})" for at, title in enumerate(_TITLES, start=1)))
_INLINE = re.compile(
    rf"(?:^|(?<=[。:;！!”\s]))[{_NUMERALS}] ?[、.] ?(?:{'|'.join(_TITLES)})(?=[\s:]|。\S|(?![情的和及与])\w)"
)
LONGEST_HEADING = 60  # characters of an element that is a heading
MOST_NODES = 30  # elements inside a heading; one with more is a part of the page
_HOLDERS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "td", "section", "li")
_ENDS = " :。.;、"
ORDINALS = 3


def heading_of(text: str, *, head: bool = False) -> SectionHeading | None:
    """The heading that a whole paragraph is; None if it is prose. `head`: the format says that it is one, so a
    numeral is not asked for."""
    words = even(text).strip()
    if len(words) > LONGEST + 8:
        return None
    match = _NUMBERED.fullmatch(words[:ORDINALS].translate(_DIGITS) + words[ORDINALS:])
    if match:
        title = match["title"].replace(" ", "").rstrip(_ENDS)
        section = _section_of(title)
        lower = bool(match["open"])
        known = section and (not lower or _EXACT.fullmatch(title))
        ordinal = _NUMERALS.index(match["ordinal"]) + 1
        return SectionHeading(section, ordinal, text.strip(), lower) if section and known else None
    title = words.replace(" ", "").rstrip(_ENDS)
    bare = _EXACT.fullmatch(title)
    if bare:
        return SectionHeading(int((bare.lastgroup or "s1")[1:]), None, text.strip())
    section = _section_of(title) if head and len(title) <= LONGEST else None
    return SectionHeading(section, None, text.strip()) if section else None


def _section_of(title: str) -> int | None:
    return next((n for n, label in enumerate(SECTIONS, 1) if re.search(label.mark, title)), None)


def pieces(text: str) -> Iterator[str]:
    """A paragraph cut where the exact title of a section, numbered, stands in its midst: heading, rest, …"""
    evened = even(text)
    at = 0
    for match in _INLINE.finditer(evened):
        if match.start() > at:
            yield text[at : match.start()].strip()
        yield text[match.start() : match.end()].strip()
        at = match.end()
    yield text[at:].lstrip(_ENDS + "：").strip() if at else text


def chosen(blocks: Sequence[Block]) -> dict[int, SectionHeading]:
    """Position of block → its heading. Of several for one section the last with the right numeral (the others
    are a table of contents), else the first: lists inside a section start again at 一. Numerals in brackets are
    those of lists too, unless the report has no others."""
    paragraphs = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Paragraph)]
    found = [(at, heading) for at, p in paragraphs if (heading := heading_of(p.text, head=p.head))]
    found = [(at, heading) for at, heading in found if not heading.lower] or found
    best: dict[int, tuple[int, SectionHeading]] = {}
    for at, heading in found:
        known = best.get(heading.section)
        right = heading.ordinal == heading.section
        if known is None or right:
            best[heading.section] = (at, heading)
    return dict(best.values())


def part_with_headings(tree: html.HtmlElement) -> html.HtmlElement:
    """The smallest element that holds every heading of the report; the whole body without headings."""
    heads = [element for element in tree.iter(*_HOLDERS) if _is_heading(element)]
    body = next(iter(tree.iter("body")), tree)
    if len(heads) < 2:
        return body
    first, last = ([*reversed(list(head.iterancestors())), head] for head in (heads[0], heads[-1]))
    shared = [one for one, other in zip(first, last, strict=False) if one is other]
    return shared[-1] if shared else body


def _is_heading(element: html.HtmlElement) -> bool:
    nodes = list(islice(element.iter(), MOST_NODES + 1))
    if len(nodes) > MOST_NODES:
        return False
    text = collapse_blanks("".join(element.itertext())[: 2 * LONGEST_HEADING])
    return len(text) <= LONGEST_HEADING and heading_of(text) is not None
