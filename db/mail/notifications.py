"""What alerts are composed from: findings that are or were open, and what was told of them by mails that left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from db.findings.references import units_of_findings
from db.readings import site_id_of
from db.tables.judgement import FindingRow
from db.tables.mail import DeliveryRow, DeliveryState, MailRow, MailState, NotificationRow
from rules.alerting import Cadence, Episode, Mark, Notification, cadence_of
from rules.dates.periods import parse_period
from rules.engine.finding import Finding
from rules.engine.hysteresis import Stage
from rules.vocabulary.terms import Mail, Scope, Severity

FAILED = (DeliveryState.REFUSED.value, DeliveryState.UNKNOWN.value, DeliveryState.GIVEN_UP.value)
# Unit, finding's id, and the day on which it opened → what was told.
Told = Mapping[tuple[str, int, date], Sequence[Notification]]


@dataclass(frozen=True, slots=True)
class Known:
    """A remembered finding that nothing set aside, with the episode of its last time open and the night that first
    found it then."""

    id: int
    finding: Finding
    episode: Episode
    first_found: date


@dataclass(frozen=True, slots=True)
class Failure:
    """A delivery that did not succeed, and will not by itself."""

    mail: int
    recipient: str
    day: date
    address: str
    state: DeliveryState
    code: int | None
    answer: str


def known_findings(
    connection: Connection, site_key: str, day: date, within: Mapping[str, int | None]
) -> list[Known]:
    """Findings to be mailed: open on a day, or closed by then after something was told of them; neither waived nor
    inhibited. `within`: rule id → working days that its units have; a rule that is no longer there gives no deadline."""
    was_told = select(NotificationRow.finding_id)
    units = units_of_findings(connection, site_key)
    rows = connection.execute(
        select(FindingRow.__table__)
        .where(FindingRow.site_id == site_id_of(site_key), FindingRow.mail != Mail.NEVER.value)
        .where(FindingRow.waived.is_(None), FindingRow.inhibited.is_(None), FindingRow.opened_on <= day)
        .where(
            or_(
                FindingRow.stage == Stage.OPEN.value,
                and_(FindingRow.closed_on <= day, FindingRow.id.in_(was_told)),
            )
        )
        .order_by(FindingRow.id)
    )
    return [_known(row, units.get(row.id, ()), day, cadence_of(within.get(row.rule))) for row in rows]


def what_was_told(connection: Connection, site_key: str) -> Told:
    """Everything that mails said which left us, or of which nobody knows whether they did."""
    rows = connection.execute(
        select(
            NotificationRow.unit, NotificationRow.finding_id, NotificationRow.opened_on, NotificationRow.mark, MailRow.day,
            in_doubt().label("doubted"),
        )
        .join(MailRow, MailRow.id == NotificationRow.mail_id)
        .where(MailRow.site_id == site_id_of(site_key), left())
        .order_by(MailRow.day, NotificationRow.id)
    )  # fmt: skip
    told: dict[tuple[str, int, date], list[Notification]] = {}
    for row in rows:
        key = (row.unit, row.finding_id, row.opened_on)
        told.setdefault(key, []).append(Notification(row.day, Mark(row.mark), not row.doubted))
    return told


def left() -> ColumnElement[bool]:
    """A mail has left us: it was handed over once, or a server has answered for one of its addresses."""
    answered = select(DeliveryRow.id).where(
        DeliveryRow.mail_id == MailRow.id, DeliveryRow.state != DeliveryState.QUEUED.value
    )
    return and_(
        MailRow.state != MailState.DROPPED.value, or_(MailRow.handed_at.is_not(None), answered.exists())
    )


def in_doubt() -> ColumnElement[bool]:
    """Nobody knows whether a mail reached any of its addresses."""
    arrived = select(DeliveryRow.id).where(
        DeliveryRow.mail_id == MailRow.id, DeliveryRow.state == DeliveryState.ACCEPTED.value
    )
    return and_(MailRow.state.in_((MailState.UNKNOWN.value, MailState.RESTATED.value)), ~arrived.exists())


def failures(connection: Connection, site_key: str, readers: Sequence[str]) -> list[Failure]:
    """Deliveries that failed since the last mail to one of these recipients was composed."""
    last = last_composed(connection, site_key, readers)
    since = [DeliveryRow.at >= last] if last else []
    rows = connection.execute(
        select(MailRow.id, MailRow.recipient, MailRow.day, DeliveryRow.__table__)
        .join(MailRow, MailRow.id == DeliveryRow.mail_id)
        .where(MailRow.site_id == site_id_of(site_key), DeliveryRow.state.in_(FAILED), *since)
        .order_by(MailRow.id, DeliveryRow.id)
    )
    return [
        Failure(r[0], r.recipient, r.day, r.address, DeliveryState(r.state), r.code, r.answer) for r in rows
    ]


def last_composed(connection: Connection, site_key: str, readers: Sequence[str]) -> datetime | None:
    """When the latest mail to one of these recipients was composed, of those that were not dropped and did not get
    lost for all we know."""
    composed = select(MailRow.composed_at).where(
        MailRow.site_id == site_id_of(site_key),
        MailRow.recipient.in_(readers),
        MailRow.state != MailState.DROPPED.value,
        ~in_doubt(),
    )
    return connection.scalar(composed.order_by(MailRow.composed_at.desc()).limit(1))


def written_to(connection: Connection, site_key: str, day: date) -> set[str]:
    """Recipients for whom there is a mail of that day already."""
    of_day = select(MailRow.recipient).where(MailRow.site_id == site_id_of(site_key), MailRow.day == day)
    return set(connection.scalars(of_day))


def dropped_since(connection: Connection, site_key: str, readers: Sequence[str]) -> int:
    """How many mails were dropped since the last mail to one of these recipients was composed."""
    last = last_composed(connection, site_key, readers)
    since = [MailRow.settled_at >= last] if last else []
    dropped = (MailRow.site_id == site_id_of(site_key), MailRow.state == MailState.DROPPED.value)
    return connection.scalar(select(func.count()).select_from(MailRow).where(*dropped, *since)) or 0


def _known(row: Any, units: tuple[str, ...], day: date, cadence: Cadence) -> Known:
    finding = Finding(
        rule=row.rule, severity=Severity(row.severity), scope=Scope(row.scope), mail=Mail(row.mail),
        subject=row.subject, units=units,
        unit_names=row.unit_names, sentence=row.sentence, period=row.period, path=tuple(row.path), url=row.url,
        due_on=row.due_on, observations=tuple((label, value) for label, value in row.observations),
    )  # fmt: skip
    episode = Episode(
        cadence=cadence,
        opened_on=row.opened_on,
        last_on=row.last_on,
        closed_on=row.closed_on if row.stage != Stage.OPEN.value else None,
        fading=row.misses > 0,
        ended=bool(row.period) and parse_period(row.period).over(day),
    )
    return Known(row.id, finding, episode, date.fromisoformat(row.spans[-1][0]))
