"""Cases of policy documents and their interpretations (政策解读): how long after, and whether their pages lead to each other."""

from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.dates.workdays import Calendar
from rules.vocabulary.places import NOTHING, Reference


@dataclass(frozen=True, slots=True)
class PairedCase(Case):
    """One posting of a pair on this site: an interpretation, or (`interprets` False) the document. `other` is the other's title,
    `published` and `other_published` the days they show; `first`: of the document's interpretations it is the first. `linked`:
    whether its page leads to the other's (None: its page was not read, or scripts may bring the link)."""

    path: tuple[str, ...]
    title: str
    as_of: date
    calendar: Calendar
    interprets: bool
    other: str
    url: str = ""
    published: date | None = None
    other_published: date | None = None
    first: bool = False
    linked: bool | None = None
    about: Reference = NOTHING


@dataclass(frozen=True, slots=True)
class DocumentCase(Case):
    """One normative document (行政规范性文件) of the unit's own, in whatever columns it stands. `interpreted`: a posting of the site that
    may be its interpretation, or a link of its own page that says so; `read`: its page was, and the site's columns for
    interpretations back past its day, so that none can have been missed there."""

    path: tuple[str, ...]
    title: str
    as_of: date
    calendar: Calendar
    published: date
    interpreted: bool
    read: bool
    url: str = ""
    about: Reference = NOTHING
