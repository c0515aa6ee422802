"""Checking a score table someone else made: its sums, its ranks, and whether its prose says what it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.scores.additions import Addition, find_additions
from rules.scores.blocks import Blocks, check_blocks, read_blocks
from rules.scores.figures import tied_figures
from rules.scores.headings import Role, role_of
from rules.scores.heads import inherit_heads, split_grid, unfold
from rules.scores.layout import Layout, Section, read_layout
from rules.scores.months import wrong_months
from rules.scores.points import add
from rules.scores.printed import Paper
from rules.scores.prose_ties import tie_prose
from rules.scores.ranking import Ranking, check_ranks, find_ranking, with_ranks
from rules.scores.rows import Readded, check_sums, over_maximum, readd
from rules.scores.slips import Checked, Slip


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a paper's check comes to. `ties`: numbers of the prose that do equal the tables'."""

    tables: tuple[Checked, ...]
    slips: tuple[Slip, ...]
    ties: tuple[dict[str, str], ...] = ()


def recheck(paper: Paper) -> Recheck:
    """Re-adds and re-ranks every table of a paper and ties its prose to them. A table whose total no columns
    explain is reported as unchecked, not as wrong."""
    grids = inherit_heads([part for grid in paper.grids for part in split_grid(unfold(grid))])
    read = [read_blocks(grid) or read_layout(grid) for grid in grids]
    layouts = [each for each in read if isinstance(each, Layout)]
    found: list[tuple[Checked, list[Slip]]] = []
    for each in read:
        if isinstance(each, Layout):
            found += _check_layout(each, _learn(each, layouts))
        elif each:
            found.append(_check_blocks(each))
    tables = tuple(table for table, _ in found)
    slips = tie_prose(paper, tables, [slip for _, own in found for slip in own])
    return Recheck(tables, tuple(slips), tuple(tied_figures(paper, tables)))


def _learn(layout: Layout, layouts: Sequence[Layout]) -> tuple[Addition, ...]:
    """What the totals are made of, from all tables with the same headings together."""
    alike = [other for other in layouts if other.headings == layout.headings]
    return find_additions(layout.headings, [unit for other in alike for unit in other.units])


def _check_layout(layout: Layout, additions: Sequence[Addition]) -> Iterator[tuple[Checked, list[Slip]]]:
    sections = tuple(tuple(readd(layout, u, additions) for u in section.units) for section in layout.sections)
    rows = tuple(each for section in sections for each in section)
    named = [h for h in layout.headings if h.role is Role.TOTAL]
    ranking = find_ranking(layout, sections, [a.total for a in additions] or named)
    slips = list(with_ranks(ranking)) if ranking else [slip for each in rows for slip in each.slips]
    slips += over_maximum(layout)
    slips += wrong_months(layout, additions)
    slips += list(check_ranks(layout, ranking)) if ranking else []
    for n, (section, own) in enumerate(zip(layout.sections, sections, strict=True)):
        slips += check_sums(layout, section, own, rows)
        yield _checked(layout, section, own, additions, ranking), slips if n == 0 else []


def _checked(
    layout: Layout,
    section: Section,
    own: Sequence[Readded],
    additions: Sequence[Addition],
    ranking: Ranking | None,
) -> Checked:
    column = ranking.heading.column if ranking else None
    scored = [each for each in own if column in each.unit.values]
    checked = [each for each in own if each.readable] if additions else []
    unchecked = [f"{each.unit.name}：有单元格不是数字，未能核对" for each in own if not each.readable]
    if not additions:
        unchecked.append("看不出总分由哪些列相加而成，没有核对各行")
    return Checked(
        title=" ".join(text for text in (layout.grid.title, section.title) if text),
        form="rows",
        rows=len(own),
        equal=sum(not each.slips for each in checked),
        formulas=tuple(str(addition) for addition in additions),
        totals={each.unit.name: each.unit.value(column or 0) for each in scored},
        due={each.unit.name: each.due.get(column or 0, Decimal(0)) for each in scored},
        ranked=ranking is not None and ranking.column is not None,
        captions=(*layout.grid.captions, section.title),
        headings=tuple(heading.text for heading in layout.headings),
        unchecked=tuple(unchecked),
    )


def _check_blocks(table: Blocks) -> tuple[Checked, list[Slip]]:
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
        unchecked=tuple(f"{block.unit}：没有小计，未能核对" for block in table.blocks if block.total is None),
    )
    return checked, list(check_blocks(table, ranked))
