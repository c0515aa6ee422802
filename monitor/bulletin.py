"""Composing a bulletin (通报): from a judgement to one value that every speaker prints. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.counting import EXTERNAL, Count
from monitor.judging import Judgement
from rules.engine import Finding
from rules.places import Site
from rules.terms import OUTCOME_LABELS, Exactness, Outcome


@dataclass(frozen=True, slots=True)
class Total:
    """A sum; `exact` when every part is."""

    number: int
    exact: bool

    def __str__(self) -> str:
        return f"{self.number}" if self.exact else f"至少 {self.number}"


@dataclass(frozen=True, slots=True)
class Block:
    """One unit's (or joint units') rows in an annex, with the total. `rank` is consecutive, ties by file order."""

    rank: int
    unit: str
    rows: tuple[Count, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class Letters:
    """The mailbox in the period: received, of which closed by the day of the bulletin; slow units."""

    received: int
    closed: int
    slow: tuple[Finding, ...]

    @property
    def rate(self) -> str:
        return f"{self.closed / self.received:.2%}".replace(".00%", "%") if self.received else "—"

    @property
    def slow_units(self) -> tuple[str, ...]:
        return _unique(finding.unit_names or "（未识别承办单位）" for finding in self.slow)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Everything a bulletin says. `annex1` ranks streets and towns, `annex2` the responsible units, `outside`
    are the columns that are not part of 基层政务公开. `few_local` and `few_departments` are proposals."""

    judgement: Judgement
    annex1: tuple[Block, ...]
    annex2: tuple[Block, ...]
    outside: tuple[Count, ...]
    letters: Letters
    few_local: tuple[Finding, ...]
    few_departments: tuple[Finding, ...]
    silent: tuple[Finding, ...]
    unread: tuple[Count, ...]

    @property
    def total(self) -> Total:
        return total_of(self.judgement.counts)

    @property
    def grassroots(self) -> Total:
        return total_of([count for count in self.judgement.counts if not count.column.outside])

    @property
    def annex1_total(self) -> Total:
        return total_of([count for block in self.annex1 for count in block.rows])

    @property
    def annex2_total(self) -> Total:
        return total_of([count for block in self.annex2 for count in block.rows])

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
        """What the units proposed for naming among streets and towns left silent."""
        named = {unit for finding in self.few_local for unit in finding.units}
        return tuple(finding for finding in self.silent if set(finding.units) & named)


def compose_bulletin(judgement: Judgement) -> Bulletin:
    """The bulletin of a judgement."""
    site = judgement.site
    inside = [count for count in judgement.counts if not count.column.outside]
    local = [count for count in inside if _is_local(site, count)]
    few = judgement.standing("unit.few_postings")
    local_units = {unit.key for unit in site.units if unit.kind.local}
    return Bulletin(
        judgement=judgement,
        annex1=blocks_of(local),
        annex2=blocks_of([count for count in inside if not _is_local(site, count)]),
        outside=tuple(count for count in judgement.counts if count.column.outside),
        letters=_letters(judgement),
        few_local=tuple(f for f in few if set(f.units) & local_units),
        few_departments=tuple(f for f in few if not set(f.units) & local_units),
        silent=tuple(judgement.standing("column.silent")),
        unread=tuple(
            c for c in judgement.counts if c.exactness is not Exactness.EXACT and c.status != EXTERNAL
        ),
    )


def blocks_of(counts: Sequence[Count]) -> tuple[Block, ...]:
    """Counts gathered by responsible units, most first, ties in the site file's order."""
    gathered: dict[tuple[str, ...], list[Count]] = {}
    for count in counts:
        gathered.setdefault(count.duty.units, []).append(count)
    ordered = sorted(gathered.values(), key=lambda rows: -total_of(rows).number)
    return tuple(
        Block(rank, rows[0].duty.label, tuple(rows), total_of(rows))
        for rank, rows in enumerate(ordered, start=1)
    )


def total_of(counts: Iterable[Count]) -> Total:
    """The sum of counts; external columns add nothing and take nothing from exactness."""
    own = [count for count in counts if count.status != EXTERNAL]
    return Total(sum(c.count or 0 for c in own), all(c.exactness is Exactness.EXACT for c in own))


def status_label(status: str) -> str:
    """An outcome's Chinese word; external and never visited have theirs."""
    words = {EXTERNAL: "外部网站", "": "未采集"}
    return words.get(status) or OUTCOME_LABELS[Outcome(status)]


def _is_local(site: Site, count: Count) -> bool:
    return any(site.unit(key).kind.local for key in count.duty.units)


def _letters(judgement: Judgement) -> Letters:
    received = [case for case in judgement.letters if case.received and case.received in judgement.period]
    subjects = {case.subject for case in received}
    slow = [finding for finding in judgement.standing("letter.slow") if finding.subject in subjects]
    return Letters(len(received), sum(case.closed for case in received), tuple(slow))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
