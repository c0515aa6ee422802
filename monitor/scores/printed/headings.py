"""What a column of a printed table holds, by its heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from monitor.scores.printed.paper import Grid, GridRow
from rules.vocabulary.points import parse_points
from rules.vocabulary.white_space import squeeze


class Role(Enum):
    """What a column holds, and the words of its heading that say so. Tried in this order, for 得分排名 is a rank and
    扣分合计 a total."""

    RANK = r"排名|名次|位次|排序|排位|\brank"
    SERIAL = r"序号|编号|^序$|^no\.?$|^\s*#$"
    NOTE = r"备注|说明|原因|理由|\bnote|\bremark"
    TOTAL = r"总得?分|总成绩|总评|合计|总计|累计|小计|综合得?分|\btotal|\bsum\b"
    DEDUCTION = r"扣|减分|失分"
    MONTH = r"(?:[本当上]月|[本当上]期|[本上]季|\d{1,2}月份?|季度)(?:度|份)?(?:得分|成绩|分值?)$"
    COUNT = r"[条篇件次个]数|数量|(?<!分)数$|[（(][条篇件次个][)）]$"
    GROUP = r"类别|类型|分类|分组|组别|\bkind|\bgroup"
    POINTS = r"分|成绩|\bscore|\bpoint"
    NAME = r"单位|名称|部门|机构|乡镇|街道|镇|地区|地市|县|对象|\bunit|\bname"
    OTHER = ""


MAXIMUM = re.compile(r"[（(](?:满分|限|最[高多]|上限|不超过)?[:：为]?(\d{1,4}(?:\.\d{1,2})?)分?[)）]$")
WEIGHT = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)[%％]|(?:权重|系数)[:：为]?(0\.\d{1,3})")


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A column: its place (from 0), the heading's words (levels joined by /), role, and the most it allows."""

    column: int
    text: str
    role: Role
    maximum: Decimal | None = None


def role_of(heading: str) -> Role:
    plain = heading.lower().replace("_", " ")
    return next(role for role in Role if re.search(role.value, plain))


def weight_of(heading: str) -> Decimal | None:
    """The weight a heading names, in percent: 网站（40%）, 权重0.4."""
    match = WEIGHT.search(heading)
    if not match:
        return None
    return Decimal(match[1]) if match[1] else Decimal(match[2]) * 100


TEN = "甲乙丙丁戊己庚辛壬癸"


def is_title(row: GridRow) -> bool:
    """A row with one text only: a caption, or the name of the section below it."""
    tokens = row.tokens
    if len(tokens) != 1 or parse_points(tokens[0][1]) is not None:
        return False
    return all(row.text(column) == tokens[0][1] for column in row.covered)


def is_data(row: GridRow) -> bool:
    """A row with numbers that are not the numbers of the columns themselves (甲 乙 1 2 3)."""
    numbers = [number for _, text in row.tokens if (number := parse_points(text)) is not None]
    texts = [squeeze(text) for _, text in row.tokens if parse_points(text) is None]
    counting = len(numbers) > 1 and numbers == [Decimal(n) for n in range(1, len(numbers) + 1)]
    return bool(numbers) and not (counting and all(text in TEN for text in texts))


def is_heading(row: GridRow) -> bool:
    """A row of words of which two or more are what headings of such tables say."""
    words = [squeeze(text) for _, text in row.tokens]
    if any(parse_points(word) is not None or len(word) > 30 for word in words):
        return False
    return sum(role_of(word) is not Role.OTHER for word in words) >= 2


def unfold(grid: Grid) -> Grid:
    """A table that goes on beside itself, its headings repeated, as one that goes on below."""
    at = next((n for n, row in enumerate(grid.rows) if is_heading(row)), None)
    starts = _starts(grid.rows[at]) if at is not None else []
    if at is None or len(starts) < 2:
        return grid
    spans = list(pairwise([*starts, grid.width]))
    heading = grid.rows[at].cut(*spans[0])
    below = [row.cut(*span) for span in spans for row in grid.rows[at + 1 :]]
    return Grid(grid.name, (*grid.rows[:at], heading, *(row for row in below if row.tokens)), grid.captions)


def _starts(row: GridRow) -> list[int]:
    """The columns at which a row of headings begins again, word for word."""
    tokens = [(column, squeeze(text)) for column, text in row.tokens]
    words = [word for _, word in tokens]
    for size in range(2, len(words) // 2 + 1):
        if len(words) % size == 0 and words == words[:size] * (len(words) // size):
            return [column for column, _ in tokens[::size]]
    return []


def split_grid(grid: Grid) -> Iterator[Grid]:
    """The tables that stand below one another in one grid, each with its captions; a heading that is only
    repeated (on a new page) is left out."""
    rows: list[GridRow] = []
    heading: list[str] = []
    captions = grid.captions
    for row in grid.rows:
        words = [squeeze(text) for _, text in row.tokens]
        if is_heading(row) and any(is_data(earlier) for earlier in rows):
            above = _captions_above(rows)
            if words == heading and not any(title.tokens for title in above):
                continue
            yield Grid(grid.name, tuple(rows), captions)
            rows, heading, captions = above, [], ()
        if is_heading(row):
            heading = heading or words
        rows.append(row)
    yield Grid(grid.name, tuple(rows), captions)


def _captions_above(rows: list[GridRow]) -> list[GridRow]:
    """The titles at the end of the rows, taken from them."""
    cut = len(rows)
    while cut and (is_title(rows[cut - 1]) or not rows[cut - 1].tokens):
        cut -= 1
    above, rows[cut:] = rows[cut:], []
    return above


def inherit_heads(grids: Sequence[Grid]) -> list[Grid]:
    """A table that begins without a heading, as wide as the one above, goes on under its heading."""
    made: list[Grid] = []
    heads: list[GridRow] = []
    for grid in grids:
        own = head_of(grid)[1]
        if not own and made and grid.width == made[-1].width:
            made.append(Grid(grid.name, (*heads, *grid.rows), grid.captions))
        else:
            heads = own
            made.append(grid)
    return made


CAPTIONS = 4
LONGEST_CAPTION = 60


def captions_of(above: Sequence[str]) -> tuple[str, ...]:
    """The short lines right above a table, back to 附件: no sentence is among them."""
    captions: list[str] = []
    for text in reversed(above[-CAPTIONS:]):
        if text.endswith(("。", "；", "！", "，")) or len(text) > LONGEST_CAPTION:
            break
        captions.insert(0, text)
        if text.startswith("附"):
            break
    return tuple(captions)


def head_of(grid: Grid) -> tuple[tuple[str, ...], list[GridRow], list[GridRow]]:
    """Captions inside the table, heading rows, and the rows below."""
    start = next((n for n, row in enumerate(grid.rows) if is_data(row)), len(grid.rows))
    first = next((n for n, row in enumerate(grid.rows[:start]) if row.tokens and not is_title(row)), start)
    captions = captions_of([squeeze(row.tokens[0][1]) for row in grid.rows[:first] if row.tokens])
    heads = [row for row in grid.rows[first:start] if row.tokens and not is_title(row)]
    between = [row for row in grid.rows[first:start] if is_title(row)]
    return captions, heads, [*between, *grid.rows[start:]]


def headings_of(heads: Sequence[GridRow], width: int) -> tuple[ColumnHeading, ...]:
    """One heading a column, the levels of several rows joined, with the full marks it names: 在线服务得分（9）."""
    made = []
    for column in range(width):
        levels = dict.fromkeys(squeeze(row.text(column)) for row in heads)
        text = "/".join(level for level in levels if level)
        most = MAXIMUM.search(text)
        made.append(ColumnHeading(column, text, role_of(text), parse_points(most[1]) if most else None))
    return tuple(made)
