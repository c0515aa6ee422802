"""Days labelled as a byline's are and yet not this posting's: they answer a link to another article."""

from collections.abc import Sequence
from itertools import islice

from crawler.page.boilerplate import is_boilerplate
from crawler.page.dates import spans
from crawler.page.labels import squeeze
from crawler.page.lines import Line
from crawler.readers.articles.article_labels import WORDS
from crawler.readers.articles.zone import labelled_above

# Shorter linked words are buttons and names, no title of another article.
_TITLE = 8
# Linked characters from which a line is another article's row, if most of the line is linked.
_ROW = 10
# Guard: a line with more links is a menu.
_MOST_LINKS = 20


def of_another(lines: Sequence[Line], at: int, title_at: int | None) -> bool:
    """The line's day is that of an article linked in its row, before it in the line, or alone in the line above."""
    return _in_row(lines[at]) or _behind_link(lines[at]) or _under_link(lines, at, title_at)


def _in_row(line: Line) -> bool:
    """The line belongs to a row that links to something else."""
    node = line.element
    for _ in range(3):
        if node is None or node.tag in ("body", "table", "form"):
            return False
        if node.tag in ("li", "tr", "dl"):
            linked = sum(len(squeeze(link.text_content())) for link in node.iter("a") if link.get("href"))
            return linked >= _ROW and linked > len(line.text)
        node = node.getparent()
    return False


def _behind_link(line: Line) -> bool:
    """<a>关于…的通知</a> 发布日期：2020-01-02. The value of a label (来源：<a>…</a>) is no such link."""
    if line.linked < _TITLE:
        return False
    text = squeeze(line.text)
    first = next((start for _, start, _ in spans(text)), 0)
    for link in islice(line.element.iter("a"), _MOST_LINKS):
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
    if title_at is not None and text == squeeze(lines[title_at].text):
        return False
    return box is not None and box in (link.element, link.element.getparent())
