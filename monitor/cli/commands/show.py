"""`gongkai show`: why one finding was made."""

from datetime import date
from typing import Annotated, Any

import typer

from db.connect import open_existing
from db.counting.counts import evidence_on
from db.findings.lives import finding_of, own_lines_of
from db.findings.snapshots import snapshots_of
from monitor.cli.options import Json
from monitor.terminal import say, say_json
from rules.book import BOOK
from rules.engine.hysteresis import Stage
from rules.engine.rule import Rule
from rules.errors import WrongInput
from rules.scanners.masking import Masking
from rules.scanners.masking_in_force import mask_as

FindingId = Annotated[int, typer.Argument(metavar="问题编号", help="check 或数据库中的问题编号")]


def show(finding: FindingId, as_json: Json = False) -> None:
    """说明一个问题：规则、依据、阈值、所见事实、有关信息和快照。"""
    with open_existing().connect() as connection:
        row = finding_of(connection, finding)
        if row is None:
            raise WrongInput(f"没有编号为 {finding} 的问题，请用 gongkai check 查看。")
        mask_as(Masking(own_lines_of(connection, finding)))  # the rest was masked when it was remembered
        kept = snapshots_of(connection, row)
        evidence = evidence_on(connection, row.column_id, row.last_on or row.opened_on or date.max)
    rule = next((each for each in BOOK if each.id == row.rule), None)
    facts: dict[str, Any] = {
        "id": row.id, "rule": row.rule, "name": rule.name if rule else row.rule, "severity": row.severity,
        "basis": rule.basis if rule else "", "remedy": rule.remedy if rule else "",
        "deadline": deadline_of(row, rule), "units": row.unit_names, "sentence": row.sentence, "url": row.url,
        "stage": row.stage, "spans": row.spans, "waived": row.waived, "hushed": row.inhibited,
        "thresholds": row.thresholds, "observations": row.observations, "evidence": evidence.sentence,
        "snapshots": kept,
    }  # fmt: skip
    if as_json:
        say_json(facts)
    else:
        _speak(facts)


def deadline_of(row: Any, rule: Rule | None) -> str:
    """By when a finding is to be put right: the day that it says, else its rule's."""
    if row.due_on:
        return f"{row.due_on:%Y-%m-%d} 前（含当日）"
    return (rule.deadline if rule else "") or "不设期限"


def _speak(facts: dict[str, Any]) -> None:
    stage = "尚未认定" if facts["stage"] == Stage.NONE else facts["stage"]
    say(f"问题 {facts['id']}：{facts['sentence']}")
    say(f"  规则：{facts['rule']} {facts['name']}（{facts['severity']}），依据：{facts['basis']}")
    say(f"  单位：{facts['units'] or '—'}　状态：{stage}　地址：{facts['url'] or '—'}")
    say(f"  怎么办：{facts['remedy'] or '—'}　期限：{facts['deadline']}")
    if facts["thresholds"]:
        limits = "，".join(f"{name} = {value}" for name, value in facts["thresholds"])
        say(
            f'  阈值：{limits}（含义见 gongkai rules {facts["rule"]}，在站点文件 [rules."{facts["rule"]}"] 中改写）'
        )
    for label, value in facts["observations"]:
        say(f"  {label}：{value}")
    if facts["evidence"]:
        say(f"  所据列表：{facts['evidence']}")
    for first, opened, last, closed in facts["spans"]:
        say(f"  历次：{first} 首次发现，{opened} 认定，{last} 最近一次，{closed or '尚未'} 解决")
    for name in ("waived", "hushed"):
        if facts[name]:
            say(f"  {'豁免' if name == 'waived' else '不计'}：{facts[name]}")
    for snapshot in facts["snapshots"]:
        say(f"  快照 {snapshot['fetched_at']} {snapshot['url']} → {snapshot['path']}")
