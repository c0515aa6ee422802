"""Everything alerts need of a site on a day, read at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from db.connect import Connection
from db.counting.bulletins import published_periods
from db.facts.sites import night_case
from db.mail.baseline import Baseline, baseline_of
from db.mail.notifications import (
    Failure,
    Known,
    Told,
    dropped_since,
    failures,
    known_findings,
    what_was_told,
    written_to,
)
from db.readings import last_readings
from db.tables.mail import DeliveryState
from monitor.judge.context import Context
from rules.book import BOOK, RULES
from rules.engine.nights import NightVerdict, assess_night
from rules.engine.rulings import for_the_others, frees_all, waivers_of
from rules.vocabulary.places import Site

OPERATOR, HOOK = "@operator", "@hook"
WITHIN = {rule.id: rule.within for rule in BOOK}


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What lies on the facts on the context's day. `notes` concern the running of the program; `written`: recipients who
    have their mail of that day already; `operators`: addresses for the notes, if not the office's; `baseline`: what is
    kept from the units until the office releases it; `read_on`: the last day on which anything of the site was read."""

    context: Context
    known: tuple[Known, ...] = ()
    told: Told = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    written: frozenset[str] = frozenset()
    operators: tuple[str, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    read_on: date | None = None


def gather(connection: Connection, context: Context, operators: tuple[str, ...] = ()) -> AlertFacts:
    """What there is to tell of a site on a day. After a night that does not count nothing is said to any unit."""
    site, day = context.site, context.as_of
    night = night_case(connection, site, day)
    verdict = assess_night(night, site.expect) if night else None
    counts = verdict is None or verdict.counts
    known = known_findings(connection, site.key, day, WITHIN) if counts else []
    return AlertFacts(
        context=context,
        known=tuple(_unwaived(_untold_by_papers(known, connection, site), site, day)),
        told=what_was_told(connection, site.key),
        notes=tuple(_notes(connection, site, verdict, bool(operators))),
        written=frozenset(written_to(connection, site.key, day)),
        operators=operators,
        baseline=baseline_of(connection, site.key),
        read_on=last_readings(connection, site.key, day).read_on,
    )


def _untold_by_papers(known: Iterable[Known], connection: Connection, site: Site) -> Iterator[Known]:
    """Without the findings of a period that is over and whose bulletin is out: that has said them."""
    published = published_periods(connection, site.key)
    for each in known:
        if not (each.episode.ended and each.finding.period in published):
            yield each


def _unwaived(known: Iterable[Known], site: Site, day: date) -> Iterator[Known]:
    """The findings that are still somebody's: a waiver entered since the night holds at once."""
    for each in known:
        waivers = waivers_of(each.finding, site.waivers, day, RULES)
        if not frees_all(each.finding, waivers):
            yield replace(each, finding=for_the_others(each.finding, waivers)) if waivers else each


def _notes(connection: Connection, site: Site, verdict: NightVerdict | None, operated: bool) -> list[str]:
    readers = [OPERATOR] if operated else [site.units[0].key]
    notes = [verdict.sentence] if verdict and verdict.sentence else []
    notes += [failure_sentence(site, each) for each in failures(connection, site.key, readers)]
    dropped = dropped_since(connection, site.key, readers)
    if dropped:
        notes.append(f"此前有 {dropped} 封邮件因服务器不通没有发出，仍然有效的内容已并入后来的邮件。")
    return notes


def failure_sentence(site: Site, failure: Failure) -> str:
    """A delivery that failed, as the operator reads it."""
    name = recipient_name(site, failure.recipient)
    mail = f"第 {failure.mail} 号邮件（{failure.day:%Y-%m-%d}，{name}，{failure.address}）"
    if failure.state is DeliveryState.UNKNOWN:
        return (
            f"{mail}在交给服务器时中断，是否送达不明，不会自动重发，仍然有效的内容由对方的下一封邮件重述；此前核实清楚的，"
            f"请运行 gongkai alert {site.key} --settle {failure.mail}（已收到）或 --resend {failure.mail}（未收到，重发）。"
        )
    answer = f"{failure.code or ''} {failure.answer}".strip()
    what = "被拒收" if failure.state is DeliveryState.REFUSED else "多日未能送达，已放弃"
    return f"{mail}{what}：{answer or '服务器没有说明原因'}。请核对邮箱地址。"


def recipient_name(site: Site, recipient: str) -> str:
    """A recipient as people call it."""
    special = {OPERATOR: "运维人员", HOOK: "群机器人"}
    names = {unit.key: unit.name for unit in site.units}
    return special.get(recipient) or names.get(recipient, recipient)
