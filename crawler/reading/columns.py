"""The head of a table of postings: which column holds the title, the day of publication, the unit."""

import re
from dataclasses import dataclass

from lxml import html

_TITLE = re.compile(r"标\s?题|名\s?称|信息名|文件名|题\s?名|主\s?题|事项|内容$")
_PUBLISHED = re.compile(
    r"(?:发布|公开|发文|公布|发表|更新|上传|录入).{0,2}(?:日期|时间)|^\s*(?:日\s?期|时\s?间)\s*$"
)
_ANY_DATE = re.compile(r"日\s?期|时\s?间")
_SOURCE = re.compile(
    r"^\s*(?:发布|发文|公开|责任|制发|印发|报送|信息)?(?:机构|机关|单位|部门|来\s?源|作者)\s*$"
)
_CELLS = frozenset({"td", "th"})
MOST_HEAD = 12


@dataclass(frozen=True, slots=True)
class Head:
    """Column numbers from 0; None where the head has no such column."""

    title: int | None = None
    date: int | None = None
    source: int | None = None


def read_head(row: html.HtmlElement) -> Head | None:
    """The head above a row of a table, or None."""
    table: html.HtmlElement | None = row
    while table is not None and table.tag != "table":
        table = table.getparent()
    if table is None:
        return None
    first = next(table.iter("tr"), None)
    if first is None or first is row or first.find(".//a[@href]") is not None:
        return None
    names = [_text(cell) for cell in cells(first)]
    if not any(_ANY_DATE.search(name) or _TITLE.search(name) for name in names):
        return None
    date = _column(_PUBLISHED, names)
    return Head(
        _column(_TITLE, names), _column(_ANY_DATE, names) if date is None else date, _column(_SOURCE, names)
    )


def cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in _CELLS]


def _column(pattern: re.Pattern[str], names: list[str]) -> int | None:
    return next((i for i, name in enumerate(names) if len(name) <= MOST_HEAD and pattern.search(name)), None)


def _text(cell: html.HtmlElement) -> str:
    return "".join(cell.itertext())[:100].strip()
