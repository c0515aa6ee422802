"""A page's links as a visitor meets them: what each is called, and under which labels it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.discovery.catalogue import CatalogueDuty, read_catalogues
from crawler.discovery.field_names import is_field
from crawler.discovery.names import clean_name, is_name
from crawler.discovery.outline import CELLS, Labels, Outline
from crawler.page.addresses import find_base, looks_like_posting, split, web_address
from crawler.page.page import Page
from crawler.page.page_words import PAGER_LINK
from crawler.page.titles import find_url

# Guard: a site map of every column fits; what follows is made by a fault.
MOST_LINKS = 3_000
# Guard: longer ones carry a session or a form.
LONGEST_ADDRESS = 500
# Elements around a link: from the link to its column of the page.
NEAREST = 8
# Links that make a block: two may be a row's.
SOME = 3
_FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|jpe?g|png|gif|bmp|svg|ico|mp[34]|avi|wmv|flv|exe|apk|css|js|xml|rss|txt|ofd)$",
    re.I,
)
_DAY = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|(?<!\d)[01]\d[-/][0-3]\d(?!\d)")
_PAGER = re.compile(rf"[\s\[<>«»‹›＜＞]*(?:{PAGER_LINK.pattern}|\.{{2,}}|…)[\s\]<>«»‹›＜＞]*")
_ROWS = frozenset({"li", "tr", "dd", "p"})


@dataclass(frozen=True, slots=True)
class Link:
    """`name` is cleaned ("" where the link shows none), `url` absolute, `labels` from the outermost in.
    `posting`: by its address, or a day beside it, it leads to one posting rather than to a column.
    `note` is what stands in brackets behind it (跳转到…), `beside` the short texts behind it in its row;
    links of one `group` stand in one block; `duty`: it is named in a row of a 标准目录; `steps` are those of
    the labels that are entries of a tree."""

    name: str
    url: str
    labels: Labels = ()
    posting: bool = False
    note: str = ""
    beside: Labels = ()
    group: int = 0
    duty: bool = False
    steps: Labels = ()


def read_links(page: Page, outline: Outline) -> tuple[Link, ...]:
    """Every link to a page, in the order of reading. Never raises."""
    return tuple(_links(page, outline))


def _links(page: Page, outline: Outline) -> Iterator[Link]:
    base = find_base(page)
    catalogues = read_catalogues(outline)
    count = 0
    for element in outline.elements:
        if element.tag == "frame" and (url := absolute(base, element.get("src"))):
            yield Link("", url)  # a frameset's page is its frames
        if not (outline[element].link or element.tag == "area"):
            continue
        url = absolute(base, find_url(element))
        if not url or _PAGER.fullmatch(outline[element].text) or _FILES.search(split(url).path):
            continue
        count += 1
        if count > MOST_LINKS:
            return
        if element in catalogues:
            yield _duty(catalogues[element], url, outline[element].labels)
            continue
        summary = outline[element]
        name = _name(element, outline)
        labels = tuple(label for label in summary.labels if label != name)
        posting = _is_posting(element, outline, url)
        beside, group = _beside_it(element, outline), _group(element, outline)
        yield Link(name, url, labels, posting, _note(element), beside, group, steps=summary.steps)


def _duty(duty: CatalogueDuty, url: str, labels: Labels) -> Link:
    """A catalogue's link. The labels over the table stand before its own steps; the cells' are among them."""
    *over, name = duty.steps
    fields = tuple(label for label in labels if is_field(label) and label not in duty.steps)
    return Link(name, url, (*fields, *over), beside=(duty.owner,) if duty.owner else (), duty=True)


def absolute(base: str, href: str | None) -> str:
    """A web address made absolute, without fragment and control characters; "" where it is none to follow."""
    if not href or href.lstrip().startswith("#") or len(href) > LONGEST_ADDRESS:
        return ""
    url = (web_address(base, href) or "").partition("#")[0]
    return re.sub(r"[\s\x00-\x1f\x7f]", "", url)


def _name(element: html.HtmlElement, outline: Outline) -> str:
    """What the link says; its tip or picture where it says nothing; the words beside it where it says 更多."""
    tip = clean_name(element.get("title") or "")
    name = clean_name(outline[element].text)
    if name.endswith(("...", "…")) and is_name(tip):
        return tip
    if is_name(name):
        return name
    picture = next((clean_name(image.get("alt") or "") for image in element.iter("img")), "")
    found = next((word for word in (tip, picture) if is_name(word)), "")
    return found or (_heading(element, outline) if outline[element].text else "")


def _heading(element: html.HtmlElement, outline: Outline) -> str:
    """The heading that a 更多 stands in: its holder's other words."""
    for holder in (element.getparent(), element.getparent().getparent()):
        if holder is None or outline[holder].links > 1:
            break
        name = clean_name(outline[holder].text)
        if is_name(name):
            return name if len(name) <= 20 else ""
    return next(reversed(outline[element].labels), "")


def _is_posting(element: html.HtmlElement, outline: Outline, url: str) -> bool:
    if looks_like_posting(url):
        return True
    near = islice(element.iterancestors(), NEAREST)
    row = next((holder for holder in near if holder.tag in _ROWS), None)
    return row is not None and outline[row].links <= 3 and bool(_DAY.search(outline[row].text))


def _group(element: html.HtmlElement, outline: Outline) -> int:
    """The number of the smallest block around a link that holds some links."""
    near = islice(element.iterancestors(), NEAREST)
    return next((outline[holder].number for holder in near if outline[holder].links >= SOME), 0)


def _beside_it(element: html.HtmlElement, outline: Outline) -> Labels:
    """The texts behind a link, up to the next link: the other cells of its row, as 责任单位."""
    cell = element
    while cell.getparent() is not None and cell.tag not in CELLS and outline[cell.getparent()].links == 1:
        cell = cell.getparent()
    found = []
    for younger in islice(cell.itersiblings(), 6):
        if outline[younger].links:
            break
        if label := outline[younger].label:
            found.append(label)
    return tuple(found[:3])


def _note(element: html.HtmlElement) -> str:
    match = re.match(r"\s*[(（]([^()（）]{2,40})[)）]", (element.tail or "")[:60])
    return match[1].strip() if match else ""
