"""Tables of what was counted, judged and published: periods, counts, findings, bulletins."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.masked_types import MaskedJson
from db.tables.metadata import Address, Key, Table


class PeriodRow(Table):
    """时段 of which something was counted: `key` is 2023, 2023Q2 or 2023-04, `kind` year, quarter or month; first and last
    day are both inside."""

    __tablename__ = "periods"
    key: Mapped[Key] = mapped_column(primary_key=True)
    kind: Mapped[Key]
    first_day: Mapped[date]
    last_day: Mapped[date]


class PeriodCountRow(Table):
    """统计: postings of one duty in one period as known on the day `as_of`; zeros are rows. `count` and `exactness`
    (`exact`, `at least`) are empty where nothing could be read; `status` is the outcome, `external`, or empty if
    never visited."""

    __tablename__ = "period_counts"
    __table_args__ = (UniqueConstraint("duty_id", "period"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    period: Mapped[Key] = mapped_column(ForeignKey("periods.key"))
    count: Mapped[int | None]
    exactness: Mapped[Key | None]
    status: Mapped[Key]
    as_of: Mapped[date]


class FindingRow(Table):
    """问题: what a rule said of one subject (in one period), and its life through the nights (`rules.engine.hysteresis`).

    `subject` tells the findings of a rule apart. What it is about stands in the references: `column_id` (with `duty_id`
    or `posting_id`), `mailbox_id` (with `letter_id`), all empty where it is about a unit, the site or several letters;
    whose it is, in finding_units (`unit_names` as printed). `severity`, `scope` and `mail` are the rule's
    (`rules.vocabulary.terms`), in Chinese. `due_on`: the last day to act, where the facts set one.
    `stage` is 待确认, 未解决, 已解决 or 无; `spans` holds every time it was open, as [first said, opened, last
    said, closed or null]; `waived` and `inhibited` the reason for which it is set aside or not said, if any."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("site_id", "rule", "subject", "period"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    rule: Mapped[Key]
    severity: Mapped[Key]
    scope: Mapped[Key]
    mail: Mapped[Key]
    subject: Mapped[Address]
    column_id: Mapped[int | None] = mapped_column(ForeignKey("columns.id"))
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duties.id"))
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("postings.id"))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailboxes.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
    period: Mapped[Key]
    unit_names: Mapped[str]
    sentence: Mapped[str]
    url: Mapped[Address]
    path: Mapped[list[str]] = mapped_column(MaskedJson)
    observations: Mapped[list[list[str]]] = mapped_column(MaskedJson)
    thresholds: Mapped[list[list[str]]] = mapped_column(MaskedJson)
    due_on: Mapped[date | None]
    stage: Mapped[Key]
    opened_on: Mapped[date | None]
    last_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    last_good: Mapped[date | None]
    hits: Mapped[int]
    misses: Mapped[int]
    first_found: Mapped[date | None]
    spans: Mapped[list[list[str | None]]] = mapped_column(MaskedJson)
    waived: Mapped[str | None]
    inhibited: Mapped[str | None]


class FindingUnitRow(Table):
    """The units whose finding it is, in the order of its `unit_names`."""

    __tablename__ = "finding_units"
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    position: Mapped[int]


class LetterProgressRow(Table):
    """办理情况: how a letter stood on the day `as_of` of the last night (`rules.cases.letters`). `valid`: no 无效件 or
    重复件; `closed`: answered, or its status says so; `known`: a page says whether it is answered. `reply_within` is its
    limit in working days, by its kind; empty where its time was extended and nobody knows for how long. `working_days` run
    from receipt to answer, or to the last day it was seen open, by the office's calendar; empty where not known."""

    __tablename__ = "letter_progress"
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    as_of: Mapped[date]
    valid: Mapped[bool]
    closed: Mapped[bool]
    known: Mapped[bool]
    reply_within: Mapped[int | None]
    working_days: Mapped[int | None]


class PublishedBulletinRow(Table):
    """通报, frozen. `number` 1 is the bulletin of its period, greater ones are corrections (更正) of it. `facts` are
    the counts, sums, letters and names it said, `files` the SHA-256 of each paper by its name; `command` is what
    was typed."""

    __tablename__ = "published_bulletins"
    __table_args__ = (UniqueConstraint("site_id", "period", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    period: Mapped[Key]
    number: Mapped[int]
    as_of: Mapped[date]
    published_at: Mapped[datetime]
    command: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(MaskedJson)
    files: Mapped[dict[str, str]] = mapped_column(MaskedJson)
