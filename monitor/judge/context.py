"""What every paper is made under: the site, the day, and the office's calendar. Made here and nowhere else."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.sites.load import SITES
from crawler.sites.office_files import read_text
from rules.dates.announced_calendar import read_calendar
from rules.dates.workdays import OFFICIAL, Calendar
from rules.vocabulary.places import Site


def load_calendar(folder: Path = SITES.parent) -> Calendar:
    """The calendar to judge by; the official one where no file adds to it. Raises WrongInput (WrongCalendar)."""
    named = os.environ.get("GONGKAI_CALENDAR")
    path = Path(named) if named else folder / "calendar.toml"
    if not named and not path.is_file():
        return OFFICIAL
    return read_calendar(read_text(path, "节假日文件"))


@dataclass(frozen=True, slots=True)
class Context:
    """A site as of a day. `calendar` counts the working days of every deadline and duration: one letter has one
    duration, whichever paper prints it."""

    site: Site
    as_of: date
    calendar: Calendar


def context_of(site: Site, as_of: date) -> Context:
    """The context under the office's calendar file. Raises WrongInput (WrongCalendar) where that file is wrong."""
    return Context(site, as_of, load_calendar())
