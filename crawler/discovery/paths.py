"""A column's path (领域, 一级, 二级) from the breadcrumb of its page and the labels of the menus that name it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.discovery.areas import TREES, Area, area_of, is_container, is_rest
from crawler.discovery.field_names import is_field
from crawler.discovery.names import same_name, split_path
from crawler.discovery.survey import Mention, Node, Survey
from crawler.discovery.unit_roster import UnitRoster

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedPath:
    """`path` has one to three parts, the first "" outside the fields. `tree`: it stands in 基层政务公开 or
    重点领域. `doubt` is a Chinese sentence for the clerk, "" where there is none."""

    path: Path
    tree: bool
    doubt: str = ""


class PathFinder:
    """Where the columns of a survey stand."""

    def __init__(self, survey: Survey, roster: UnitRoster) -> None:
        self._nodes = survey.nodes
        self._home = survey.home.key
        self._roster = roster
        self._common = survey.common()
        notes = (survey.nodes[key].note for unit in roster.units for key in unit.pages)
        self._ways = {tuple(crumb.name for crumb in note.crumbs) for note in notes if note and note.crumbs}
        self._own_key = survey.own_key
        self._entries: dict[str, dict[str, str]] = defaultdict(dict)
        for node in survey.nodes.values():
            for mention in node.mentions:
                self._entries[mention.source].setdefault(mention.name, node.key)
        self._has_tree = any(node.area in TREES and node.note for node in survey.nodes.values())

    def of(self, node: Node) -> PlacedPath:
        """Where one column stands."""
        crumbs = self._way(node)
        placing = [mention for mention in node.mentions if self._places(mention, node)]
        tree, doubt = self._in_tree(crumbs, node, placing)
        rest = any(is_rest(label) for mention in placing for label in mention.labels)
        shown = self._strip(crumbs if tree else self._below_unit(crumbs, node))
        field = self._field_over(placing)
        naming = placing if tree else [mention for mention in node.mentions if mention.name]
        listed = [
            self._strip((*(field if tree else ()), *self._listed(mention, node, tree=tree)))
            for mention in naming
        ]
        paths = [_start(parts, tree=tree, rest=rest) for parts in (shown, *listed) if parts]
        own = self._strip((node.name,)) or (node.name or "未命名栏目",)
        if shown and not tree:
            paths = paths[:1]  # what the page says of its place is believed before any menu
        path = max(paths, key=_weight, default=_start(own, tree=tree, rest=rest))
        if not tree and not shown and len(path) == 2:
            path = ("", *self._strip((*self._namer(node), path[1])))
        return PlacedPath(_fit(path), tree, doubt or _doubt(path, shown, node))

    def _namer(self, node: Node) -> Path:
        """The name of the only page that names a column without any label, if it is a page of columns itself."""
        sources = {mention.source for mention in node.mentions if mention.source != node.key}
        source = self._nodes[next(iter(sources))] if len(sources) == 1 else None
        if any(mention.labels for mention in node.mentions) or source is None:
            return ()
        if source.key in self._roster.perhaps:
            return (source.name,)
        if source.key in self._roster.holders or source.area in (Area.OFFICES, Area.MAP):
            return ()
        return (source.name,) if source.key != self._home and source.name else ()

    def _way(self, node: Node) -> Path:
        """The breadcrumb's names. Where its last step links to another page, that is the one above."""
        crumbs = node.note.crumbs if node.note else ()
        names = tuple(crumb.name for crumb in crumbs)
        above = bool(crumbs and crumbs[-1].url) and self._own_key(crumbs[-1].url) != node.key
        return (*names, node.name) if above and names[-1] != node.name else names

    def _below_unit(self, crumbs: Path, node: Node) -> Path:
        """Without the way to the unit's own page (部门公开 > 县财政局), which says nothing of its columns."""
        steps = node.note.crumbs if node.note else ()
        units = [n for n, crumb in enumerate(steps, start=1) if self._is_unit_s(crumb.url)]
        ways = (len(way) for way in self._ways if crumbs[: len(way)] == way != crumbs)
        return crumbs[max([*ways, *(n for n in units if n < len(crumbs))], default=0) :]

    def _is_unit_s(self, url: str) -> bool:
        return bool(url) and self._own_key(url) in self._roster.holders

    def _listed(self, mention: Mention, node: Node, *, tree: bool) -> Path:
        """The path by a menu. The page's own name stands in place of the menu's; outside the trees only those labels
        count that are entries of the menu or steps of its tree."""
        labels = self._ancestors(mention, node)
        if not tree:
            entries = self._entries[mention.source]
            labels = tuple(label for label in labels if label in entries or label in mention.steps)
        steps = self.steps(labels, mention.name)
        own = node.note.own_names[:1] if node.note else ()
        return (*steps[:-1], *own) if own else steps

    def _ancestors(self, mention: Mention, node: Node) -> Path:
        """The labels over a menu's entry, without the open page's own name: it stands over its tree, and over the pages
        beside it, too. It is an ancestor only where no other page of the tree says so of itself."""
        source = self._nodes.get(mention.source)
        own = source.name if source else ""
        if own not in mention.labels or not self._is_title(own, mention, node):
            return mention.labels
        place = mention.labels.index(own)
        return (*mention.labels[:place], *mention.labels[place + 1 :])

    def entries_over(self, node: Node, *, in_trees: bool = False) -> Iterator[str]:
        """The keys of the menus' entries that stand right over a page's own; `in_trees`: in those alone of which the page
        itself says that they are trees."""
        for mention in node.mentions:
            labels = self._ancestors(mention, node)
            sure = labels[-1:] == mention.steps[-1:]
            if labels and (sure or not in_trees) and (key := self._entries[mention.source].get(labels[-1])):
                yield key

    def _is_title(self, own: str, mention: Mention, node: Node) -> bool:
        """Whether a page names itself under that label too, or another page has its own name there."""
        place = mention.labels.index(own)
        rest = (mention.labels[:place], mention.labels[place + 1 :])
        source = self._nodes[mention.source]
        if any(said.source == source.key and own in said.labels for said in source.mentions):
            return True
        return any(
            other.source != source.key
            and (other.labels[:place], other.labels[place + 1 :]) == rest
            and other.labels[place : place + 1] == (self._nodes[other.source].name,)
            and other.labels != mention.labels
            for other in node.mentions
        )

    def by_menu(self, labels: Sequence[str], name: str, *, tree: bool) -> Path:
        """The path of a menu's entry whose page is not to be read."""
        parts = self._strip(self.steps(labels, name))
        return _fit(_start(parts, tree=tree, rest=any(map(is_rest, labels)))) if parts else ()

    def steps(self, labels: Sequence[str], name: str) -> Path:
        return tuple(part for step in (*labels, name) for part in split_path(step))

    def _field_over(self, placing: Sequence[Mention]) -> Path:
        """The field on whose own page a column is named, if no label names one and no other field's page does."""
        if any(is_field(label) for mention in placing for label in mention.labels):
            return ()
        found = {self._field_of(self._nodes[mention.source]) for mention in placing}
        return tuple(found) if len(found) == 1 and "" not in found else ()

    def _field_of(self, node: Node) -> str:
        """The field whose page this is, in the page's words; "" where it is none's."""
        crumbs = [crumb.name for crumb in node.note.crumbs[-1:]] if node.note else []
        own = node.area in TREES and node.note is not None and not node.note.counts
        return next((name for name in (*crumbs, node.name) if is_field(name)), "") if own else ""

    def _places(self, mention: Mention, node: Node) -> bool:
        """Whether a mention's labels are worth reading: in a tree, or under a field's name."""
        source = self._nodes.get(mention.source)
        at_home = any(known.source == self._home for known in node.mentions)
        own = node.key not in self._common and not at_home
        on_tree = own and source is not None and source.area in TREES
        over = self._ancestors(mention, node) if mention.name else ()
        labelled = any(area_of(label) in TREES or is_field(label) for label in over)
        return bool(mention.name) and (on_tree or labelled)

    def _in_tree(self, crumbs: Path, node: Node, placing: Sequence[Mention]) -> tuple[bool, str]:
        """Whether a column is part of a tree, and the doubt about it. A breadcrumb is believed before menus."""
        if any(area_of(name) in TREES for name in crumbs[:-1]) or any(mention.duty for mention in placing):
            return True, ""
        if any(area_of(name) is Area.CAMPAIGNS for name in crumbs[:-1]):
            return False, ""
        told = bool(placing) or (node.area in TREES and node.key not in self._common)
        inner = self._strip(crumbs)
        if len(crumbs) < 2 or not inner or self._roster.is_unit(crumbs[0]):
            return told, ""
        if not is_field(inner[0]) or (self._has_tree and is_container(crumbs[0])):
            return False, ""
        doubt = "" if told else "当前位置不在基层政务公开之下，是否计入请核对"
        return True, doubt

    def _strip(self, parts: Iterable[str]) -> Path:
        """Without the trees' own names in front, without units and repetitions."""
        kept: list[str] = []
        for part in parts:
            if self._roster.is_unit(part) or (not kept and is_container(part)):
                continue
            if not (kept and same_name(kept[-1], part)):
                kept.append(part)
        return tuple(kept)


def _start(parts: Path, *, tree: bool, rest: bool) -> Path:
    """From the field on; "" before what belongs to none."""
    if not tree:
        return ("", *parts)
    first = next((n for n, part in enumerate(parts) if is_field(part)), None)
    if first is not None:
        return parts[first:]
    after = next((n + 1 for n, part in enumerate(parts[:-1]) if is_rest(part)), 0)
    return ("", *parts[after:]) if rest or after else parts


def _weight(path: Path) -> tuple[bool, int]:
    """A path that begins with a field, then the longer; the first of equals is the breadcrumb's."""
    return is_field(path[0]), len(path)


def _fit(path: Path) -> Path:
    """At most three parts; what goes deeper is joined."""
    return (*path[:2], "·".join(path[2:])) if len(path) > 3 else path


def _doubt(path: Path, shown: Path, node: Node) -> str:
    if node.note is None:
        return "未及访问，名称取自菜单"
    return "页面没有当前位置，领域按菜单推断" if path[0] and not shown and not is_field(path[0]) else ""
