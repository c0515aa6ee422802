"""Counts gathered by the units that owe them, in the order of an annex, ranked where it is a ranking. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.counting.counts import Count
from monitor.wording import Total, total_of

UNREAD = "未排名"
EXTERNAL = "—"


@dataclass(frozen=True, slots=True)
class AnnexBlock:
    """One unit's (or joint units') rows in an annex, with the total. `rank` is None where there is nothing to rank by: all of
    it is kept on other sites, or in a ranking the unit was not read whole."""

    rank: int | None
    unit: str
    rows: tuple[Count, ...]
    total: Total

    @property
    def place(self) -> str | int:
        """The rank as printed."""
        return self.rank or (EXTERNAL if self.total.external else UNREAD)


def blocks_of(counts: Sequence[Count]) -> tuple[AnnexBlock, ...]:
    """Counts gathered by responsible units and numbered, most first, ties in the site file's order; those that have
    columns on other sites alone stand below, without a number."""
    gathered: dict[tuple[str, ...], list[Count]] = {}
    for count in counts:
        gathered.setdefault(count.duty.units, []).append(count)
    blocks = [AnnexBlock(None, rows[0].duty.label, tuple(rows), total_of(rows)) for rows in gathered.values()]
    ordered = sorted(blocks, key=lambda block: (block.total.external, -block.total.number))
    return tuple(
        block if block.total.external else replace(block, rank=number)
        for number, block in enumerate(ordered, start=1)
    )


def ranked(blocks: Sequence[AnnexBlock], consecutive: bool = False) -> tuple[AnnexBlock, ...]:
    """A ranking: equal totals share a rank (1, 2, 2, 4), or stand one after the other; who was not read whole stands
    below it, without a rank."""
    whole = [block for block in blocks if block.total.exact and not block.total.external]
    rest = [replace(block, rank=None) for block in blocks if block not in whole]
    totals = [block.total.number for block in whole]
    return (
        *(
            replace(block, rank=place if consecutive else totals.index(block.total.number) + 1)
            for place, block in enumerate(whole, start=1)
        ),
        *rest,
    )
