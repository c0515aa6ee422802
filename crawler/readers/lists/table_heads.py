"""The head of a table of postings: which column holds the title, the day of publication, the unit."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml import html

from crawler.page.marks import labelled_kind
from crawler.page.span_grid import html_cells, spanning, spread
from crawler.page.values import DayKind

_TITLE = re.compile(r"标\s?题|名\s?称|信息名|文件名|题\s?名|主\s?题|事项|内容$")
_PUBLISHED = re.compile(r"(?:发布|公开|公布|发表|上传|录入).{0,2}(?:日期|时间)|^\s*(?:日\s?期|时\s?间)\s*$")
# Of a notice to the public it is the day on which it went up.
_SHOWN = re.compile(r"(?:公示|上网|上线).{0,2}(?:日期|时间)")
_ANY_DATE = re.compile(r"日\s?期|时\s?间|有\s?效\s?期|公\s?示\s?期")
_SOURCE = re.compile(
    r"^\s*(?:发布|发文|公开|责任|制发|印发|报送|信息)?(?:机构|机关|单位|部门|来\s?源|作者)\s*$"
)
# A column's name with its remark (发布日期（年月日）); longer is a value.
MOST_HEAD = 12
# A head stands in the first rows, below a search form at most.
MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Head:
    """Column numbers from 0; None where the head has no such column. `width` columns in all. `kinds`: of each
    column, which day a day in it is by the column's name."""

    title: int | None = None
    date: int | None = None
    source: int | None = None
    width: int = 0
    kinds: tuple[DayKind, ...] = ()

    def cell(self, row: html.HtmlElement, column: int | None) -> html.HtmlElement | None:
        """The row's cell in a column. A row with fewer cells stands beside one that reaches down from above."""
        found = html_cells(row)
        at = -1 if column is None else column - max(0, self.width - len(found))
        return found[at] if 0 <= at < len(found) else None

    def kind_of(self, row: html.HtmlElement, inside: Callable[[html.HtmlElement], bool]) -> DayKind | None:
        """Which day the row's cell holds for which `inside` is true; None where the head does not say."""
        cells = ((self.cell(row, column), kind) for column, kind in enumerate(self.kinds))
        kinds = (kind for cell, kind in cells if cell is not None and inside(cell))
        return next((kind for kind in kinds if kind is not DayKind.PUBLISHED), None)


def read_head(row: html.HtmlElement) -> Head | None:
    """The head above a row of a table, or None."""
    table: html.HtmlElement | None = row
    while table is not None and table.tag != "table":
        table = table.getparent()
    if table is None:
        return None
    names = _names(list(takewhile(lambda one: one is not row, islice(table.iter("tr"), MOST_ROWS))))
    if not any(_ANY_DATE.search(name) or _TITLE.search(name) for name in names):
        return None
    kinds = tuple(_kind(name) for name in names)
    # 更新日期 beside 成文日期 is nearer to the day of publication.
    unsure = next((i for i, kind in enumerate(kinds) if kind is DayKind.UNSURE), None)
    shown = _column(_SHOWN, names)
    published = _column(_PUBLISHED, names)
    published = shown if published is None else published
    other = _column(_ANY_DATE, names) if unsure is None else unsure
    return Head(
        _column(_TITLE, names),
        other if published is None else published,
        _column(_SOURCE, names),
        len(names),
        kinds,
    )


def _kind(name: str) -> DayKind:
    return labelled_kind(name) or DayKind.PUBLISHED


def _names(rows: list[html.HtmlElement]) -> list[str]:
    """The lowest name over each column: a head may be two rows deep, with 日期 over 成文日期 and 发布日期."""
    names: dict[int, str] = {}
    heads = takewhile(lambda one: one.find(".//a[@href]") is None, rows)
    # A row of one cell is the table's caption.
    for places in spread([*map(spanning, html_cells(row))] for row in heads if len(html_cells(row)) > 1):
        for column, place in enumerate(places):
            if place.cell is not None and not place.carried:
                names[column] = _text(place.cell)
        if names and not any(place.below for place in places):
            break
    return [names.get(column, "") for column in range(max(names, default=-1) + 1)]


def _column(pattern: re.Pattern[str], names: list[str]) -> int | None:
    return next((i for i, name in enumerate(names) if len(name) <= MOST_HEAD and pattern.search(name)), None)


def _text(cell: html.HtmlElement) -> str:
    return "".join(cell.itertext())[:100].strip()
