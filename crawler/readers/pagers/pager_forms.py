"""Forms that a click sends: with the page's number in a field, with the button that was pressed, or ASP.NET's
__doPostBack."""

import re
from collections.abc import Mapping

from lxml import html

from crawler.page.addresses import join
from crawler.page.page_numbers import PAGE_KEYS, with_query
from crawler.page.values import PageRequest

_POST_BACK = re.compile(r"__doPostBack\s?\(\s?\\?['\"]([^'\"]{1,200})['\"]\s?,\s?\\?['\"]([^'\"]{0,80})['\"]")
_WEB_FORM = re.compile(r"WebForm_DoPostBackWithOptions\s?\([^'\"]{0,60}[\"']([^'\"]{1,200})[\"']")
_SET = re.compile(
    r"(?:\.(?:getElementById|getElementsByName|elements)?[(\[]?\s?[\"']?([\w$.-]{1,60})[\"']?\s?[)\]]?(?:\[0\])?\.value\s?=\s?(\w{1,30})"
    r"|\$\(\s?[\"'](?:#|\w{0,8}\[name=[\"']?)([\w$.-]{1,60})[\"']?\]?[\"']\s?\)\.val\(\s?(\w{1,30}))"
)


def post_back(script: str, tree: html.HtmlElement, url: str) -> PageRequest | None:
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
    return PageRequest(join(url, action or "") or url, "POST", fields)


def submit_inline(script: str, tree: html.HtmlElement, url: str) -> PageRequest | None:
    """document.f.page.value=2;document.f.submit() in the click itself."""
    if "submit" not in script:
        return None
    given = ((match[1] or match[3], match[2] or match[4]) for match in _SET.finditer(script))
    pages = (
        with_field(name.rpartition(".")[2], int(value), tree, url)
        for name, value in given
        if value.isdecimal()
    )
    return next(pages, None)


def submit_number(body: str, page: int, tree: html.HtmlElement, url: str) -> PageRequest | None:
    """A function that writes the page's number into a field and sends its form."""
    if "submit" not in body:
        return None
    names = [match[1] or match[3] for match in _SET.finditer(body)]
    plain = [name.rpartition(".")[2] for name in names]
    field = next((name for name in plain if PAGE_KEYS.fullmatch(name)), plain[0] if plain else None)
    return with_field(field, page, tree, url) if field else None


def press(button: html.HtmlElement, url: str) -> PageRequest | None:
    """A form's own button: what is sent says which one was pressed."""
    form, name = next(button.iterancestors("form"), None), button.get("name")
    if form is None or not name or button.get("type") != "submit" or button.get("onclick"):
        return None
    return _sent(form, dict(_fields(form)) | {name: button.get("value") or ""}, url)


def with_field(name: str, page: int, tree: html.HtmlElement, url: str) -> PageRequest | None:
    """The form that holds the named field, with the page's number in it."""
    inputs = [one for one in tree.iter("input") if name in (one.get("name"), one.get("id"))]
    if not inputs:
        return None
    form = next(inputs[0].iterancestors("form"), None)
    number = {inputs[0].get("name") or name: str(page)}
    return (
        PageRequest(_queried(url, number)) if form is None else _sent(form, dict(_fields(form)) | number, url)
    )


def _sent(form: html.HtmlElement, fields: dict[str, str], url: str) -> PageRequest:
    action = join(url, form.get("action") or "") or url
    if (form.get("method") or "get").lower() == "post":
        return PageRequest(action, "POST", fields)
    return PageRequest(_queried(action, fields))


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
