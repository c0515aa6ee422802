"""Which unit owes a column, by the surest sign there is."""

from collections.abc import Iterable, Iterator, Sequence

from crawler.discovery.areas import is_loose
from crawler.discovery.field_names import bare, match_field, owes
from crawler.discovery.names import same_name, split_path
from crawler.discovery.paths import PlacedPath
from crawler.discovery.proposal import UnitProposal
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_roster import UnitRoster
from rules.vocabulary.terms import UnitKind

EVERYBODY_S = "许多单位的网页都列有本栏目，请核对是门户自有，还是各单位共用（shared = true）"
TWINS = "同一列表挂在几个单位名下，请核对是共同负责，还是各自发布（shared = true）"
# A column that more units link to is everybody's, and owed by none of them.
MOST_JOINT = 12
Owners = tuple[tuple[UnitProposal, ...], str]


class OwnerFinder:
    """Finds who owes the columns of a survey: (units, doubt); no units where there is no evidence."""

    def __init__(self, survey: Survey, roster: UnitRoster) -> None:
        self._nodes = survey.nodes
        self._home = survey.home.key
        self._own_key = survey.own_key
        self._common = survey.common()
        self._roster = roster

    def of(self, node: Node, placed: PlacedPath) -> Owners:
        """(units, doubt): the unit of the breadcrumb's links, of the folder, of the names over it; the units on whose pages it stands,
        责任单位, the usual department."""
        found = self._signs(node) or [unit for unit in (self._named(self._menu_words(node)),) if unit]
        if found:
            others = "、".join(dict.fromkeys(unit.name for unit in found if unit is not found[0]))
            return (found[0],), f"网页上另有单位：{others}，请核对责任单位" if others else ""
        listed = self._listed(node)
        if listed and (placed.tree or all(m.source in self._roster.holders for m in node.mentions)):
            return listed, self._doubt_of_listing(node)
        if placed.tree:
            return self.by_duty(self._duties(node), placed)
        return (), self._doubt_of_place(node) or self._doubt_of_all(node)

    def certain(self, node: Node) -> bool:
        """Whether the page itself or its place on the site says whose it is."""
        return bool(self._signs(node))

    def _signs(self, node: Node) -> list[UnitProposal]:
        signs = (
            self._roster.holders.get(node.key),
            self._linked(node),
            self._roster.owner_of(node.url),
            self._named(_inwards(node)),
        )
        return [unit for unit in signs if unit]

    def _linked(self, node: Node) -> UnitProposal | None:
        """The unit to whose own page the breadcrumb leads back, whatever that step is called (本单位公开)."""
        crumbs = reversed(node.note.crumbs) if node.note else ()
        keys = (self._own_key(crumb.url) for crumb in crumbs if crumb.url)
        return next((unit for key in keys if (unit := self._roster.holders.get(key))), None)

    def of_twins(self, nodes: Sequence[Node], placed: PlacedPath) -> Owners:
        """The owners of one list under several addresses, the kept one first."""
        units, doubt = self.of(nodes[0], placed)
        signs = [unit for node in nodes[1:] for unit in self._signs(node)]
        others = {unit.id: unit for unit in signs if unit not in units}
        if not others:
            return units, doubt
        return (*units, *others.values()), TWINS

    def by_duty(self, named: Sequence[str], placed: PlacedPath) -> Owners:
        """The units that the tree names for the heading, else the field's usual department."""
        found = self._resolved(named)
        if len(found) == 1:
            return found, "" if placed.path[0] else "责任单位取自所在分组，请核对"
        usual = self._usual(placed.path, found or self._roster.units)
        if usual:
            return (usual,), "责任单位按领域的通常分工推断"
        return (
            found,
            "该领域列有多个责任单位，请核对本栏目由谁负责"
            if found
            else "没有找到责任单位，未写 units 的栏目算门户自有，请补填",
        )

    def duties_over(self, source: Node | None, labels: Iterable[str], name: str) -> list[str]:
        """What the lines 责任单位：… under these labels say, the nearest label first."""
        said = source.note.duties if source and source.note else ()
        for label in (name, *reversed(list(labels))):
            for heading, names in said:
                if same_name(heading, label):
                    return list(names)
        return []

    def _duties(self, node: Node) -> list[str]:
        told = (self.duties_over(self._nodes.get(m.source), m.labels, m.name) for m in node.mentions)
        return next((names for names in told if names), [])

    def _named(self, names: Iterable[str]) -> UnitProposal | None:
        return next(
            (unit for name in names if self._roster.is_unit(name) and (unit := self._roster.find(name))), None
        )

    def _menu_words(self, node: Node) -> Iterator[str]:
        """The labels over its mentions, but for those on units' own pages: there every heading is a unit's."""
        for mention in node.mentions:
            if mention.source not in self._roster.holders and node.key not in self._common:
                yield from (*mention.beside, *mention.labels, *split_path(mention.name))

    def _listed(self, node: Node) -> tuple[UnitProposal, ...]:
        """The units on whose own pages it stands, unless it stands on all."""
        if node.key in self._common:
            return ()
        holders = (self._roster.holders.get(mention.source) for mention in node.mentions)
        found = {holder.id for holder in holders if holder}
        units = tuple(unit for unit in self._roster.units if unit.id in found)
        return units if len(units) <= MOST_JOINT else ()

    def _doubt_of_place(self, node: Node) -> str:
        """A column below a page that stands among the units' own is perhaps owed by that."""
        crumbs = node.note.crumbs[:-1] if node.note else ()
        over = [self._own_key(crumb.url) for crumb in crumbs if crumb.url]
        name = next((self._roster.perhaps[key] for key in reversed(over) if key in self._roster.perhaps), "")
        sources = {mention.source for mention in node.mentions}
        if not name and len(sources) == 1:
            name = self._roster.perhaps.get(next(iter(sources)), "")
        return f"“{name}”与单位列在一起，可能也是单位，请核对责任单位" if name else ""

    def _doubt_of_all(self, node: Node) -> str:
        """A list that many units' pages name and the home page does not is hardly the portal's own."""
        sources = {mention.source for mention in node.mentions}
        several = len(sources & self._roster.holders.keys()) > 1
        return EVERYBODY_S if several and self._home not in sources else ""

    def _doubt_of_listing(self, node: Node) -> str:
        """A link among a page's recommended ones says less than one among its own columns; one on several units' pages
        may be everybody's."""
        if len(self._listed(node)) > 1:
            return "几个单位的网页都列有本栏目，请核对是共同负责，还是各自发布（shared = true）"
        labels = [label for m in node.mentions if m.source in self._roster.holders for label in m.labels]
        return "单位网页的链接中有本栏目，请核对是否由其负责" if any(map(is_loose, labels)) else ""

    def _resolved(self, names: Sequence[str]) -> tuple[UnitProposal, ...]:
        found = (self._roster.find(name) for name in names)
        return tuple({unit.id: unit for unit in found if unit}.values())

    def _usual(self, path: Sequence[str], units: Iterable[UnitProposal]) -> UnitProposal | None:
        match = next((found for part in path if part and (found := match_field(part))), None)
        if match is None:
            stems = [bare(part) for part in path[:1] if len(bare(part)) > 1]
            return next((unit for unit in units for stem in stems if stem in unit.name), None)
        ranked = [(owes(u.name, match.field), u) for u in units if u.kind is UnitKind.DEPARTMENT]
        fitting = [(rank, unit) for rank, unit in ranked if rank]
        return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _inwards(node: Node) -> list[str]:
    """The breadcrumb from the nearest above the page up, its own name last: the innermost unit owes it."""
    crumbs = [crumb.name for crumb in node.note.crumbs] if node.note else []
    return [*reversed(crumbs[:-1]), *crumbs[-1:]]
