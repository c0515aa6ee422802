"""What units' own pages list: their columns, those among them that could not be read, and those on other sites."""

from collections.abc import Iterable

from crawler.discovery.areas import Area, area_of, is_loose, is_static, is_useless
from crawler.discovery.names import is_name
from crawler.discovery.proposal import UnitProposal
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_kinds import kind_of
from crawler.discovery.unit_roster import UnitRoster


class UnitPages:
    """The pages of a survey that are units' own, and what they name."""

    def __init__(self, survey: Survey, roster: UnitRoster) -> None:
        self._survey = survey
        self._roster = roster
        self._common = survey.common()
        self.names = frozenset(
            mention.name
            for node in survey.nodes.values()
            if node.note and node.note.counts and node.key not in self._roster.holders
            for mention in node.mentions
            if mention.source in self._roster.holders
        )

    def holder(self, key: str) -> UnitProposal | None:
        """The unit whose own page this is, or in whose folder it lies."""
        return self._roster.holders.get(key) or self._roster.owner_of(self._survey.nodes[key].url)

    def lists(self, node: Node) -> bool:
        """Whether a unit's page names it as a column: what cannot be read there is one all the same."""
        return self._is_own(node) and self.may_be_column(node.name)

    def expects(self, node: Node) -> bool:
        """Whether a page without any list is a column: its like is one with other units, or its name says so."""
        told = node.name in self.names or area_of(node.name) is Area.NEWS
        return told and self.lists(node)

    def may_be_column(self, name: str) -> bool:
        """Whether an entry of a unit's page may be a column: no unit, no mailbox, nothing about the office."""
        about = is_useless(name) or is_static(name) or area_of(name) in (Area.OFFICES, Area.MAILBOXES)
        return is_name(name) and not about and kind_of(name) is None

    def beside(self, source: str, columns: Iterable[str]) -> frozenset[int]:
        """The blocks of a page in which links to these columns (their keys) stand."""
        note, own, keys = self._survey.nodes[source].note, self._survey.own_key, frozenset(columns)
        links = note.links if note else ()
        return frozenset(link.group for link in links if link.group and own(link.url) in keys)

    def _is_own(self, node: Node) -> bool:
        if node.key in self._common or node.key in self._roster.holders:
            return False
        return any(
            mention.name
            and not mention.unit
            and not any(map(is_loose, mention.labels))
            and self.holder(mention.source)
            for mention in node.mentions
        )
