"""What a click on a pager's element asks for: an address, or what its script makes of a page's number."""

import re

from lxml import html

from crawler.page.addresses import join
from crawler.page.page_numbers import PAGE_KEYS, next_by_query
from crawler.page.scripts import script_text
from crawler.page.values import PageRequest
from crawler.readers.pagers.address_templates import find_template
from crawler.readers.pagers.pager_forms import post_back, press, submit_inline, submit_number, with_field

_CALL = re.compile(r"(?:javascript:)?\s?(?:return\s)?([A-Za-z_$][\w$.]{0,60})\s?\(([^()]{0,120})\)", re.I)
_DIRECT = re.compile(
    r"(?:location(?:\.href)?\s?=\s?|(?:open|replace|assign)\s?\(\s?)(?:encodeURI\w{0,9}\s?\(\s?)?['\"]([^'\"]{1,300})['\"](?!\s?\+)"
)
_HANDED = re.compile(
    r"\(\s?[^()'\"]{0,80}['\"]((?:https?:/|\.{0,2})/[^'\"\s]{2,300}|[\w./-]{1,200}\.(?:s?html?|jspx?|aspx?|php|do)[^'\"\s]{0,200})['\"]"
)
_ARGUMENT = re.compile(r"[(,]\s?['\"]?\d{1,5}['\"]?\s?[,)]")
_PLAIN = re.compile(r"(?<![\w'\"])[\"']?(\d{1,5})[\"']?(?![\w'\"])")
_CARRIERS = ("data-url", "data-href", "data-link", "tagname")
_FILE = re.compile(r"\.(?:s?html?|jspx?|aspx?|php|do)(?:\?|$)", re.I)
# A pager's function is shorter; what follows is another's.
LONGEST_BODY = 900


def follow_click(
    element: html.HtmlElement, number: int | None, tree: html.HtmlElement, url: str, base: str
) -> PageRequest | None:
    """What a click on a pager's element asks for; None where only running the script would show it.

    `number` is the page it leads to if the pager says so; `url` the page's own address, `base` its <base>.
    """
    if element.tag == "option" and re.fullmatch(r"\s*\d{1,5}\s*", element.get("value") or ""):
        return _chosen(element, int(element.get("value") or 0), tree, url, base)
    href = _address(element)
    scripted = href.lower().startswith("javascript:")
    if href and not href.startswith("#") and not scripted:
        return _get(join(base, href))
    # javascript:void(0) beside an onclick does nothing; the onclick does.
    for script in (element.get("onclick") or "", href if scripted else ""):
        turn = (
            post_back(script, tree, url)
            or _direct(script, base)
            or submit_inline(script, tree, url)
            or _called(script, number, tree, url, base)
        )
        if turn:
            return turn
    return press(element, url)


def _chosen(
    option: html.HtmlElement, number: int, tree: html.HtmlElement, url: str, base: str
) -> PageRequest | None:
    """A choice of bare numbers: what its list's onchange makes of the one chosen."""
    choice = next(option.iterancestors("select"), None)
    script = (choice.get("onchange") or "") if choice is not None else ""
    template = find_template(script, r"\(?this\.(?:value|options\[this\.selectedIndex\]\.value)\)?")
    if template:
        return _get(join(base, template.replace("{}", str(number))))
    return _called(script, number, tree, url, base)


def _address(element: html.HtmlElement) -> str:
    """What is printed as the target, by whatever attribute a pager's script reads it from."""
    href = ((element.get("value") if element.tag == "option" else element.get("href")) or "").strip()
    if href.startswith("#") or href.lower().startswith("javascript:") or not href:
        carried = (element.get(name) or "" for name in _CARRIERS)
        return next((one for one in carried if "/" in one or _FILE.search(one)), href)
    return href


def _get(url: str | None) -> PageRequest | None:
    return PageRequest(url) if url else None


def _direct(script: str, base: str) -> PageRequest | None:
    """An address set as the location, or handed to a function that has nothing else to go by."""
    match = _DIRECT.search(script) or (None if _ARGUMENT.search(script) else _HANDED.search(script))
    return _get(join(base, match[1])) if match else None


def _called(
    script: str, number: int | None, tree: html.HtmlElement, url: str, base: str
) -> PageRequest | None:
    """goPage(2): its body fills a form's field and submits, or builds an address."""
    call = _CALL.search(script)
    if not call:
        return None
    said = _PLAIN.search(call[2])
    page = int(said[1]) if said else number
    if page is None:
        return None
    body = _body(call[1], tree)
    if body:
        return submit_number(body, page, tree, url) or _built(body, page, base)
    return _by_field(page, tree, url) or _by_query(page, url)


def _body(name: str, tree: html.HtmlElement) -> str:
    plain = re.escape(name.rpartition(".")[2])
    found = re.search(rf"(?:function\s+{plain}\s?\(|\b{plain}\s?[=:]\s?function\s?\()", script_text(tree))
    return script_text(tree)[found.start() : found.start() + LONGEST_BODY] if found else ""


def _built(body: str, page: int, base: str) -> PageRequest | None:
    parameter = re.search(r"\(\s?(\w{1,30})", body)
    template = find_template(body, rf"\(?{parameter[1]}\)?") if parameter else None
    return _get(join(base, template.replace("{}", str(page)))) if template else None


def _by_field(page: int, tree: html.HtmlElement, url: str) -> PageRequest | None:
    """A hidden field that can only be the page's number, where the function is in another file."""
    for field in tree.iter("input"):
        if field.get("type") == "hidden" and PAGE_KEYS.fullmatch(field.get("name") or ""):
            return with_field(field.get("name") or "", page, tree, url)
    return None


def _by_query(page: int, url: str) -> PageRequest | None:
    following = next_by_query(url)
    return PageRequest(following) if following and str(page) in following else None
