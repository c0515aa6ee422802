"""`gongkai check`: what the rules say of a site."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from crawler.sites.load import load_site
from db.connect import open_existing
from db.findings.lives import finding_ids, key_of
from monitor.cli.currency import Currency, currency_of
from monitor.cli.options import AsOf, FailOnFinding, Json, SiteArgument, day, period_by
from monitor.judge.context import context_of
from monitor.judge.judging import Judgement, judge_period
from monitor.terminal import say, say_error, say_json, say_table
from rules.book import RULES
from rules.dates.periods import quarter_before, quarter_of
from rules.engine.rulings import Ruling
from rules.vetoes import veto_summary
from rules.vocabulary.terms import Severity

Period = Annotated[str | None, typer.Argument(metavar="[时段]", help="默认最近一个已结束的季度")]


def check(
    site: SiteArgument,
    period: Period = None,
    as_of: AsOf = None,
    fail_on: FailOnFinding = None,
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
        _print(judgement, ids, currency)
    if fail_on == "finding" and any(ruling.reported for ruling in judgement.rulings):
        raise typer.Exit(1)


def _print(judgement: Judgement, ids: Mapping[tuple[str, str, str], int], currency: Currency) -> None:
    said = [ruling for ruling in judgement.rulings if ruling.inhibited is None]
    rows = [
        (
            ids.get(key_of(f := r.finding), "—"),
            f.severity.value,
            RULES[f.rule].name,
            f.unit_names,
            f.sentence,
            r.waived or "",
        )
        for r in by_unit(said)
    ]
    say_table(
        ("编号", "程度", "规则", "单位", "问题", "豁免"),
        rows,
        f"{judgement.site.name} {judgement.period.title}",
    )
    if judgement.portal is not None:
        for line in veto_summary(judgement.portal, judgement.site.thresholds):
            say(f"  {line.summary}。")
    if judgement.night and judgement.night.sentence:
        say_error(judgement.night.sentence)
    say(f"共 {sum(r.reported for r in said)} 个问题（截至 {judgement.as_of:%Y-%m-%d}）。{currency.sentence}")


def by_unit(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The vetoes, then what is left unit by unit in the order in which they first occur, the gravest of each first."""
    order = list(dict.fromkeys(ruling.finding.units for ruling in rulings))
    gravity = list(Severity)

    def place(ruling: Ruling) -> tuple[bool, int, int]:
        finding = ruling.finding
        return (
            finding.severity is not Severity.VETO,
            order.index(finding.units),
            gravity.index(finding.severity),
        )

    return sorted(rulings, key=place)


def facts_of(ruling: Ruling, number: int | None) -> dict[str, Any]:
    """A ruling for programs; `id` is what `gongkai show` takes, None where no night has remembered it yet."""
    finding = ruling.finding
    return {
        "id": number, "rule": finding.rule, "severity": finding.severity.value, "units": finding.unit_names,
        "subject": finding.subject, "period": finding.period, "sentence": finding.sentence, "url": finding.url,
        "waived": ruling.waived, "hushed": ruling.inhibited,
    }  # fmt: skip
