"""The two annexes as grids of cells with their merged regions: what Word, Excel and the page print. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from db.counting.counts import Count
from monitor.bulletin.annex_blocks import AnnexBlock
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_words import level_of, local_heading, local_units
from monitor.paper_files.printed_table import PrintedCell, PrintedTable
from monitor.wording import Total, shown, shown_total, span_of, tight

ALL = "合计"
LEAST = 0.3  # of the room for names: what either of two levels has at least


@dataclass(frozen=True, slots=True)
class Annex:
    """附件, under its label and title, for its scope, with a note below. `alone`: there is no other."""

    number: int
    title: str
    scope: str
    grid: PrintedTable
    note: str
    alone: bool = False

    @property
    def label(self) -> str:
        return "附件" if self.alone else f"附件{self.number}"


def annexes_of(bulletin: Bulletin) -> tuple[Annex, ...]:
    """The annexes that have rows: streets and towns ranked, and the responsible units."""
    site, anchors, annexes = bulletin.judgement.site, anchors_of(bulletin), []
    if bulletin.annex1:
        local, left = local_units(site), {"排名": 14, local_heading(site): 38}
        grid = _grid(bulletin.annex1, bulletin.annex1_total, left, ("基层政务公开专题", 72), {}, anchors)
        annexes.append(Annex(1, _title(bulletin), local, grid, _note(bulletin)))
    if bulletin.annex2:
        scope = f"{level_of(site)}政府各部门及有关单位"
        grid = _grid(
            bulletin.annex2, bulletin.annex2_total, {"序号": 12}, ("栏目", 84), {"责任单位": 28}, anchors
        )
        annexes.append(Annex(2, _title(bulletin), scope, grid, _note(bulletin)))
    return tuple(replace(annex, alone=len(annexes) == 1) for annex in annexes)


def anchors_of(bulletin: Bulletin) -> dict[str, str]:
    """Where on the web page the postings behind a count stand, by the count's subject."""
    return {count.subject: f"n{number}" for number, count in enumerate(bulletin.counts, start=1)}


def _grid(
    blocks: Sequence[AnnexBlock],
    total: Total,
    left: Mapping[str, int],
    names: tuple[str, int],
    right: Mapping[str, int],
    anchors: Mapping[str, str],
) -> PrintedTable:
    """A table of blocks: place (and unit) at the left, the columns' names, two columns of numbers, (the unit) at the
    right. `left`, `names`, `right`: headings with their widths in millimetres."""
    levels = max((len(_path(count)) for block in blocks for count in block.rows), default=1)
    first, number, after = len(left), len(left) + levels, len(left) + levels + 2
    cells = [
        *(PrintedCell(0, column, head) for column, head in enumerate(left)),
        PrintedCell(0, first, names[0], columns=levels), PrintedCell(0, number, "发布信息数量", columns=2),
        *(PrintedCell(0, after, head) for head in right),
    ]  # fmt: skip
    bottom, tops = 1, []
    for block in blocks:
        tops.append(bottom)
        unit = PrintedCell(bottom, after if right else 1, block.unit, len(block.rows))
        cells.append(PrintedCell(bottom, 0, block.place, len(block.rows)))
        cells += (
            [*_rows(block, bottom, first, levels, anchors), unit]
            if right
            else [unit, *_rows(block, bottom, first, levels, anchors)]
        )
        bottom += len(block.rows)
    cells += [
        PrintedCell(bottom, 0, ALL, columns=number),
        PrintedCell(bottom, number, shown_total(total), columns=2),
        *(PrintedCell(bottom, after, "") for _ in right),
    ]
    paths = [_path(count) for block in blocks for count in block.rows]
    widths = (*left.values(), *_shares(names[1], levels, paths), 16, 16, *right.values())
    return PrintedTable(widths, bottom + 1, tuple(cells), blocks=tuple(tops))


def _title(bulletin: Bulletin) -> str:
    return f"{tight(bulletin.judgement.period.months)}{level_of(bulletin.judgement.site)}政府网站发布信息情况"


def _note(bulletin: Bulletin) -> str:
    return f"注：统计时间为{span_of(bulletin.judgement.period)}，{bulletin.reach}。"


def _shares(width: int, levels: int, paths: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """A width parted among the levels of names: of two by their longest names, a third holds the longest."""
    weights: tuple[float, ...] = (1, 1, 1.4)[:levels]
    if levels == 2:
        first, second = (max(len(path[level]) for path in paths if len(path) == 2) for level in (0, 1))
        share = min(max(first / (first + second), LEAST), 1 - LEAST)
        weights = (share, 1 - share)
    edges = [round(width * sum(weights[:each]) / sum(weights)) for each in range(levels + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _rows(
    block: AnnexBlock, top: int, left: int, levels: int, anchors: Mapping[str, str]
) -> Iterator[PrintedCell]:
    """A block's names, its numbers, and its total beside them."""
    yield from _names([_path(count) for count in block.rows], top, left, levels)
    for note, run in groupby(enumerate(block.rows, start=top), lambda pair: pair[1].column.elsewhere):
        places = list(run)
        if note:
            yield PrintedCell(places[0][0], left + levels, note, len(places))
        else:
            for row, count in places:
                yield PrintedCell(row, left + levels, shown(count), link=f"#{anchors[count.subject]}")
    yield PrintedCell(top, left + levels + 1, shown_total(block.total), len(block.rows))


def _names(
    paths: Sequence[tuple[str, ...]], top: int, left: int, levels: int, depth: int = 0
) -> Iterator[PrintedCell]:
    """The columns' names: a heading stands once over neighbours that share it, a leaf takes what room is left.
    Two leaves of one name stay two."""
    start = 0
    while start < len(paths):
        path, end = paths[start], start + 1
        if len(path) == depth + 1:
            yield PrintedCell(top + start, left + depth, path[depth], columns=levels - depth)
        else:
            while (
                end < len(paths)
                and len(paths[end]) > depth + 1
                and paths[end][: depth + 1] == path[: depth + 1]
            ):
                end += 1
            yield PrintedCell(top + start, left + depth, path[depth], rows=end - start)
            yield from _names(paths[start:end], top + start, left, levels, depth + 1)
        start = end


def _path(count: Count) -> tuple[str, ...]:
    return count.column.path or ("",)
