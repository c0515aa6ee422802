"""State of one discovery: every address met, what menus call it, and which page to ask for next. Pure."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import cast

from crawler.discovery.areas import TREES, Area, area_for, area_of, priority_of
from crawler.discovery.field_names import is_field
from crawler.discovery.outline import Labels
from crawler.discovery.page_links import Link
from crawler.discovery.site_scope import SiteScope, key_of
from crawler.discovery.study import PageNote
from crawler.discovery.unit_kinds import kind_of
from crawler.page.page import Page

# Steps from the home page: field, level one, level two, unit and the frames between.
DEEPEST = 8
# Guard: a page that every page names gains nothing by more.
MOST_MENTIONS = 60
# Pages of so many names in the menus that call themselves alike: the name is their frame's.
FRAME_NAMES = 3
# Units named side by side from which a block is a list of units; one or two may be news of them, unless two are all that
# stands there under one heading.
UNITS_TOGETHER = 3
# So much of a block must be units: 学校, 医院 and headings stand among them.
SHARE_OF_UNITS = 0.6


@dataclass(frozen=True, slots=True)
class Mention:
    """One page's link to another: the source's key, the name it uses, the labels over it, the texts behind it
    in its row, whether it is a unit's among its like, whether a 标准目录 names it, and which labels are steps of a tree."""

    source: str
    name: str
    labels: Labels = ()
    beside: Labels = ()
    unit: bool = False
    duty: bool = False
    steps: Labels = ()


@dataclass(slots=True)
class Node:
    """An address of the site. `area` and `depth` are those of the first mention, `outer` the pages outside the
    trees that link to it; `note` is there once it was read."""

    key: str
    url: str
    area: Area | None
    depth: int
    priority: int = 0
    mentions: list[Mention] = field(default_factory=list)
    outer: set[str] = field(default_factory=set)
    note: PageNote | None = None
    asked: bool = False
    moved: bool = False

    @property
    def name(self) -> str:
        """What it calls itself, else what menus mostly call it, else what it may be called."""
        own, said = (self.note.own_names, self.note.names) if self.note else ((), ())
        return next(iter((*own, *self.called, *said)), "")

    @property
    def called(self) -> tuple[str, ...]:
        """What menus call it, the commonest first."""
        names = Counter(mention.name for mention in self.mentions if mention.name)
        return tuple(name for name, _times in names.most_common())


class Survey:
    """Every page met in one discovery, its links, and the frontier."""

    def __init__(self, home: str, *, alone: bool = False) -> None:
        self.scope = SiteScope(home, alone=alone)
        self.home = Node(key_of(home), home, None, 0, asked=True)
        self.nodes: dict[str, Node] = {self.home.key: self.home}
        self.external_links: dict[str, list[Link]] = defaultdict(list)
        self.read = 0
        self.faults = 0
        self.finished = False
        self._queue: list[tuple[int, int, str]] = []
        self._order = count()

    def take(self, node: Node, note: PageNote, page: Page | None = None) -> None:
        """Keeps what a page showed, and queues what it links to."""
        node.note = note
        if page is None:
            return
        self.read += 1
        if self.scope.learn_live_host(page, note.links):
            for other in [each for each in self.nodes.values() if each.note and each is not node]:
                self._offer(other, other.note)
        self._offer(node, note)

    def next(self) -> Node | None:
        """The address of highest priority not yet asked for; None when there is none left."""
        while self._queue:
            _priority, _order, key = heapq.heappop(self._queue)
            node = self.nodes[key]
            if not node.asked:
                node.asked = True
                return node
        return None

    def moved(self, node: Node, url: str) -> Node | None:
        """The node that a redirect leads to, if it is the site's own and still to be asked for."""
        if node is self.home:
            self.scope.rebase(url)
        own = self.scope.own(url)
        if own is None:
            first = node.mentions[0] if node.mentions else Mention(self.home.key, "")
            self.external_links[first.source].append(Link(node.name, url, first.labels))
            return None
        target = self._node(own, node.area, node.depth)
        if target is node:
            node.url = own
            return node
        node.moved = True
        target.mentions += [mention for mention in node.mentions if mention not in target.mentions]
        if target.asked:
            return None
        target.asked = True
        if node is self.home:
            self.home = target
        return target

    def common(self) -> frozenset[str]:
        """Addresses that a good part of the pages outside the trees link to: navigation and footers. A tree's
        own menu may well stand on all of its pages."""
        least = self._many()
        return frozenset(node.key for node in self.nodes.values() if len(node.outer) >= least)

    def forget_frame_names(self) -> None:
        """Takes own names back that pages of different names in the menus give alike: a heading of the frame, a step
        that ends every breadcrumb."""
        giving: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            for own in node.note.own_names if node.note else ():
                giving[own].append(node)
        for own, nodes in giving.items():
            others = [node for node in nodes if node.called and own not in node.called]
            if 2 * len(others) >= len(nodes) and len({node.called[0] for node in others}) >= FRAME_NAMES:
                for node in others:
                    note = cast(PageNote, node.note)
                    node.note = replace(note, own_names=tuple(name for name in note.own_names if name != own))

    def frame_fields(self) -> int:
        """How many fields to fill in most pages have: the frame's search box."""
        fields = Counter(node.note.fields for node in self.nodes.values() if node.note and node.note.links)
        return fields.most_common(1)[0][0] if fields else 0

    def common_external_links(self) -> frozenset[tuple[str, str]]:
        """Addresses of other sites that as many pages link to by the same name: (name, address)."""
        pages = (key for key in self.external_links if self.nodes[key].area not in TREES)
        times = Counter(
            pair for key in pages for pair in {(link.name, link.url) for link in self.external_links[key]}
        )
        least = self._many()
        return frozenset(pair for pair, met in times.items() if met >= least)

    def _many(self) -> float:
        read = sum(
            bool(node.note and node.note.links and node.area not in TREES) for node in self.nodes.values()
        )
        return max(4, 0.3 * read)

    def own_key(self, url: str) -> str:
        """The key under which an address of the site's own is kept; another site's own otherwise."""
        return key_of(self.scope.own(url) or url)

    def _offer(self, source: Node, note: PageNote | None) -> None:
        if note is None or source.depth >= DEEPEST:
            return
        rows = {key_of(url) for url, _title in note.rows}
        for link, unit in with_units(note.links, source.area):
            own = self.scope.own(link.url)
            if own is None:
                self.external_links[source.key].append(link)
            elif key_of(own) not in rows and key_of(own) != self.home.key:
                self._meet(source, replace(link, url=own), unit)

    def _meet(self, source: Node, link: Link, unit: bool) -> None:
        area = area_for(link, source.area)
        priority = priority_of(link, area, source.area, source.depth, unit=unit)
        if priority <= 0:
            return
        node = self._node(link.url, area, source.depth + 1)
        # The same words under the same labels on page after page are navigation: its first place tells most.
        again = any((known.name, known.labels) == (link.name, link.labels) for known in node.mentions)
        mention = Mention(source.key, link.name, link.labels, link.beside, unit, link.duty, link.steps)
        if mention not in node.mentions and len(node.mentions) < MOST_MENTIONS:
            node.mentions.append(mention)
        if source.area not in TREES:
            node.outer.add(source.key)
        if priority > node.priority and not again and not self._strays(node, source, link, area):
            node.priority = priority
            if source.area is not None or node.area in (None, Area.OTHER):
                node.area = area
            if not node.asked:
                heapq.heappush(self._queue, (-priority, next(self._order), node.key))

    def _strays(self, node: Node, source: Node, link: Link, area: Area) -> bool:
        """What the home page links to belongs to another part only if a page says so, by name or label."""
        at_home = any(mention.source == self.home.key for mention in node.mentions)
        said = (link.name, *link.labels)
        told = any(area_of(words) is area or is_field(words) for words in said)
        return at_home and source is not self.home and not told

    def _node(self, url: str, area: Area | None, depth: int) -> Node:
        key = key_of(url)
        return self.nodes.setdefault(key, Node(key, url, area, depth))


def with_units(links: Iterable[Link], area: Area | None) -> Iterator[tuple[Link, bool]]:
    """Each link with whether it is a unit's: among others in one block or under the same labels, most of them
    units'. On a page of offices one alone is enough."""
    links = [link for link in links if link.name or not link.posting]
    least = 1 if area is Area.OFFICES else UNITS_TOGETHER
    by_block = _unit_groups(((link.group, link) for link in links), least)
    by_label = _unit_groups(((link.labels, link) for link in links), least)
    for link in links:
        among = link.group in by_block or link.labels in by_label
        yield link, among and not link.posting and kind_of(link.name) is not None


def _unit_groups(grouped: Iterable[tuple[Hashable, Link]], least: int) -> set[Hashable]:
    names: dict[Hashable, dict[str, bool]] = defaultdict(dict)
    for key, link in grouped:
        if link.name and not link.posting:
            names[key][link.name] = kind_of(link.name) is not None
    return {
        key
        for key, found in names.items()
        if sum(found.values())
        >= max(2 if key and all(found.values()) else least, SHARE_OF_UNITS * len(found))
    }
