"""Findings remembered: opened when first said, moved on while said again, closed when seen to be gone."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import Connection, insert, select, update

from db.judged import FindingRow
from db.readings import site_id_of
from rules.engine import Finding

Key = tuple[str, str, str]


def keep_findings(
    connection: Connection,
    site_key: str,
    findings: Iterable[tuple[Finding, str | None]],
    as_of: date,
    periods: Iterable[str],
    judged: Callable[[str, str], bool],
) -> None:
    """Brings a site's open findings of these periods to what was just found (each with the reason that waives
    it, or None). One that was not found again is closed only if `judged(rule, subject)`: if we could not look,
    it stays open."""
    said = {_key(finding): (finding, waived) for finding, waived in findings}
    mine = (FindingRow.site_id == site_id_of(site_key), FindingRow.closed_on.is_(None))
    rows = connection.execute(
        select(FindingRow.id, FindingRow.rule, FindingRow.subject, FindingRow.period)
        .where(*mine, FindingRow.period.in_([*periods]))
        .order_by(FindingRow.id)
    ).all()
    open_ids = {(row.rule, row.subject, row.period): row.id for row in rows}
    for key, (finding, waived) in said.items():
        _say(connection, site_key, open_ids.get(key), finding, waived, as_of)
    for key, finding_id in open_ids.items():
        if key not in said and judged(key[0], key[1]):
            connection.execute(update(FindingRow).where(FindingRow.id == finding_id).values(closed_on=as_of))


def _say(
    connection: Connection,
    site_key: str,
    known: int | None,
    finding: Finding,
    waived: str | None,
    as_of: date,
) -> None:
    moving = {
        "sentence": finding.sentence,
        "unit_names": finding.unit_names,
        "last_on": as_of,
        "waived": waived,
    }
    if known is not None:
        connection.execute(update(FindingRow).where(FindingRow.id == known).values(**moving))
        return
    connection.execute(
        insert(FindingRow).values(
            site_id=site_id_of(site_key), rule=finding.rule, severity=finding.severity.value,
            subject=finding.subject, period=finding.period, units="+".join(finding.units), opened_on=as_of, **moving,
        )
    )  # fmt: skip


def _key(finding: Finding) -> Key:
    return finding.rule, finding.subject, finding.period
