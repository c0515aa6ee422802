"""What discovery proposes for a site file, before it is written. `doubts` are Chinese sentences for the clerk;
where there are none, discovery is sure."""

from dataclasses import dataclass

from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.terms import UnitKind

Doubts = tuple[str, ...]


@dataclass(slots=True)
class UnitProposal:
    """单位. `pages` are the keys of its own pages on the site."""

    id: str
    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    doubts: Doubts = ()


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """栏目. `url` as it is written; None where it is kept elsewhere. `tree`: in 基层政务公开 or 重点领域.
    `shared`: each posting's source says whose it is. `kind` is given for an ended campaign.
    `units` are ids; `remark` is said of it without doubt (what it holds, its cycle in the page's words)."""

    path: tuple[str, ...]
    url: str | None
    units: tuple[str, ...] = ()
    outside: bool = False
    shared: bool = False
    kind: ColumnKind | None = None
    elsewhere: str = ""
    cycle: int | None = None
    tree: bool = False
    remark: str = ""
    doubts: Doubts = ()


@dataclass(frozen=True, slots=True)
class MailboxProposal:
    """信箱. What is not `enabled` is written as a comment only."""

    name: str
    url: str
    enabled: bool = True
    doubts: Doubts = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that was asked for and is not written: its name, address and why."""

    name: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything a draft is written from. `waiting` counts links that were left when the allowed pages were used up."""

    name: str
    home: str
    hosts: tuple[str, ...]
    office: str
    units: tuple[UnitProposal, ...]
    columns: tuple[ColumnProposal, ...]
    mailboxes: tuple[MailboxProposal, ...]
    left_out: tuple[LeftOut, ...] = ()
    pages: int = 0
    waiting: int = 0
    delay: float = 1.0
    doubts: Doubts = ()

    @property
    def unsure(self) -> int:
        """How many marks the clerk finds in the draft."""
        doubts = [unit.doubts for unit in self.units] + [column.doubts for column in self.columns]
        doubts += [box.doubts for box in self.mailboxes]
        return sum(map(len, doubts)) + len(self.doubts) + bool(self.office)
