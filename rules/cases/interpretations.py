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
