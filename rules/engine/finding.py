"""A finding: what a rule reports about one subject, with the observations it rests on (a case's facts as labels and values)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from rules.dates.periods import Period
from rules.vocabulary.places import NOTHING, Reference
from rules.vocabulary.terms import Exactness, Mail, Outcome, Scope, Severity

Observations = tuple[tuple[str, str], ...]

# A case's field → the label under which it is printed; fields not named there are not.
LABELS: Mapping[str, str] = tomllib.loads(
    Path(__file__).with_name("observation_labels.toml").read_text(encoding="utf-8")
)


def observed(case: Any) -> Observations:
    """The facts of a case that are there, in its own order."""
    rows = ((label, printed(getattr(case, name))) for name, label in _labelled(type(case)))
    return tuple((label, value) for label, value in rows if value)


def printed(value: Any) -> str:
    """One fact as it is printed; "" where there is none."""
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Outcome | Exactness):
        return value.label
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple | list | frozenset):
        return "、".join(printed(part) for part in value)
    return value.title if isinstance(value, Period) else str(value)


def _labelled(case_type: type[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, LABELS[field.name]) for field in fields(case_type) if field.name in LABELS)


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: what the rule `rule` (its id) reports about one subject. `subject` distinguishes it from the
    rule's other findings, `about` refers to the column, posting, mailbox or letter. `units` are unit keys. `observations`
    are the facts it rests on and `thresholds` the limits it was held to, as labels and values to print; `path` and `url`
    are the column's or the page's, where there is one. `severity`,
    `scope` and `mail` are the rule's. `settled`: it is listed and counted, but nothing is left to be done, so that
    it opens nothing, and one that was open closes. `due_on`: the last day to act, where the facts set one."""

    rule: str
    severity: Severity
    subject: str
    units: tuple[str, ...]
    unit_names: str
    sentence: str
    scope: Scope
    mail: Mail
    period: str = ""
    path: tuple[str, ...] = ()
    url: str = ""
    observations: Observations = ()
    thresholds: Observations = ()
    settled: bool = False
    due_on: date | None = None
    about: Reference = NOTHING
