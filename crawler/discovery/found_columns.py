"""Which of the pages met are columns: lists, each posting counted once."""

from collections import defaultdict

from crawler.discovery.areas import TREES, is_container, is_useless
from crawler.discovery.study import Kind
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_roster import UnitPages

# A list whose sub-lists hold so much of it only repeats them; the rest are old postings the sub-lists no longer show.
WHOLE = 0.8


class ColumnPages:
    """The columns among a survey's pages (`columns`), and remarks on those that stand for others too."""

    def __init__(self, survey: Survey, pages: UnitPages) -> None:
        self._survey = survey
        self._pages = pages
        self._common = survey.common()
        self._parents = {
            mention.source
            for node in survey.nodes.values()
            for mention in node.mentions
            if node.key not in self._common and node.depth > survey.nodes[mention.source].depth
        }
        self.remarks: dict[str, str] = {}
        candidates = [node for node in survey.nodes.values() if self._may_be(node)]
        dropped = self._doubled(candidates)
        self.columns = [node for node in candidates if node.key not in dropped]

    def _may_be(self, node: Node) -> bool:
        if node is self._survey.home or node.moved or not node.name or is_useless(node.name):
            return False
        if node.note is None:
            return _is_leaf(node)
        if node.note.kind is Kind.UNREAD:
            return _is_leaf(node) or self._pages.lists(node)
        if node.name == node.note.site_name and not any(mention.unit for mention in node.mentions):
            return False  # the portal's own front, beside a frame or behind a cover
        has_children = node.key in self._parents
        if node.note.kind is Kind.MENU:
            return (_is_leaf(node) or self._pages.expects(node)) and not has_children
        return node.note.counts and (_is_leaf(node) or not (is_container(node.name) and has_children))

    def _doubled(self, nodes: list[Node]) -> set[str]:
        """What to leave out of a list and the sub-lists whose postings it shows: the list, if they hold nearly
        all of it (and it is not a unit's own, whole list), else the sub-lists."""
        rows = {node.key: self._rows(node) for node in nodes}
        dropped: set[str] = set()
        for parent, children in self._families(nodes).items():
            shared = [child for child in children if rows[child.key] & rows[parent]]
            covered = (
                rows[parent].intersection(*[set().union(*(rows[c.key] for c in shared))]) if shared else set()
            )
            if shared and len(covered) >= WHOLE * len(rows[parent]) and not self._own_whole(parent):
                dropped.add(parent)
            elif shared:
                dropped.update(child.key for child in shared)
                names = "、".join(child.name for child in shared[:6])
                self.remarks[parent] = f"本页已包含下级栏目（{names}）的信息，为免重复计数未单列"
        return dropped

    def _own_whole(self, key: str) -> bool:
        """A unit's page that lists all it published, page after page."""
        node = self._survey.nodes[key]
        return any(m.unit for m in node.mentions) and bool(node.note and node.note.paged)

    def _rows(self, node: Node) -> set[str]:
        return {self._survey.own_key(url) for url in node.note.rows} if node.note else set()

    def _families(self, nodes: list[Node]) -> dict[str, list[Node]]:
        """Parent → the columns below it, by breadcrumb or by folder."""
        keys = {node.key for node in nodes}
        families: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            for key in self._above(node) & keys:
                families[key].append(node)
        return families

    def _above(self, node: Node) -> set[str]:
        crumbs = node.note.crumbs[:-1] if node.note else ()
        above = {self._survey.own_key(crumb.url) for crumb in crumbs if crumb.url}
        path = node.key.partition("?")[0].rstrip("/")
        while "/" in path:
            path = path.rpartition("/")[0]
            above.add(path)
        return above - {node.key}


def _is_leaf(node: Node) -> bool:
    """Named in a tree below a label: what cannot be read there is a column all the same."""
    return node.area in TREES and any(m.name and m.labels and not m.unit for m in node.mentions)
