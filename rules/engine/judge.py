"""The engine: applies the book to the cases and collects the findings. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rules.cases import Case
from rules.dates.periods import Period
from rules.engine.finding import Finding, observed, printed
from rules.engine.rule import Overrides, Rule, Statement, thresholds_of
from rules.vocabulary.places import NOTHING


def judge(cases: Iterable[Case], book: Iterable[Rule], overrides: Overrides) -> list[Finding]:
    """Every finding of every rule over every case, in case order. `overrides` are a site's own thresholds:
    rule id → name → value; a wrong name or type raises WrongInput."""
    by_type: dict[type, list[tuple[Rule, Mapping[str, Any]]]] = {}
    for each in book:
        by_type.setdefault(each.takes, []).append((each, thresholds_of(each, overrides)))
    return [
        finding
        for case in cases
        for rule, thresholds in by_type.get(type(case), ())
        for finding in _findings(rule, thresholds, case)
    ]


def _findings(rule: Rule, thresholds: Mapping[str, Any], case: Case) -> Iterator[Finding]:
    # Cases without a period (a letter, a posting, the site) are judged by their own clock.
    period: Period | None = getattr(case, "period", None)
    for result in rule.check(case, **thresholds):
        said = result if isinstance(result, Statement) else Statement(result)
        yield Finding(
            rule=rule.id,
            severity=rule.severity,
            subject=case.subject,
            units=case.units,
            unit_names=case.unit_names,
            sentence=said.sentence,
            scope=rule.scope,
            mail=rule.mail,
            period=period.key if period and rule.periodic else "",
            path=getattr(case, "path", ()),
            url=getattr(case, "url", ""),
            observations=(*observed(case), *said.observations),
            thresholds=tuple((name, printed(value)) for name, value in thresholds.items()),
            settled=said.settled,
            due_on=said.due_on,
            about=getattr(case, "about", NOTHING),
        )
