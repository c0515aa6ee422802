"""Tables of what was counted and judged: quarterly counts, findings, nights, probes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Table


class QuarterlyCountRow(Table):
    """季度统计: postings of one duty in one period; zeros are rows. `count` and `exactness` are empty where
    nothing could be read; `status` is the outcome, `external`, or empty if never visited."""

    __tablename__ = "quarterly_counts"
    __table_args__ = (UniqueConstraint("duty_id", "period"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    period: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]
    count: Mapped[int | None]
    exactness: Mapped[str | None]
    status: Mapped[str]
    as_of: Mapped[date]


class FindingRow(Table):
    """问题: open while `closed_on` is empty; `waived` holds the reason where a waiver covers it."""

    __tablename__ = "findings"
    __table_args__ = (Index("ix_findings_subject", "site_id", "rule", "subject", "period"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    rule: Mapped[str]
    severity: Mapped[str]
    subject: Mapped[str]
    period: Mapped[str]
    units: Mapped[str]
    unit_names: Mapped[str]
    sentence: Mapped[str]
    opened_on: Mapped[date]
    last_on: Mapped[date]
    closed_on: Mapped[date | None]
    waived: Mapped[str | None]


class NightRow(Table):
    """One night of the service: claimed by the one process that inserts it."""

    __tablename__ = "nights"
    night: Mapped[date] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    claimed_by: Mapped[str]
    attempts: Mapped[int]
    finished_at: Mapped[datetime | None]
    note: Mapped[str | None]


class ProbeRow(Table):
    """探测: one look at the home page, or at a neutral host that tells whether our own network works."""

    __tablename__ = "probes"
    __table_args__ = (Index("ix_probes_day", "site_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    day: Mapped[date]
    moment: Mapped[datetime]
    url: Mapped[str]
    seconds: Mapped[float]
    status: Mapped[int | None]
    error: Mapped[str]
    neutral: Mapped[bool]
