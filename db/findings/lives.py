"""Stored findings: each night that counts advances the life of every one of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from db.findings.references import SiteIds, about_of, findings_with_references, set_units, units_of_findings
from db.readings import site_id_of
from db.tables.judgement import FindingRow
from db.tables.site import SiteRow
from rules.engine.finding import Finding
from rules.engine.hysteresis import USUAL, Hysteresis, Life, NightResult, Span, Stage, after
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Reference
from rules.vocabulary.terms import Severity

Key = tuple[str, str, str]


def keep_findings(
    connection: Connection,
    site_key: str,
    rulings: Iterable[Ruling],
    night: date,
    periods: Iterable[str],
    good: Callable[[str, str, Reference], bool],
    hysteresis: Mapping[str, Hysteresis],
) -> None:
    """Advances every finding of these periods by one night: those found now, and those stored before.
    `good(rule, subject, about)`: the subject was well read on a night that counts; if not, nothing opens or closes.
    `hysteresis` by rule id; a rule that is no longer there has the usual one."""
    found = {key_of(ruling.finding): ruling for ruling in rulings}
    of_periods = (FindingRow.site_id == site_id_of(site_key), FindingRow.period.in_([*periods]))
    rows = findings_with_references(connection, *of_periods)
    known = {(row.rule, row.subject, row.period): row for row in rows}
    write = _Writer(connection, site_key)
    for key in [*found, *(key for key in known if key not in found)]:
        ruling, row = found.get(key), known.get(key)
        about = ruling.finding.about if ruling else about_of(row)
        result = NightResult(night, good(key[0], key[1], about), ruling is not None and ruling.keeps_open)
        life = after(_life(row), result, hysteresis.get(key[0], USUAL))
        write(row, ruling, life)


def retire_findings(connection: Connection, site_key: str, night: date, periods: Iterable[str]) -> None:
    """Closes what is open under any other period than these: a past quarter is not judged any more, and cannot be
    corrected."""
    past = (FindingRow.site_id == site_id_of(site_key), FindingRow.period.not_in([*periods]))
    for row in connection.execute(select(FindingRow.__table__).where(*past, FindingRow.closed_on.is_(None))):
        life = _life(row)
        if life.is_open:
            closed = replace(life, spans=(*life.spans[:-1], replace(life.spans[-1], closed_on=night)))
            connection.execute(
                update(FindingRow).where(FindingRow.id == row.id).values(**_life_values(closed))
            )


def finding_of(connection: Connection, number: int) -> Any | None:
    """The row of a remembered finding by its number."""
    return connection.execute(select(FindingRow.__table__).where(FindingRow.id == number)).first()


def own_lines_of(connection: Connection, number: int) -> frozenset[str]:
    """The mobiles that are not masked at the site of a remembered finding."""
    lines = select(SiteRow.own_lines).join(FindingRow).where(FindingRow.id == number)
    return frozenset((connection.scalar(lines) or "").split())


def finding_ids(connection: Connection, site_key: str) -> dict[Key, int]:
    """(rule, subject, period) → the number under which a finding is remembered."""
    rows = connection.execute(
        select(FindingRow.id, FindingRow.rule, FindingRow.subject, FindingRow.period).where(
            FindingRow.site_id == site_id_of(site_key)
        )
    )
    return {(row.rule, row.subject, row.period): row.id for row in rows}


def open_by_severity(connection: Connection, site_key: str) -> dict[str, int]:
    """Severity, the gravest first → the open findings of a site that nothing sets aside, as the last night left them."""
    rows = connection.execute(
        select(FindingRow.severity, func.count())
        .where(FindingRow.site_id == site_id_of(site_key), FindingRow.stage == Stage.OPEN.value)
        .where(FindingRow.waived.is_(None), FindingRow.inhibited.is_(None))
        .group_by(FindingRow.severity)
    )
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    return {each.value: found[each.value] for each in Severity if each.value in found}


def key_of(finding: Finding) -> Key:
    return finding.rule, finding.subject, finding.period


class _Writer:
    """Writes a site's findings: one that is new is inserted, one that changed is updated."""

    def __init__(self, connection: Connection, site_key: str) -> None:
        self.connection, self.site_key = connection, site_key
        self.ids = SiteIds(connection, site_key)
        self.units = units_of_findings(connection, site_key)

    def __call__(self, row: Any, ruling: Ruling | None, life: Life) -> None:
        values = _life_values(life) | (_ruling_values(ruling) if ruling else {})
        if row is not None:
            changed = {name: value for name, value in values.items() if getattr(row, name) != value}
            if changed:
                self.connection.execute(update(FindingRow).where(FindingRow.id == row.id).values(**changed))
            if ruling:
                self._set_units(row.id, ruling.finding.units)
        elif ruling:
            self._set_units(self._insert(ruling.finding, values), ruling.finding.units)

    def _insert(self, finding: Finding, values: dict[str, Any]) -> int:
        rule, subject, period = key_of(finding)
        keys = {"site_id": site_id_of(self.site_key), "rule": rule, "subject": subject, "period": period}
        about = self.ids.of(self.connection, finding.about)
        new = insert(FindingRow).values(**keys, **about, **values).returning(FindingRow.id)
        return self.connection.scalars(new).one()

    def _set_units(self, finding: int, units: tuple[str, ...]) -> None:
        if self.units.get(finding, ()) != units:
            set_units(self.connection, finding, [self.ids.units[unit] for unit in units])


def _ruling_values(ruling: Ruling) -> dict[str, Any]:
    finding = ruling.finding
    return {
        "severity": finding.severity.value, "scope": finding.scope.value, "mail": finding.mail.value,
        "unit_names": finding.unit_names, "sentence": finding.sentence, "url": finding.url,
        "path": list(finding.path), "observations": [list(pair) for pair in finding.observations],
        "thresholds": [list(pair) for pair in finding.thresholds], "due_on": finding.due_on,
        "waived": ruling.waived, "inhibited": ruling.inhibited,
    }  # fmt: skip


def _life(row: Any) -> Life:
    if row is None:
        return Life()
    spans = tuple(Span(*(date.fromisoformat(day) if day else None for day in span)) for span in row.spans)  # type: ignore[arg-type]
    return Life(row.last_good, row.hits, row.misses, row.first_found, spans)


def _life_values(life: Life) -> dict[str, Any]:
    last = life.spans[-1] if life.spans else None
    return {
        "stage": life.stage.value,
        "opened_on": last.opened_on if last else None,
        "last_on": last.last_found if last else None,
        "closed_on": last.closed_on if last else None,
        "last_good": life.last_good,
        "hits": life.hits,
        "misses": life.misses,
        "first_found": life.first_found,
        "spans": [[day.isoformat() if day else None for day in astuple(span)] for span in life.spans],
    }
