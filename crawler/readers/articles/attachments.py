"""Files that an article offers: by the ending of the link, of its name, or by the download paths of the platforms."""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import parse_qsl, unquote

from lxml import html

from crawler.page.addresses import join, split
from crawler.page.lines import ancestors
from crawler.page.values import Attachment
from crawler.readers.articles.annex_names import is_called_annex, name_beside, name_of

# Guard: a budget's page links the tables of every unit; no page of an article links more.
MOST = 300
_ENDING = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|ceb|zip|rar|7z|txt|rtf|csv|cebx|tiff?)(?![a-z0-9])",
    re.IGNORECASE,
)
_DOWNLOAD = re.compile(
    r"download(?:attach|file|\.jsp|\.do)?|downfile|filedown|/attach(?:ment)?/|attachguid|attachdown|fileid=",
    re.IGNORECASE,
)
_NAMED = re.compile(_ENDING.pattern + r"[\s)）】\]]*(?:[(（\[].{0,16})?$", re.IGNORECASE)
_LITERAL = re.compile(r"['\"]([^'\"\s]{3,300})['\"]")
_CARRIERS = ("a", "iframe", "embed", "object")
# Guard: a click's script names its file in the first few arguments.
LONGEST_CALL = 1_000
_SELF = re.compile(r"^(?:javascript|mailto|tel|data):|^#", re.IGNORECASE)


def read_attachments(
    title: html.HtmlElement | None, body: html.HtmlElement | None, base: str
) -> tuple[Attachment, ...]:
    """Links to files between the title and the end of the article's own box, each address once."""
    for box in _boxes(title, body):
        found = _files([*_links_after(box, title), *_links_below(box)], base)
        if found:
            return found
    return ()


def _files(links: Iterable[html.HtmlElement], base: str) -> tuple[Attachment, ...]:
    found: dict[str, html.HtmlElement] = {}
    for link in links:
        href = _address(link)
        if not href or _SELF.match(href) or not (_is_file(href, name_of(link)) or is_called_annex(link)):
            continue
        url = join(base, href)
        if url and (url in found or len(found) < MOST) and not (url in found and name_of(found[url])):
            found[url] = link
    return tuple(Attachment(_called(link, url), url) for url, link in found.items())


def _called(link: html.HtmlElement, url: str) -> str:
    beside = name_beside(link) if link.tag == "a" else ""
    return name_of(link) or beside or unquote(split(url).path.rsplit("/", 1)[-1])


def _address(node: html.HtmlElement) -> str:
    """Where a link leads, also by a literal of its script; what a frame shows, also through a viewer's `?file=`."""
    if node.tag != "a":
        source = (node.get("src") or node.get("data") or "").strip()
        asked = (value for _, value in _asked(source) if _ENDING.search(value))
        return next(asked, source if _ENDING.search(unquote(source)) else "")
    href = (node.get("href") or "").strip()
    if href and not _SELF.match(href):
        return href
    literals = (one[1] for one in _LITERAL.finditer(f"{href} {node.get('onclick') or ''}"[:LONGEST_CALL]))
    return next((one for one in literals if "/" in one and _ENDING.search(one)), href)


def _asked(source: str) -> list[tuple[str, str]]:
    parts = split(source)
    return parse_qsl(parts.query or parts.fragment)


def is_file_link(element: html.HtmlElement) -> bool:
    """Whether a link under the element leads to a file."""
    return any(_is_file((link.get("href") or "").strip(), name_of(link)) for link in element.iter("a"))


def _boxes(title: html.HtmlElement | None, body: html.HtmlElement | None) -> list[html.HtmlElement]:
    """Where to look, in turn: the smallest element holding both title and body, or what surrounds the one known."""
    if body is None or title is None:
        known = body if body is not None else title
        around = [] if known is None else list(islice(ancestors(known), 5))
        return [node for node in around if node.tag not in ("body", "html")]
    holders = set(ancestors(title))
    box = next((node for node in ancestors(body) if node in holders), body)
    above = body.getparent()
    return [box if box.tag not in ("body", "html") or above is None else above]


def _links_below(box: html.HtmlElement) -> Iterable[html.HtmlElement]:
    """Links in the next blocks that speak of 附件, beside the box or beside what holds it."""
    for node in islice(ancestors(box), 3):
        for block in islice(node.itersiblings(), 4) if node.tag not in ("body", "html") else ():
            if isinstance(block.tag, str) and "附件" in block.text_content()[:200]:
                yield from block.iter("a")


def _links_after(box: html.HtmlElement, title: html.HtmlElement | None) -> Iterable[html.HtmlElement]:
    past = title is None or title not in set(ancestors(box)) | set(box.iter())
    for node in box.iter():
        past = past or node is title
        if past and node.tag in _CARRIERS:
            yield node


def _is_file(href: str, name: str) -> bool:
    if _ENDING.search(unquote(href)) or _NAMED.search(name):
        return True
    return bool(_DOWNLOAD.search(href) and (name or "附件" in href))
