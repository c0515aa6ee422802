"""A finding: what a rule reports about one subject."""

from dataclasses import dataclass

from rules.engine.observations import Observations
from rules.vocabulary.references import NOTHING, Reference
from rules.vocabulary.terms import Mail, Scope, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: what the rule `rule` (its id) reports about one subject. `subject` distinguishes it from the
    rule's other findings, `about` refers to the column, posting, mailbox or letter. `units` are unit keys. `observations`
    are the facts it rests on and `thresholds` the limits it was held to, as labels and values to print; `path` and `url`
    are the column's or the page's, where there is one. Personal numbers are masked in all of it. `severity`,
    `scope` and `mail` are the rule's. `settled`: it is listed and counted, but nothing is left to be done, so that
    it opens nothing, and one that was open closes."""

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
    about: Reference = NOTHING
