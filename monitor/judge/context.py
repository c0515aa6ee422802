"""What every paper is made under: the site, the day, and the office's calendar. Made here and nowhere else."""

from dataclasses import dataclass
from datetime import date

from monitor.judge.calendar_file import load_calendar
from rules.dates.workdays import Calendar
from rules.vocabulary.places import Site


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
