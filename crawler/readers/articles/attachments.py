"""Files that an article offers: by the ending of the link, of its name, or by the download paths of the platforms;
and what they are called: by the link, by what it stands beside, by the word 附件 before it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl, unquote

from lxml import html

from crawler.page.addresses import find_base, link_address, split, web_address
from crawler.page.lines import ancestors
from crawler.page.page import Page
from crawler.page.values import Attachment

# Steps back in search of a name: over the blanks and serial numbers of one line, not into the paragraph before.
MOST_BEFORE = 40
# Shorter is a button (下载), longer a sentence that happens to precede the link.
SHORTEST_NAME, LONGEST_NAME = 4, 120
_LABEL = re.compile(
    r"\s*(?:相关|文本|下载)?附\s?件(?:下载|列表)?\s?[0-9一二三四五六七八九十]{0,2}\s?(?:[：:]|$)\s*"
)
_SERIAL = re.compile(r"[\s0-9.．、,，;；()（）\[\]]*")
_BUTTON = re.compile(
    r"[\[【(（\s]*(?:点击|在线|立即)?(?:下载|查看|预览|打开)(?:附件|文件)?[\]】)）\s]*|附\s?件"
)
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


def is_called_annex(link: html.HtmlElement) -> bool:
    """Whether what stands just before the link, or it itself, says 附件; other links and serial numbers between do
    not matter. Such a link leads to a file whatever its address."""
    if _LABEL.match(name_of(link)):
        return True
    before = (text for text in islice(_texts_before(link), MOST_BEFORE) if not _SERIAL.fullmatch(text))
    return bool(_LABEL.match(next(before, "")))


def _texts_before(link: html.HtmlElement) -> Iterator[str]:
    """The texts before the link, the nearest first, without those of other links."""
    node = link
    for _ in range(MOST_BEFORE):
        previous = node.getprevious()
        above = node.getparent()
        if previous is not None:
            yield (previous.tail or "").strip()
            if not _holds_link(previous):
                shown = islice(previous.itertext(), MOST_BEFORE) if isinstance(previous.tag, str) else ()
                yield "".join(shown).strip()
            elif previous.tag != "a":
                yield (previous.text or "").strip()
            node = previous
        elif above is not None and above.tag not in ("body", "html"):
            yield (above.text or "").strip()
            node = above
        else:
            return


def _holds_link(node: html.HtmlElement) -> bool:
    return isinstance(node.tag, str) and next(node.iter("a"), None) is not None


def name_of(link: html.HtmlElement) -> str:
    shown = " ".join("".join(link.itertext()).split()) if link.tag == "a" else ""
    if shown and not _BUTTON.fullmatch(shown):
        return shown
    pictures = (picture.get("alt") or "" for picture in link.iter("img"))
    said = next((one for one in (link.get("title"), link.get("download"), *pictures) if one), "")
    return " ".join(said.split())


def name_beside(link: html.HtmlElement) -> str:
    """What an icon or a button 下载 stands beside: the text after it, else before it."""
    after = " ".join((link.tail or "").split())
    if len(after) >= SHORTEST_NAME:
        return after
    near = (text for text in islice(_texts_before(link), 3) if len(text) >= SHORTEST_NAME)
    before = next(near, "")
    if before.endswith("。"):
        return ""
    return " ".join(_LABEL.sub("", before).split())[:LONGEST_NAME]


def read_attachments(
    title: html.HtmlElement | None, body: html.HtmlElement | None, base: str
) -> tuple[Attachment, ...]:
    """Links to files between the title and the end of the article's own box, each address once."""
    for box in _boxes(title, body):
        found = _files([*_links_after(box, title), *_links_below(box)], base)
        if found:
            return found
    return ()


def read_links(
    body: html.HtmlElement | None, files: Collection[Attachment], base: str
) -> tuple[Attachment, ...]:
    """Links of the body to other pages, each address once. Only what the page itself writes as an address: what a script
    would make of its words may be read wrongly."""
    known = {file.url for file in files}
    found: dict[str, str] = {}
    for link in body.iter("a") if body is not None else ():
        url = web_address(base, href) if (href := (link.get("href") or "").strip()) else None
        if url and "#" not in url and url not in known and len(found) < MOST:
            found.setdefault(url, name_of(link))
    return tuple(Attachment(name, url) for url, name in found.items())


def written_files(page: Page) -> frozenset[str]:
    """The addresses that links of the page write out."""
    base = find_base(page)
    written = (web_address(base, link.get("href")) for link in page.tree.iter("a"))
    return frozenset(url for url in written if url)


def _files(links: Iterable[html.HtmlElement], base: str) -> tuple[Attachment, ...]:
    found: dict[str, html.HtmlElement] = {}
    for link in links:
        href = _address(link)
        if not href or _SELF.match(href) or not (_is_file(href, name_of(link)) or is_called_annex(link)):
            continue
        url = link_address(base, href)
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
        parts = split(source)
        asked = (one for _, one in parse_qsl(parts.query or parts.fragment) if _ENDING.search(one))
        return next(asked, source if _ENDING.search(unquote(source)) else "")
    href = (node.get("href") or "").strip()
    if href and not _SELF.match(href):
        return href
    literals = (one[1] for one in _LITERAL.finditer(f"{href} {node.get('onclick') or ''}"[:LONGEST_CALL]))
    return next((one for one in literals if "/" in one and _ENDING.search(one)), href)


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
