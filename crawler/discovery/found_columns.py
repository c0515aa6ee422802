"""Which of the pages met are columns (lists, each posting counted once), and which columns the menus name and other
sites hold: these are written as kept elsewhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from crawler.discovery.areas import (
    TREES,
    Area,
    area_of,
    is_container,
    is_loose,
    is_placeholder,
    is_useless,
)
from crawler.discovery.field_names import is_field
from crawler.discovery.list_families import ListFamilies
from crawler.discovery.names import is_name
from crawler.discovery.outline import Labels
from crawler.discovery.owners import OwnerFinder
from crawler.discovery.page_links import Link
from crawler.discovery.paths import Path, PathFinder, PlacedPath
from crawler.discovery.proposal import ColumnProposal, Doubts, UnitProposal
from crawler.discovery.study import Kind, PageNote
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_kinds import kind_of
from crawler.discovery.unit_pages import UnitPages
from crawler.page.addresses import split

# Fields to fill in beyond those of the site's frame (a search box): a letter or a number, and one thing more.
FORM_FIELDS = 2
FORM = "是填写或查询的表单，没有公开的列表"
# Units' pages that may share a column of their own; what more pages link to is the portal's frame.
MOST_NAMERS = 2
UNREAD = "栏目在其他网站，没有读取；如应监测，请以 url 代替 elsewhere，并在 hosts 中写入其域名"
_SITE = re.compile(r"(?:网|网站|平台|系统|在线|门户)$")


class ColumnPages:
    """The columns among a survey's pages (`columns`), why the other pages read are none (`left_out`, by key), remarks on
    those that stand for others too, and the `twins` of those that stand under several addresses."""

    def __init__(self, survey: Survey, pages: UnitPages, places: PathFinder) -> None:
        self._survey = survey
        self._pages = pages
        self._common = survey.common()
        home = survey.home.note
        self._site_name = home.site_name if home else ""
        self._frame_fields = survey.frame_fields()
        self._parents = {
            mention.source
            for node in survey.nodes.values()
            for mention in node.mentions
            if node.key not in self._common and node.depth > survey.nodes[mention.source].depth
        }
        reasons = {node.key: self._why_not(node) for node in survey.nodes.values()}
        candidates = [node for node in survey.nodes.values() if not reasons[node.key]]
        families = ListFamilies(survey, candidates, places)
        self.left_out = {key: why for key, why in (reasons | families.left_out).items() if why}
        self.columns = [node for node in candidates if node.key not in families.left_out]
        self.remarks, self.doubts = families.remarks, families.doubts
        self.twins = families.twins

    def _why_not(self, node: Node) -> str:
        """Why a page is no candidate for a column; "" where it is one."""
        note = node.note
        if node is self._survey.home or node.moved or not node.name:
            return "没有名称，不是栏目"
        if is_placeholder(node.name) or is_useless(node.name):
            return f"“{node.name}”不是栏目名称"
        if note is None:
            return "" if _is_leaf(node) else "没有访问"
        if note.search:
            return "是搜索页面"
        if note.kind in (Kind.GONE, Kind.UNREAD):
            known = note.kind is Kind.UNREAD and (_is_leaf(node) or self._pages.lists(node))
            return "" if known else note.why
        return self._why_no_list(node, note)

    def _why_no_list(self, node: Node, note: PageNote) -> str:
        """The same of a page that was read."""
        if node.name == self._site_name and not any(mention.unit for mention in node.mentions):
            return "是网站首页"  # beside a frame or behind a cover
        if note.kind is Kind.ARTICLE:
            return note.sentence
        if note.kind is not Kind.LIST and note.fields - self._frame_fields >= FORM_FIELDS:
            return FORM
        has_children = node.key in self._parents
        if note.kind is Kind.MENU:
            expected = _is_leaf(node) or self._pages.expects(node)
            why = "是导航页，没有列表" if has_children else "页面上没有列表"
            return "" if expected and not has_children else why
        return "是导航页" if not _is_leaf(node) and is_container(node.name) and has_children else ""


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
