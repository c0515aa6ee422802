"""The two annexes as grids of cells with their merged regions: what Word, Excel and the page print. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from db.counting.counts import Count
from monitor.bulletin.compose import AnnexBlock, Bulletin
from monitor.bulletin.template_words import level_of, local_heading, local_units
from monitor.paper_files.printed_table import PrintedCell, PrintedTable
from monitor.totals import shown, shown_total
from monitor.wording import day_of, span_of, tight

UNRANKED = "未排名"
ALL = "合计"


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
    first = [_first(bulletin)] if bulletin.annex1 else []
    second = [_second(bulletin)] if bulletin.annex2 else []
    return tuple(replace(annex, alone=not (first and second)) for annex in first + second)


def _first(bulletin: Bulletin) -> Annex:
    site, levels = bulletin.judgement.site, _levels(bulletin.annex1)
    head = [
        PrintedCell(0, 0, "排名"), PrintedCell(0, 1, local_heading(site)), PrintedCell(0, 2, "基层政务公开专题", columns=levels),
        PrintedCell(0, 2 + levels, "发布信息数量", columns=2),
    ]  # fmt: skip
    body, bottom = [], 1
    for block in bulletin.annex1:
        height = len(block.rows)
        body += [
            PrintedCell(bottom, 0, block.rank or UNRANKED, height),
            PrintedCell(bottom, 1, block.unit, height),
        ]
        body += _rows(block, bottom, 2, levels)
        bottom += height
    body += [
        PrintedCell(bottom, 0, ALL, columns=2 + levels),
        PrintedCell(bottom, 2 + levels, shown_total(bulletin.annex1_total), columns=2),
    ]
    widths = (14, 38, *_shares(72, levels), 16, 16)
    grid = PrintedTable(widths, bottom + 1, (*head, *body))
    return Annex(1, _title(bulletin), local_units(site), grid, _note(bulletin))


def _second(bulletin: Bulletin) -> Annex:
    levels = _levels(bulletin.annex2)
    head = [
        PrintedCell(0, 0, "序号"), PrintedCell(0, 1, "栏目", columns=levels), PrintedCell(0, 1 + levels, "发布信息数量", columns=2),
        PrintedCell(0, 3 + levels, "责任单位"),
    ]  # fmt: skip
    body, bottom = [], 1
    for block in bulletin.annex2:
        height = len(block.rows)
        body += [PrintedCell(bottom, 0, block.rank or UNRANKED, height)]
        body += _rows(block, bottom, 1, levels)
        body += [PrintedCell(bottom, 3 + levels, block.unit, height)]
        bottom += height
    body += [
        PrintedCell(bottom, 0, ALL, columns=1 + levels),
        PrintedCell(bottom, 1 + levels, shown_total(bulletin.annex2_total), columns=2),
        PrintedCell(bottom, 3 + levels, ""),
    ]
    widths = (12, *_shares(84, levels), 16, 16, 28)
    scope = f"{level_of(bulletin.judgement.site)}政府各部门及有关单位"
    grid = PrintedTable(widths, bottom + 1, (*head, *body))
    return Annex(2, _title(bulletin), scope, grid, _note(bulletin))


def _title(bulletin: Bulletin) -> str:
    return f"{tight(bulletin.judgement.period.months)}{level_of(bulletin.judgement.site)}政府网站发布信息情况"


def _note(bulletin: Bulletin) -> str:
    return f"注：统计时间为{span_of(bulletin.judgement.period)}，数据截至{day_of(bulletin.as_of)}。"


def _levels(blocks: Sequence[AnnexBlock]) -> int:
    return max((len(_path(count)) for block in blocks for count in block.rows), default=1)


def _shares(width: int, levels: int) -> tuple[int, ...]:
    """A width parted among the levels of names: the third holds the longest."""
    weights = (1, 1, 1.4)[:levels]
    edges = [round(width * sum(weights[:each]) / sum(weights)) for each in range(levels + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _rows(block: AnnexBlock, top: int, left: int, levels: int) -> Iterator[PrintedCell]:
    """A block's names, its numbers, and its total beside them."""
    yield from _names([_path(count) for count in block.rows], top, left, levels)
    for note, run in groupby(enumerate(block.rows, start=top), lambda pair: pair[1].column.elsewhere):
        places = list(run)
        if note:
            yield PrintedCell(places[0][0], left + levels, note, len(places))
        else:
            yield from (PrintedCell(row, left + levels, shown(count)) for row, count in places)
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
