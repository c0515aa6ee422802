"""From a survey to a proposal: units, columns with their paths and owners, mailboxes, and every doubt."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.discovery.areas import TREES, Area, area_of, is_container, is_useless
from crawler.discovery.field_names import one_spelling
from crawler.discovery.found_columns import ColumnPages, ExternalColumns
from crawler.discovery.owners import OwnerFinder
from crawler.discovery.paths import PathFinder, PlacedPath
from crawler.discovery.proposal import ColumnProposal, MailboxProposal, Proposal, Unread
from crawler.discovery.study import Kind
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_roster import UnitPages, UnitRoster
from crawler.page.addresses import split

_LETTERS = re.compile(r"信箱|留言|来信|信件|选登|问政|咨询投诉|(?:办理|答复|回复)(?:情况|结果)$")
_BOX = re.compile(r"信箱$|留言板?$|来信$")
_FORM = "页面上没有认出信件列表，请改为公开来信和答复的列表网址"
_ABROAD = "信箱在其他网站，能公开读到信件列表时再启用"
OWN_LIST = "单位信息公开"


def mailboxes_of(survey: Survey) -> list[MailboxProposal]:
    """Pages of letters; boxes that show none are written as comments where there are such pages."""
    named = [node for node in survey.nodes.values() if _is_named(node)]
    read = [node for node in named if node.note and node.note.letters]
    forms = [node for node in named if node not in read and _BOX.search(node.name)]
    written = survey.scope.written
    return [
        *(MailboxProposal(node.name, written(node.url)) for node in read),
        *(MailboxProposal(node.name, written(node.url), not read, (_doubt(node),)) for node in forms),
        *_external(survey),
    ]


def _doubt(node: Node) -> str:
    """A box whose page was refused or never came is not yet known to be a form."""
    cause = node.note.why if node.note and node.note.kind is Kind.UNREAD else ""
    return f"未能读取（{cause}）" if cause else _FORM


def _is_named(node: Node) -> bool:
    there = node.note is not None and node.note.kind is not Kind.GONE and not node.moved
    return there and bool(_LETTERS.search(node.name)) and not is_container(node.name)


def _external(survey: Survey) -> Iterator[MailboxProposal]:
    seen = set()
    for link in (link for links in survey.external_links.values() for link in links):
        if _BOX.search(link.name) and link.name not in seen and not link.posting:
            seen.add(link.name)
            yield MailboxProposal(link.name, link.url, enabled=False, doubts=(_ABROAD,))


class Composer:
    """Reads a finished survey once and proposes a site file."""

    def __init__(self, survey: Survey, delay: float) -> None:
        self._survey = survey
        self._delay = delay
        self._roster = UnitRoster(survey)
        self._places = PathFinder(survey, self._roster)
        self._owners = OwnerFinder(survey, self._roster)
        self._pages = UnitPages(survey, self._roster)
        self._lists = ColumnPages(survey, self._pages)
        self._external = ExternalColumns(survey, self._places, self._owners, self._pages)
        self._boxes = mailboxes_of(survey)

    def propose(self) -> Proposal:
        survey, scope = self._survey, self._survey.scope
        own = list(self._columns())
        external_links = self._external.columns(self._lists.columns, self._owned(own))
        columns = _distinct(_spelled([*own, *external_links]))
        name = self._said("site_name")
        return Proposal(
            name=name or "（请填写网站名称）",
            home=scope.written_home,
            hosts=tuple(sorted(scope.hosts & {split(c.url).netloc for c in columns if c.url})),
            office=self._office(name),
            units=tuple(self._roster.units),
            columns=tuple(columns),
            mailboxes=tuple(self._boxes),
            unread=tuple(self._unread()),
            pages=survey.read,
            waiting=sum(not node.asked for node in survey.nodes.values()),
            delay=self._delay,
            doubts=tuple(self._doubts(name, columns)),
        )

    def _doubts(self, name: str, columns: list[ColumnProposal]) -> Iterator[str]:
        if not name:
            yield "没有认出网站名称"
        if not any(column.tree for column in columns):
            yield "没有找到基层政务公开、重点领域的栏目，其目录可能由脚本生成或在其他网站"
        if self._survey.faults:
            yield f"程序处理 {self._survey.faults} 个页面时自身出错，草稿可能不全，请把错误信息报告给开发者"

    def _said(self, what: str) -> str:
        """What most pages say of the site."""
        notes = (node.note for node in self._survey.nodes.values() if node.note)
        said = Counter(value for note in notes if (value := getattr(note, what)))
        return said.most_common(1)[0][0] if said else ""

    def _office(self, name: str) -> str:
        """Who answers for the portal; no name that a unit has already."""
        office = self._said("office")
        if office and office != name and not self._roster.find(office):
            return office
        return f"{name}门户" if self._roster.find(name) else ""

    def _columns(self) -> Iterator[ColumnProposal]:
        boxes = {box.url for box in self._boxes}
        for node in self._lists.columns:
            url = self._survey.scope.written(node.url)
            if url in boxes or (node.key in self._roster.holders and not (node.note and node.note.counts)):
                continue
            placed = self._places.of(node)
            if not placed.tree and any(map(is_useless, placed.path)):
                continue
            if node.key in self._roster.holders:
                placed = PlacedPath(("", OWN_LIST), tree=False)
            yield self._column(node, placed, url)

    def _column(self, node: Node, placed: PlacedPath, url: str) -> ColumnProposal:
        units, doubt = self._owners.of(node, placed)
        return ColumnProposal(
            path=placed.path,
            url=url,
            units=tuple(unit.id for unit in units),
            outside=not placed.tree and not units,
            cycle=node.note.cycle if node.note else None,
            tree=placed.tree,
            remark=self._remark(node),
            doubts=tuple(text for text in (placed.doubt, self._reading(node), doubt) if text),
        )

    def _remark(self, node: Node) -> str:
        words = node.note.cycle_words if node.note and node.note.cycle is None else ""
        said = (f"页面写有“{words}”" if words else "", self._lists.remarks.get(node.key, ""))
        return "；".join(text for text in said if text)

    def _reading(self, node: Node) -> str:
        note = node.note
        if note is None or note.counts:
            return ""
        return (
            "页面上没有认出列表，请打开核对是否为栏目"
            if note.kind is Kind.MENU
            else f"未能读取（{note.why}）"
        )

    def _owned(self, columns: Iterable[ColumnProposal]) -> dict[str, frozenset[str]]:
        """The keys of the columns that each unit owes, by its id."""
        owed: dict[str, set[str]] = defaultdict(set)
        units = {column.url: column.units for column in columns}
        for node in self._lists.columns:
            for unit in units.get(self._survey.scope.written(node.url), ()):
                owed[unit].add(node.key)
        return {unit: frozenset(keys) for unit, keys in owed.items()}

    def _unread(self) -> Iterator[Unread]:
        """Entries and roots of the trees, and units, that are no column: not opened, not read, or one article;
        and what else is called as columns are and was not opened or read."""
        declared = {node.key for node in self._lists.columns}
        for node in self._survey.nodes.values():
            if not (node.name and node.note) or node.key in declared or node.moved:
                continue
            listed = node.area in TREES or any(mention.unit for mention in node.mentions)
            called = self._pages.lists(node) or area_of(node.name) is Area.NEWS
            kinds = (Kind.GONE, Kind.UNREAD, Kind.ARTICLE) if listed else (Kind.GONE, Kind.UNREAD)
            if (listed or called) and node.note.kind in kinds:
                whole = node.note.kind is Kind.ARTICLE
                why = node.note.sentence if whole else node.note.why
                yield Unread(node.name, self._survey.scope.written(node.url), why)


def _spelled(columns: list[ColumnProposal]) -> list[ColumnProposal]:
    """With one name for a field that a menu and a breadcrumb write in two ways."""
    names = one_spelling(column.path[0] for column in columns)
    return [replace(column, path=(names.get(column.path[0], ""), *column.path[1:])) for column in columns]


def _distinct(columns: list[ColumnProposal]) -> list[ColumnProposal]:
    """Each address once; columns kept elsewhere once a path and owner."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        key = column.url or f"{column.units}:{'/'.join(column.path)}"
        if key not in seen:
            seen.add(key)
            kept.append(column)
    return kept
