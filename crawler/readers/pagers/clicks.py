"""What a click on a pager's element asks for: an address, what its script makes of a page's number, or a form that it
sends: with the number in a field, with the button that was pressed, or ASP.NET's __doPostBack.
"""

import re
from collections.abc import Mapping

from lxml import html

from crawler.page.addresses import find_base, join
from crawler.page.page import Page
from crawler.page.page_numbers import PAGE_KEYS, next_by_query, with_query
from crawler.page.scripts import script_text
from crawler.page.values import PageRequest
from crawler.page.whole_numbers import whole_number
from crawler.readers.pagers.pager_scripts import LONGEST_BODY
from crawler.readers.pagers.scripted_addresses import Template, find_template

_POST_BACK = re.compile(r"__doPostBack\s?\(\s?\\?['\"]([^'\"]{1,200})['\"]\s?,\s?\\?['\"]([^'\"]{0,80})['\"]")
_WEB_FORM = re.compile(r"WebForm_DoPostBackWithOptions\s?\([^'\"]{0,60}[\"']([^'\"]{1,200})[\"']")
_SET = re.compile(
    r"(?:\.(?:getElementById|getElementsByName|elements)?[(\[]?\s?[\"']?([\w$.-]{1,60})[\"']?\s?[)\]]?(?:\[0\])?\.value\s?=\s?(\w{1,30})"
    r"|\$\(\s?[\"'](?:#|\w{0,8}\[name=[\"']?)([\w$.-]{1,60})[\"']?\]?[\"']\s?\)\.val\(\s?(\w{1,30}))"
)
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


def follow_click(element: html.HtmlElement, number: int | None, page: Page) -> PageRequest | None:
    """What a click on a pager's element asks for; None where only running the script would show it. `number` is the
    page it leads to if the pager says so."""
    if element.tag == "option" and re.fullmatch(r"\s*\d{1,5}\s*", element.get("value") or ""):
        return _chosen(element, int(element.get("value") or 0), page)
    href = _address(element)
    scripted = href.lower().startswith("javascript:")
    if href and not href.startswith("#") and not scripted:
        return _get(page, href)
    # javascript:void(0) beside an onclick does nothing; the onclick does.
    for script in (element.get("onclick") or "", href if scripted else ""):
        turn = (
            _post_back(script, page)
            or _direct(script, page)
            or _submit_inline(script, page)
            or _called(script, number, page)
        )
        if turn:
            return turn
    return _press(element, page)


def _chosen(option: html.HtmlElement, number: int, page: Page) -> PageRequest | None:
    """A choice of bare numbers: what its list's onchange makes of the one chosen."""
    choice = next(option.iterancestors("select"), None)
    script = (choice.get("onchange") or "") if choice is not None else ""
    template = find_template(script, r"this\.(?:value|options\[this\.selectedIndex\]\.value)")
    return _get_page(page, template, number) if template else _called(script, number, page)


def _address(element: html.HtmlElement) -> str:
    """What is printed as the target, by whatever attribute a pager's script reads it from."""
    href = ((element.get("value") if element.tag == "option" else element.get("href")) or "").strip()
    if href.startswith("#") or href.lower().startswith("javascript:") or not href:
        carried = (element.get(name) or "" for name in _CARRIERS)
        return next((one for one in carried if "/" in one or _FILE.search(one)), href)
    return href


def _get(page: Page, address: str) -> PageRequest | None:
    url = join(find_base(page), address)
    return PageRequest(url) if url else None


def _get_page(page: Page, template: Template, number: int) -> PageRequest | None:
    return _get(page, template.of(number))


def _direct(script: str, page: Page) -> PageRequest | None:
    """An address set as the location, or handed to a function that has nothing else to go by."""
    match = _DIRECT.search(script) or (None if _ARGUMENT.search(script) else _HANDED.search(script))
    return _get(page, match[1]) if match else None


def _called(script: str, number: int | None, page: Page) -> PageRequest | None:
    """goPage(2): its body fills a form's field and submits, or builds an address."""
    call = _CALL.search(script)
    said = _PLAIN.search(call[2]) if call else None
    number = int(said[1]) if said else number
    if not call or number is None:
        return None
    body = _body(call[1], page)
    if body:
        parameter = re.search(r"\(\s?(\w{1,30})", body)
        template = find_template(body, re.escape(parameter[1])) if parameter else None
        return _submit_number(body, number, page) or (_get_page(page, template, number) if template else None)
    # The function is in another file: a hidden field that can only be the page's number, or the address's own number.
    for field in page.tree.iter("input"):
        if field.get("type") == "hidden" and PAGE_KEYS.fullmatch(field.get("name") or ""):
            return _with_field(field.get("name") or "", number, page)
    following = next_by_query(page.url)
    return PageRequest(following, guessed=True) if following and str(number) in following else None


def _body(name: str, page: Page) -> str:
    plain, scripts = re.escape(name.rpartition(".")[2]), script_text(page.tree)
    found = re.search(rf"(?:function\s+{plain}\s?\(|\b{plain}\s?[=:]\s?function\s?\()", scripts)
    return scripts[found.start() : found.start() + LONGEST_BODY] if found else ""


def _post_back(script: str, page: Page) -> PageRequest | None:
    """ASP.NET: the whole page is one form; the control's name and argument go with its hidden fields."""
    match = _POST_BACK.search(script) or _WEB_FORM.search(script)
    if not match:
        return None
    forms = list(page.tree.iter("form"))
    stateful = (form for form in forms if form.find(".//input[@name='__VIEWSTATE']") is not None)
    form = next(stateful, forms[0] if forms else page.tree)
    argument = match[2] if match.re is _POST_BACK else ""
    fields = _fields(form) | {"__EVENTTARGET": match[1], "__EVENTARGUMENT": argument}
    return PageRequest(join(page.url, form.get("action") or "") or page.url, "POST", fields)


def _submit_inline(script: str, page: Page) -> PageRequest | None:
    """document.f.page.value=2;document.f.submit() in the click itself."""
    fields = ((name, whole_number(value)) for name, value in _set_fields(script))
    numbers = [(name, number) for name, number in fields if number is not None]
    return _with_field(*numbers[0], page) if numbers else None


def _submit_number(body: str, number: int, page: Page) -> PageRequest | None:
    """A function that writes the page's number into a field and sends its form."""
    names = [name for name, _ in _set_fields(body)]
    field = next(filter(PAGE_KEYS.fullmatch, names), names[0] if names else None)
    return _with_field(field, number, page) if field else None


def _set_fields(script: str) -> list[tuple[str, str]]:
    """Names and values of the fields that a script sets, if it sends a form."""
    found = _SET.finditer(script) if "submit" in script else ()
    return [((one[1] or one[3]).rpartition(".")[2], one[2] or one[4]) for one in found]


def _press(button: html.HtmlElement, page: Page) -> PageRequest | None:
    """A form's own button: what is sent says which one was pressed."""
    form, name = next(button.iterancestors("form"), None), button.get("name")
    if form is None or not name or button.get("type") != "submit" or button.get("onclick"):
        return None
    return _sent(form, _fields(form) | {name: button.get("value") or ""}, page)


def _with_field(name: str, number: int, page: Page) -> PageRequest | None:
    """The form that holds the named field, with the page's number in it."""
    field = next((one for one in page.tree.iter("input") if name in (one.get("name"), one.get("id"))), None)
    if field is None:
        return None
    form = next(field.iterancestors("form"), None)
    given = {field.get("name") or name: str(number)}
    return (
        PageRequest(_queried(page.url, given)) if form is None else _sent(form, _fields(form) | given, page)
    )


def _sent(form: html.HtmlElement, fields: dict[str, str], page: Page) -> PageRequest:
    action = join(page.url, form.get("action") or "") or page.url
    if (form.get("method") or "get").lower() == "post":
        return PageRequest(action, "POST", fields)
    return PageRequest(_queried(action, fields))


def _queried(url: str, fields: Mapping[str, str]) -> str:
    for key, value in fields.items():
        url = with_query(url, key, value)
    return url


def _fields(form: html.HtmlElement) -> dict[str, str]:
    """What a browser would send with the form: hidden and text fields, chosen options."""
    sent: dict[str, str] = {}
    for field in form.iter("input", "select"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or kind in ("submit", "button", "image", "checkbox", "radio", "reset", "file"):
            continue
        value = field.get("value") or ""
        if field.tag == "select":
            options = sorted(field.iter("option"), key=lambda option: option.get("selected") is None)
            value = next((option.get("value") or "" for option in options), "")
        sent[name] = value
    return sent
