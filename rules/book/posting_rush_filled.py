from collections.abc import Iterator
from datetime import timedelta

from rules.book.posting_backdated import backdated
from rules.cases import ArrivalsCase
from rules.engine.finding import LABELS, Finding
from rules.engine.rule import Rule, Statement, rule
from rules.vocabulary.terms import Evidence, Scope, Severity


def explains(rush: Finding, rule_: Rule, finding: Finding) -> bool:
    """同一单位同一栏目中，本次列出的日期的“实际上网晚于所标日期”，不再逐条报告。"""
    day = dict(finding.observations).get(LABELS["published"])
    listed = any(label.split(" ")[0] == day for label, _ in rush.observations)
    return rule_ is backdated and rush.units == finding.units and rush.path == finding.path and listed


# Defaults: No document sets numbers. postings: fewer may be one delivery; days as in posting.backdated; last_days: the week in
# which figures are prepared.
@rule(
    "posting.rush_filled",
    name="时段末突击补录",
    severity=Severity.NOTICE,
    basis="国办秘函〔2019〕19号（弄虚作假，如伪造发稿日期，属单项否决）；是否突击补录由人工核实",
    remedy="逐条核实所列信息实际的上网日期，标注有误的更正，今后随时公开。",
    takes=ArrivalsCase,
    scope=Scope.UNIT,
    evidence=[Evidence.LISTS],
    explains=explains,
)
def rush_filled(
    case: ArrivalsCase, *, postings: int = 5, days: int = 3, last_days: int = 7
) -> Iterator[Statement]:
    """一个单位的一个栏目，在时段的最后 last_days 天（含次日凌晨的采集）里，集中出现至少 postings 条标明本时段较早日期、
    而实际上网至少晚了 days 天以上的信息。

    每条信息的认定与“实际上网晚于所标日期”相同；此前没有完整读到列表的、首次采集就在列表中的，不计。
    """
    first = case.period.end - timedelta(days=last_days)
    late = [
        a
        for a in case.arrivals
        if (a.late_by or 0) > days and a.first_seen and first <= a.first_seen <= case.period.end
    ]
    if not late or len(late) < postings:
        return
    bounds = sorted(arrival.late_by or 0 for arrival in late)
    span = f"{bounds[0]}" if bounds[0] == bounds[-1] else f"{bounds[0]}～{bounds[-1]}"
    sentence = (
        f"“{'›'.join(case.path)}”{case.period.title}共 {case.postings} 条信息，其中 {len(late)} 条在时段最后 "
        f"{last_days} 天才集中上网，标明的日期为 {late[0].published:%Y-%m-%d} 至 {late[-1].published:%Y-%m-%d}，"
        f"至少晚 {span} 天，请核实是否突击补录。"
    )
    rows = (
        (f"{a.published:%Y-%m-%d} {a.title}", f"至少晚 {a.late_by} 天，{a.first_seen:%Y-%m-%d} 首次看到")
        for a in late
    )
    yield Statement(sentence, tuple(rows))
