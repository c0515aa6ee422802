"""The engine: reads the book to the cases and collects what it says. Pure."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.cases import Case
from rules.errors import WrongInput
from rules.terms import Severity

Speak = Callable[..., Iterable[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: `speak` is a generator of Chinese sentences over one case; its keyword parameters are the
    thresholds, with their defaults; its docstring is the manual page; `basis` names document and clause."""

    id: str
    name: str
    severity: Severity
    basis: str
    takes: type[Case]
    speak: Speak

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
    """问题: one rule's complaint about one subject. `units` are unit keys."""

    rule: str
    severity: Severity
    subject: str
    units: tuple[str, ...]
    unit_names: str
    sentence: str
    period: str = ""


def rule(id: str, *, name: str, severity: Severity, basis: str, takes: type[Case]) -> Callable[[Speak], Rule]:  # noqa: A002
    """Makes a Rule of a generator function; nothing is registered anywhere, `rules.book` lists them."""
    return lambda speak: Rule(id, name, severity, basis, takes, speak)


def judge(
    cases: Iterable[Case], book: Iterable[Rule], overrides: Mapping[str, Mapping[str, Any]]
) -> list[Finding]:
    """Every finding of every rule over every case, in case order. `overrides` are a site's own thresholds:
    rule id → name → value; a wrong name or type raises WrongInput."""
    rules = [(each, _thresholds(each, overrides.get(each.id, {}))) for each in book]
    return [
        finding
        for case in cases
        for each, thresholds in rules
        if isinstance(case, each.takes)
        for finding in _read(each, case, thresholds)
    ]


def _read(rule_: Rule, case: Case, thresholds: Mapping[str, Any]) -> Iterator[Finding]:
    for sentence in rule_.speak(case, **thresholds):
        yield Finding(
            rule_.id, rule_.severity, case.subject, case.units, case.unit_names, sentence, case.period_key
        )


def _thresholds(rule_: Rule, overrides: Mapping[str, Any]) -> Mapping[str, Any]:
    defaults = rule_.thresholds
    for name, value in overrides.items():
        if name not in defaults:
            known = "、".join(defaults) or "无"
            raise WrongInput(f"规则 {rule_.id} 没有名为“{name}”的阈值，可用的有：{known}。")
        if not isinstance(value, type(defaults[name])) or isinstance(value, bool) != isinstance(
            defaults[name], bool
        ):
            raise WrongInput(
                f"规则 {rule_.id} 的阈值“{name}”应为 {type(defaults[name]).__name__}，现为 {value!r}。"
            )
    return {**defaults, **overrides}
