"""Lists that show the same postings: one under two addresses, and parents that show what their sub-columns hold. Each
posting is to be counted once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from crawler.discovery.areas import TREES
from crawler.discovery.paths import PathFinder
from crawler.discovery.study import Kind
from crawler.discovery.survey import Node, Survey
from rules.vocabulary.white_space import squeeze

# A list of which other lists hold so much only repeats them; the rest are old postings these no longer show.
WHOLE = 0.8
# Of a list surely above those others half is enough: some of them may not have been read.
HALF = 0.5
# Fewer rows in common may be one posting sent to two columns.
SAME_ROWS = 2
# Characters of a title that no list cuts off.
SHOWN = 8
# Names in a sentence.
MOST_NAMES = 6
Row = tuple[str, str]


class ListFamilies:
    """`left_out`: key → why a candidate repeats others; `remarks`: key → what a list that stands for others holds;
    `doubts`: key → what is not certain of one; `twins`: key → the other addresses of the same list."""

    def __init__(self, survey: Survey, candidates: Sequence[Node], places: PathFinder) -> None:
        self._survey = survey
        self._places = places
        self._order = {node.key: place for place, node in enumerate(candidates)}
        self._nodes = {node.key: node for node in candidates}
        self._rows = {node.key: self._rows_of(node) for node in candidates}
        self._holders: dict[Row, list[str]] = defaultdict(list)
        for key, rows in self._rows.items():
            for row in rows:
                self._holders[row].append(key)
        # A heading that is a link may stand over what is not below its page, and the step 政务公开 lead to a list beside
        # this one: only common postings prove that.
        self._over = {node.key: self._above(node) for node in candidates}
        self._surely_over = {node.key: self._above(node, sure=True) for node in candidates}
        self.left_out: dict[str, str] = {}
        self.remarks: dict[str, str] = {}
        self.doubts: dict[str, str] = {}
        self.twins: dict[str, list[Node]] = {}
        self._leave_out_twins()
        self._leave_out_parents()

    def _leave_out_twins(self) -> None:
        """One list under several addresses: the innermost is kept, with what is said of the others."""
        alike: dict[frozenset[Row], list[Node]] = defaultdict(list)
        for node in self._nodes.values():
            if len(self._rows[node.key]) >= SAME_ROWS:
                alike[self._rows[node.key]].append(node)
        for twins in alike.values():
            kept = min(twins, key=lambda node: self._rank(node, twins))
            self.twins[kept.key] = [twin for twin in twins if twin is not kept]
            for twin in twins:
                if twin is not kept:
                    self.left_out[twin.key] = f"与“{kept.name}”（{self._written(kept)}）是同一列表"
                    kept.mentions += [mention for mention in twin.mentions if mention not in kept.mentions]

    def _rank(self, node: Node, twins: Sequence[Node]) -> tuple[bool, bool, int, int, int]:
        """Below the others, in a tree, the deepest breadcrumb, on the most pages, the first met."""
        above_another = any(node.key in self._over[twin.key] and node.name != twin.name for twin in twins)
        crumbs = len(node.note.crumbs) if node.note else 0
        sources = len({mention.source for mention in node.mentions})
        return above_another, node.area not in TREES, -crumbs, -sources, self._order[node.key]

    def _leave_out_parents(self) -> None:
        """Of a list and those below it that show its postings: the list, unless it is a unit's own, whole one. A page
        without postings of its own is none beside its sub-columns."""
        below: dict[str, list[Node]] = defaultdict(list)
        for key, over in self._over.items():
            for upper in over:
                below[upper].append(self._nodes[key])
        # The outermost first: what it repeats may be the lists' below its children.
        for parent in sorted(self._nodes.values(), key=lambda node: -len(below[node.key])):
            if parent.key in self.left_out:
                continue
            children = [child for child in below[parent.key] if child.key not in self.left_out]
            rows = self._rows[parent.key]
            shared = [child for child in children if self._rows[child.key] & rows]
            sure = [child for child in children if parent.key in self._surely_over[child.key]]
            names = "、".join(child.name for child in (shared or sure)[:MOST_NAMES])
            if shared and self._own_whole(parent):
                self.left_out |= {
                    child.key: f"信息已在“{parent.name}”（{self._written(parent)}）中" for child in shared
                }
                said = "、".join(child.name for child in shared[:MOST_NAMES])
                self.remarks[parent.key] = f"本页已包含下级栏目（{said}）的信息，为免重复计数未单列"
            elif self._repeats(rows, shared, sure) or (sure and not self._lists_own(parent)):
                self.left_out[parent.key] = f"下级栏目（{names}）已分别列出"
            elif any(self._rows[child.key] for child in sure):
                self.doubts[parent.key] = f"下级栏目（{names}）已另列，请核对本页是否另有信息"
            elif repeated := self._repeated(parent):
                said = "、".join(other.name for other in repeated[:MOST_NAMES])
                if all(self._names(parent, other) for other in repeated):
                    self.left_out[parent.key] = f"信息已在所列栏目（{said}）中"
                else:
                    self.doubts[parent.key] = f"所列信息同时在其他栏目（{said}）中，请核对是否单列"

    def _repeats(self, rows: frozenset[Row], shared: Sequence[Node], sure: Sequence[Node]) -> bool:
        """Whether a list only shows again what those below it hold. One posting may be sent to both."""
        held = rows.intersection(*[frozenset().union(*(self._rows[child.key] for child in shared))])
        below = any(child in sure for child in shared)
        return bool(held) and len(held) >= (HALF if below else WHOLE) * len(rows)

    def _lists_own(self, node: Node) -> bool:
        return node.note is not None and node.note.kind is Kind.LIST

    def _names(self, node: Node, other: Node) -> bool:
        return any(mention.source == node.key for mention in other.mentions)

    def _repeated(self, node: Node) -> list[Node]:
        """Other lists that hold nearly all of one's rows, each a part of its own."""
        rows = self._rows[node.key]
        sharing = {key for row in rows for key in self._holders[row]} - {node.key} - self.left_out.keys()
        others = sorted((self._nodes[key] for key in sharing), key=lambda other: self._order[other.key])
        parts = [(other, self._rows[other.key] & rows) for other in others]
        held = sum(len(part) for _other, part in parts)
        whole = set().union(*(part for _other, part in parts))
        apart = held == len(whole) and len(parts) > 1
        return [other for other, _part in parts] if apart and held >= WHOLE * len(rows) else []

    def _own_whole(self, node: Node) -> bool:
        """A unit's page that lists all it published, page after page."""
        return any(m.unit for m in node.mentions) and bool(node.note and node.note.paged)

    def _rows_of(self, node: Node) -> frozenset[Row]:
        """What tells a list's postings: their addresses, and how their titles begin (the rest may be cut off)."""
        rows = node.note.rows if node.note else ()
        return frozenset((self._survey.own_key(url), squeeze(title)[:SHOWN]) for url, title in rows)

    def _above(self, node: Node, *, sure: bool = False) -> set[str]:
        """The candidates over one, by its breadcrumb, its folder, or the menus that name it. `sure`: by steps of the
        breadcrumb that are called as their pages call themselves, and by trees."""
        crumbs = node.note.crumbs[:-1] if node.note else ()
        steps = [(self._survey.own_key(crumb.url), crumb.name) for crumb in crumbs if crumb.url]
        above = {
            key for key, name in steps if key in self._nodes and (not sure or self._nodes[key].name == name)
        }
        above |= set(self._places.entries_over(node, in_trees=sure))
        above |= set(_folders(node.key))
        return above & self._nodes.keys() - {node.key}

    def _written(self, node: Node) -> str:
        return self._survey.scope.written(node.url)


def _folders(key: str) -> Iterator[str]:
    path = key.partition("?")[0].rstrip("/")
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
