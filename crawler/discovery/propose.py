"""From a survey to a proposal: units, columns with their paths and owners, mailboxes, and every doubt."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.discovery.areas import Area, area_of
from crawler.discovery.field_names import one_spelling
from crawler.discovery.found_columns import ColumnPages, ExternalColumns
from crawler.discovery.mailboxes import MailboxPages
from crawler.discovery.names import same_name
from crawler.discovery.owners import OwnerFinder
from crawler.discovery.paths import PathFinder, PlacedPath
from crawler.discovery.proposal import ColumnProposal, LeftOut, Proposal
from crawler.discovery.study import Kind
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_pages import UnitPages
from crawler.discovery.unit_roster import UnitRoster
from crawler.page.addresses import split
from rules.vocabulary.column_kinds import ColumnKind

# Days: a campaign to which nothing was added for a year is over.
ENDED = 365
# Units named by the rows of one list from which it is everybody's.
FEWEST_POSTERS = 2
SHARED = "各条信息注明了不同单位，按多单位共用列表写入（shared = true），请核对"
OWN_LIST = "单位信息公开"


class Composer:
    """Reads a finished survey once and proposes a site file."""

    def __init__(self, survey: Survey, delay: float) -> None:
        survey.forget_frame_names()
        self._survey = survey
        self._delay = delay
        self._roster = UnitRoster(survey)
        self._places = PathFinder(survey, self._roster)
        self._owners = OwnerFinder(survey, self._roster)
        self._pages = UnitPages(survey, self._roster)
        self._lists = ColumnPages(survey, self._pages, self._places)
        self._external = ExternalColumns(survey, self._places, self._owners, self._pages)
        self._boxes = MailboxPages(survey, self._places, self._pages)

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
            mailboxes=tuple(self._boxes.boxes),
            left_out=tuple(self._left_out()),
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
        """What the home page says of the site, else what most pages do."""
        home = self._survey.home.note
        if home and (value := getattr(home, what)):
            return str(value)
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
        for node in self._lists.columns:
            if node.key in self._boxes.keys or self._is_front(node):
                continue
            placed = self._places.of(node)
            if node.key in self._roster.holders:
                placed = PlacedPath(("", OWN_LIST), tree=False)
            yield self._column(node, placed, self._survey.scope.written(node.url))

    def _is_front(self, node: Node) -> bool:
        """A unit's own page that lists nothing."""
        return node.key in self._roster.holders and not (node.note and node.note.counts)

    def _column(self, node: Node, placed: PlacedPath, url: str) -> ColumnProposal:
        units, doubt = self._owners.of_twins((node, *self._lists.twins.get(node.key, ())), placed)
        posters = self._posters(node)
        shared = len(posters) >= FEWEST_POSTERS and not self._owners.certain(node)
        if shared:
            units, doubt = (), SHARED
        ended, repeated = self._ended(node), self._lists.doubts.get(node.key, "")
        return ColumnProposal(
            path=placed.path,
            url=url,
            units=tuple(unit.id for unit in units),
            outside=not placed.tree and not units,
            shared=shared,
            kind=ColumnKind.CAMPAIGN if ended else None,
            cycle=node.note.cycle if node.note else None,
            tree=placed.tree,
            remark=self._remark(node),
            doubts=tuple(
                text
                for text in (placed.doubt, self._naming(node), self._reading(node), ended, doubt, repeated)
                if text
            ),
        )

    def _posters(self, node: Node) -> set[str]:
        """The ids of the units that a list's rows name as their sources."""
        sources = node.note.sources if node.note else ()
        return {unit.id for name in sources if (unit := self._roster.find(name))}

    def _ended(self, node: Node) -> str:
        """What is said of a campaign's list to which nothing was added for long; "" of any other."""
        age = node.note.age if node.note else None
        said = [node.name, *(crumb.name for crumb in node.note.crumbs)] if node.note else []
        campaign = node.area is Area.CAMPAIGNS or any(area_of(name) is Area.CAMPAIGNS for name in said)
        return (
            f"专题，最新一条距今已 {age} 天，按已结束写入，请核对" if campaign and (age or 0) > ENDED else ""
        )

    def _naming(self, node: Node) -> str:
        """A name that only menus give, and the page nowhere."""
        note = node.note
        if note is None or not note.counts or note.own_names or node.key in self._roster.holders:
            return ""
        confirmed = any(same_name(node.name, name) for name in note.names)
        return "" if confirmed else "页面上没有写明栏目名称，取自菜单，请核对"

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

    def _left_out(self) -> Iterator[LeftOut]:
        """Every page that was asked for and is neither written nor a unit's front, with the reason; what could not be
        opened or read first, what only leads on last."""
        written = {node.key for node in self._lists.columns} | self._boxes.keys
        reasons = self._lists.left_out | self._boxes.left_out
        nodes = [
            node
            for node in self._survey.nodes.values()
            if node.note and node.key not in written and not node.moved and node is not self._survey.home
            if not (self._is_front(node) and node.note.kind is Kind.MENU)
        ]
        ranks = {Kind.GONE: 0, Kind.UNREAD: 0, Kind.MENU: 2}
        for node in sorted(nodes, key=lambda node: ranks.get(node.note.kind, 1) if node.note else 2):
            yield LeftOut(
                node.name or "（没有名称）", self._survey.scope.written(node.url), reasons.get(node.key, "")
            )


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
