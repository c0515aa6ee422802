"""Which units the prose of a score sheet names: by rank, equals together, ranked units only; among the worst only
units that have a column to be judged by."""

from monitor.scores.sheet import MonthlySheet, ScoreRow, ScoreTable


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
    names = _joined([best_of(sheet, table) for table in sheet.tables])
    return f"{sheet.year}年{sheet.span}表现较好的单位有：{names}。" if names else ""


def criticism(sheet: MonthlySheet) -> str:
    """表现较差的有：…, or nothing."""
    names = _joined([worst_of(sheet, table) for table in sheet.tables])
    return f"表现较差的有：{names}。" if names else ""


def _joined(groups: list[tuple[ScoreRow, ...]]) -> str:
    return "和".join("、".join(row.unit for row in rows) for rows in groups if rows)
