"""The page's own meta tags: names in any case, empty and dummy values left out."""

import json
import re
from collections.abc import Mapping
from typing import Any

from lxml import html

from crawler.page.model import PageModel
from crawler.page.page import Page
from crawler.page.scripts import script_text
from rules.vocabulary.words import alternatives

_DUMMY = re.compile(
    rf"[#＃*＊\-—_./\s]*|{alternatives('empty.no_value')}|(?:\{{.*\}}|\$.*|<%.*|\[!--.*)", re.IGNORECASE
)
_HEAD = re.compile(r"<(?:head|title|meta)\b", re.IGNORECASE)
_WRITTEN = re.compile(r"<meta\s[^<>]{0,60}?name\s?=\s?\\?['\"]?(\w{2,40})", re.IGNORECASE)
# A page describes itself in a thousand characters and a handful of things; more is a catalogue of others.
_LONGEST_JSON = 20_000
_MOST_THINGS = 50


def read_meta(tree: html.HtmlElement) -> dict[str, str]:
    """Lower-case name (or property) -> its first value that says something. A no-break space before an attribute, which
    editors leave, is part of its name for the parser and none of it for the reader."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        said = {key.strip(): value for key, value in tag.attrib.items()}
        name = (said.get("name") or said.get("property") or said.get("itemprop") or "").strip().lower()
        value = " ".join((said.get("content") or "").split())
        if name and value and name not in found and not _DUMMY.fullmatch(value):
            found[name] = value
    return found


def meta_of(page: Page) -> Mapping[str, str]:
    """The same of a page, read once."""
    return page.model.view(_read_once)


def _read_once(model: PageModel) -> Mapping[str, str]:
    return read_meta(model.root)


def meta_names(page: Page) -> list[str] | None:
    """The names of a page's META tags that carry a value, those that its scripts write included; None where no page with a
    head of its own came (an answer of JSON, a fragment), which says nothing of tags."""
    if not _HEAD.search(page.text):
        return None
    written = {name.lower() for name in _WRITTEN.findall(script_text(page.tree))}
    return sorted(meta_of(page).keys() | written)


def first(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The value of the first of `names` that the page gives."""
    return next((meta[name] for name in names if name in meta), None)


def linked_data(tree: html.HtmlElement) -> dict[str, str]:
    """The top strings of the things in the page's JSON-LD, names in lower case; the first that says one stays."""
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        text = script.text or ""
        if script.get("type") == "application/ld+json" and len(text) <= _LONGEST_JSON:
            for thing in _things(text):
                said = {str(name).lower(): value for name, value in thing.items() if isinstance(value, str)}
                found = {name: value for name, value in said.items() if value.strip()} | found
    return found


def _things(text: str) -> list[dict[str, Any]]:
    """One thing, a list of things, or a graph of them."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict):
        data = [data, *graph] if isinstance(graph := data.get("@graph"), list) else [data]
    return [one for one in data[:_MOST_THINGS] if isinstance(one, dict)] if isinstance(data, list) else []
