"""Cases of 征集调查 and 在线访谈: how many there were in a year, and whether one was answered."""

from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.vocabulary.places import NOTHING, Reference
from rules.vocabulary.surveys import ActivityKind


@dataclass(frozen=True, slots=True)
class ActivityCase(Case):
    """The year up to `as_of` (from `since`) of all columns of the site that hold one kind of activity (`columns`, by name).
    `postings` are those of the year, each once, `results` the ones among them that only tell what came of it. `read`: every one
    of the columns is on this site and was read back past the year, and shows all its days."""

    as_of: date
    since: date
    activity: ActivityKind
    columns: tuple[str, ...]
    postings: int
    results: int
    read: bool


@dataclass(frozen=True, slots=True)
class SurveyCase(Case):
    """One posting that asks the public's opinion on a draft (`draft`, its name). `result`: the title of a posting of the site
    that names the draft and tells what came of it ("": none). `read`: the site's columns for such postings were read that day."""

    path: tuple[str, ...]
    title: str
    as_of: date
    draft: str
    read: bool
    url: str = ""
    published: date | None = None
    result: str = ""
    about: Reference = NOTHING
