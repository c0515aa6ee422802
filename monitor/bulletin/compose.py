"""Composing a bulletin (通报): from a judgement to the one value that every paper prints. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.counting.counts import EXTERNAL, Count
from db.counting.posting_list import CountedList, ListedPosting, counted_lists
from monitor.bulletin.annex_blocks import AnnexBlock, blocks_of, ranked
from monitor.bulletin.naming import Naming, NamingEdit, decide_naming
from monitor.bulletin.period_letters import PeriodLetters, period_letters
from monitor.bulletin.readiness import doubts_of
from monitor.judge.judging import Judgement
from monitor.wording import Total, reach_of, total_of
from rules.book.column_silent import silent
from rules.book.unit_few_postings import few_postings
from rules.engine.finding import Finding
from rules.vetoes import VetoLine, veto_summary
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness


@dataclass(frozen=True, slots=True)
class Edits:
    """What the editor asks for: names added and skipped, each with its reason; `draft`: papers marked 草稿, of
    numbers that may not be published."""

    names: tuple[NamingEdit, ...] = ()
    skips: tuple[NamingEdit, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What a bulletin is told beside its judgement. `mailboxes` says of each mailbox how much of the period was read
    (None: nothing; not given, they are taken as read); `read_on` the last day anything was read; `before` the counts
    of the period before (empty: not known); `postings` those of the period, behind the counts."""

    mailboxes: Sequence[Exactness | None] | None = None
    read_on: date | None = None
    before: Sequence[Count] = ()
    postings: Sequence[ListedPosting] = ()


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The content of a bulletin. `annex1` ranks streets and towns, `annex2` the responsible units, `outside`
    are the columns that are not part of 基层政务公开. `few_local` and `few_departments` are the rule's proposals,
    `naming` who is named in the end and why. `vetoes` are all that can be hit, with what is left before each.
    `doubts` are sentences against publishing; with any of them the sums are lower bounds. `corrections` say what
    differs from the bulletin published before."""

    judgement: Judgement
    annex1: tuple[AnnexBlock, ...]
    annex2: tuple[AnnexBlock, ...]
    outside: tuple[Count, ...]
    letters: PeriodLetters
    few_local: tuple[Finding, ...]
    few_departments: tuple[Finding, ...]
    naming: Naming
    silent: tuple[Finding, ...]
    unread: tuple[Count, ...]
    doubts: tuple[str, ...] = ()
    draft: bool = False
    vetoes: tuple[VetoLine, ...] = ()
    beside: Beside = Beside()
    corrections: tuple[str, ...] = ()

    @property
    def total(self) -> Total:
        return self._sum(self.judgement.counts)

    @property
    def grassroots(self) -> Total:
        return self._sum([count for count in self.judgement.counts if not count.column.outside])

    @property
    def annex1_total(self) -> Total:
        return self._sum([count for block in self.annex1 for count in block.rows])

    @property
    def annex2_total(self) -> Total:
        return self._sum([count for block in self.annex2 for count in block.rows])

    @property
    def counts(self) -> list[Count]:
        """Every count in the order of the papers: first annex, second annex, the rest."""
        annexes = (*self.annex1, *self.annex2)
        return [count for block in annexes for count in block.rows] + list(self.outside)

    @property
    def lists(self) -> tuple[CountedList, ...]:
        """The postings behind each count, in the order of the papers."""
        return counted_lists(self.counts, self.beside.postings)

    @property
    def as_of(self) -> date:
        return self.judgement.as_of

    @property
    def reach(self) -> str:
        """数据截至2023年7月3日，最近读取2023年7月3日."""
        return reach_of(self.as_of, self.beside.read_on)

    @property
    def steady(self) -> bool:
        """Whether the site may be said to have run steadily (平稳): all of it was read and no veto is hit."""
        return not (self.unread or self.doubts or any(veto.hit for veto in self.vetoes))

    def _sum(self, counts: Sequence[Count]) -> Total:
        return total_of(counts, sure=not self.doubts)


def compose_bulletin(
    judgement: Judgement, edits: Edits | None = None, beside: Beside | None = None
) -> Bulletin:
    """The bulletin of a judgement. Raises WrongInput where the edits are unfair."""
    site, edits, beside = judgement.site, edits or Edits(), beside or Beside()
    inside = [count for count in judgement.counts if not count.column.outside]
    local = [count for count in inside if _is_local(site, count)]
    few = judgement.reported(few_postings)
    local_units = {unit.key for unit in site.units if unit.kind.local}
    return Bulletin(
        judgement=judgement,
        annex1=ranked(blocks_of(local), site.papers.ties == "consecutive"),
        annex2=blocks_of([count for count in inside if not _is_local(site, count)]),
        outside=tuple(count for count in judgement.counts if count.column.outside),
        letters=period_letters(judgement, beside.mailboxes),
        few_local=tuple(f for f in few if set(f.units) & local_units),
        few_departments=tuple(f for f in few if not set(f.units) & local_units),
        naming=decide_naming(judgement, edits.names, edits.skips),
        silent=tuple(judgement.reported(silent)),
        unread=tuple(
            c for c in judgement.counts if c.exactness is not Exactness.EXACT and c.status != EXTERNAL
        ),
        doubts=doubts_of(judgement),
        draft=edits.draft,
        vetoes=tuple(veto_summary(judgement.portal, site.thresholds)) if judgement.portal else (),
        beside=beside,
    )


def _is_local(site: Site, count: Count) -> bool:
    """Whether a duty belongs to one street or town alone and is ranked; joint duties stand in the second annex."""
    return len(count.duty.units) == 1 and site.unit(count.duty.units[0]).kind.local
