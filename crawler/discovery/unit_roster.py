"""The units found by a survey: their names, kinds, ids and own pages; and the look-up of a name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from crawler.discovery.areas import Area, area_of, is_useless
from crawler.discovery.names import clean_name
from crawler.discovery.proposal import UnitProposal
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_kinds import ids_of, kind_of
from crawler.page.addresses import INDEX_FILE, host_of, split
from rules.vocabulary.unit_names import abbreviates, aliases_of, same_unit

# An address on more units' pages is the portal's.
MOST_EMAIL_PAGES = 2


class UnitRoster:
    """Every unit once, in the order met. `units` may be looked through; `find` resolves a name;
    `holders`: the key of a page → the unit whose own it is; `perhaps`: the key of a page that stands among units'
    own and is addressed as they are → its name, which is no unit's by its words."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self.units: list[UnitProposal] = []
        self._known: dict[str, UnitProposal] = {}
        in_crumbs = _named_in_crumbs(survey)
        nodes: dict[int, list[Node]] = defaultdict(list)
        for node in survey.nodes.values():
            told = _unit_name(node)
            if name := told or in_crumbs.get(node.key, ""):
                unit = self._enter(name)
                unit.doubts = () if told or nodes[id(unit)] else ("单位名称取自栏目的当前位置，请核对",)
                nodes[id(unit)].append(node)
        for unit in self.units:
            self._add_details(unit, nodes[id(unit)])
        self._add_full_names(nodes)
        self.holders = {key: unit for unit in self.units for key in unit.pages}
        self._enter_external()
        self._enter_duties()
        self._enter_headings()
        self._name_ids()
        self.perhaps = self._beside_units()
        self._folders = self._own_folders()

    def find(self, name: str) -> UnitProposal | None:
        """The unit of this name, alias or unmistakable short form."""
        name = clean_name(name)
        if known := self._known.get(name):
            return known
        found = [unit for unit in self.units if same_unit(unit.name, name)]
        if not found:
            short = [
                u for known, u in self._known.items() if abbreviates(name, known) or abbreviates(known, name)
            ]
            found = list({id(unit): unit for unit in short}.values())
        return found[0] if len(found) == 1 else None

    def is_unit(self, name: str) -> bool:
        """Whether a label or crumb is a unit's name (学校 or 办事指南 is not, even beside 教育局)."""
        return kind_of(name) is not None and self.find(name) is not None

    def owner_of(self, url: str) -> UnitProposal | None:
        """The unit in whose own folder an address lies."""
        parts = split(url).path.split("/")
        for length in range(len(parts) - 1, 0, -1):
            folder = split(url).netloc + "/".join(parts[:length])
            if folder in self._folders:
                return self._folders[folder]
        return None

    def _enter(self, name: str) -> UnitProposal:
        alike = [unit for unit in self.units if same_unit(unit.name, name)]
        unit = self._known.get(name) or (alike[0] if len(alike) == 1 else None)
        kind = kind_of(name)
        if unit is None:
            assert kind is not None
            unit = UnitProposal("", name, kind)
            self.units.append(unit)
        self._known[name] = unit
        return unit

    def _add_details(self, unit: UnitProposal, nodes: list[Node]) -> None:
        """Pages and e-mail, as its own pages tell."""
        unit.pages = tuple(node.key for node in nodes)
        notes = [node.note for node in nodes if node.note]
        shared = self._shared_emails()
        unit.emails = tuple(dict.fromkeys(e for note in notes for e in note.emails if e not in shared))

    def _add_full_names(self, nodes: Mapping[int, list[Node]]) -> None:
        """The name under 机构名称 on a unit's pages. Branches' pages give their head office's: it is none of theirs."""
        said = {
            unit.name: next(
                (n.note.organisation for n in nodes[id(unit)] if n.note and n.note.organisation), ""
            )
            for unit in self.units
        }
        times = Counter(said.values())
        for unit in self.units:
            full = said[unit.name]
            if full and full not in self._known and times[full] == 1:
                unit.aliases = (full,)
                self._known[full] = unit

    def _shared_emails(self) -> set[str]:
        notes = (node.note for node in self._survey.nodes.values() if node.note)
        seen = Counter(email for note in notes for email in set(note.emails))
        return {email for email, times in seen.items() if times > MOST_EMAIL_PAGES}

    def _enter_external(self) -> None:
        """Units that a page of offices links to on sites of their own."""
        for key, links in self._survey.external_links.items():
            source = self._survey.nodes[key]
            for link in links if source.area is Area.OFFICES else ():
                listed = any(area_of(label) is Area.OFFICES for label in link.labels)
                if listed and kind_of(link.name) and not self.find(link.name):
                    self._enter(link.name).doubts = (f"单位网页在其他网站：{link.url}",)

    def _enter_duties(self) -> None:
        """Units that a line 责任单位：… names and no list of offices does."""
        notes = (node.note for node in self._survey.nodes.values() if node.note)
        for name in (name for note in notes for _heading, names in note.duties for name in names):
            if kind_of(name) and not self.find(name):
                self._enter(name).doubts = ("仅见于“责任单位”，没有找到单位网页",)

    def _enter_headings(self) -> None:
        """Units that only head their columns on a page of several such: <h3>甲分中心</h3><ul>…</ul><h3>乙分中心</h3><ul>…"""
        heads: dict[str, Counter[str]] = defaultdict(Counter)
        for node in self._survey.nodes.values():
            for mention in node.mentions:
                heads[mention.source].update(label for label in mention.labels[-1:] if kind_of(label))
        for found in heads.values():
            several = [name for name, times in found.items() if times > 1]
            for name in several if len(several) > 1 else ():
                if not self.find(name):
                    self._enter(name).doubts = ("仅见于栏目上方的标题，没有找到单位网页",)

    def _beside_units(self) -> dict[str, str]:
        nodes = self._survey.nodes
        fronts = {
            (mention.source, mention.labels, _shape(nodes[key].url))
            for key in self.holders
            for mention in nodes[key].mentions
            if mention.unit
        }
        return {
            node.key: node.name
            for node in nodes.values()
            if node.key not in self.holders
            for mention in node.mentions
            if not is_useless(mention.name) and (mention.source, mention.labels, _shape(node.url)) in fronts
        }

    def _name_ids(self) -> None:
        nodes = self._survey.nodes
        ids = ids_of([tuple(nodes[key].url for key in unit.pages) for unit in self.units])
        for unit, unit_id in zip(self.units, ids, strict=True):
            unit.id = unit_id
        taken = {name for unit in self.units for name in (unit.id, unit.name)}
        for unit in self.units:
            others = [name for name, known in self._known.items() if known is unit]
            fresh = dict.fromkeys((*unit.aliases, *others, *aliases_of(unit.name)))
            unit.aliases = tuple(name for name in fresh if name not in taken)
            taken.update(unit.aliases)

    def _own_folders(self) -> dict[str, UnitProposal]:
        """Folder → the one unit whose page it holds. A file in it (jgzn.html) makes the folder the unit's only where
        other units' folders lie beside it; else it is that of a list of units."""
        holders: dict[str, list[UnitProposal]] = defaultdict(list)
        fronts: set[str] = set()
        for unit in self.units:
            for key in unit.pages:
                url = self._survey.nodes[key].url
                folder, whole = _folder(url)
                named = _folder_of_its_name(url)
                fronts |= {named, folder} if whole else {named}
                for own in dict.fromkeys((folder, named)):
                    if own and unit not in holders[own]:
                        holders[own].append(unit)
        above = {parent for folder in holders for parent in _parents(folder)}
        beside = Counter(folder.rpartition("/")[0] for folder in holders)
        home = host_of(self._survey.home.url)
        return {
            folder: units[0]
            for folder, units in holders.items()
            if len(units) == 1 and folder not in above and folder != home
            if folder in fronts or beside[folder.rpartition("/")[0]] > 1
        }


def _named_in_crumbs(survey: Survey) -> dict[str, str]:
    """Key → the unit's name by which breadcrumbs lead back to a page."""
    notes = (node.note for node in survey.nodes.values() if node.note)
    steps = (crumb for note in notes for crumb in note.crumbs[:-1] if crumb.url and kind_of(crumb.name))
    return {survey.own_key(crumb.url): crumb.name for crumb in steps}


def _unit_name(node: Node) -> str:
    names = Counter(m.name for m in node.mentions if m.unit and kind_of(m.name))
    return names.most_common(1)[0][0] if names else ""


def _shape(url: str) -> tuple[str, str, tuple[str, ...]]:
    """What the addresses of one program's pages share: /dept.asp?id=…, /bm/…/."""
    parts = split(url)
    path = parts.path if parts.query else parts.path.rstrip("/").rpartition("/")[0]
    return parts.netloc, path, tuple(sorted(re.findall(r"(?:^|&)(\w+)=", parts.query)))


def _folder(url: str) -> tuple[str, bool]:
    """The folder in which a page lies, and whether the page is what the folder's own address shows."""
    parts = split(url)
    folder, _slash, file = parts.path.rpartition("/")
    return parts.netloc + folder, not file or bool(INDEX_FILE.search(parts.path))


def _folder_of_its_name(url: str) -> str:
    """/bm/czj of /bm/czj.html; "" for a program, and where the page is its folder's front."""
    stem = re.sub(r"\.s?html?$", "", split(url).path)
    front = split(url).query or _folder(url)[1] or stem == split(url).path
    return "" if front else split(url).netloc + stem


def _parents(folder: str) -> Iterable[str]:
    parts = folder.split("/")
    return ("/".join(parts[:length]) for length in range(1, len(parts)))
