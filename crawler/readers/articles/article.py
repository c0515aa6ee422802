"""One posting's own page: title, day, source, number, text and files. See docs/reading.md."""

from crawler.page.addresses import find_base
from crawler.page.labels import read_fields
from crawler.page.lines import read_lines
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.values import Article
from crawler.readers.articles.article_days import believed, kept, read_dates, read_signed
from crawler.readers.articles.article_source import read_number, read_source
from crawler.readers.articles.attachments import read_attachments, read_links
from crawler.readers.articles.body import Layout, find_body
from crawler.readers.articles.title import read_title
from crawler.readers.articles.zone import WORDS, find_zone

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
    base = find_base(page)
    files = read_attachments(None if title_at is None else lines[title_at].element, body.element, base)
    addresses = [page.url, page.asked or "", meta.get("url", ""), meta.get("og:url", ""), _canonical(page)]
    layout = Layout(tree, meta, lines, fields, zone, title_at, body)
    dates = read_dates(layout, addresses)
    return Article(
        title=title.text,
        published=believed(dates),
        source=read_source(layout),
        document_number=read_number(layout, title.text),
        signed=read_signed(layout),
        text="\n".join(lines[at].text for at in sorted(body.inside))[:_MOST_TEXT],
        attachments=files,
        links=read_links(body.element, files, base),
        dates=kept(dates),
    )


def _canonical(page: Page) -> str:
    return next(
        (link.get("href", "") for link in page.tree.iter("link") if link.get("rel") == "canonical"), ""
    )
