"""Checking a score table someone else made: its sums, its ranks, and whether its prose says what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.scores.printed.additions import Addition, find_additions
from monitor.scores.printed.blocks import BlockTable, check_blocks, read_blocks
from monitor.scores.printed.discrepancies import Checked, Discrepancy
from monitor.scores.printed.exchanged import put_right
from monitor.scores.printed.headings import Role, inherit_heads, role_of, split_grid, unfold
from monitor.scores.printed.layout import Layout, UnitSection, read_layout
from monitor.scores.printed.month_words import wrong_months
from monitor.scores.printed.paper import Paper
from monitor.scores.printed.prose_ties import tie_prose, tied_figures
from monitor.scores.printed.ranking import Ranking, check_order, check_ranks, find_ranking, with_ranks
from monitor.scores.printed.rows import Readded, check_sums, over_maximum, readd
from monitor.scores.printed.shares import Share, check_shares, find_shares
from monitor.scores.printed.unit_list import check_blocks_list, check_list
from rules.vocabulary.points import add


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a paper's check comes to. `ties`: numbers of the prose that do equal the tables'."""

    tables: tuple[Checked, ...]
    discrepancies: tuple[Discrepancy, ...]
    ties: tuple[dict[str, str], ...] = ()


def recheck(paper: Paper) -> Recheck:
    """Re-adds and re-ranks every table of a paper and ties its prose to them. A table whose total no columns
    explain is reported as unchecked, not as wrong."""
    grids = inherit_heads([part for grid in paper.grids for part in split_grid(unfold(grid))])
    read = [read_blocks(grid) or read_layout(grid) for grid in grids]
    layouts = [each for each in read if isinstance(each, Layout)]
    tables: list[Checked] = []
    found: list[Discrepancy] = []
    for each in (table for table in read if table):
        checked, own = _check_layout(each, layouts) if isinstance(each, Layout) else _check_blocks(each)
        tables += checked
        found += own
    discrepancies = tuple(tie_prose(paper, tables, found))
    return Recheck(tuple(tables), discrepancies, tuple(tied_figures(paper, tables)))


def _check_layout(layout: Layout, layouts: Sequence[Layout]) -> tuple[list[Checked], list[Discrepancy]]:
    """Its sections as checked. What totals are made of is learnt from all tables with the same headings together."""
    alike = [other for other in layouts if other.headings == layout.headings]
    layout, exchanged = put_right(layout)
    alike = [replace(other, headings=layout.headings) for other in alike]
    additions = find_additions(layout.headings, [unit for other in alike for unit in other.units])
    sections = tuple(tuple(readd(layout, u, additions) for u in section.units) for section in layout.sections)
    rows = tuple(each for section in sections for each in section)
    named = [h for h in layout.headings if h.role is Role.TOTAL]
    ranking = find_ranking(layout, sections, [a.total for a in additions] or named)
    own = (discrepancy for each in rows for discrepancy in each.discrepancies)
    found = list(with_ranks(ranking) if ranking else own)
    found[:0] = exchanged
    found += over_maximum(layout)
    found += check_list(layout)
    shares = find_shares(layout)
    found += check_shares(layout, shares)
    found += wrong_months(layout, additions)
    found += [*check_ranks(layout, ranking), *check_order(layout, ranking)] if ranking else ()
    pairs = list(zip(layout.sections, sections, strict=True))
    for section, units in pairs:
        found += check_sums(layout, section, units, rows)
    return [_checked(layout, section, units, additions, ranking, shares) for section, units in pairs], found


def _checked(
    layout: Layout,
    section: UnitSection,
    own: Sequence[Readded],
    additions: Sequence[Addition],
    ranking: Ranking | None,
    shares: Sequence[Share],
) -> Checked:
    column = ranking.heading.column if ranking else None
    scored = [each for each in own if column in each.unit.values]
    checked = [each for each in own if each.readable] if additions else []
    unchecked = [f"{each.unit.name}：有单元格不是数字，未能核对" for each in own if not each.readable]
    if not additions and not shares:
        unchecked.append("看不出总分由哪些列相加而成，没有核对各行")
    return Checked(
        title=" ".join(text for text in (layout.grid.title, section.title) if text),
        form="rows",
        rows=len(own),
        equal=sum(not each.discrepancies for each in checked),
        formulas=tuple(str(addition) for addition in additions),
        totals={each.unit.name: each.unit.value(column or 0) for each in scored},
        due={each.unit.name: each.due.get(column or 0, Decimal(0)) for each in scored},
        ranked=ranking is not None and ranking.column is not None,
        captions=(*layout.grid.captions, section.title),
        headings=tuple(heading.text for heading in layout.headings),
        unchecked=tuple(unchecked),
        shares=tuple(map(str, shares)),
        cells={each.unit.name: frozenset(each.unit.values.values()) for each in own},
    )


def _check_blocks(table: BlockTable) -> tuple[list[Checked], list[Discrepancy]]:
    ranked = any(role_of(word) is Role.RANK for word in table.headings)
    told = [block for block in table.blocks if block.total is not None]
    totals = dict(zip((block.unit for block in table.blocks), table.totals, strict=True))
    checked = Checked(
        title=table.grid.title,
        form="blocks",
        rows=len(table.blocks),
        equal=sum(block.ties for block in told),
        totals=totals,
        due=totals,
        grand=table.grand[2] if table.grand else None,
        grand_due=add(table.totals),
        ranked=ranked,
        headings=table.headings,
        captions=table.grid.captions,
        cells={
            block.unit: frozenset((*block.items, total))
            for block, total in zip(table.blocks, table.totals, strict=True)
        },
        leaves={
            block.unit: {leaf: tuple(numbers) for leaf, numbers in block.leaves.items()}
            for block in table.blocks
        },
        unchecked=tuple(f"{block.unit}：没有小计，未能核对" for block in table.blocks if block.total is None),
    )
    return [checked], [*check_blocks(table, ranked), *check_blocks_list(table)]
