"""`gongkai check`: what the rules say of a site."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer

from crawler.sites.load import load_site
from db.connect import open_existing
from db.counting.counts import Count
from db.findings.lives import Key, finding_ids, key_of
from monitor.cli.currency import Currency, currency_of
from monitor.cli.options import AsOf, FailOnFinding, Json, SiteArgument, day, period_by
from monitor.finding_lines import FindingLine, lines_of
from monitor.judge.context import context_of
from monitor.judge.judging import Judgement, judge_period
from monitor.terminal import say, say_error, say_json, say_table
from rules.book import RULES
from rules.dates.periods import quarter_before, quarter_of
from rules.engine.finding import Finding
from rules.engine.rulings import Ruling
from rules.vetoes import veto_summary
from rules.vocabulary.terms import Outcome, Severity

Each = Annotated[bool, typer.Option("--each", help="逐个列出问题，同一栏目的不并为一行")]
Ids = Mapping[Key, int]
Period = Annotated[str | None, typer.Argument(metavar="[时段]", help="默认最近一个已结束的季度")]


def check(
    site: SiteArgument,
    period: Period = None,
    as_of: AsOf = None,
    fail_on: FailOnFinding = None,
    each: Each = False,
    as_json: Json = False,
) -> None:
    """按规则检查一个站点，列出问题。"""
    place = load_site(site)
    today = day(as_of)
    when = period_by(period, today) if period else quarter_before(quarter_of(today))
    with open_existing().connect() as connection:
        currency = currency_of(connection, place, today)
        judgement = judge_period(connection, context_of(place, today), when)
        ids = finding_ids(connection, place.key)
    if as_json:
        say_json([facts_of(ruling, ids.get(key_of(ruling.finding))) for ruling in judgement.rulings])
    else:
        _print(judgement, ids, currency, each)
    if fail_on == "finding" and any(ruling.reported for ruling in judgement.rulings):
        raise typer.Exit(1)


def _print(judgement: Judgement, ids: Ids, currency: Currency, each: bool) -> None:
    lines = lines_of(judgement.rulings)
    said = [ruling for line in lines for ruling in line.rulings]
    if each:
        lines = [FindingLine((ruling,)) for ruling in said]
    title = f"{judgement.site.name} {judgement.period.title}"
    if lines:
        heads = ("编号", "程度", "规则", "单位", "问题", "豁免")
        say_table(heads, [_cells(line, ids) for line in lines], title)
    else:
        say(title)
    if judgement.portal is not None:
        for veto in veto_summary(judgement.portal, judgement.site.thresholds):
            say(f"  {veto.summary}。")
    if judgement.night and judgement.night.sentence:
        say_error(judgement.night.sentence)
    standing = [ruling.finding for ruling in said if ruling.reported]
    say(f"共 {len(standing)} 个问题。{currency.sentence}")
    if standing:
        say(_tally(standing, len(lines) < len(said)))
    if unread := _unread(judgement.counts):
        say(f"{unread} 个栏目没有完整读到，其中没有读到的内容没有判断，原因见 gongkai status。")


def _unread(counts: Iterable[Count]) -> int:
    """The number of columns that were not, or not wholly, read."""
    short = {
        each.column.key
        for each in counts
        if not each.column.elsewhere and not (each.status and Outcome(each.status).good)
    }
    return len(short)


def _cells(line: FindingLine, ids: Ids) -> tuple[object, ...]:
    main = line.main
    number = ids.get(key_of(main), "—")
    return number, main.severity.value, RULES[main.rule].name, main.unit_names, line.sentence, line.waived


def _tally(standing: Sequence[Finding], joined: bool) -> str:
    """How many there are of each severity, and how to see those that stand in another's line."""
    found = Counter(finding.severity for finding in standing)
    parts = "、".join(f"{each.value} {found[each]} 个" for each in Severity if found[each])
    how = "同一单位同一栏目的并为一行，逐个列出请加 --each。" if joined else ""
    return f"其中{parts}。{how}"


def facts_of(ruling: Ruling, number: int | None) -> dict[str, Any]:
    """A ruling for programs; `id` is what `gongkai show` takes, None where no night has remembered it yet."""
    finding = ruling.finding
    return {
        "id": number, "rule": finding.rule, "severity": finding.severity.value, "units": finding.unit_names,
        "subject": finding.subject, "path": list(finding.path), "period": finding.period, "sentence": finding.sentence, "url": finding.url,
        "waived": ruling.waived, "hushed": ruling.inhibited,
    }  # fmt: skip
