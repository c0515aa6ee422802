"""Cases of units: their counts in a period, beside their peers'. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from db.counting.counts import Count
from rules.cases import UnitCase
from rules.dates.periods import Period
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.terms import Exactness


def unit_cases(site: Site, counts: Sequence[Count], period: Period, as_of: date) -> Iterator[UnitCase]:
    """One case a unit that owes columns of its own inside 基层政务公开; a joint duty is nobody's alone."""
    own: dict[str, list[Count]] = {}
    for count in counts:
        if len(count.duty.units) == 1 and not count.column.outside and not count.column.shared:
            own.setdefault(count.duty.units[0], []).append(count)
    units = [unit for unit in site.units[1:] if any(not c.column.elsewhere for c in own.get(unit.key, ()))]
    for unit in units:
        peers = tuple(_sum(own[peer.key]) for peer in units if peer.kind.local == unit.kind.local)
        yield _case(unit, own[unit.key], peers, _everywhere(unit, counts), period, as_of)


def _case(
    unit: Unit,
    counts: Sequence[Count],
    peers: tuple[int, ...],
    everywhere: int | None,
    period: Period,
    as_of: date,
) -> UnitCase:
    here = [count for count in counts if not count.column.elsewhere]
    return UnitCase(
        subject=unit.key,
        units=(unit.key,),
        unit_names=unit.name,
        kind=unit.kind,
        as_of=as_of,
        period=period,
        count=_sum(here),
        exact=all(count.exactness is Exactness.EXACT for count in here),
        peers=peers,
        everywhere=everywhere,
        columns=len(here),
        external=len(counts) - len(here),
    )


def _everywhere(unit: Unit, counts: Sequence[Count]) -> int | None:
    """What it posted anywhere, alone or jointly; None unless all of it was read exactly."""
    mine = [c for c in counts if unit.key in c.duty.units and not c.column.elsewhere]
    return _sum(mine) if mine and all(c.exactness is Exactness.EXACT for c in mine) else None


def _sum(counts: Sequence[Count]) -> int:
    return sum(count.count or 0 for count in counts)
