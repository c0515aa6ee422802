"""Which of the pages met are columns (lists, each posting counted once), and which columns the menus name and other
sites hold: these are written as kept elsewhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from crawler.discovery.areas import TREES, Area, area_of, is_container, is_loose, is_useless
from crawler.discovery.field_names import is_field
from crawler.discovery.names import is_name
from crawler.discovery.outline import Labels
from crawler.discovery.owners import OwnerFinder
from crawler.discovery.page_links import Link
from crawler.discovery.paths import Path, PathFinder, PlacedPath
from crawler.discovery.proposal import ColumnProposal, Doubts, UnitProposal
from crawler.discovery.study import Kind
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_kinds import kind_of
from crawler.discovery.unit_roster import UnitPages
from crawler.page.addresses import split

# A list whose sub-lists hold so much of it only repeats them; the rest are old postings the sub-lists no longer show.
WHOLE = 0.8
# Units' pages that may share a column of their own; what more pages link to is the portal's frame.
MOST_NAMERS = 2
UNREAD = "栏目在其他网站，没有读取；如应监测，请以 url 代替 elsewhere，并在 hosts 中写入其域名"
_SITE = re.compile(r"(?:网|网站|平台|系统|在线|门户)$")


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


class ExternalColumns:
    """What the trees and the units' own pages of a survey keep on other sites."""

    def __init__(self, survey: Survey, places: PathFinder, owning: OwnerFinder, pages: UnitPages) -> None:
        self._survey = survey
        self._places = places
        self._owners = owning
        self._pages = pages
        self._namers: dict[str, set[str]] = defaultdict(set)
        for key, links in survey.external_links.items():
            if unit := pages.holder(key):
                for link in links:
                    self._namers[link.url].add(unit.id)

    def columns(self, nodes: Iterable[Node], owned: Mapping[str, frozenset[str]]) -> Iterator[ColumnProposal]:
        """`nodes` are the site's own columns, `owned` their keys by the id of the unit that owes them."""
        known = list(nodes)
        common = self._survey.common_external_links()
        for key, found in self._survey.external_links.items():
            source = self._survey.nodes[key]
            unit = self._pages.holder(key)
            links = [link for link in found if (link.name, link.url) not in common]
            if source.area in TREES:
                yield from self._of_tree(source, links, _labels_on(source, known))
            elif unit:
                yield from self._of_unit(unit, links, self._pages.beside(key, owned.get(unit.id, ())))

    def _of_tree(
        self, source: Node, links: Iterable[Link], beside: frozenset[Labels]
    ) -> Iterator[ColumnProposal]:
        for link in links:
            named = is_name(link.name) and link.labels and not is_useless(link.name)
            path = self._places.by_menu(link.labels, link.name, tree=True) if named else ()
            known = len(path) > 1 and (is_field(path[0]) or link.labels in beside)
            if not known or kind_of(link.name):
                continue
            duties = self._owners.duties_over(source, link.labels, link.name)
            units, doubt = self._owners.by_duty(duties, PlacedPath(path, tree=True))
            ids = tuple(unit.id for unit in units)
            doubts = (doubt,) if doubt else ()
            yield _elsewhere(link, path, ids, doubts, tree=True)

    def _of_unit(
        self, unit: UnitProposal, links: Iterable[Link], blocks: frozenset[int]
    ) -> Iterator[ColumnProposal]:
        """Entries that few other units' pages have: among the unit's own columns, or called as columns are."""
        for link in links:
            loose = any(map(is_loose, link.labels))
            like = link.group in blocks or (not loose and self._is_called_so(link.name))
            own = like and not link.posting and len(self._namers[link.url]) <= MOST_NAMERS
            if own and self._pages.may_be_column(link.name):
                yield _elsewhere(link, ("", link.name), (unit.id,), (UNREAD,), tree=False)

    def _is_called_so(self, name: str) -> bool:
        """Whether other units' columns have this name, or it is a column's by its words and no site's."""
        worded = area_of(name) in (Area.NEWS, Area.DISCLOSURE) and not _SITE.search(name)
        return name in self._pages.names or worded


def _elsewhere(
    link: Link, path: Path, units: tuple[str, ...], doubts: Doubts, *, tree: bool
) -> ColumnProposal:
    said = link.note or f"跳转到其他网站（{split(link.url).netloc}）"
    return ColumnProposal(
        path, None, units, elsewhere=said, tree=tree, remark=f"网址：{link.url}", doubts=doubts
    )


def _labels_on(source: Node, columns: Iterable[Node]) -> frozenset[Labels]:
    """The labels under which a page names columns of the site's own."""
    mentions = (mention for node in columns for mention in node.mentions)
    return frozenset(mention.labels for mention in mentions if mention.source == source.key)
