"""The baseline (基线): what a county's first night found is told to nobody until the office releases it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from db.mail.notifications import Known
from db.readings import site_id_of
from db.tables.mail import BaselineRow, ReleaseRow


@dataclass(frozen=True, slots=True)
class Baseline:
    """`night` is the first that counted (None: there was none yet). `units`: keys of those whose findings were released
    ("": of all), `findings`: ids of those released one by one."""

    night: date | None = None
    units: frozenset[str] = frozenset()
    findings: frozenset[int] = frozenset()

    def holds(self, known: Known, unit: str) -> bool:
        """Whether a finding is kept from its unit: it was there on the first night already and nobody released it."""
        if self.night is not None and known.first_found > self.night:
            return False
        return not self.units & {"", unit} and known.id not in self.findings


def set_baseline(connection: Connection, site_key: str, night: date) -> None:
    """Makes a night that counts the baseline of a site that has none."""
    if baseline_of(connection, site_key).night is None:
        connection.execute(insert(BaselineRow).values(site_id=site_id_of(site_key), night=night))


def baseline_of(connection: Connection, site_key: str) -> Baseline:
    """A site's baseline with what was released of it."""
    of_site = select(BaselineRow.night).where(BaselineRow.site_id == site_id_of(site_key))
    released = connection.execute(
        select(ReleaseRow.unit, ReleaseRow.finding_id).where(ReleaseRow.site_id == site_id_of(site_key))
    ).all()
    return Baseline(
        connection.scalar(of_site),
        frozenset(row.unit for row in released if row.finding_id is None),
        frozenset(row.finding_id for row in released if row.finding_id is not None),
    )


def release(
    connection: Connection, site_key: str, moment: datetime, *, unit: str = "", finding: int | None = None
) -> None:
    """Releases one finding, or all of the baseline that concern a unit ("": any unit), those included that are still
    waiting for a second night."""
    values = {"unit": unit, "finding_id": finding, "released_at": moment}
    connection.execute(insert(ReleaseRow).values(site_id=site_id_of(site_key), **values))
