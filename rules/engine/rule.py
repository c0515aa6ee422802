"""A rule, with everything that is particular to it; the decorators that make one; and what it reports: a statement or, for
a veto over the whole site, a measure of how far it is from the limit."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, NamedTuple

from rules.cases import Case, SiteCase
from rules.engine.finding import Finding, printed
from rules.engine.hysteresis import USUAL, Hysteresis
from rules.errors import WrongInput
from rules.vocabulary.terms import Evidence, Mail, Scope, Severity


class Statement(NamedTuple):
    """A sentence, with observations that are not fields of the case. `settled`: the fact remains, and nothing can
    be done about it any more. `due_on`: the last day to act, where the facts set one."""

    sentence: str
    observations: tuple[tuple[str, str], ...] = ()
    settled: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """`number` against the limit `line`, both in `unit`; `number` None: it could not be measured, `note` says why.
    `distance` is what is left before the limit (0 once it is reached). `examples` name what was counted; `note` is
    what the number leaves out. `sentence` is reported when the limit is `hit`. `least`: the number must not fall below
    the line, where others must not reach it. `undecided`: what the number leaves out may make it reach the line."""

    number: float | None
    line: float
    unit: str
    hit: bool = False
    distance: float | None = None
    sentence: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()
    least: bool = False
    undecided: bool = False

    @property
    def statement(self) -> Statement:
        """The sentence with the numbers behind it."""
        shown = (("现值", f"{self.number:g} {self.unit}"), ("否决线", f"{self.line:g} {self.unit}"))
        rows = tuple((f"第 {n} 个", example) for n, example in enumerate(self.examples, start=1))
        return Statement(self.sentence, shown + rows + ((("说明", self.note),) if self.note else ()))


def unknown(line: float, unit: str, note: str, *, least: bool = False) -> Measure:
    """What could not be measured."""
    return Measure(None, line, unit, note=note, least=least)


KINDS = {int: "整数", float: "数字", str: "文字", bool: "true 或 false", tuple: "列表"}
Check = Callable[..., Iterable[str | Statement]]
# (greater finding, the other finding's rule, the other finding) → whether the greater one accounts for the other.
Explains = Callable[[Finding, "Rule", Finding], bool]
Overrides = Mapping[str, Mapping[str, Any]]
# Days, shares, counts: none is larger, and a date so many days off still is one.
LARGEST_THRESHOLD = 500_000

# What costs points or breaks the place's own rule is reminded and escalated; a notice (提示) is for people to check, so it is sent once.
MAIL_OF: Mapping[Severity, Mail] = {
    Severity.VETO: Mail.REMIND,
    Severity.SCORE: Mail.REMIND,
    Severity.PROBLEM: Mail.REMIND,
    Severity.NOTICE: Mail.ONCE,
}
# Working days to put right what is reminded. Our choice: a working week and a half, as places' own notices usually give.
WITHIN = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: `check` is a generator of Chinese sentences over one case; its keyword parameters are the thresholds,
    with their defaults; its docstring is the manual page; `basis` names document and clause. `remedy`: what to do
    about a finding, one sentence; `within`: working days for it from being told (0: at once; None: no deadline, or the
    day that the finding itself says).

    `scope`: what its findings are about, and with it what must have been read on a night for the rule to count.
    `evidence`: what its facts are read from. `hysteresis`: after how many nights a finding opens and closes.
    `mail`: how its units are notified. `explains`: which other findings one of its own accounts for, so that they
    are not reported beside it (the function's docstring is printed in the manual). `includes`: which other findings
    its own sentence says too; they stand, and listings print them in its line. `lasting`: what it reports has
    happened, and nothing that the unit does now undoes it. `periodic`: its findings belong to the case's period, if
    that has one; else they are one finding, whatever period is asked for. `follows`: a rule whose overrides hold for
    this one too, where the names are the same. `measure`, of a veto over the whole site: SiteCase → how far it is
    from the limit."""

    id: str
    name: str
    severity: Severity
    basis: str
    takes: type[Case]
    scope: Scope
    evidence: frozenset[Evidence]
    check: Check
    hysteresis: Hysteresis
    mail: Mail
    remedy: str
    within: int | None
    explains: Explains | None = None
    includes: Explains | None = None
    lasting: bool = False
    periodic: bool = True
    follows: "Rule | None" = None
    measure: Callable[..., Measure] | None = None

    @property
    def thresholds(self) -> dict[str, Any]:
        """Threshold names with their defaults."""
        parameters = inspect.signature(self.check).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}

    @property
    def deadline(self) -> str:
        """By when its findings are to be put right, in words; "" where no deadline is set."""
        if self.within is None:
            return ""
        return f"告知之日起 {self.within} 个工作日内" if self.within else "立即"

    @property
    def manual(self) -> str:
        return inspect.getdoc(self.check) or ""


def rule(
    id: str,  # noqa: A002
    *,
    name: str,
    severity: Severity,
    basis: str,
    remedy: str,
    takes: type[Case],
    scope: Scope,
    evidence: Iterable[Evidence],
    hysteresis: Hysteresis = USUAL,
    mail: Mail | None = None,
    within: int | None = None,
    explains: Explains | None = None,
    includes: Explains | None = None,
    lasting: bool = False,
    periodic: bool = True,
    follows: Rule | None = None,
    measure: Callable[..., Measure] | None = None,
) -> Callable[[Check], Rule]:
    """Makes a Rule of a generator function; nothing is registered anywhere, `rules.book` lists them. `mail` follows
    the severity, and `within` the mail, where they are not given."""
    mailed = mail or MAIL_OF[severity]
    days = WITHIN if within is None and mailed is Mail.REMIND else within
    return lambda check: Rule(
        id, name, severity, basis, takes, scope, frozenset(evidence), check, hysteresis, mailed, remedy, days,
        explains, includes, lasting, periodic, follows, measure,
    )  # fmt: skip


def veto(
    id: str,  # noqa: A002
    *,
    name: str,
    basis: str,
    remedy: str,
    evidence: Iterable[Evidence],
    hysteresis: Hysteresis = USUAL,
    within: int | None = None,
    follows: Rule | None = None,
) -> Callable[[Callable[..., Measure]], Rule]:
    """Makes a veto over the whole site of a function that measures: SiteCase → how far from the limit. The rule
    reports the measure's sentence when the limit is reached."""

    def of(measure: Callable[..., Measure]) -> Rule:
        @wraps(measure)
        def check(case: SiteCase, **thresholds: Any) -> Iterator[Statement]:
            measured = measure(case, **thresholds)
            if measured.hit:
                yield measured.statement

        return rule(
            id, name=name, severity=Severity.VETO, basis=basis, remedy=remedy, takes=SiteCase, scope=Scope.SITE,
            evidence=evidence, hysteresis=hysteresis, within=within, follows=follows, measure=measure,
        )(check)  # fmt: skip

    return of


def thresholds_of(rule_: Rule, overrides: Overrides) -> dict[str, Any]:
    """A rule's thresholds for one site: its defaults, what the rule it follows was given, what it was given.
    A wrong name or type raises WrongInput."""
    defaults = rule_.thresholds
    given = overrides.get(rule_.follows.id, {}) if rule_.follows else {}
    followed = {k: v for k, v in given.items() if k in defaults}
    own = overrides.get(rule_.id, {})
    return defaults | {name: _checked(rule_, name, value) for name, value in {**followed, **own}.items()}


def refuse_unknown_rules(overrides: Overrides, book: Iterable[Rule]) -> None:
    """WrongInput if a site sets thresholds of a rule that the book does not hold, or wrong ones."""
    known = {each.id: each for each in book}
    for rule_id in overrides:
        if rule_id not in known:
            raise WrongInput(f"没有编号为“{rule_id}”的规则，请用 gongkai rules 查看规则编号。")
        thresholds_of(known[rule_id], overrides)


def _checked(rule_: Rule, name: str, value: Any) -> Any:
    """A site's value for a threshold, of the default's type and not negative. Raises WrongInput."""
    defaults = rule_.thresholds
    if name not in defaults:
        known = "、".join(defaults) or "无"
        raise WrongInput(f"规则 {rule_.id} 没有名为“{name}”的阈值，可用的有：{known}。")
    wanted = type(defaults[name])
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        kind = f"{wanted.__name__}（{KINDS[wanted]}）" if wanted in KINDS else wanted.__name__
        raise WrongInput(f"规则 {rule_.id} 的阈值“{name}”应为 {kind}，现为 {printed(value)}。")
    if isinstance(value, int | float) and not 0 <= value <= LARGEST_THRESHOLD:  # also NaN
        raise WrongInput(
            f"规则 {rule_.id} 的阈值“{name}”应在 0 到 {LARGEST_THRESHOLD} 之间，现为 {value!r}。"
        )
    return value
