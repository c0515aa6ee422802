"""The page's own meta tags: names in any case, empty and dummy values left out."""

import json
import re
from collections.abc import Mapping
from typing import Any

from lxml import html

from rules.vocabulary.words import alternatives

_DUMMY = re.compile(
    rf"[#＃*＊\-—_./\s]*|{alternatives('empty.no_value')}|(?:\{{.*\}}|\$.*|<%.*|\[!--.*)", re.IGNORECASE
)
# A page describes itself in a thousand characters and a handful of things; more is a catalogue of others.
_LONGEST_JSON = 20_000
_MOST_THINGS = 50


def read_meta(tree: html.HtmlElement) -> dict[str, str]:
    """Lower-case name (or property) -> its first value that says something."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        value = " ".join((tag.get("content") or "").split())
        if name and value and name not in found and not _DUMMY.fullmatch(value):
            found[name] = value
    return found


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
