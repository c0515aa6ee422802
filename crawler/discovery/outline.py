"""The outline of a page: for every element a short text, its links, and the labels that stand over it.

A label is a short text that stands before a block and is not of its kind: the heading before a list, the
<dt> before a <dd>, the first cell of a row, the words of a <li> before its inner list, the tab of a panel.
Work is linear in the page's size."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lxml import html

from crawler.discovery.names import clean_name, is_name
from crawler.discovery.tree_levels import ancestors_in_tree
from crawler.page.model import CLOSED_TAGS, INLINE, PageModel

Labels = tuple[str, ...]
MOST_ELEMENTS = 40_000  # ten times the largest page of the corpus (3,810)
LONGEST = 160  # characters of an element's text that are kept: four labels, or enough to see that it is prose
LONGEST_LABEL = 40  # the longest name of a column in our site files has 25 characters; a sentence is longer
DEEPEST_LABELS = 8  # a path has three parts; the labels above are menus and tabs around it
# Hidden parts count: menus and tabs wait to be opened, and their links are the site's columns.
UNSEEN = CLOSED_TAGS | {"head", "template"}
RANKS = {f"h{rank}": rank for rank in range(1, 7)}
CELLS = frozenset({"td", "th"})
ITEMS = frozenset({"li", "tr", "dd", "p"})
NO_LABEL = re.compile(r"[：:。；？！]|首页|位置|旧版|登录|搜索|友情链接|人民政府(?:门户)?(?:网站?)?$")


@dataclass(slots=True)
class Summary:
    """What is known of one element: its place in the document, its text (cut), how many links it holds, whether
    it is one itself (<a>, or a click that opens an address), the labels over it, and which of these are steps of a tree."""

    number: int = 0
    text: str = ""
    links: int = 0
    link: bool = False
    labels: Labels = ()
    steps: Labels = ()

    @property
    def label(self) -> str:
        """The text as a label for what follows; "" where it is none."""
        return as_label(self.text) if self.links < 2 else ""


@dataclass(slots=True)
class LabelScope:
    """The labels in force among the children of one element: headings by rank, and the last other one."""

    words: str = ""
    headings: dict[int, str] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    label: str = ""
    holder: html.HtmlElement | None = None


class Outline:
    """The sketches of a page's elements, made in two passes over the tree."""

    def __init__(self, model: PageModel) -> None:
        self.elements = list(islice(_shown(model), MOST_ELEMENTS))
        self._summaries = {element: Summary(number) for number, element in enumerate(self.elements, start=1)}
        self._spans: dict[html.HtmlElement, list[tuple[int, str]]] = {}
        self._tabs: dict[html.HtmlElement, str] = {}
        # In document order a child comes after its parent: the first pass goes up, the second down.
        for element in reversed(self.elements):
            self._measure(element)
        for element in self.elements:
            self._label_children(element)

    def __getitem__(self, element: html.HtmlElement) -> Summary:
        return self._summaries.get(element) or Summary()

    def _measure(self, element: html.HtmlElement) -> None:
        summary = self._summaries[element]
        text = _collapsed(element.text)
        for child in element:
            inner = self[child]
            summary.links += inner.links
            if len(text) < LONGEST:
                text += " " * (child.tag not in INLINE) + inner.text + _collapsed(child.tail)
        summary.text = _collapsed(text)[:LONGEST]
        summary.link = element.tag == "a" or (not summary.links and "/" in element.get("onclick", ""))
        summary.links += summary.link

    def _label_children(self, parent: html.HtmlElement) -> None:
        over = self[parent].labels
        label_scope = LabelScope(words=as_label(parent.text or ""))
        if parent.tag == "tr":
            label_scope.cells = self._carried(parent)
        self._find_tabs(parent)
        tree = ancestors_in_tree([child for child in parent if self[child].text])
        for child in parent:
            if child not in self._summaries:
                continue
            tab = [self._tabs[child]] if child in self._tabs else []
            steps = [step for elder in tree.get(child, ()) if (step := self[elder].label)]
            self[child].labels = (*over, *tab, *self._over(child, label_scope), *steps)[-DEEPEST_LABELS:]
            self[child].steps = (*self[parent].steps, *steps)[-DEEPEST_LABELS:]
            if child not in tree:
                self._note_label(child, label_scope)

    def _over(self, child: html.HtmlElement, label_scope: LabelScope) -> Iterator[str]:
        """The labels among its elder siblings, and its parent's own words, that speak of `child`."""
        if not self[child].links:
            return
        if child.tag in CELLS:
            yield from label_scope.cells
            return
        rank = RANKS.get(child.tag, 9)
        yield from (text for level, text in sorted(label_scope.headings.items()) if level < rank)
        if label_scope.words and child.tag not in INLINE:
            yield label_scope.words
        if label_scope.holder is not None and self._covers(label_scope.holder, child):
            yield label_scope.label

    def _covers(self, holder: html.HtmlElement, child: html.HtmlElement) -> bool:
        """Whether an elder sibling's text is a label of `child`, and not an item beside it."""
        if holder.tag in INLINE and child.tag in INLINE:
            return False
        if holder.tag != child.tag:
            return True
        if self[holder].links and (child.tag in ITEMS or self[child].links < 2):
            return False
        return _shape(holder) != _shape(child) or self[child].links > 1

    def _note_label(self, child: html.HtmlElement, label_scope: LabelScope) -> None:
        """Takes note of a child that may be a label of what follows."""
        text = self[child].label
        rank = RANKS.get(child.tag)
        if not text:
            return
        if child.tag in CELLS:
            label_scope.cells.append(text)
            rows = child.get("rowspan", "")
            table = child.getparent().getparent()
            if rows.isdigit() and table is not None:
                self._spans.setdefault(table, []).append((min(int(rows), 1000) - 1, text))
        elif rank:
            label_scope.headings = {
                level: known for level, known in label_scope.headings.items() if level < rank
            }
            label_scope.headings[rank] = text
            label_scope.holder = None
        elif self._heads(child):
            label_scope.label, label_scope.holder = text, child

    def _heads(self, child: html.HtmlElement) -> bool:
        """An item among its like must not push aside the label of them all."""
        younger = next((other for other in child.itersiblings() if other in self._summaries), None)
        if younger is None or (self[child].links and child.tag in ITEMS):
            return False
        items = self._items(child)
        if len(items) > 1 and items[0].tag not in INLINE:
            return False
        if younger.tag == child.tag and (child.tag in ITEMS or _shape(younger) == _shape(child)):
            return self[younger].links > 1 >= self[child].links
        return True

    def _carried(self, row: html.HtmlElement) -> list[str]:
        """Cells of earlier rows that reach down into this one."""
        table = row.getparent()
        reaching = [(rows, text) for rows, text in self._spans.get(table, ()) if rows > 0]
        self._spans[table] = [(rows - 1, text) for rows, text in reaching]
        return [text for _rows, text in reaching]

    def _find_tabs(self, parent: html.HtmlElement) -> None:
        """Notes panel → tab where a bar of short items stands before a body of as many blocks of links."""
        blocks = [child for child in parent if self[child].text or self[child].links]
        for bar, body in pairwise(blocks):
            if self[body].links < 3 or _shape(bar) == _shape(body):
                continue
            panels = self._items(body)
            names = [as_label(self[tab].text) for tab in self._items(bar)]
            if len(panels) == len(names) > 1 and all(names) and self[body].links > len(names):
                self._tabs.update(zip(panels, names, strict=True))

    def _items(self, element: html.HtmlElement) -> list[html.HtmlElement]:
        """The alike children of an element, or of the only child it wraps."""
        for _depth in range(4):
            inner = [child for child in element if child in self._summaries]
            if len(inner) != 1:
                return inner if len({child.tag for child in inner}) == 1 else []
            element = inner[0]
        return []


def as_label(text: str) -> str:
    """The text as a label, "" where it is none: a sentence, an attribute (责任单位：…), a date."""
    name = clean_name(text) if len(text) < LONGEST else ""
    if not is_name(name) or len(name) > LONGEST_LABEL or NO_LABEL.search(name):
        return ""
    return name


def _shown(model: PageModel) -> Iterator[html.HtmlElement]:
    """Elements in document order, without what is never shown."""
    past = 0
    for node in model.nodes:
        if node.opened >= past:
            if node.tag in UNSEEN:
                past = node.closed
            else:
                yield node.element


def _collapsed(text: str | None) -> str:
    return " ".join((text or "")[:2000].split())


def _shape(element: html.HtmlElement) -> str:
    return f"{element.tag}.{(element.get('class') or '').split(' ')[0]}"
