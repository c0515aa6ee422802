"""What a night changed: the findings that it opened and that it closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from db.readings import site_id_of
from db.tables.judgement import FindingRow, FindingUnitRow
from db.tables.site import UnitRow


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A finding that a night opened (`opened`) or closed; `units` are keys."""

    id: int
    rule: str
    severity: str
    units: tuple[str, ...]
    unit_names: str
    sentence: str
    opened: bool


def news_of_night(connection: Connection, site_key: str, night: date) -> Sequence[NewsLine]:
    """Of the findings that nothing sets aside, what a night opened and closed, what it opened first."""
    rows = connection.execute(
        select(FindingRow.__table__)
        .where(FindingRow.site_id == site_id_of(site_key), FindingRow.waived.is_(None), FindingRow.inhibited.is_(None))
        .where(or_(FindingRow.opened_on == night, FindingRow.closed_on == night))
        .order_by(FindingRow.id)
    ).all()  # fmt: skip
    units = _units_of(connection, [row.id for row in rows])
    lines = [
        NewsLine(
            row.id, row.rule, row.severity, units.get(row.id, ()), row.unit_names, row.sentence,
            opened=row.closed_on != night,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda line: not line.opened)


def _units_of(connection: Connection, findings: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = connection.execute(
        select(FindingUnitRow.finding_id, UnitRow.key)
        .join(UnitRow, UnitRow.id == FindingUnitRow.unit_id)
        .where(FindingUnitRow.finding_id.in_(findings))
        .order_by(FindingUnitRow.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.finding_id] = (*found.get(row.finding_id, ()), row.key)
    return found
