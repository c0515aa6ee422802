"""Composing a bulletin (通报): from a judgement to the one value that every paper prints. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.counting.counts import EXTERNAL, Count
from monitor.bulletin.naming import Naming, NamingEdit, decide_naming
from monitor.bulletin.readiness import doubts_of
from monitor.judge.judging import Judgement
from monitor.wording import Total, total_of
from rules.book.column_silent import silent
from rules.book.letter_slow import slow
from rules.book.unit_few_postings import few_postings
from rules.cases.letter_figures import LetterFigures, figures
from rules.engine.finding import Finding
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness


@dataclass(frozen=True, slots=True)
class AnnexBlock:
    """One unit's (or joint units') rows in an annex, with the total. `rank` is consecutive, ties by file order;
    None in a ranking where the unit was not read whole."""

    rank: int | None
    unit: str
    rows: tuple[Count, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class PeriodLetters:
    """The mailboxes in the period: what was received, and of it closed by the day of the bulletin; slow units.
    `exact` when every mailbox was read over the whole period; `read` when any was."""

    figures: LetterFigures
    slow: tuple[Finding, ...]
    exact: bool = True
    read: bool = True

    @property
    def closed_exact(self) -> bool:
        """Of every letter it is known whether it was answered."""
        return self.exact and not self.figures.unknown

    @property
    def rate(self) -> str:
        """办结率, of the valid letters."""
        share = self.figures.closed_rate.share
        return "—" if share is None else f"{share:.2%}".replace(".00%", "%")

    @property
    def mean_days(self) -> str:
        """Working days from receipt to answer, on average; "" where none is known."""
        days = self.figures.mean_days
        return "" if days is None else f"{days:.1f}".removesuffix(".0")

    @property
    def slow_units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding.unit_names or "（未识别承办单位）" for finding in self.slow))


@dataclass(frozen=True, slots=True)
class Edits:
    """What the editor asks for: names added and skipped, each with its reason; `draft`: papers marked 草稿, of
    numbers that may not be published."""

    names: tuple[NamingEdit, ...] = ()
    skips: tuple[NamingEdit, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The content of a bulletin. `annex1` ranks streets and towns, `annex2` the responsible units, `outside`
    are the columns that are not part of 基层政务公开. `few_local` and `few_departments` are the rule's proposals,
    `naming` who is named in the end and why. `doubts` are sentences against publishing; with any of them the
    sums are lower bounds."""

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
    def as_of(self) -> date:
        return self.judgement.as_of

    @property
    def silent_of_named(self) -> tuple[Finding, ...]:
        """What the streets and towns that are named left silent."""
        named = {verdict.unit.key for verdict in self.naming.local if verdict.named}
        return tuple(finding for finding in self.silent if set(finding.units) & named)

    def _sum(self, counts: Sequence[Count]) -> Total:
        return total_of(counts, sure=not self.doubts)


def compose_bulletin(
    judgement: Judgement, mailboxes: Sequence[Exactness | None] | None = None, edits: Edits | None = None
) -> Bulletin:
    """The bulletin of a judgement. `mailboxes` says of each mailbox how much of the period was read (None:
    nothing); not given, they are taken as read. Raises WrongInput where the edits are unfair."""
    site, edits = judgement.site, edits or Edits()
    inside = [count for count in judgement.counts if not count.column.outside]
    local = [count for count in inside if _is_local(site, count)]
    few = judgement.reported(few_postings)
    local_units = {unit.key for unit in site.units if unit.kind.local}
    return Bulletin(
        judgement=judgement,
        annex1=ranked(blocks_of(local)),
        annex2=blocks_of([count for count in inside if not _is_local(site, count)]),
        outside=tuple(count for count in judgement.counts if count.column.outside),
        letters=_letters(judgement, mailboxes),
        few_local=tuple(f for f in few if set(f.units) & local_units),
        few_departments=tuple(f for f in few if not set(f.units) & local_units),
        naming=decide_naming(judgement, edits.names, edits.skips),
        silent=tuple(judgement.reported(silent)),
        unread=tuple(
            c for c in judgement.counts if c.exactness is not Exactness.EXACT and c.status != EXTERNAL
        ),
        doubts=doubts_of(judgement),
        draft=edits.draft,
    )


def blocks_of(counts: Sequence[Count]) -> tuple[AnnexBlock, ...]:
    """Counts gathered by responsible units, most first, ties in the site file's order."""
    gathered: dict[tuple[str, ...], list[Count]] = {}
    for count in counts:
        gathered.setdefault(count.duty.units, []).append(count)
    ordered = sorted(gathered.values(), key=lambda rows: -total_of(rows).number)
    return tuple(
        AnnexBlock(rank, rows[0].duty.label, tuple(rows), total_of(rows))
        for rank, rows in enumerate(ordered, start=1)
    )


def ranked(blocks: Sequence[AnnexBlock]) -> tuple[AnnexBlock, ...]:
    """A ranking: who was not read whole stands below it, without a rank."""
    whole = [block for block in blocks if block.total.exact]
    rest = [block for block in blocks if not block.total.exact]
    return tuple(
        AnnexBlock(number if number <= len(whole) else None, block.unit, block.rows, block.total)
        for number, block in enumerate((*whole, *rest), start=1)
    )


def _is_local(site: Site, count: Count) -> bool:
    """Whether a duty belongs to one street or town alone and is ranked; joint duties stand in the second annex."""
    return len(count.duty.units) == 1 and site.unit(count.duty.units[0]).kind.local


def _letters(judgement: Judgement, mailboxes: Sequence[Exactness | None] | None) -> PeriodLetters:
    received = [case for case in judgement.letters if case.received and case.received in judgement.period]
    subjects = {case.subject for case in received}
    late = [finding for finding in judgement.reported(slow) if finding.subject in subjects]
    known = [Exactness.EXACT] * len(judgement.site.mailboxes) if mailboxes is None else mailboxes
    return PeriodLetters(
        figures(received),
        tuple(late),
        exact=all(each is Exactness.EXACT for each in known),
        read=not known or any(each is not None for each in known),
    )
