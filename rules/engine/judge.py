"""The engine: reads the book to the cases and collects what it says. Pure."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, NamedTuple

from rules.cases import Case, SiteCase
from rules.engine.measures import Measure, Said
from rules.engine.observations import Observations, observed, printed
from rules.errors import WrongInput
from rules.scanners.privacy import masked
from rules.vocabulary.terms import Severity

Speak = Callable[..., Iterable[str | Said]]
Overrides = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: `speak` is a generator of Chinese sentences over one case; its keyword parameters are the
    thresholds, with their defaults; its docstring is the manual page; `basis` names document and clause.

    `follows` is the id of a rule whose overrides hold for this one too, where the names are the same. `measure`
    is given for a veto over the whole site: SiteCase → how far it is from the line. `periodic`: its findings
    belong to the case's period, if that has one; else they are one finding, whatever period is asked for."""

    id: str
    name: str
    severity: Severity
    basis: str
    takes: type[Case]
    speak: Speak
    follows: str = ""
    measure: Callable[..., Measure] | None = None
    periodic: bool = True

    @property
    def thresholds(self) -> dict[str, Any]:
        """Threshold names with their defaults."""
        parameters = inspect.signature(self.speak).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}

    @property
    def manual(self) -> str:
        return inspect.getdoc(self.speak) or ""


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: one rule's complaint about one subject. `units` are unit keys. `observations` are the facts it was
    said upon and `thresholds` the lines it was held to, as labels and values to print; `path` and `url` are the
    column's or the page's, where there is one. No personal number is left in what it says. `settled`: it is told
    and counted, but nothing is left to be done, so that it opens nothing and what was open closes."""

    rule: str
    severity: Severity
    subject: str
    units: tuple[str, ...]
    unit_names: str
    sentence: str
    period: str = ""
    path: tuple[str, ...] = ()
    url: str = ""
    observations: Observations = ()
    thresholds: Observations = ()
    settled: bool = False


class _Reading(NamedTuple):
    rule: Rule
    thresholds: Mapping[str, Any]


def rule(
    id: str,  # noqa: A002
    *,
    name: str,
    severity: Severity,
    basis: str,
    takes: type[Case],
    follows: str = "",
    measure: Callable[..., Measure] | None = None,
    periodic: bool = True,
) -> Callable[[Speak], Rule]:
    """Makes a Rule of a generator function; nothing is registered anywhere, `rules.book` lists them."""
    return lambda speak: Rule(id, name, severity, basis, takes, speak, follows, measure, periodic)


def veto(
    id: str,  # noqa: A002
    *,
    name: str,
    basis: str,
    follows: str = "",
) -> Callable[[Callable[..., Measure]], Rule]:
    """Makes a veto over the whole site of a function that measures: SiteCase → how far from the line. The rule
    says the measure's sentence when the line is hit."""

    def of(measure: Callable[..., Measure]) -> Rule:
        @wraps(measure)
        def speak(case: SiteCase, **thresholds: Any) -> Iterator[Said]:
            measured = measure(case, **thresholds)
            if measured.hit:
                yield measured.said

        return Rule(id, name, Severity.VETO, basis, SiteCase, speak, follows, measure)

    return of


def judge(cases: Iterable[Case], book: Iterable[Rule], overrides: Overrides) -> list[Finding]:
    """Every finding of every rule over every case, in case order. `overrides` are a site's own thresholds:
    rule id → name → value; a wrong name or type raises WrongInput."""
    readings = [_Reading(each, thresholds_of(each, overrides)) for each in book]
    by_type: dict[type, list[_Reading]] = {}
    for reading in readings:
        by_type.setdefault(reading.rule.takes, []).append(reading)
    return [
        finding
        for case in cases
        for reading in by_type.get(type(case), ())
        for finding in _read(reading, case)
    ]


def thresholds_of(rule_: Rule, overrides: Overrides) -> dict[str, Any]:
    """A rule's thresholds for one site: its defaults, what the rule it follows was given, what it was given.
    A wrong name or type raises WrongInput."""
    defaults = rule_.thresholds
    followed = {k: v for k, v in overrides.get(rule_.follows, {}).items() if k in defaults}
    own = overrides.get(rule_.id, {})
    return defaults | {name: _settled(rule_, name, value) for name, value in {**followed, **own}.items()}


def refuse_unknown_rules(overrides: Overrides, book: Iterable[Rule]) -> None:
    """WrongInput if a site sets thresholds of a rule that the book does not hold, or wrong ones."""
    known = {each.id: each for each in book}
    for rule_id in overrides:
        if rule_id not in known:
            raise WrongInput(f"没有编号为“{rule_id}”的规则，请用 gongkai rules 查看规则编号。")
        thresholds_of(known[rule_id], overrides)


def _read(reading: _Reading, case: Case) -> Iterator[Finding]:
    for said in reading.rule.speak(case, **reading.thresholds):
        sentence, more, settled = said if isinstance(said, Said) else Said(said)
        yield Finding(
            rule=reading.rule.id,
            severity=reading.rule.severity,
            subject=case.subject,
            units=case.units,
            unit_names=case.unit_names,
            sentence=masked(sentence),
            period=case.period_key if reading.rule.periodic else "",
            path=getattr(case, "path", ()),
            url=getattr(case, "url", ""),
            observations=tuple((masked(label), masked(value)) for label, value in (*observed(case), *more)),
            thresholds=tuple((name, printed(value)) for name, value in reading.thresholds.items()),
            settled=settled,
        )


def _settled(rule_: Rule, name: str, value: Any) -> Any:
    """A site's value for a threshold, if it is one."""
    defaults = rule_.thresholds
    if name not in defaults:
        known = "、".join(defaults) or "无"
        raise WrongInput(f"规则 {rule_.id} 没有名为“{name}”的阈值，可用的有：{known}。")
    wanted = type(defaults[name])
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        raise WrongInput(f"规则 {rule_.id} 的阈值“{name}”应为 {wanted.__name__}，现为 {value!r}。")
    if isinstance(value, int | float) and value < 0:
        raise WrongInput(f"规则 {rule_.id} 的阈值“{name}”不能为负数，现为 {value!r}。")
    return value
