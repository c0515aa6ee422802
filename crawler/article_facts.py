"""What rules want to know of a posting's page besides its dates. Personal numbers leave this module masked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html
from rules.annexes import promised_annexes

from crawler.reading.meta import read_meta
from crawler.reading.outbound import read_outbound
from crawler.reading.page import Page
from crawler.reading.values import Article
from rules.likeness import signature
from rules.links import Link
from rules.privacy import Hit, scan

EMBEDDED = ("iframe", "embed", "object", "video", "audio")
MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class FileText:
    """An attachment's text, or None and why (a Chinese sentence)."""

    name: str
    text: str | None
    why: str = ""


def describe(
    page: Page, article: Article, files: Sequence[FileText], hosts: Collection[str]
) -> dict[str, Any]:
    """Measures, signature and facts of a page that was read, named as in `db.opening.ArticleSeen`."""
    hits = [*scan(article.text), *(hit for f in files if f.text for hit in scan(f.text, f.name))]
    texts = "\n".join([article.text, *(f.text for f in files if f.text)])
    return {
        "length": len("".join(article.text.split())),
        "pictures": _count(page.tree, ("img",)),
        "embedded": _count(page.tree, EMBEDDED),
        "attachments": len(article.attachments),
        "signature": signature(texts),
        "facts": {
            "promised": list(promised_annexes(article.text)),
            "unscanned": [f"{f.name}：{f.why}" for f in files if f.text is None],
            "hits": [_hit(hit) for hit in hits[:MOST_HITS]],
            "links": [_link(link) for link in read_outbound(page, hosts)],
            "tags": sorted(read_meta(page.tree)),
        },
    }


def _count(tree: html.HtmlElement, tags: Iterable[str]) -> int:
    """Elements that could carry the body, wherever they stand: when in doubt a page is not bare."""
    return sum(1 for _ in tree.iter(*tags))


def _hit(hit: Hit) -> dict[str, Any]:
    return {"kind": hit.kind.value, "masked": hit.masked, "place": hit.place}


def _link(link: Link) -> dict[str, Any]:
    return {"url": link.url, "text": link.text, "hidden": link.hidden, "sponsored": link.sponsored}
