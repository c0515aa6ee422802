"""The office's hand on the baseline: what is kept from its units, and what of it is released to them."""

from datetime import datetime
from typing import Any

from db.connect import Connection, Engine
from db.locks import hold
from db.mail.baseline import baseline_of, release
from db.mail.notifications import Known
from monitor.alerts.compose import held
from monitor.alerts.gather import gather
from monitor.alerts.outbox import BUSY
from monitor.alerts.sections import TITLES
from monitor.judge.context import Context
from monitor.terminal import say, say_table
from rules.book import RULES
from rules.errors import WrongInput
from rules.vocabulary.places import Unit
from rules.vocabulary.suggestions import did_you_mean

EVERYTHING = ("all", "全部")
HEADS = ("编号", "单位", "轻重", "栏目", "问题", "怎么办")


def held_back(connection: Connection, context: Context) -> list[tuple[Unit, Known]]:
    """What the baseline keeps from its units, unit by unit, the gravest first."""
    order = list(TITLES)
    kept = list(held(gather(connection, context)))
    places = {unit.key: number for number, unit in enumerate(context.site.units)}
    kept.sort(
        key=lambda pair: (places[pair[0].key], order.index(pair[1].finding.severity), pair[1].finding.path)
    )
    return kept


def release_baseline(engine: Engine, context: Context, what: str, moment: datetime) -> str:
    """Releases all of the baseline, a unit's (by id, name or alias), or one finding's number; says what was done. Raises
    WrongInput where there is nothing of that name."""
    site = context.site
    with hold(engine, f"alert-{site.key}", BUSY), engine.begin() as connection:
        if baseline_of(connection, site.key).night is None:
            raise WrongInput(
                "还没有基线：没有一夜完整采集过全站，没有可以放行的问题，请先运行 gongkai nightly。"
            )
        before = held_back(connection, context)
        release(connection, site.key, moment, **_meant(what, context, before))
        left = held_back(connection, context)
    freed = len(before) - len(left)
    if not freed:
        return f"没有待放行的问题，第一夜之后查出的照常通知；基线中还有 {len(left)} 项没有放行。"
    return f"已放行 {freed} 项，将在下一次发送（--send）时通知责任单位；基线中还有 {len(left)} 项没有放行。"


def _meant(what: str, context: Context, kept: list[tuple[Unit, Known]]) -> dict[str, Any]:
    if what in EVERYTHING:
        return {}
    if what.isascii() and what.isdigit():
        if int(what) not in {known.id for _, known in kept}:
            raise WrongInput(f"基线中没有编号为 {what} 的待放行问题，没有改动，请用 --baseline 查看编号。")
        return {"finding": int(what)}
    units = {unit.key: unit.key for unit in context.site.units}
    units |= {name: unit.key for unit in context.site.units for name in (*unit.aliases, unit.name)}
    if what not in units:
        hint = did_you_mean(what, units)
        raise WrongInput(f"没有名为“{what}”的单位{hint}；没有改动，--release 后可写 all、单位或问题编号。")
    return {"unit": units[what]}


def facts_of_held(kept: list[tuple[Unit, Known]]) -> list[dict[str, Any]]:
    """What is kept, as JSON holds it."""
    return [
        {
            "finding": known.id, "unit": unit.name, "severity": known.finding.severity.value,
            "path": list(known.finding.path), "sentence": known.finding.sentence, "url": known.finding.url,
            "remedy": _remedy(known), "first_found": known.first_found.isoformat(),
        }
        for unit, known in kept
    ]  # fmt: skip


def say_held(engine: Engine, context: Context, kept: list[tuple[Unit, Known]]) -> None:
    """The listing for the office."""
    with engine.connect() as connection:
        night = baseline_of(connection, context.site.key).night
    if night is None:
        say("还没有基线：第一次完整采集全站之前，不通知任何单位。")
        return
    rows = (
        (known.id, unit.name, known.finding.severity.value, "›".join(known.finding.path), known.finding.sentence,
         _remedy(known))
        for unit, known in kept
    )  # fmt: skip
    say_table(HEADS, rows, f"{context.site.name} 基线（{night:%Y-%m-%d} 夜间）待放行 {len(kept)} 项")


def hint_of_held(kept: list[tuple[Unit, Known]]) -> str:
    """One sentence on what waits for a release; "" where nothing does."""
    if not kept:
        return ""
    return (
        f"基线中有 {len(kept)} 项没有通知责任单位：用 --baseline 查看，用 --release all、单位或问题编号放行。"
    )


def _remedy(known: Known) -> str:
    rule = RULES.get(known.finding.rule)
    return rule.remedy if rule else ""
