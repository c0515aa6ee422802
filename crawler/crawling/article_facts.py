"""What rules want to know of a posting's page besides its dates."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from lxml import html

from crawler.page.meta import meta_names
from crawler.page.page import Page
from crawler.page.values import Article
from crawler.readers.articles.outbound_links import LONGEST_TEXT, is_own, read_outbound
from crawler.readers.articles.related_links import read_related
from crawler.readers.articles.unread import places_for_files
from crawler.sites.resolve import PORTAL
from rules.scanners.guide_elements import read_guide
from rules.scanners.outbound_links import Link
from rules.scanners.privacy import Hit, scan
from rules.scanners.promised_annexes import promised_annexes
from rules.scanners.similarity import signature
from rules.scanners.wording import scan_wording
from rules.vocabulary.unit_names import PLACE, UnitMatcher
from rules.vocabulary.wording import Wording, digest_of

ELSEWHERE = "elsewhere"
EMBEDDED = ("iframe", "embed", "object", "video", "audio")
MOST_HITS = 50
# Documents, and what interprets them.
PAIRED = re.compile(r"解读|图解|读懂|问答|说明|通知|办法|意见|方案|规定|细则|决定|规划|预案|措施|公告")
# Guard: more than a text cites; a page that links more is a menu.
MOST_OWN = 30


@dataclass(frozen=True, slots=True)
class FileText:
    """An attachment's text; `why`, in Chinese, where that is None or not the whole; `missed`: it never came, and may
    come yet; `gone`: its address, where the server says that there is no such file."""

    name: str
    text: str | None
    why: str = ""
    missed: bool = False
    gone: str = ""


def owner_of(source: str | None, unit_matcher: UnitMatcher, site_name: str) -> str:
    """Whose a posting is by its 来源: a unit's key, PORTAL for the site's own government, ELSEWHERE for anybody
    else, "" where it names nobody."""
    if not source:
        return ""
    found = unit_matcher.find(source)
    if found:
        return found
    places = PLACE.findall(site_name)
    return PORTAL if places and places[-1] in source else ELSEWHERE


def describe(
    page: Page,
    article: Article,
    files: Sequence[FileText],
    hosts: Collection[str],
    offices: Collection[str] = (),
    words: Collection[Wording] = (),
) -> dict[str, Any]:
    """Measures, signature and facts of a page that was read, named as in `db.recording.articles.ArticleSeen`. `offices` are
    mobiles that offices give out as their own lines, `words` the wrong wordings to look for."""
    texts = [
        ("标题", article.title or ""),
        ("正文", article.text),
        *((f.name, f.text) for f in files if f.text),
    ]
    hits = [hit for place, text in texts for hit in scan(text, place, offices)]
    guide = read_guide(article.title or "", "\n".join(text for _, text in texts[1:]))
    wrong = [hit for place, text in texts for hit in scan_wording(text, place, words)]
    return {
        "length": len("".join(article.text.split())),
        "pictures": _count(page.tree, ("img",)),
        "embedded": _count(page.tree, EMBEDDED) + places_for_files(page),
        "attachments": len(article.attachments),
        "signature": signature("\n".join(text for _, text in texts[1:])),
        "facts": {
            "promised": promised_annexes(article.text),
            "unscanned": [f"{f.name}：{f.why}" for f in files if f.why],
            "hits": [_hit(hit) for hit in hits[:MOST_HITS]],
            "related": read_related(page, article, hosts) if _may_be_paired(article) else None,
            "guide": asdict(guide) if guide else None,
            "words": digest_of(words),
            "wording": [asdict(hit) for hit in wrong[:MOST_HITS]],
            "links": [_link(link) for link in (*read_outbound(page, hosts), *_own_links(article, hosts))],
            "tags": meta_names(page),
        },
    }


def _may_be_paired(article: Article) -> bool:
    """A policy document or an interpretation of one."""
    return bool(article.document_number or (article.title and PAIRED.search(article.title)))


def _count(tree: html.HtmlElement, tags: Iterable[str]) -> int:
    """Elements that could carry the body, wherever they stand: when in doubt a page is not bare."""
    return sum(1 for _ in tree.iter(*tags))


def _hit(hit: Hit) -> dict[str, Any]:
    return {"kind": hit.kind.value, "masked": hit.masked, "place": hit.place}


def _own_links(article: Article, hosts: Collection[str]) -> Iterator[Link]:
    """The links of the text to other pages of the site."""
    own = (link for link in article.links if is_own(link.url, hosts))
    return (Link(link.url, link.name[:LONGEST_TEXT], own=True) for link in islice(own, MOST_OWN))


def _link(link: Link) -> dict[str, Any]:
    return {
        "url": link.url,
        "text": link.text,
        "hidden": link.hidden,
        "sponsored": link.sponsored,
        "own": link.own,
    }
