"""The layout of a printed table: heading rows, sections, units, rows of sums."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.scores.printed.discrepancies import FilePlace, place_of
from monitor.scores.printed.headings import ColumnHeading, Role, head_of, headings_of, is_title
from monitor.scores.printed.paper import Grid, GridRow
from rules.vocabulary.points import is_blank, parse_points
from rules.vocabulary.white_space import squeeze

PART_WORDS = re.compile(r"小计|subtotal", re.IGNORECASE)
SUM_WORDS = re.compile(r"(?:合|总|共|小)计(?:数|分)?|总和|total|sum", re.IGNORECASE)
MEAN_WORDS = re.compile(r"(?:总体|全[区县市])?平均(?:分|值|数|得分)?|均值|average|mean", re.IGNORECASE)
FULL_WORDS = re.compile(r"(?:满|标准|总)分值?|分值|权重|最高分值")
EXTREME_WORDS = re.compile(r"(?:最[高低大小多少]|中位)(?:得?分|值|数)?|标准差|极差", re.IGNORECASE)
NOTE_WORDS = re.compile(r"^[（(]?(?:备?注|说明|填表|制表|审核|统计时间|数据来源)")
SECTION_WORDS = re.compile(
    r"^[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|^各|^附|[类组表][：:]?$|情况$|[直市区县]?[直属级](?:单位|部门)|[：:]$|镇[（、/]?街"
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's row: its numbers by column. `unread` are the columns that hold neither a number nor nothing."""

    name: str
    row: GridRow
    values: dict[int, Decimal]
    unread: frozenset[int] = frozenset()

    def value(self, column: int) -> Decimal:
        return self.values.get(column, Decimal(0))


@dataclass(frozen=True, slots=True)
class UnitSection:
    """Units that stand together, with the rows of sums and means among them: `parts` are of this section
    alone."""

    title: str
    units: tuple[UnitRow, ...]
    parts: tuple[GridRow, ...] = ()
    sums: tuple[GridRow, ...] = ()
    means: tuple[GridRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with one unit a row."""

    grid: Grid
    headings: tuple[ColumnHeading, ...]
    sections: tuple[UnitSection, ...]

    @property
    def units(self) -> tuple[UnitRow, ...]:
        return tuple(unit for section in self.sections for unit in section.units)

    def place(self, row: GridRow, heading: ColumnHeading) -> FilePlace:
        """The place of a row's cell under a heading."""
        return place_of(self.grid, row, heading.column, heading.text)


def read_layout(grid: Grid) -> Layout | None:
    """The table as one unit a row; None where no column names units."""
    captions, heads, body = head_of(grid)
    headings = headings_of(heads, grid.width)
    name = _name_column(headings, body)
    if name is None:
        return None
    if body and FULL_WORDS.fullmatch(squeeze(body[0].own(name))):
        full, *body = body
        named = ((heading, parse_points(full.own(heading.column))) for heading in headings)
        headings = tuple(replace(heading, maximum=heading.maximum or most) for heading, most in named)
    group = next((h.column for h in headings if h.role is Role.GROUP and h.column != name), None)
    titled = Grid(grid.name, grid.rows, (*grid.captions, *captions))
    return Layout(titled, headings, tuple(_sections(body, name, group)))


def _name_column(headings: Sequence[ColumnHeading], body: Sequence[GridRow]) -> int | None:
    """The column with the most different words, one that is headed 单位 or the like before others."""
    words: dict[int, set[str]] = {}
    for h in headings:
        texts = {squeeze(row.own(h.column)) for row in body}
        words[h.column] = {text for text in texts if not is_blank(text) and parse_points(text) is None}
    best = max((len(found) for found in words.values()), default=0)
    if best < 2:
        return None
    fit = [h for h in headings if len(words[h.column]) * 2 >= best and h.role is not Role.NOTE]
    return max(fit, key=lambda h: (h.role is Role.NAME, len(words[h.column])), default=headings[0]).column


def _sections(body: Sequence[GridRow], name: int, group: int | None) -> Iterator[UnitSection]:
    title, current = "", ""
    units, found = list[UnitRow](), _no_sums()
    for row in body:
        kind = next((words for words in found if _says(row, words)), None)
        if kind:  # 合计 in the column of groups is no group
            found[kind].append(row)
            continue
        label = squeeze(row.text(group)) if group is not None else ""
        new = _section_title(row)
        changed = bool(label) and label != current
        if (new or changed) and units:
            yield UnitSection(title, tuple(units), *map(tuple, found.values()))
            units, found = [], _no_sums()
        title, current = new or (label if changed else title), label or current
        if not _says(row, EXTREME_WORDS) and (unit := _unit(row, name)):
            units.append(unit)
    if units:
        yield UnitSection(title, tuple(units), *map(tuple, found.values()))


def _no_sums() -> dict[re.Pattern[str], list[GridRow]]:
    """Rows that are no units, by their words; in the order of UnitSection."""
    return {PART_WORDS: [], SUM_WORDS: [], MEAN_WORDS: []}


def _says(row: GridRow, words: re.Pattern[str]) -> bool:
    return any(words.fullmatch(squeeze(text)) for _, text in row.tokens)


def _section_title(row: GridRow) -> str:
    """The title of the section that begins here, or blank. A unit without any number is no title."""
    if not is_title(row):
        return ""
    title = squeeze(row.tokens[0][1])
    told = bool(row.covered) or SECTION_WORDS.search(title)
    return title if told and not NOTE_WORDS.match(title) and not SUM_WORDS.fullmatch(title) else ""


def _unit(row: GridRow, name: int) -> UnitRow | None:
    called = squeeze(row.own(name))
    cells = {column: row.text(column) for column in range(len(row.cells)) if column != name}
    values = {column: number for column, text in cells.items() if (number := parse_points(text)) is not None}
    if not called or not values or parse_points(called) is not None:
        return None
    unread = frozenset(c for c, text in cells.items() if c not in values and not is_blank(text))
    return UnitRow(called, row, values, unread)
