"""The working copy (工作底稿) of a bulletin: what the editor must know and the reader does not get. Pure."""

import re
from collections.abc import Iterator

from monitor.bulletin.compose import Bulletin
from monitor.bulletin.naming import NamingDecision
from monitor.bulletin.readiness import expected_postings, share_read
from monitor.bulletin.working_findings import (
    change_part,
    correction_part,
    findings_part,
    matter_parts,
    said,
    veto_part,
)
from monitor.bulletin.working_part import WorkingPart
from monitor.wording import status_label, tight

HEADING = "以下为工作底稿，不随通报印发"


def working_parts(bulletin: Bulletin) -> tuple[WorkingPart, ...]:
    """The parts of the working copy in order."""
    return (
        _basis(bulletin),
        veto_part(bulletin),
        _rule(bulletin),
        *(
            _verdicts(title, verdicts)
            for title, verdicts in (
                ("点名情况：街道、乡镇", bulletin.naming.local),
                ("点名情况：部门及有关单位", bulletin.naming.departments),
            )
            if verdicts
        ),
        _edits(bulletin),
        findings_part("时段内未发布信息的栏目", bulletin.silent),
        findings_part("超过期限答复和未答复的留言", bulletin.letters.slow),
        *matter_parts(bulletin),
        _unread(bulletin),
        change_part(bulletin),
        correction_part(bulletin),
    )


def _basis(bulletin: Bulletin) -> WorkingPart:
    whole, columns = share_read(bulletin.judgement.counts)
    wanted = bulletin.judgement.site.expect
    lines = [
        f"{bulletin.reach}，共 {columns} 个栏目，完整读取 {whole} 个"
        f"（站点文件要求不低于 {wanted.read:.0%}）。"
    ]
    expected = expected_postings(bulletin.judgement)
    if expected:
        lines += [f"共发布 {bulletin.total} 条，站点文件预期 {expected[0]} 至 {expected[1]} 条。"]
    lines += [f"不得印发：{doubt}。" for doubt in bulletin.doubts]
    letters, days = bulletin.letters, bulletin.letters.figures.days
    if letters.figures.received:
        lines += [
            f"留言办结率 {letters.figures.closed_rate}，按期办结率 {letters.figures.on_time_rate}"
            + (f"，答复最快 {days[0]} 个、最慢 {days[-1]} 个工作日。" if days else "。")
        ]
    if letters.figures.unknown:
        lines += [
            f"有 {letters.figures.unknown} 件留言的页面看不出是否答复，不作为未答复，办结数按“至少”计，正文不写办结率。"
        ]
    if not letters.exact:
        lines += ["信箱没有完整读取，留言数量按已看到的计，不作为办结率的依据。"]
    return WorkingPart("数据来源", tuple(lines))


def _rule(bulletin: Bulletin) -> WorkingPart:
    naming = bulletin.naming
    names = "、".join(name for name, _ in naming.thresholds)
    manual = tight(" ".join(naming.rule.manual.split()))
    for name, value in naming.thresholds:  # a limit's number where the manual names it
        manual = re.sub(rf"\b{name}\b", f"{value}", manual, flags=re.ASCII)
    return WorkingPart(
        "点名规则",
        (
            f"{naming.rule.name}。依据：{naming.rule.basis}。",
            f"{manual}（界限可在站点文件 {naming.rule.id} 的 {names} 中调整。）",
            "联合负责的栏目不计入任何一家；没有完整读取的单位不点名；点名一家而不点同样少或更少的一家，须写明理由。",
        ),
    )


def _verdicts(title: str, verdicts: tuple[NamingDecision, ...]) -> WorkingPart:
    rows = [
        (
            verdict.unit.name, verdict.shown, f"{verdict.case.owed}", f"{verdict.case.rate:.1f}",
            "；".join((f"{verdict.middles[0]:g}", f"{verdict.middles[1]:.1f}")), "点名" if verdict.named else "不点名", said(verdict.why),
        )
        for verdict in sorted(verdicts, key=lambda verdict: -verdict.case.count)
    ]  # fmt: skip
    return WorkingPart(
        title,
        (),
        ("单位", "发布数", "应更新栏目", "每栏平均", "同类中位数", "结果", "依据"),
        (37, 16, 15, 15, 20, 15, 38),
        tuple(rows),
    )


def _edits(bulletin: Bulletin) -> WorkingPart:
    proposed = {unit for finding in bulletin.few_local + bulletin.few_departments for unit in finding.units}
    rows = [
        (each.unit.name, _edit(each, proposed), each.why) for each in bulletin.naming.verdicts if each.edited
    ]
    return WorkingPart("编辑对点名的增删", (), ("单位", "增删", "理由"), (40, 36, 80), tuple(rows))


def _edit(verdict: NamingDecision, proposed: set[str]) -> str:
    if verdict.named:
        return "点名（规则也建议）" if verdict.unit.key in proposed else "增加"
    return "删去" if verdict.unit.key in proposed else "不点名（规则也未建议）"


def _unread(bulletin: Bulletin) -> WorkingPart:
    return WorkingPart(
        "未能完整读取的栏目（不计零，不据此点名）",
        (),
        ("责任单位", "栏目", "读到", "原因", "网址"),
        (30, 44, 18, 20, 44),
        tuple(_unread_rows(bulletin)),
    )


def _unread_rows(bulletin: Bulletin) -> Iterator[tuple[str, ...]]:
    for count in bulletin.unread:
        seen = "未读取" if count.count is None else f"至少 {count.count}"
        path = "›".join(count.column.path)
        yield count.duty.label, path, seen, status_label(count.status), count.column.url or ""
