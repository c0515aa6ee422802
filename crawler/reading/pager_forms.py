"""Pages asked for by a click's script: a form with the page's number in a field, or ASP.NET's __doPostBack."""

import re
from collections.abc import Mapping

from lxml import html

from crawler.reading.pager_scripts import script_text
from crawler.reading.pager_templates import find_template
from crawler.reading.pager_urls import PAGE_KEYS, join, next_by_query, with_query
from crawler.reading.values import Turn

_POST_BACK = re.compile(r"__doPostBack\s?\(\s?\\?['\"]([^'\"]{1,200})['\"]\s?,\s?\\?['\"]([^'\"]{0,80})['\"]")
_WEB_FORM = re.compile(r"WebForm_DoPostBackWithOptions\s?\([^'\"]{0,60}[\"']([^'\"]{1,200})[\"']")
_CALL = re.compile(r"(?:javascript:)?\s?(?:return\s)?([A-Za-z_$][\w$.]{0,60})\s?\(([^()]{0,120})\)", re.I)
_DIRECT = re.compile(
    r"(?:location(?:\.href)?\s?=\s?|(?:open|replace|assign)\s?\(\s?)(?:encodeURI\w{0,9}\s?\(\s?)?['\"]([^'\"]{1,300})['\"](?!\s?\+)"
)
_HANDED = re.compile(
    r"\(\s?[^()'\"]{0,80}['\"]((?:https?:/|\.{0,2})/[^'\"\s]{2,300}|[\w./-]{1,200}\.(?:s?html?|jspx?|aspx?|php|do)[^'\"\s]{0,200})['\"]"
)
_ARGUMENT = re.compile(r"[(,]\s?['\"]?\d{1,5}['\"]?\s?[,)]")
_PLAIN = re.compile(r"(?<![\w'\"])[\"']?(\d{1,5})[\"']?(?![\w'\"])")
_SET = re.compile(
    r"(?:\.(?:getElementById|getElementsByName|elements)?[(\[]?\s?[\"']?([\w$.-]{1,60})[\"']?\s?[)\]]?(?:\[0\])?\.value\s?=\s?(\w{1,30})"
    r"|\$\(\s?[\"'](?:#|\w{0,8}\[name=[\"']?)([\w$.-]{1,60})[\"']?\]?[\"']\s?\)\.val\(\s?(\w{1,30}))"
)
_CARRIERS = ("data-url", "data-href", "data-link", "tagname")
_FILE = re.compile(r"\.(?:s?html?|jspx?|aspx?|php|do)(?:\?|$)", re.I)
LONGEST_BODY = 900


def follow_click(
    element: html.HtmlElement, number: int | None, tree: html.HtmlElement, url: str, base: str
) -> Turn | None:
    """What a click on a pager's element asks for; None where it cannot be told without running the script.

    `number` is the page it leads to if the pager says so; `url` the page's own address, `base` its <base>.
    """
    if element.tag == "option" and (element.get("value") or "").strip().isdecimal():
        return _chosen(element, int(element.get("value") or 0), tree, url, base)
    href = _address(element)
    scripted = href.lower().startswith("javascript:")
    if href and not href.startswith("#") and not scripted:
        return _get(join(base, href))
    # javascript:void(0) beside an onclick does nothing; the onclick does.
    for script in (element.get("onclick") or "", href if scripted else ""):
        turn = (
            _post_back(script, tree, url)
            or _direct(script, base)
            or _inline(script, tree, url)
            or _called(script, number, tree, url, base)
        )
        if turn:
            return turn
    return _pressed(element, url)


def _pressed(button: html.HtmlElement, url: str) -> Turn | None:
    """A form's own button: what is sent says which one was pressed."""
    form, name = next(button.iterancestors("form"), None), button.get("name")
    if form is None or not name or button.get("type") != "submit" or button.get("onclick"):
        return None
    return _sent(form, dict(_fields(form)) | {name: button.get("value") or ""}, url)


def _chosen(
    option: html.HtmlElement, number: int, tree: html.HtmlElement, url: str, base: str
) -> Turn | None:
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


def _get(url: str | None) -> Turn | None:
    return Turn(url) if url else None


def _direct(script: str, base: str) -> Turn | None:
    """An address set as the location, or handed to a function that has nothing else to go by."""
    match = _DIRECT.search(script) or (None if _ARGUMENT.search(script) else _HANDED.search(script))
    return _get(join(base, match[1])) if match else None


def _post_back(script: str, tree: html.HtmlElement, url: str) -> Turn | None:
    """ASP.NET: the whole page is one form; the control's name and argument go with its hidden fields."""
    match = _POST_BACK.search(script) or _WEB_FORM.search(script)
    if not match:
        return None
    forms = [form for form in tree.iter("form") if form.find(".//input[@name='__VIEWSTATE']") is not None]
    form = forms[0] if forms else next(tree.iter("form"), None)
    fields = dict(_fields(tree if form is None else form))
    fields["__EVENTTARGET"] = match[1]
    fields["__EVENTARGUMENT"] = match[2] if match.re is _POST_BACK else ""
    action = form.get("action") if form is not None else None
    return Turn(join(url, action or "") or url, "POST", fields)


def _inline(script: str, tree: html.HtmlElement, url: str) -> Turn | None:
    """document.f.page.value=2;document.f.submit() in the click itself."""
    if "submit" not in script:
        return None
    given = ((match[1] or match[3], match[2] or match[4]) for match in _SET.finditer(script))
    pages = (
        _filled(name.rpartition(".")[2], int(value), tree, url) for name, value in given if value.isdecimal()
    )
    return next(pages, None)


def _called(script: str, number: int | None, tree: html.HtmlElement, url: str, base: str) -> Turn | None:
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
        return _submitted(body, page, tree, url) or _built(body, page, base)
    return _by_field(page, tree, url) or _by_query(page, url)


def _body(name: str, tree: html.HtmlElement) -> str:
    plain = re.escape(name.rpartition(".")[2])
    found = re.search(rf"(?:function\s+{plain}\s?\(|\b{plain}\s?[=:]\s?function\s?\()", script_text(tree))
    return script_text(tree)[found.start() : found.start() + LONGEST_BODY] if found else ""


def _submitted(body: str, page: int, tree: html.HtmlElement, url: str) -> Turn | None:
    if "submit" not in body:
        return None
    names = [match[1] or match[3] for match in _SET.finditer(body)]
    plain = [name.rpartition(".")[2] for name in names]
    field = next((name for name in plain if PAGE_KEYS.fullmatch(name)), plain[0] if plain else None)
    return _filled(field, page, tree, url) if field else None


def _built(body: str, page: int, base: str) -> Turn | None:
    parameter = re.search(r"\(\s?(\w{1,30})", body)
    template = find_template(body, rf"\(?{parameter[1]}\)?") if parameter else None
    return _get(join(base, template.replace("{}", str(page)))) if template else None


def _by_field(page: int, tree: html.HtmlElement, url: str) -> Turn | None:
    """A hidden field that can only be the page's number, where the function is in another file."""
    for field in tree.iter("input"):
        if field.get("type") == "hidden" and PAGE_KEYS.fullmatch(field.get("name") or ""):
            return _filled(field.get("name") or "", page, tree, url)
    return None


def _by_query(page: int, url: str) -> Turn | None:
    following = next_by_query(url)
    return Turn(following) if following and str(page) in following else None


def _filled(name: str, page: int, tree: html.HtmlElement, url: str) -> Turn | None:
    """The form that holds the named field, with the page's number in it."""
    inputs = [one for one in tree.iter("input") if name in (one.get("name"), one.get("id"))]
    if not inputs:
        return None
    form = next(inputs[0].iterancestors("form"), None)
    number = {inputs[0].get("name") or name: str(page)}
    return Turn(_queried(url, number)) if form is None else _sent(form, dict(_fields(form)) | number, url)


def _sent(form: html.HtmlElement, fields: dict[str, str], url: str) -> Turn:
    action = join(url, form.get("action") or "") or url
    if (form.get("method") or "get").lower() == "post":
        return Turn(action, "POST", fields)
    return Turn(_queried(action, fields))


def _queried(url: str, fields: Mapping[str, str]) -> str:
    for key, value in fields.items():
        url = with_query(url, key, value)
    return url


def _fields(form: html.HtmlElement) -> list[tuple[str, str]]:
    """What a browser would send with the form: hidden and text fields, chosen options."""
    pairs = []
    for field in form.iter("input", "select"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or kind in ("submit", "button", "image", "checkbox", "radio", "reset", "file"):
            continue
        value = field.get("value") or ""
        if field.tag == "select":
            options = sorted(field.iter("option"), key=lambda option: option.get("selected") is None)
            value = next((option.get("value") or "" for option in options), "")
        pairs.append((name, value))
    return pairs
