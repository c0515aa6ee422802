"""Menus that only a script knows: trees of {id, pId, name, url} or of nested children, trees planted entry by entry
(d.add(id, pid, "name", "url")), in the page or in a file of their own; and lists to choose from, whose choice opens an
address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import html

from crawler.discovery.names import clean_name, is_name
from crawler.discovery.outline import DEEPEST_LABELS, Labels
from crawler.discovery.page_links import Link, absolute
from crawler.page.addresses import find_base, looks_like_posting
from crawler.page.page import Page

# Guard: a tree of some thousand entries has a dozen values each.
MOST_TOKENS = 60_000
# Guard: a larger script is a library, no menu.
LONGEST_SCRIPT = 600_000
# Columns' names are shorter; longer are postings' titles.
LONGEST_NAME = 40
# Fewer entries are no menu but a script's settings.
FEWEST = 3
# Guard: a portal has a handful of drop-downs of links, with some hundred offices at most.
MOST_SELECTS, MOST_OPTIONS = 30, 400
_TOKEN = re.compile(
    r"""[{}]|["']?(\w{1,20})["']?\s*:\s*(?:"((?:[^"\\\n]|\\.){0,600})"|'((?:[^'\\\n]|\\.){0,600})'|(-?\d{1,12}))"""
)
_CALL = re.compile(
    r"""\.add(?:Node|Item)?\(\s{0,9}['"]?(-?\w{1,32})['"]?\s{0,9},\s{0,9}['"]?(-?\w{1,32})['"]?\s{0,9},\s{0,9}"""
    r"""(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')(?:\s{0,9},\s{0,9}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})'))?"""
)
_NAMES = ("name", "title", "text", "label", "channelname", "colname")
_ADDRESSES = ("url", "href", "link", "linkurl", "file", "chnlurl", "path")
_ADDRESS = re.compile(r"^(?:https?:/)?/|^\.{1,2}/|\.(?:s?html?|jsp|php|aspx?)\b|^\?\w+=", re.I)
# A page that is nothing but a tree's data.
_DATA = re.compile(r"\s*(?:\[\s*\{|\{\s*[\"']|(?:var|let|const)\s+\w+\s*=\s*\[)")
# Files of their own: scripts by what their names say, and what scripts ask for.
MOST_FILES = 5
_TREE_WORDS = r"(?:tree|menu|node|catalog|channel|column|nav|lanmu|mulu)"
_TREE_FILE = re.compile(rf"{_TREE_WORDS}\w*\.js(?:on)?(?:\?|$)", re.I)
_TREE_DATA = re.compile(_TREE_WORDS, re.I)
_LIBRARY = re.compile(r"jquery|ztree|treeview|jstree|\.min\.|\.core|/lib/|plugin|^(?:https?:)?//", re.I)
_ASKED = re.compile(
    r"""(?:getJSON|\bget|\bajax|\bfetch)\(\s*["']([^"'\s]{2,200})["']|\burl\s*:\s*["']([^"'\s]{2,200})["']"""
)
_PARENTS = ("pid", "parentid", "parent")


@dataclass(slots=True)
class _Entry:
    said: dict[str, str] = field(default_factory=dict)
    over: "_Entry | None" = None

    def first(self, keys: tuple[str, ...]) -> str:
        return next((self.said[key] for key in keys if self.said.get(key)), "")


def read_menus(page: Page) -> tuple[Link, ...]:
    """The links of script-made trees, with the names of the entries above them as labels."""
    base = find_base(page)
    scripts = (script for script in page.tree.iter("script") if _is_menu(script))
    planted = (link for script in scripts for link in _links(script.text or "", base))
    whole = _links(page.text, base) if _DATA.match(page.text) and len(page.text) < LONGEST_SCRIPT else ()
    return (*planted, *whole, *_choices(page.tree, base), *_files(page, base))


def _files(page: Page, base: str) -> Iterator[Link]:
    """The files and endpoints of the site's own from which a page draws its tree, nameless: what stands in them is read as
    a menu in turn."""
    sources = [script.get("src") or "" for script in page.tree.iter("script")]
    asked = [
        match[1] or match[2]
        for script in page.tree.iter("script")
        for match in islice(_ASKED.finditer((script.text or "")[:LONGEST_SCRIPT]), MOST_FILES)
    ]
    named = [src for src in sources if _TREE_FILE.search(src) and not _LIBRARY.search(src)]
    for address in dict.fromkeys([*named, *(one for one in asked if _TREE_DATA.search(one))][:MOST_FILES]):
        if url := absolute(base, address):
            yield Link("", url)


def _choices(tree: html.HtmlElement, base: str) -> Iterator[Link]:
    """The options of a <select> whose values are addresses, under the words that ask to choose (--政府部门--)."""
    for number, select in enumerate(islice(tree.iter("select"), MOST_SELECTS), start=1):
        options = [
            (clean_name(option.text_content()[:200]), option)
            for option in islice(select.iter("option"), MOST_OPTIONS)
        ]
        found = [
            (name, absolute(base, option.get("value")))
            for name, option in options
            if _ADDRESS.search(option.get("value") or "")
        ]
        asking = next((name for name, option in options if not option.get("value") and is_name(name)), "")
        if len(found) >= FEWEST:
            yield from (
                Link(name, url, (asking,) if asking else (), group=-number)
                for name, url in found
                if url and is_name(name)
            )


def _is_menu(script: html.HtmlElement) -> bool:
    text = script.text or ""
    if not 40 < len(text) < LONGEST_SCRIPT:
        return False
    return ".add" in text or ("{" in text and any(key in text.lower() for key in _ADDRESSES))


def _links(source: str, base: str) -> list[Link]:
    entries = [*_entries(source), *_planted(source)]
    by_id = {entry.said["id"]: entry for entry in entries if entry.said.get("id")}
    found = []
    for entry in entries:
        name = clean_name(_text(entry.first(_NAMES)))
        url = absolute(base, _text(entry.first(_ADDRESSES)))
        if url and is_name(name) and len(name) <= LONGEST_NAME and not looks_like_posting(url):
            over = _over(entry, by_id)
            found.append(Link(name, url, over, steps=over))
    return found if len(found) >= FEWEST else []


def _entries(source: str) -> Iterator[_Entry]:
    """Every {…} of a script with the strings and numbers it says itself, in the order of their ends."""
    stack: list[_Entry] = []
    for count, token in enumerate(_TOKEN.finditer(source)):
        if count > MOST_TOKENS:
            return
        if token[0] == "{":
            stack.append(_Entry(over=stack[-1] if stack else None))
        elif token[0] == "}":
            if stack:
                yield stack.pop()
        elif stack:
            value = next((part for part in token.groups()[1:] if part is not None), "")
            stack[-1].said.setdefault(token[1].lower(), value)


def _planted(source: str) -> Iterator[_Entry]:
    """dTree and its like: d.add(21, 2, '部门预算', 'list.asp?id=21')."""
    for call in islice(_CALL.finditer(source), MOST_TOKENS):
        said = {"id": call[1], "pid": call[2], "name": call[3] or call[4], "url": call[5] or call[6] or ""}
        yield _Entry({key: value for key, value in said.items() if value})


def _over(entry: _Entry, by_id: dict[str, _Entry]) -> Labels:
    """The names above an entry, by nesting or by pId; a circle ends at the deepest label."""
    names: list[str] = []
    above = entry
    while len(names) < DEEPEST_LABELS:
        parent = above.over if above.over and above.over.first(_NAMES) else by_id.get(above.first(_PARENTS))
        if parent is None or parent is above:
            break
        names.append(clean_name(_text(parent.first(_NAMES))))
        above = parent
    return tuple(name for name in reversed(names) if is_name(name))


def _text(value: str) -> str:
    """A script's string without its escapes."""
    value = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), value)
    return re.sub(r"\\(.)", r"\1", value)
