"""Cases of 政府信息公开工作年度报告 (年报): whether a unit's report of the last year is on line, and since when."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.dates.periods import months_after
from rules.vocabulary.places import NOTHING, Reference
from rules.vocabulary.words import word_list

NAMES = word_list("columns.annual_reports")
LEAP = 2000  # a year that has every day
# 《政府信息公开条例》第四十九条: the last day for a department's report, and for the government's own.
DEPARTMENTS, GOVERNMENT = (1, 31), (3, 31)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|((?:二[〇零○Oo0]|贰零)[〇零○Oo0一二三四五六七八九]{2})(?=年)")
_FIGURES = str.maketrans("〇零○Oo一二三四五六七八九贰", "00000123456789" + "2")


@dataclass(frozen=True, slots=True)
class AnnualReportCase(Case):
    """The report of `year`, due on `due`, which is over. `read`: every column of the unit's that holds such reports was
    read back past the year's end after that day. `published` is the earliest day that a report of the year shows (None:
    none was found), `first_seen` our first night with it. `unsure`: something stands there that may be the report.
    `redated`: reports of several years bear one day, so that no day tells anything. `path`, `url` are those of the column."""

    path: tuple[str, ...]
    as_of: date
    year: int
    due: date
    read: bool
    url: str = ""
    published: date | None = None
    first_seen: date | None = None
    unsure: bool = False
    redated: bool = False
    about: Reference = NOTHING


def holds_annual_reports(path: tuple[str, ...]) -> bool:
    """Whether a column is for 政府信息公开年报 by its names; one of a year (年报›2022年) is too."""
    names = [name.strip() for name in path]
    called = [name for name in names if name.endswith(NAMES) and "网站" not in name]
    return any("公开" in name or (name in NAMES and "公开" in "".join(names)) for name in called)


def years_in(title: str) -> frozenset[int]:
    """The years that a title names, in figures or characters."""
    found = _YEAR.findall(unicodedata.normalize("NFKC", title))
    return frozenset(int(figures or characters.translate(_FIGURES)) for figures, characters in found)


def is_report_of(title: str, year: int) -> bool:
    """Whether a title is that of an annual report on openness of a year."""
    return year in years_in(title) and any(name in title for name in NAMES)


def may_be_report_of(title: str, published: date | None, year: int) -> bool:
    """Whether a posting of a column for such reports may be that of a year: it names the year, or came after its end and
    names no earlier one."""
    named = years_in(title)
    return year in named or (
        (published is None or published.year > year) and all(other > year for other in named)
    )


def last_due(day: tuple[int, int], looked_on: date) -> date:
    """The last day of this month and day that was over when we looked."""
    of_year = [months_after(date(LEAP, *day), 12 * (looked_on.year - LEAP - back)) for back in (0, 1)]
    return of_year[0] if of_year[0] < looked_on else of_year[1]


def redated(reports: Iterable[tuple[str, date | None]]) -> bool:
    """Whether reports (title, day) of different years bear one day: they were moved here together."""
    years: dict[date, set[frozenset[int]]] = {}
    for title, day in reports:
        if day and (named := years_in(title)):
            years.setdefault(day, set()).add(named)
    return any(len(of_day) > 1 for of_day in years.values())
