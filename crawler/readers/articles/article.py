"""One posting's own page: title, day, source, number, text and files. See docs/reading.md."""

from collections.abc import Sequence

from crawler.page.addresses import find_base
from crawler.page.labels import read_fields
from crawler.page.lines import Line, read_lines
from crawler.page.meta import linked_data, read_meta
from crawler.page.page import Page
from crawler.page.values import Article
from crawler.readers.articles.article_days import believed, kept, read_dates
from crawler.readers.articles.article_labels import WORDS
from crawler.readers.articles.article_source import read_number, read_source
from crawler.readers.articles.attachments import read_attachments
from crawler.readers.articles.body import Body, find_body
from crawler.readers.articles.signed import read_signed
from crawler.readers.articles.title import read_title
from crawler.readers.articles.zone import find_zone

# Guard: a five-year plan as one page fits several times.
_MOST_TEXT = 400_000


def read_article(page: Page) -> Article:
    """What the page says of its posting; a field that is not surely there is None. Never raises."""
    tree = page.tree
    lines = read_lines(page)
    fields = read_fields(lines, WORDS)
    meta = read_meta(tree)
    zone = find_zone(lines, fields)
    title = read_title(tree, meta, lines, zone)
    title_at = title.at[0] if title.at else None
    body = find_body(tree, lines, title_at, zone)
    addresses = [page.url, page.asked or "", meta.get("url", ""), meta.get("og:url", ""), _canonical(page)]
    dates = read_dates(tree, lines, fields, title_at, zone, body, meta, linked_data(tree), addresses)
    return Article(
        title=title.text,
        published=believed(dates),
        source=read_source(lines, fields, title_at, zone, body, meta),
        document_number=read_number(lines, fields, title.text, title_at, zone, body),
        signed=read_signed(lines, fields, zone, body),
        text=_text(lines, body),
        attachments=read_attachments(
            lines[title_at].element if title_at is not None else None, body.element, find_base(page)
        ),
        dates=kept(dates),
    )


def _text(lines: Sequence[Line], body: Body) -> str:
    return "\n".join(lines[at].text for at in sorted(body.inside))[:_MOST_TEXT]


def _canonical(page: Page) -> str:
    return next(
        (link.get("href", "") for link in page.tree.iter("link") if link.get("rel") == "canonical"), ""
    )
