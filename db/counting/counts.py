"""The one GROUP BY: postings of every duty in one period, and how much of the truth that is."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from db.readings import SEEN, covered_since, latest_readings, site_id_of
from db.tables.crawl import PostingRow, ReadingRow
from db.tables.judgement import PeriodCountRow, PeriodRow
from db.tables.site import ColumnRow, DutyRow, MailboxRow, UnitRow
from db.upsert import upsert
from rules.dates.periods import Period
from rules.vocabulary.evidence import NO_EVIDENCE, Evidence
from rules.vocabulary.places import Column, Duty, Site
from rules.vocabulary.terms import Exactness, Outcome, Witness

EXTERNAL = "external"
# A posting may be put up a few days before the day it bears; one that bears a later day bears a wrong one.
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Count:
    """One duty's count in one period. `count` and `exactness` are None where nothing could be read;
    `status` is the outcome, `external`, or "" if never visited."""

    column: Column
    duty: Duty
    count: int | None
    exactness: Exactness | None
    status: str
    evidence: Evidence = NO_EVIDENCE

    @property
    def subject(self) -> str:
        """The duty in findings: its column's key and its own."""
        return f"{self.column.key} {self.duty.key}"

    @property
    def name(self) -> str:
        """The duty as sentences name it: 单位“栏目”."""
        return f"{self.duty.label}“{'›'.join(self.column.path)}”"

    @property
    def row(self) -> dict[str, Any]:
        """The count as users get it (counts.csv, --json)."""
        return {
            "unit": self.duty.label,
            "field": self.column.field,
            "level1": self.column.level1,
            "level2": self.column.level2,
            "count": self.count,
            "exactness": self.exactness.value if self.exactness else None,
            "status": self.status,
            "url": self.column.url or "",
            "evidence": self.evidence.sentence if self.count is not None else "",
        }


@dataclass(frozen=True, slots=True)
class LatestReadings:
    """What is known of a column or mailbox on a day: its latest reading, and the latest that saw anything (`proof`)."""

    latest: Any = None
    proof: Any = None

    def of(self, period: Period, as_of: date) -> tuple[Exactness | None, str]:
        """Exactness and status of a count in a period, as of a day."""
        if self.latest is None:
            return None, ""
        if self.proof is None:
            return None, str(self.latest.standing)
        since = covered_since(self.proof)
        covered = since is not None and since <= period.start and self.proof.witness != Witness.NONE
        # A reading of the period's last day has not seen what that day still brought.
        current = self.proof.as_of >= min(period.end, as_of)
        if covered and current and not self.proof.undated:
            empty = self.proof.standing == Outcome.EMPTY
            return Exactness.EXACT, (Outcome.EMPTY if empty else Outcome.READ).value
        seen = Outcome(self.latest.standing).seen
        return Exactness.AT_LEAST, (Outcome.PARTIAL if seen else Outcome(self.latest.standing)).value

    def evidence(self, exactness: Exactness | None) -> Evidence:
        """What makes an exact count exact; nothing for any other."""
        return evidence_of(self.proof) if exactness is Exactness.EXACT else NO_EVIDENCE


def evidence_of(reading: Any) -> Evidence:
    """What a reading (its row) proves of its list."""
    return Evidence(
        Witness(reading.witness), reading.read_through_on, reading.row_count, reading.page_size, covered_since(reading)
    )  # fmt: skip


def evidence_on(connection: Connection, column_id: int | None, day: date) -> Evidence:
    """What the latest reading of a column by a day that saw anything proves; nothing where there is none."""
    seen = (ReadingRow.column_id.in_([column_id]), ReadingRow.as_of <= day, ReadingRow.standing.in_(SEEN))
    latest = select(ReadingRow.__table__).where(*seen).order_by(ReadingRow.as_of.desc(), ReadingRow.id.desc())
    reading = connection.execute(latest.limit(1)).first()
    return evidence_of(reading) if reading else NO_EVIDENCE


def counts_as_of(
    connection: Connection, site: Site, period: Period, as_of: date, audit: int | None = None
) -> list[Count]:
    """Every duty's count as known on a day, in the site file's order; nothing is written. `audit` as in
    `db.readings.latest_readings`."""
    readings = readings_on(connection, site.key, as_of, audit)
    shared = {column.key for column in site.columns if column.shared}
    numbers = _numbers(connection, site.key, shared, period, as_of)
    misdated = _misdated(connection, site.key, shared, period, as_of)
    return [
        _doubted(count, misdated)
        for column in site.columns
        for count in _column_counts(
            column, readings.get(column.key, LatestReadings()), numbers, period, as_of
        )
    ]


def readings_on(
    connection: Connection,
    site_key: str,
    as_of: date,
    audit: int | None = None,
    owner: type[ColumnRow | MailboxRow] = ColumnRow,
) -> dict[str, LatestReadings]:
    """Key of the column (or mailbox) → its LatestReadings on a day. `audit` as in `db.readings.latest_readings`."""
    known = ReadingRow.as_of <= as_of
    latest = latest_readings(connection, site_key, owner, known, audit=audit)
    proofs = latest_readings(connection, site_key, owner, known, ReadingRow.standing.in_(SEEN), audit=audit)
    return {key: LatestReadings(row, proofs.get(key)) for key, row in latest.items()}


def _column_counts(
    column: Column, known: LatestReadings, numbers: Counter[tuple[str, str]], period: Period, as_of: date
) -> Iterator[Count]:
    if column.elsewhere:
        yield from (Count(column, duty, None, None, EXTERNAL) for duty in column.duties)
        return
    exactness, status = known.of(period, as_of)
    unclaimed = numbers[column.key, ""] if column.shared else 0
    for duty in column.duties:
        number = numbers[column.key, duty.key] if column.shared else numbers[column.key, ""]
        # In a shared list a posting nobody could be named for may be anybody's.
        loose = exactness is Exactness.EXACT and unclaimed and duty.units
        shown = Exactness.AT_LEAST if loose else exactness
        evidence = known.evidence(shown)
        yield Count(column, duty, number if exactness else None, shown, status, evidence)


def _doubted(count: Count, misdated: Set[tuple[str, str]]) -> Count:
    """The count, at least where a misdated posting may belong to it."""
    owner = count.duty.key if count.column.shared else ""
    doubtful = count.exactness is Exactness.EXACT and (count.column.key, owner) in misdated
    return replace(count, exactness=Exactness.AT_LEAST) if doubtful else count


def _numbers(
    connection: Connection, site_key: str, shared: Set[str], period: Period, as_of: date
) -> Counter[tuple[str, str]]:
    """(column key, unit key or "") → postings in the period that stood on the site on `as_of`. A column
    that is not among the `shared` ones counts whole under ""."""
    unit = func.coalesce(UnitRow.key, "")
    rows = connection.execute(
        select(ColumnRow.key, unit, func.count())
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .outerjoin(UnitRow, UnitRow.id == PostingRow.unit_id)
        .where(ColumnRow.site_id == site_id_of(site_key), *dated_in(period), standing_on(as_of))
        .group_by(ColumnRow.key, unit)
    )
    numbers: Counter[tuple[str, str]] = Counter()
    for column, owner, number in rows:
        numbers[column, owner if column in shared else ""] += number
    return numbers


def _misdated(
    connection: Connection, site_key: str, shared: Set[str], period: Period, as_of: date
) -> set[tuple[str, str]]:
    """(column key, unit key or "") of the postings that bear a day in the future outside the period, and were first
    seen since it began: really they may be of any day until then."""
    rows = connection.execute(
        select(ColumnRow.key, UnitRow.key, PostingRow.published, PostingRow.first_seen)
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .outerjoin(UnitRow, UnitRow.id == PostingRow.unit_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.published > PostingRow.first_seen)
        .where(PostingRow.first_seen >= period.start, standing_on(as_of))
    )
    return {
        (column, (owner or "") if column in shared else "")
        for column, owner, day, first_seen in rows
        if day and day not in period and day - first_seen > AHEAD
    }


def dated_in(period: Period) -> tuple[ColumnElement[bool], ...]:
    """The postings that bear a day of a period."""
    return PostingRow.published >= period.start, PostingRow.published < period.end


def standing_on(as_of: date) -> ColumnElement[bool]:
    """The postings known by a day and not withdrawn by then."""
    kept = or_(PostingRow.withdrawn_on.is_(None), PostingRow.withdrawn_on > as_of)
    return (PostingRow.first_seen <= as_of) & kept


def write_counts(
    connection: Connection, site_key: str, counts: Sequence[Count], period: Period, as_of: date
) -> None:
    """Brings period_counts of a registered site to these values of a period."""
    known = {"key": period.key, "kind": period.kind, "first_day": period.start, "last_day": period.last}
    upsert(connection, PeriodRow, ("key",), ("kind", "first_day", "last_day"), [known])
    duties = connection.execute(
        select(ColumnRow.key, DutyRow.key.label("duty"), DutyRow.id)
        .join(DutyRow, DutyRow.column_id == ColumnRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key))
    )
    ids = {(row.key, row.duty): row.id for row in duties}
    rows = [
        {
            "duty_id": ids[count.column.key, count.duty.key], "period": period.key, "count": count.count,
            "exactness": count.exactness.value if count.exactness else None, "status": count.status, "as_of": as_of,
        }
        for count in counts
    ]  # fmt: skip
    upsert(connection, PeriodCountRow, ("duty_id", "period"), ("count", "exactness", "status", "as_of"), rows)
