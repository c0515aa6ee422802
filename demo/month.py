"""A month of nights, as demo/data/month.toml tells it: what the site shows each night, and what a watcher of
demo/month_site.toml has to find. The script is data; tests/test_month.py plays it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.archive import Archive
from demo.county import County
from demo.declared import DATA, HERE, read_toml
from demo.events import with_events
from demo.faults import Faults

Name = tuple[str, str, str, str]
MONTH_SITE = HERE / "month_site.toml"
SCRIPT = DATA / "month.toml"
WATCHED, OPEN, CLOSED = "待确认", "未解决", "已解决"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nights, `first` to `last`, on which the address `where` (all: "*") answers with `fault`
    (`demo.faults.NAMES`). Where the night is void for it, `outcome` is what a crawler makes of every column, and
    `says` a part of what the operator is told."""

    first: date
    last: date
    fault: str
    where: str = "*"
    outcome: str = ""
    says: str = ""

    def holds(self, night: date) -> bool:
        return self.first <= night <= self.last


@dataclass(frozen=True, slots=True)
class Expected:
    """One finding as it has to be, told by its rule, its unit, what it is `about` (a column's path, a title, a
    level of pages, "" for the unit as a whole) and the `period` that it speaks of, if any. `seen` is the first
    night that says it, `last` the last one (None: it still says so on the month's last night), `waived` the last
    night of a waiver; `says` stands in its sentence."""

    rule: str
    unit: str
    about: str
    seen: date
    opened: date
    last: date | None = None
    closed: date | None = None
    waived: date | None = None
    says: tuple[str, ...] = ()
    period: str = ""

    @property
    def name(self) -> Name:
        """What tells it from every other finding."""
        return self.rule, self.unit, self.about, self.period

    def stage(self, night: date) -> str | None:
        """Where it stands after a night; None before it was ever seen."""
        if night < self.seen:
            return None
        if night < self.opened:
            return WATCHED
        return CLOSED if self.closed and self.closed <= night else OPEN

    def is_waived(self, night: date) -> bool:
        return self.waived is not None and night <= self.waived


@dataclass(frozen=True)
class Month:
    """`archive` holds everything that the month will ever show; `county` shows as much as a night allows. `noted`
    are true, but opened on no night: "inhibited" (another finding says it) or "settled" (nothing is left to do)."""

    first: date
    last: date
    archive: Archive
    troubles: tuple[Trouble, ...]
    expected: tuple[Expected, ...]
    noted: dict[Name, str]

    @property
    def nights(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def county(self, night: date) -> County:
        return County(night, self.archive)

    def faults(self, night: date) -> Faults:
        """What is to be switched on that night."""
        return Faults({trouble.where: trouble.fault for trouble in self.troubles if trouble.holds(night)})

    def void(self, night: date) -> Trouble | None:
        """What keeps a watcher from seeing the site at all that night."""
        return next((each for each in self.troubles if each.outcome and each.holds(night)), None)

    def stages(self, night: date) -> dict[Name, str]:
        """Every finding known after a night, with its stage."""
        known = ((each.name, each.stage(night)) for each in self.expected)
        return {name: stage for name, stage in known if stage}


def read_month(script: Path = SCRIPT) -> Month:
    """The month of a script. Raises KeyError for a column that the county does not have."""
    told = read_toml(script)
    troubles = tuple(Trouble(**row) for row in told["faults"])
    expected = tuple(_expected(told["findings"]))
    noted = {
        (row["rule"], row["unit"], about, ""): row["why"] for row in told["noted"] for about in row["about"]
    }
    return Month(told["first"], told["last"], with_events(told), troubles, expected, noted)


def _expected(rows: list[dict[str, Any]]) -> Iterator[Expected]:
    return (Expected(**{**row, "says": tuple(row["says"])}) for row in rows)
