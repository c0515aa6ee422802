"""Probes remembered: how often the home page could be opened, and how fast."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from db.readings import site_id_of
from db.tables.checks import ProbeRow


@dataclass(frozen=True, slots=True)
class Probe:
    """One look. `seconds` until the answer was whole; `status` is None where none came, `error` says why."""

    url: str
    moment: datetime
    seconds: float
    status: int | None
    error: str
    neutral: bool

    @property
    def opened(self) -> bool:
        """A page came (whatever its speed; slowness is for the rules to judge)."""
        return self.status is not None and self.status < 400


def keep_probes(connection: Connection, site_key: str, probes: Iterable[Probe], day: date) -> None:
    """Enters probes under the day (Asia/Shanghai) they stand for."""
    rows = [
        {
            "site_id": site_id_of(site_key), "day": day, "url": p.url, "moment": p.moment, "seconds": p.seconds,
            "status": p.status, "error": p.error, "neutral": p.neutral,
        }
        for p in probes
    ]  # fmt: skip
    for row in rows:
        connection.execute(insert(ProbeRow).values(**row))


def probes_of(connection: Connection, site_key: str, as_of: date, days: int) -> list[tuple[date, Probe]]:
    """The probes of the last `days` days up to `as_of`, oldest first."""
    rows = connection.execute(
        select(ProbeRow.__table__)
        .where(ProbeRow.site_id == site_id_of(site_key), ProbeRow.day <= as_of)
        .where(ProbeRow.day > as_of - timedelta(days=days))
        .order_by(ProbeRow.day, ProbeRow.id)
    )
    return [(r.day, Probe(r.url, r.moment, r.seconds, r.status, r.error, r.neutral)) for r in rows]
