"""Days that no label names: alone in the byline, in boxes over the title, or closing the line of credits;
and days labelled as a byline's are and yet another article's, for they answer a link to it.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice

from crawler.page.dates import find_date, join_split, spans
from crawler.page.lines import Line, ancestors
from crawler.page.page_words import is_boilerplate
from crawler.readers.articles.body import Layout
from crawler.readers.articles.byline_links import (
    linked_beside_site,
    links_of,
    names_article,
    names_site,
)
from crawler.readers.articles.zone import (
    MOST_LINKED,
    WORDS,
    bare_date,
    before_labels,
    labelled_above,
    names_a_day,
    stamps,
)
from rules.vocabulary.white_space import squeeze

# Shorter linked words are buttons and names, no title of another article.
_TITLE = 8
# Linked characters from which a line is another article's row, if most of the line is linked.
_ROW = 10
# Characters of an excerpt beside a row's link, at most: a row with more is the page's layout.
_EXCERPT = 300
# Lines below the title in which a day without a label is the byline's: byline and tools take up to a dozen.
NEAR = 14
# Lines over the title: some systems print the day there, above it stands the breadcrumb.
_ABOVE = 3
_STAMP = re.compile(r"\D{0,4}\d{4}\D\d{1,2}\D\d{1,2}\D{1,2}\d{1,2}[:：]\d\d")
_CREDIT = re.compile(r"(?:编\s?辑|责\s?编|审\s?核|校\s?对|[初复终]\s?审|录\s?入)人?\s?[:：]")
_SPLIT = re.compile(r"[\d年月日/.\-\s]{3,12}")


def of_another(lines: Sequence[Line], at: int, title_at: int | None) -> bool:
    """The line's day is that of an article linked in its row, before it in the line, or alone in the line above. A
    link to a home page or a column, or with the name of a site or an office, is no other article's."""
    return _in_row(lines[at]) or _behind_link(lines[at]) or _under_link(lines, at, title_at)


def _in_row(line: Line) -> bool:
    """The line belongs to a row that links to something else; a row that holds a whole article is layout."""
    node = line.element
    for _ in range(3):
        if node is None or node.tag in ("body", "table", "form"):
            return False
        if node.tag in ("li", "tr", "dl"):
            links = (link for link in node.iter("a") if link.get("href") and names_article(link))
            linked = sum(len(squeeze(link.text_content())) for link in links)
            whole = len(squeeze(node.text_content())) - linked > _EXCERPT
            return not whole and linked >= _ROW and linked > len(line.text)
        node = node.getparent()
    return False


def _behind_link(line: Line) -> bool:
    """<a>关于…的通知</a> 发布日期：2020-01-02. The value of a label (来源：<a>…</a>) is no such link."""
    if line.linked < _TITLE:
        return False
    text = squeeze(line.text)
    first = next((start for _, start, _ in spans(text)), 0)
    for link in filter(names_article, links_of(line)):
        name = squeeze(link.text_content())
        stands = text.find(name, 0, first) if len(name) >= _TITLE else -1
        if stands >= 0 and not any(hit.end() == stands for hit in WORDS.pattern.finditer(text, 0, stands)):
            return True
    return False


def _under_link(lines: Sequence[Line], at: int, title_at: int | None) -> bool:
    """The line above is nothing but a link, no button and not this article's title, in the day's own box."""
    if at == 0 or at - 1 == title_at or lines[at - 1].linked < _TITLE:
        return False
    link, box = lines[at - 1], lines[at].element.getparent()
    text = squeeze(link.text)
    if link.linked < len(text) or is_boilerplate(link.text) or labelled_above(lines, at - 1):
        return False
    labelled = WORDS.pattern.search(lines[at].marked)
    if names_site(link.text) or (labelled and not any(map(names_article, links_of(link)))):
        return False
    if title_at is not None and text == squeeze(lines[title_at].text):
        return False
    return box is not None and box in (link.element, link.element.getparent())


def bare_days(page: Layout) -> list[tuple[int, date]]:
    """(line, day) of every day alone in its part, or at an end of a short line, from the title to the text;
    else those in the title's own box above it."""
    lines, title_at, found = page.lines, page.title_at, []
    if title_at is None:
        return []
    for at in range(title_at, min(title_at + NEAR, max(page.body.start, title_at + 1), len(lines))):
        line = lines[at]
        if len(line.text) > 200 or line.linked > len(line.text) / 2 or labelled_above(lines, at):
            continue
        if at > title_at and of_another(lines, at, title_at):
            continue
        day = _alone(lines, at)
        if not day and at > title_at and len(line.text) <= 80:
            day = leading(line.text) or _ending(line.text) or _ending(before_labels(line.marked))
        if day:
            found.append((at, day))
    return found or _over_title(lines, title_at)


def closing_stamp(page: Layout) -> date | None:
    """A day with its clock time at the text's end, or a day in the line of credits or in a byline there or right
    below."""
    lines, inside = page.lines, sorted(page.body.inside)
    last = inside[-4:] + ([*range(inside[-1] + 1, min(inside[-1] + 4, len(lines)))] if inside else [])
    for at in last:
        line = lines[at]
        if day := _in_byline(line):
            return day
        if len(line.text) > 60 or line.linked:
            continue
        if at in page.body.inside and _STAMP.match(line.text) and (day := leading(line.text)):
            return day
        if _CREDIT.search(line.text) and (day := leading(line.text.rstrip(")）]】 "))):
            return day
    return None


def _in_byline(line: Line) -> date | None:
    """The only day of a line with two labels of a byline, or one before or behind the day (2021-03-05　来源：县教育局)."""
    labels, found = list(WORDS.pattern.finditer(line.marked)), list(spans(line.text))
    if len(line.text) > 120 or not labels or len(found) != 1 or linked_beside_site(line) > MOST_LINKED:
        return None
    return found[0][0] if len(labels) > 1 else leading(line.text) or _ending(before_labels(line.marked))


def timed_element(page: Layout) -> date | None:
    """<time datetime="…"> in the byline, where it shows 3天前."""
    at = page.title_at
    if at is None:
        return None
    for line in page.lines[at : min(at + NEAR, max(page.body.start, at + 3))]:
        for element in islice(line.element.iter("time"), 4):
            shown = squeeze(element.text_content())
            day = find_date((element.get("datetime") or "")[:40])
            if day and shown and shown in squeeze(line.text):
                return day
    return None


def leading(text: str) -> date | None:
    """The only day of a short line, where it begins or ends it: 2022-05-07 00:00 来源：…"""
    found = list(spans(text))
    if len(found) != 1:
        return None
    day, start, end = found[0]
    tail = re.sub(r"[\d:：\s]+(?:发布)?$|发布$", "", text[end:])
    return day if start <= 2 or (not tail and not names_a_day(text[:start])) else None


def _ending(text: str) -> date | None:
    """The day of a stamp that no label before it makes into something else (活动时间：2023-12-04)."""
    found = list(spans(text)) if stamps(text) else []
    return found[0][0] if found and not names_a_day(text[: found[0][1]]) else None


def _alone(lines: Sequence[Line], at: int) -> date | None:
    """A day that fills a part of the line, or stands in boxes of its own: 03-05 / 2021."""
    line = lines[at]
    day = next((find_date(part) for part in line.pieces if bare_date(part)), None)
    if day:
        return day
    below = lines[at + 1 : at + 2]
    boxes = list(line.parts) if len(line.parts) > 1 else [line.text, *(one.text for one in below)]
    return join_split(boxes) if all(_SPLIT.fullmatch(box) or box.isdecimal() for box in boxes) else None


def _over_title(lines: Sequence[Line], title_at: int) -> list[tuple[int, date]]:
    """A day above the title, where both stand in a box that begins with it and nothing between is linked: no
    header's day and no other row's stands so."""
    for at in range(title_at - 1, max(title_at - 1 - _ABOVE, -1), -1):
        if lines[at].linked or lines[at].hidden:
            break
        day = _alone(lines, at)
        if day and _opens_box(lines, at, title_at):
            return [(at, day)]
    return []


def _opens_box(lines: Sequence[Line], at: int, title_at: int) -> bool:
    """No line before `at` stands in the lowest element that holds it and the title, unless that is the body."""
    over = set(ancestors(lines[title_at].element))
    box = next((node for node in ancestors(lines[at].element) if node in over), None)
    if box is None or box.tag in ("body", "html") or at == 0:
        return False
    return box not in set(ancestors(lines[at - 1].element))
