"""标准目录: the tables in which a field's duties are listed, one a row, after the State Council's form: 一级事项,
二级事项, 公开内容, 公开时限, 公开主체 … and a link somewhere in the row that often says no more than 查看."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.discovery.names import clean_name, is_name
from crawler.discovery.outline import Outline
from crawler.page.span_grid import html_cells, html_rows, spanning, spread

# Guard: one table a field, 26 fields.
MOST_TABLES = 50
# Guard: the fullest catalogue has some hundreds of duties.
MOST_ROWS = 3_000
MOST_COLUMNS = 40  # the form has eleven
# The form's longest head: 公开主体（责任单位）with a remark.
LONGEST_HEAD = 20
_STEP = re.compile(
    r"(?:公开)?(?:[一二三]级)?(?:公开)?(?:事项|目录|栏目)(?:名称|分类|类别)?|(?:公开)?(?:类别|类目)"
)
_OWNER = re.compile(r"(?:公开|责任|发布|实施)(?:主体|单位|部门)(?:\(.{1,10}\)|（.{1,10}）)?")
_LEVEL = re.compile(r"[一二三]级|事项|公开目录")
Row = list[tuple[html.HtmlElement, int]]


@dataclass(frozen=True, slots=True)
class CatalogueDuty:
    """What a row of a catalogue says of its link: the steps to it (一级事项, 二级事项) and who owes it ("")."""

    steps: tuple[str, ...]
    owner: str = ""


def read_catalogues(outline: Outline) -> dict[html.HtmlElement, CatalogueDuty]:
    """Every link that stands in a row of such a table."""
    tables = islice((element for element in outline.elements if element.tag == "table"), MOST_TABLES)
    return {anchor: duty for table in tables for anchor, duty in _duties(table, outline)}


def _duties(table: html.HtmlElement, outline: Outline) -> Iterator[tuple[html.HtmlElement, CatalogueDuty]]:
    steps: dict[int, str] = {}
    owners: set[int] = set()
    told: set[html.HtmlElement] = set()
    for row in _grid(table):
        texts = {column: clean_name(outline[cell].text) for cell, column in row}
        heads = {column: text for column, text in texts.items() if len(text) <= LONGEST_HEAD}
        named = {column: text for column, text in heads.items() if _STEP.fullmatch(text)}
        if named and not any(outline[cell].links for cell, _column in row):
            # A second row of heads divides what the first one names.
            steps.update(named)
            owners |= {column for column, text in heads.items() if _OWNER.fullmatch(text)}
        elif any(map(_LEVEL.search, steps.values())):
            owner = next((texts[column] for column in sorted(owners) if texts.get(column)), "")
            fresh = [(cell, column) for cell, column in row if cell not in told]
            told.update(cell for cell, _column in fresh)
            yield from _row(fresh, texts, sorted(steps), owner, outline)


def _row(
    row: Row, texts: dict[int, str], steps: list[int], owner: str, outline: Outline
) -> Iterator[tuple[html.HtmlElement, CatalogueDuty]]:
    """The links of a row's cells; a cell that spans rows yields its links in its first row only."""
    for cell, column in row:
        before = [texts.get(step, "") for step in steps if column not in steps or step < column]
        for anchor in cell.iter("a"):
            own = clean_name(outline[anchor].text)
            names = [name for name in (*before, own) if is_name(name)]
            if names:
                yield anchor, CatalogueDuty(tuple(dict.fromkeys(names)), owner)


def _grid(table: html.HtmlElement) -> Iterator[Row]:
    """The rows of a table as (cell, column); a cell that reaches down stands in every row it reaches."""
    rows = ([spanning(cell) for cell in html_cells(row)] for row in islice(html_rows(table), MOST_ROWS))
    for places in spread(rows, MOST_COLUMNS):
        yield [(place.cell, column) for column, place in enumerate(places) if place.cell is not None]
