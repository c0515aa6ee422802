"""What a bulletin says of the units it names: one clause a unit, its columns joined, zero said as zero, and the measure. Pure."""

from collections.abc import Iterator, Sequence

from monitor.bulletin.compose import Bulletin
from monitor.bulletin.naming import NamingDecision, named
from monitor.wording import tight
from rules.cases import ColumnCase

MOST_COLUMNS = 3  # of one unit by name; the annex shows all of them


def all_named(verdicts: Sequence[NamingDecision]) -> str:
    """Everybody who is named, most postings first."""
    return "、".join(verdict.unit.name for verdict in named(verdicts))


def few(verdicts: Sequence[NamingDecision]) -> str:
    """The units that published little, most postings first."""
    return "、".join(verdict.unit.name for verdict in named(verdicts) if verdict.case.count)


def nothing(verdicts: Sequence[NamingDecision]) -> str:
    """The units that published nothing at all."""
    return "、".join(verdict.unit.name for verdict in named(verdicts) if not verdict.case.count)


def blank_columns(bulletin: Bulletin, verdicts: Sequence[NamingDecision]) -> str:
    """Which columns those that published little left blank, one clause a unit. (Who published nothing left all blank.)"""
    return "；".join(
        clause for verdict in named(verdicts) if verdict.case.count for clause in _clauses(bulletin, verdict)
    )


def _clauses(bulletin: Bulletin, verdict: NamingDecision) -> Iterator[str]:
    cases = {case.subject: case for case in bulletin.judgement.cases if isinstance(case, ColumnCase)}
    own = [finding for finding in bulletin.silent if finding.units == (verdict.unit.key,)]
    gone = {finding.subject for finding in own if cases[finding.subject].withdrawn}
    name, period = verdict.unit.name, tight(bulletin.judgement.period.title)
    short = period.partition("年")[2] or period  # the year was just said
    for finding in own:
        if finding.subject in gone:
            yield f"{name}{tight(finding.sentence.rstrip('。'))}"
    silent = [
        f"{''.join(finding.path[:-1])}“{finding.path[-1]}”" for finding in own if finding.subject not in gone
    ]
    if silent:
        more = f"等{len(silent)}个栏目" if len(silent) > MOST_COLUMNS else ""
        yield f"{name}{'、'.join(silent[:MOST_COLUMNS])}{more}{short}未发布信息"


def named_besides(bulletin: Bulletin) -> str:
    """The units that the editor added to those the rule names."""
    proposed = {unit for finding in bulletin.few_local + bulletin.few_departments for unit in finding.units}
    return "、".join(v.unit.name for v in named(bulletin.naming.verdicts) if v.unit.key not in proposed)


def measure(bulletin: Bulletin) -> str:
    """By what the units were named: the medians of those groups of which the rule named any."""
    groups = (("街道、乡镇", bulletin.naming.local), ("部门", bulletin.naming.departments))
    return "，".join(
        f"{kind}中位数{group[0].middles[0]:g}条、平均每个栏目{group[0].middles[1]:.1f}条"
        for kind, group in groups
        if any(verdict.named and not verdict.edited for verdict in group)
    )
