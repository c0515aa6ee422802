"""The printed form of a score sheet: its title, headings and cells, the same in every paper. Pure."""

from collections.abc import Callable
from decimal import Decimal

from monitor.scores.compose import MonthlySheet, ScoreRow, ScoreTable
from rules.vocabulary.points import show_points

UNRANKED = "未排名"
UNREAD = "未完整读取"
UNKNOWN = "未知"


def headings(sheet: MonthlySheet) -> list[str]:
    """The columns as such tables print them."""
    month = f"{sheet.period.start.month}月得分"
    carried = [f"{sheet.before}得分", f"{sheet.span}总分"] if sheet.carried else []
    components = [f"{part.name}得分" for part in sheet.scheme.components]
    return ["单位名称", *components, month, *carried, "排名", "备注"]


def printed_rows(sheet: MonthlySheet, table: ScoreTable) -> list[list[str]]:
    """Every cell of a group's rows as printed; what is not known is 未完整读取, never a number."""
    return [_printed(sheet, row) for row in table.rows]


def _printed(sheet: MonthlySheet, row: ScoreRow) -> list[str]:
    carried = [_number(row.carry, UNKNOWN), _number(row.total)] if sheet.carried else []
    rank = UNRANKED if row.rank is None else f"{row.rank}"
    parts = [_number(part.value) for part in row.parts]
    return [row.unit, *parts, _number(row.month), *carried, rank, "；".join(row.notes)]


def _number(value: Decimal | None, absent: str = UNREAD) -> str:
    return absent if value is None else show_points(value)


def title(sheet: MonthlySheet, table: ScoreTable) -> str:
    """2022年1—2月区直单位政府网站管理和政务信息公开情况."""
    return f"{sheet.year}年{sheet.span}{table.group.name}{sheet.scheme.title}"


def best_of(sheet: MonthlySheet, table: ScoreTable) -> tuple[ScoreRow, ...]:
    """The best, with all that equal the last of them; none where that is more than half."""
    return _first(table.ranked, sheet.scheme.best)


def worst_of(sheet: MonthlySheet, table: ScoreTable) -> tuple[ScoreRow, ...]:
    """The worst, in order of rank, with everyone who equals the best of them."""
    judged = tuple(row for row in reversed(table.ranked) if not row.idle)
    return tuple(reversed(_first(judged, sheet.scheme.worst)))


def _first(rows: tuple[ScoreRow, ...], wanted: int) -> tuple[ScoreRow, ...]:
    if not wanted or not rows:
        return ()
    edge = rows[min(wanted, len(rows)) - 1].total
    named = tuple(row for n, row in enumerate(rows) if n < wanted or row.total == edge)
    return named if len(named) * 2 <= len(rows) else ()


def praise(sheet: MonthlySheet) -> str:
    """表现较好的单位有：…, or nothing."""
    return _named(f"{sheet.year}年{sheet.span}表现较好的单位有", sheet, best_of)


def criticism(sheet: MonthlySheet) -> str:
    """表现较差的有：…, or nothing."""
    return _named("表现较差的有", sheet, worst_of)


def _named(words: str, sheet: MonthlySheet, choose: Callable[..., tuple[ScoreRow, ...]]) -> str:
    groups = (choose(sheet, table) for table in sheet.tables)
    names = "和".join("、".join(row.unit for row in rows) for rows in groups if rows)
    return f"{words}：{names}。" if names else ""
